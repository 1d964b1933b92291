"""The ledger of a sheet: every row that holds anything ends in exactly one class, with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import Header
from analysis.errors import SourceError


class RowClass(StrEnum):
    """What a row of a sheet is. ``DATA`` are people, forms or units; ``NOTE`` are remarks and signatures."""

    TITLE = "title"
    HEADER = "header"
    DATA = "data"
    TOTAL = "total"
    NOTE = "note"
    FOREIGN = "foreign"
    BLANK = "blank"


# The reasons for which a row is no data, and the class that each makes it.
REASONS: Mapping[str, RowClass] = {
    "title_row": RowClass.TITLE,
    "header": RowClass.HEADER,
    "header_repeated": RowClass.HEADER,
    "column_numbers": RowClass.HEADER,
    "section_heading": RowClass.HEADER,
    "total_row": RowClass.TOTAL,
    "signature_row": RowClass.NOTE,
    "footnote_row": RowClass.NOTE,
    "number_only": RowClass.NOTE,
    "lone_row": RowClass.FOREIGN,
    "foreign_block": RowClass.FOREIGN,
    "beside_table": RowClass.FOREIGN,
    "blank_row": RowClass.BLANK,
}

Span = tuple[str, int, int]  # class, first and last row as a spreadsheet numbers them


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """What became of the rows of one sheet: rows in = rows kept + rows dropped, by reason.

    ``rows`` are the classes of all rows that hold anything, in order, as spans of rows numbered from 1; ``because`` is
    the evidence for ``read_as`` in words of the file, ``facts`` what a person should know of what was read.
    """

    file: str
    sheet: str | None
    read_as: str
    rows_in: int = 0
    rows_kept: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[Span, ...] = ()
    because: str = ""
    facts: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_kept + sum(self.dropped.values()):
            raise SourceError(
                f"{self.file}: {self.rows_in} rows were read, but {self.rows_kept} kept and "
                f"{dict(self.dropped)} dropped: a row was lost. This is a fault of the program: report it."
            )

    def without(self, reasons: Mapping[str, int]) -> SheetAccount:
        """Return the account in which kept rows are left out after all, by reason."""
        moved = {reason: count for reason, count in reasons.items() if count}
        dropped = dict(Counter(self.dropped) + Counter(moved))
        return replace(self, rows_kept=self.rows_kept - sum(moved.values()), dropped=dropped)

    def knowing(self, facts: Mapping[str, float | None]) -> SheetAccount:
        """Return the account with further facts; those that are None are left out."""
        known = {name: value for name, value in facts.items() if value is not None}
        return replace(self, facts={**self.facts, **known})


def unread_account(sheet: Sheet, read_as: str) -> SheetAccount:
    """Return the account of a sheet that is not read: its filled rows are a foreign block for that reason."""
    classes = [RowClass.FOREIGN if any_cell(row) else RowClass.BLANK for row in sheet.rows]
    count = len(sheet.rows)
    return SheetAccount(
        sheet.file, sheet.name, read_as, count, 0, {read_as: count} if count else {}, spans(sheet, classes)
    )


def any_cell(cells: Iterable[object]) -> bool:
    """Tell whether a row holds anything but blanks."""
    return any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def spans(sheet: Sheet, classes: Iterable[RowClass]) -> tuple[Span, ...]:
    """Return the classes of rows as spans; blank rows belong to none."""
    found: list[Span] = []
    for number, one in enumerate(classes, start=sheet.first_row + 1):
        if one is RowClass.BLANK:
            continue
        if found and found[-1][0] == one and found[-1][2] == number - 1:
            found[-1] = (one.value, found[-1][1], number)
        else:
            found.append((one.value, number, number))
    return tuple(found)


def joined(accounts: Iterable[SheetAccount]) -> tuple[SheetAccount, ...]:
    """Return the accounts with one for each table: its pretests and posttests are counted together."""
    found: list[SheetAccount] = []
    for one in accounts:
        place = next((number for number, other in enumerate(found) if _is_part_of(one, other)), None)
        if place is None:
            found.append(one)
        else:
            found[place] = _sum(found[place], one)
    return tuple(found)


def _is_part_of(one: SheetAccount, other: SheetAccount) -> bool:
    """Tell whether two accounts are of one table, of which one holds no rows of its own."""
    same = (one.file, one.sheet, one.read_as, one.because) == (other.file, other.sheet, other.read_as, other.because)
    return same and one.rows_in > 0 and not (one.rows and other.rows)


def _sum(one: SheetAccount, other: SheetAccount) -> SheetAccount:
    facts = {name: other.facts.get(name, one.facts.get(name, 0)) for name in {**one.facts, **other.facts}}
    return replace(
        one,
        rows_in=one.rows_in + other.rows_in,
        rows_kept=one.rows_kept + other.rows_kept,
        dropped=dict(Counter(one.dropped) + Counter(other.dropped)),
        rows=one.rows or other.rows,
        facts=facts,
    )


class Ledger:
    """The classes of one sheet's rows while it is read; rows above ``header`` are titles, unless they are blank."""

    def __init__(self, sheet: Sheet, header: Header, read_as: str, because: str = "") -> None:
        self.sheet = sheet
        self.header = header
        self._read_as = read_as
        self._because = because
        self._reasons: dict[int, str] = {}
        self._left_out: Counter[str] = Counter()
        for row in range(header.row):
            self.put(row, "title_row" if any_cell(sheet.rows[row]) else "blank_row")
        for row in range(header.row, header.first_data_row):
            self.put(row, "header")

    def put(self, row: int, reason: str) -> None:
        """Enter a row that is no data, with its reason; KeyError for a reason that is none."""
        _ = REASONS[reason]
        self._reasons[row] = reason

    def leave_out(self, reason: str) -> None:
        """Enter one row of data that goes into no processed table."""
        self._left_out[reason] += 1

    def reason(self, row: int) -> str | None:
        """Return why a row is no data, None where it is."""
        return self._reasons.get(row)

    def rows_of(self, reason: str) -> list[int]:
        """Return the rows that were left out for a reason."""
        return sorted(row for row, found in self._reasons.items() if found == reason)

    def data_rows(self) -> list[int]:
        """Return the rows of data."""
        reasons = self._reasons
        return [row for row in range(self.header.first_data_row, len(self.sheet.rows)) if row not in reasons]

    def account(self) -> SheetAccount:
        """Return the account of the sheet; SourceError where a row is unaccounted for."""
        count = len(self.sheet.rows)
        classes = (REASONS[self._reasons[row]] if row in self._reasons else RowClass.DATA for row in range(count))
        dropped = Counter(self._reasons.values()) + self._left_out
        kept = count - len(self._reasons) - sum(self._left_out.values())
        return SheetAccount(
            self.sheet.file, self.sheet.name, self._read_as, count, kept, dict(dropped), spans(self.sheet, classes),
            self._because,
        )  # fmt: skip
