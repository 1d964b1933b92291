"""Tables of web pages: what many systems send under the name .xls, and what a sign-in page leaves behind."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from analysis.cleaning.reading.findings import MOST_COLUMNS, MOST_ROWS, Finding, Range, RawSheet, Refused, rectangle
from analysis.cleaning.reading.text import decoded

_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset({"p", "div", "li", "br", "tr"})  # their ends part words
_SILENT = frozenset({"script", "style"})
_CHARSET = re.compile(r"<meta[^>]*charset", re.IGNORECASE)
MOST_NESTED = 20  # tables inside tables, as pages set their columns


def read_web_page(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    """Return each table of a web page as a sheet of texts as they are shown, with merged cells.

    A table that holds tables sets a page and is none itself. Raises Refused where the page has no table.
    """
    text, findings = decoded(path)
    parser = _Tables()
    try:
        parser.feed(text)
        parser.close()
    except AssertionError as error:  # what the parser raises for a declaration such as "<![?>"
        raise Refused(Finding("file_damaged")) from error
    parser.end_all()
    tables = [table for table in parser.found if any(any(cell.strip() for cell in row) for row in table.rows)]
    if not tables:
        raise Refused(Finding("web_page_without_table"))
    sheets = []
    for number, table in enumerate(tables, start=1):
        name = None if len(tables) == 1 else f"Tabel {number}"
        sheets.append(RawSheet(name, rectangle(table.rows, name), 0, 0, tuple(table.merged)))
    return sheets, [] if _CHARSET.search(text) else findings


class _Table:
    """A table that is being read: rows of cells, and cells of rows above that reach down."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[Range] = []
        self.cell: list[str] | None = None
        self.holds_tables = False
        self._reaching: dict[int, int] = {}  # by column: the last row that a cell from above covers
        self._span = (1, 1)

    def begin_row(self) -> None:
        self.end_cell()
        if len(self.rows) >= MOST_ROWS:
            raise Refused(Finding("used_range_too_large"))
        self.rows.append([])

    def begin_cell(self, high: int, wide: int) -> None:
        self.end_cell()
        if not self.rows:
            self.begin_row()
        self.cell, self._span = [], (high, wide)

    def end_cell(self) -> None:
        """Place the cell that is being read right of what its row holds and below no cell that reaches down."""
        if self.cell is None:
            return
        row, number = self.rows[-1], len(self.rows) - 1
        while self._reaching.get(len(row), -1) >= number:
            row.append("")
        high, wide = self._span
        column = len(row)
        if column + wide > MOST_COLUMNS:
            raise Refused(Finding("used_range_too_large", cell=f"A{number + 1}"))
        row.extend([" ".join("".join(self.cell).split()), *[""] * (wide - 1)])
        if high > 1 or wide > 1:
            self.merged.append((number, column, number + high - 1, column + wide - 1))
            self._reaching |= dict.fromkeys(range(column, column + wide), number + high - 1)
        self.cell = None


class _Tables(HTMLParser):
    """Collects the tables of a page in the order in which they end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Table] = []
        self._open: list[_Table] = []
        self._silent: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent is not None:
            return
        values = dict(attrs)
        if tag in _SILENT:
            self._silent = tag
        elif tag == "table":
            self._begin_table()
        elif self._open and tag == "tr":
            self._open[-1].begin_row()
        elif self._open and tag in _CELLS:
            self._open[-1].begin_cell(_span(values.get("rowspan")), _span(values.get("colspan")))
        elif tag in _BLOCKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._silent is not None:
            self._silent = None if tag == self._silent else self._silent
        elif tag == "table" and self._open:
            self._end_table()
        elif self._open and tag in _CELLS:
            self._open[-1].end_cell()
        elif tag in _BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if self._silent is None and self._open and self._open[-1].cell is not None:
            self._open[-1].cell.append(data)

    def end_all(self) -> None:
        """End the tables that the page left open."""
        while self._open:
            self._end_table()

    def _begin_table(self) -> None:
        if len(self._open) >= MOST_NESTED:
            raise Refused(Finding("used_range_too_large"))
        for table in self._open:
            table.holds_tables = True
        self._open.append(_Table())

    def _end_table(self) -> None:
        table = self._open.pop()
        table.end_cell()
        if not table.holds_tables:
            self.found.append(table)


def _span(text: str | None) -> int:
    """Return a declared span: 1 where there is none, never more than a table may have."""
    digits = (text or "").strip()
    return min(max(int(digits), 1), MOST_COLUMNS) if digits.isdecimal() and len(digits) < 9 else 1
