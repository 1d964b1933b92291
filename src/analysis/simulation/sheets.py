"""Raw files in memory, and their writing: workbooks and text tables that are the same bytes every time."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from analysis.cleaning.reading.sheet import column_letters

CREATED = dt.datetime(2024, 1, 1)  # of every workbook: a time stamp would make equal workbooks differ
_IN_MEMORY_ROWS = 5_000  # above that a workbook is written row by row, below it as offices' programs do
Row = list[object]


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A formula whose value is an error such as "#REF!"."""

    text: str


@dataclass(slots=True)
class SheetPlan:
    """One sheet to be written: rows above the header, header rows, data rows and rows below.

    ``columns`` are the canonical names of the columns, ``header`` one or two rows of printed headers, ``merges``
    ranges (first row, first column, last row, last column) among the rows above the data. Text files have
    ``name`` None and exactly one sheet. Rows are told apart by identity: the same list must not stand twice.
    """

    file: str
    name: str | None
    columns: tuple[str, ...]
    header: list[Row]
    rows: list[Row]
    above: list[Row] = field(default_factory=list)
    below: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    delimiter: str = ","
    hidden: bool = False

    @property
    def first_data_row(self) -> int:
        """Return the row number, from 0, of the first data row."""
        return len(self.above) + len(self.header)

    def all_rows(self) -> list[Row]:
        """Return every row in the order of the file."""
        return [*self.above, *self.header, *self.rows, *self.below]

    def index(self, column: str) -> int:
        """Return the position of a column."""
        return self.columns.index(column)

    def printed_header(self, column: str) -> str:
        """Return the header of a column as it stands in the file: of two header rows the lower one that is filled."""
        at = self.index(column)
        return next(str(row[at]) for row in reversed(self.header) if at < len(row) and row[at] not in (None, ""))

    def row_numbers(self) -> dict[int, int]:
        """Return the row number, from 1, of each row, by the identity of its list."""
        return {id(row): position for position, row in enumerate(self.all_rows(), start=1)}

    def address(self, row_number: int, column: str | None) -> str:
        """Return the address of a column in a row numbered from 1; the first column stands for the whole row."""
        return f"{column_letters(self.index(column) if column else 0)}{row_number}"


def write_files(folder: Path, sheets: Sequence[SheetPlan]) -> None:
    """Write all sheets below ``folder``; sheets of one file, which must stand together, become one workbook."""
    files: dict[str, list[SheetPlan]] = {}
    for sheet in sheets:
        files.setdefault(sheet.file, []).append(sheet)
    for file, parts in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_name(f".{path.name}.part")
        if path.suffix == ".csv":
            waiting.write_bytes(_csv_text(parts[0]).encode("utf-8-sig"))
        else:
            _write_workbook(waiting, parts)
        waiting.replace(path)


def _csv_text(sheet: SheetPlan) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=sheet.delimiter, lineterminator="\r\n")
    writer.writerows([["" if value is None else value for value in row] for row in sheet.all_rows()])
    return text.getvalue()


def _write_workbook(path: Path, sheets: Sequence[SheetPlan]) -> None:
    large = sum(len(sheet.rows) for sheet in sheets) > _IN_MEMORY_ROWS
    options = {"constant_memory": large, "in_memory": not large, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": CREATED})
    day = book.add_format({"num_format": "d-mmm"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if sheet.hidden:
            page.hide()
        for number, row in enumerate(sheet.all_rows()):
            _write_row(page, number, row, day)
        for first_row, first_column, last_row, last_column in sheet.merges:
            _merge(page, sheet, (first_row, first_column, last_row, last_column), large)
    book.close()


def _write_row(page: xlsxwriter.worksheet.Worksheet, number: int, row: Row, day: xlsxwriter.format.Format) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            page.write_string(number, column, value)
        elif isinstance(value, ErrorCell):
            page.write_formula(number, column, f"={value.text}", None, value.text)
        elif isinstance(value, dt.date):
            page.write_datetime(number, column, value, day)
        elif isinstance(value, int | float):
            page.write_number(number, column, value)
        else:
            raise TypeError(f"a cell cannot hold {type(value).__name__}")


def _merge(
    page: xlsxwriter.worksheet.Worksheet, sheet: SheetPlan, place: tuple[int, int, int, int], large: bool
) -> None:
    """Merge cells that are written already.

    A workbook written row by row cannot go back to an earlier row: there the merge is recorded and the
    second writing of its text has no effect, which is what is wanted.
    """
    first_row, first_column, _, _ = place
    row = sheet.all_rows()[first_row] if not large else [*sheet.above, *sheet.header][first_row]
    value = row[first_column] if first_column < len(row) else ""
    page.merge_range(*place, value)
