"""Small tools of the cleaners of published tables: typed cells of their rows, shifted rows, regencies."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.cleaning.cells.printed import Printed, printed_count, printed_mean
from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import cell_problem
from analysis.cleaning.reading.sheet import cell_text
from analysis.cleaning.reading.shown import shown
from analysis.cleaning.tables.kinds import Context, Found
from analysis.cleaning.tables.ledger import Ledger, any_cell
from analysis.cleaning.tables.rows import is_footnote, is_signature, row_numbers
from analysis.errors import suggestion
from analysis.study.regions import compared, find_regency, name_key, regencies

_LONGEST_NUMBER = 7  # characters of a count or average; numbers of staff are longer
SUM_WORDS = frozenset({"jumlah", "total", "jml", "jumlahtotal", "totaljumlah", "grandtotal"})


class Body(Ledger):
    """The rows of a published table below its header: typed cells, and the problems found on the way."""

    def __init__(self, found: Found, read_as: str) -> None:
        super().__init__(found.sheet, found.header, read_as, found.because)
        self._problems: list[Problem] = []
        self._without_format: dict[int, list[int]] = {}  # rows of numbers that do not tell their decimals, by column
        if found.header.height > 1:
            header = list(range(found.header.row, found.header.first_data_row))
            self.report("header_of_rows", found.header.row, None, row_numbers(found.sheet, header))
        self._enter_tail()

    def _enter_tail(self) -> None:
        """Enter blank rows, and the signatures and remarks below the last row with a number in a column."""
        rows = range(self.header.first_data_row, len(self.sheet.rows))
        filled = [row for row in rows if any_cell(self.sheet.rows[row])]
        last = max((row for row in filled if self._holds_number(row)), default=self.header.first_data_row - 1)
        tail = [row for row in filled if row > last]
        texts = {row: [compared(cell_text(cell)) for cell in self.sheet.rows[row]] for row in tail}
        signed = next((row for row in tail if any(is_signature(text) for text in texts[row])), None)
        for row in rows:
            if row not in texts and row not in filled:
                self.put(row, "blank_row")
            elif row in texts and signed is not None and row >= signed:
                self.put(row, "signature_row")
            elif row in texts and is_footnote(next(text for text in texts[row] if text)):
                self.put(row, "footnote_row")
        block = self.rows_of("signature_row")
        if block:
            self.report("signature_row", block[0], None, row_numbers(self.sheet, block))

    def _holds_number(self, row: int) -> bool:
        """Tell whether a row holds a number of a usual length, as units do and signatures do not."""
        texts = [cell_text(cell) for cell in self.sheet.rows[row]]
        return any(len(text) <= _LONGEST_NUMBER and printed_mean(text) is not None for text in texts)

    @property
    def problems(self) -> list[Problem]:
        """Return what was found so far; numbers that do not tell their printed decimals are one problem a column."""
        untold = [
            self._problem("mean_not_text", rows[0], column, self._untold(rows, column))
            for column, rows in self._without_format.items()
        ]
        return [*self._problems, *untold]

    def _untold(self, rows: list[int], column: int) -> str:
        first = cell_text(self.sheet.rows[rows[0]][column])
        return first if len(rows) == 1 else f"{first}; {counted(len(rows), 'cell')}"

    def body(self) -> Iterator[int]:
        """Yield the rows that may hold units, sums or headings."""
        yield from self.data_rows()

    def text(self, row: int, name: str, shift: int = 0) -> str:
        """Return the text of a row's cell in the named column, "" where the table has no such column."""
        column = self.header.columns.get(name)
        return "" if column is None else cell_text(self.sheet.rows[row][column - shift])

    def report(self, rule: str, row: int | None, column: str | int | None = None, value: str | None = None) -> None:
        """Enter a problem; ``column`` is a canonical name of the header, or an index."""
        self._problems.append(self._problem(rule, row, column, value))

    def _problem(self, rule: str, row: int | None, column: str | int | None, value: str | None) -> Problem:
        index = self.header.columns.get(column) if isinstance(column, str) else column
        name = None if index is None else cell_text(self.sheet.rows[self.header.label_row][index]) or None
        return cell_problem(rule, self.sheet, row, index, name=name, value=value)

    def count(self, row: int, name: str, shift: int = 0, *, required: bool = True) -> int | None:
        """Return a count of a row, None (with its problem) where the cell is empty or holds no whole number."""
        text = self.text(row, name, shift)
        number = printed_count(text)
        if number is None and (text or required):
            rule = "not_a_number" if text else "value_missing"
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
            self.report("not_a_number" if text else "value_missing", row, index, text or None)
        return number


def is_sum_row(ledger: Body, row: int) -> bool:
    """Tell whether the first filled cell of a row is a word for a sum ("JUMLAH", "Total")."""
    first = next((cell_text(cell) for cell in ledger.sheet.rows[row] if cell_text(cell)), "")
    return name_key(first) in SUM_WORDS


def sum_shift(ledger: Body, row: int, names: tuple[str, ...]) -> int:
    """Return how many columns the numbers of a sum row stand to the left: 1 where a merged label was lost.

    They moved where the last named column is empty and the column left of the first one holds a number.
    """
    columns = sorted(ledger.header.columns[name] for name in names)
    cells = [cell_text(cell) for cell in ledger.sheet.rows[row]]
    moved = not cells[columns[-1]] and columns[0] > 0 and printed_count(cells[columns[0] - 1]) is not None
    return int(moved)


def check_sum(ledger: Body, row: int, sums: dict[str, int]) -> None:
    """Compare the printed sums of a sum row with ``sums``, those of the rows above it by column."""
    shift = sum_shift(ledger, row, tuple(sums))
    if shift:
        ledger.report("row_shifted", row, None, counted(shift, "column"))
    for name, expected in sums.items():
        printed = ledger.count(row, name, shift, required=False)
        if printed is not None and printed != expected:
            ledger.report("sum_differs", row, ledger.header.columns[name] - shift, f"{printed} ≠ {expected}")


def regency_of(ledger: Body, row: int, name: str, context: Context) -> str | None:
    """Return the label of the regency in a row's named column, None (reported) where there is none.

    A spelling that several regencies share is a question for a person: it is reported and kept as printed.
    """
    text = ledger.text(row, name)
    if not text:
        ledger.report("value_missing", row, name)
        return None
    match = find_regency(text, context.province.code)
    if match.regency is not None:
        return match.regency.label
    if match.candidates:
        ledger.report("regency_ambiguous", row, name, f"{text} → {' / '.join(x.full_name for x in match.candidates)}?")
        return text
    known = [regency.name for regency in regencies(context.province.code)]
    ledger.report("regency_unknown", row, name, f"{text}{suggestion(text.title(), known)}")
    return None
