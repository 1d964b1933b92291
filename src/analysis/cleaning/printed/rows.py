"""Small tools of the cleaners of published tables: cells as text, the ledger of rows, shifted rows, regencies."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from analysis.cleaning.cells.printed import Printed, printed_count, printed_mean
from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import Rule, cell_problem
from analysis.cleaning.reading.shown import shown
from analysis.cleaning.tables.kinds import Context, Found, SheetAccount
from analysis.errors import suggestion
from analysis.study.regions import find_regency, name_key, regencies

SUM_WORDS = frozenset({"jumlah", "total", "jml", "jumlahtotal", "totaljumlah", "grandtotal"})


def cell_text(value: object) -> str:
    """Return a cell as text without outer blanks; a whole number of a spreadsheet without ".0"."""
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return str(int(value))
    return str(value).strip()


class Ledger:
    """Collects what becomes of each row of one sheet, and the problems found on the way."""

    def __init__(self, found: Found, read_as: str) -> None:
        self.sheet = found.sheet
        self.header = found.header
        self._problems: list[Problem] = []
        self._without_format: dict[int, list[int]] = {}  # rows of numbers that do not tell their decimals, by column
        self._read_as = read_as
        self._kept = 0
        self._dropped: Counter[str] = Counter()
        for row in range(found.header.row):
            self.drop("empty" if self.is_empty(row) else "above the header")
        self.drop("header")

    @property
    def problems(self) -> list[Problem]:
        """Return what was found so far; numbers that do not tell their printed decimals are one problem a column."""
        untold = [
            self._problem(Rule.MEAN_NOT_TEXT, rows[0], column, self._untold(rows, column))
            for column, rows in self._without_format.items()
        ]
        return [*self._problems, *untold]

    def _untold(self, rows: list[int], column: int) -> str:
        first = cell_text(self.sheet.rows[rows[0]][column])
        return first if len(rows) == 1 else f"{first}; {counted(len(rows), 'cell')}"

    def body(self) -> Iterator[int]:
        """Yield the rows below the header that are not empty; empty ones are entered as dropped."""
        for row in range(self.header.row + 1, len(self.sheet.rows)):
            if self.is_empty(row):
                self.drop("empty")
            else:
                yield row

    def is_empty(self, row: int) -> bool:
        """Tell whether no cell of a row holds anything."""
        return not any(cell_text(cell) for cell in self.sheet.rows[row])

    def keep(self, rows: int = 1) -> None:
        """Enter rows that went into a processed table."""
        self._kept += rows

    def drop(self, reason: str) -> None:
        """Enter one row that did not, with its reason."""
        self._dropped[reason] += 1

    def unkeep(self, reason: str) -> None:
        """Enter a row that was kept at first as dropped."""
        self._kept -= 1
        self._dropped[reason] += 1

    def text(self, row: int, name: str, shift: int = 0) -> str:
        """Return the text of a row's cell in the named column, "" where the table has no such column."""
        column = self.header.columns.get(name)
        return "" if column is None else cell_text(self.sheet.rows[row][column - shift])

    def report(self, rule: Rule, row: int | None, column: str | int | None = None, value: str | None = None) -> None:
        """Enter a problem; ``column`` is a canonical name of the header, or an index."""
        self._problems.append(self._problem(rule, row, column, value))

    def _problem(self, rule: Rule, row: int | None, column: str | int | None, value: str | None) -> Problem:
        index = self.header.columns.get(column) if isinstance(column, str) else column
        name = None if index is None else cell_text(self.sheet.rows[self.header.row][index]) or None
        return cell_problem(rule, self.sheet, row, index, name=name, value=value)

    def count(self, row: int, name: str, shift: int = 0, *, required: bool = True) -> int | None:
        """Return a count of a row, None (with its problem) where the cell is empty or holds no whole number."""
        text = self.text(row, name, shift)
        number = printed_count(text)
        if number is None and (text or required):
            rule = Rule.NOT_A_NUMBER if text else Rule.VALUE_MISSING
            self.report(rule, row, self.header.columns[name] - shift, text or None)
        return number

    def mean(self, row: int, column: str | int) -> Printed | None:
        """Return a printed average of a row, None (with its problem) where there is none.

        A number of a spreadsheet is what its cell shows ("4,00" for 4.0); one whose format does not fix its decimals is
        refused: it does not tell what its source printed.
        """
        index = self.header.columns[column] if isinstance(column, str) else column
        text = shown(self.sheet, row, index)
        if text is None:
            self._without_format.setdefault(index, []).append(row)
            return None
        return self._read(row, index, text)

    def number(self, row: int, column: str | int) -> Printed | None:
        """Return a number of a row, None (with its problem) where there is none."""
        index = self.header.columns[column] if isinstance(column, str) else column
        return self._read(row, index, cell_text(self.sheet.rows[row][index]))

    def _read(self, row: int, index: int, text: str) -> Printed | None:
        number = printed_mean(text)
        if number is None:
            self.report(Rule.NOT_A_NUMBER if text else Rule.VALUE_MISSING, row, index, text or None)
        return number

    def account(self) -> SheetAccount:
        """Return the account of the sheet; SourceError where a row is unaccounted for."""
        return SheetAccount(
            self.sheet.file, self.sheet.name, self._read_as, len(self.sheet.rows), self._kept, dict(self._dropped)
        )


def is_sum_row(ledger: Ledger, row: int) -> bool:
    """Tell whether the first filled cell of a row is a word for a sum ("JUMLAH", "Total")."""
    first = next((cell_text(cell) for cell in ledger.sheet.rows[row] if cell_text(cell)), "")
    return name_key(first) in SUM_WORDS


def sum_shift(ledger: Ledger, row: int, names: tuple[str, ...]) -> int:
    """Return how many columns the numbers of a sum row stand to the left: 1 where a merged label was lost.

    They moved where the last named column is empty and the column left of the first one holds a number.
    """
    columns = sorted(ledger.header.columns[name] for name in names)
    cells = [cell_text(cell) for cell in ledger.sheet.rows[row]]
    moved = not cells[columns[-1]] and columns[0] > 0 and printed_count(cells[columns[0] - 1]) is not None
    return int(moved)


def check_sum(ledger: Ledger, row: int, sums: dict[str, int]) -> None:
    """Compare the printed sums of a sum row with ``sums``, those of the rows above it by column."""
    shift = sum_shift(ledger, row, tuple(sums))
    if shift:
        ledger.report(Rule.ROW_SHIFTED, row, None, counted(shift, "column"))
    for name, expected in sums.items():
        printed = ledger.count(row, name, shift, required=False)
        if printed is not None and printed != expected:
            ledger.report(Rule.SUM_DIFFERS, row, ledger.header.columns[name] - shift, f"{printed} ≠ {expected}")


def regency_of(ledger: Ledger, row: int, name: str, context: Context) -> str | None:
    """Return the label of the regency in a row's named column, None (reported) where there is none.

    A spelling that several regencies share is a question for a person: it is reported and kept as printed.
    """
    text = ledger.text(row, name)
    if not text:
        ledger.report(Rule.VALUE_MISSING, row, name)
        return None
    match = find_regency(text, context.province.code)
    if match.regency is not None:
        return match.regency.label
    if match.candidates:
        ledger.report(
            Rule.REGENCY_AMBIGUOUS, row, name, f"{text} → {' / '.join(x.full_name for x in match.candidates)}?"
        )
        return text
    known = [regency.name for regency in regencies(context.province.code)]
    ledger.report(Rule.REGENCY_UNKNOWN, row, name, f"{text}{suggestion(text.title(), known)}")
    return None
