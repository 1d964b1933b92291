"""A workbook while it is written: its sheets and styles, and every typed cell as a claim."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format as CellStyle
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analysis.report.claims import Claim
from analysis.report.formats import FORMATS, Shape, print_value
from analysis.report.tables import Cell

WIDEST = 60  # letters
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")

EDGE = {"bottom": 1, "bottom_color": "#C3CDD6", "valign": "top"}
HEADING = {
    "bold": True, "font_color": "#163A5A", "bg_color": "#F3F6F9", "text_wrap": True, "valign": "bottom",
    "top": 2, "bottom": 2, "top_color": "#163A5A", "bottom_color": "#163A5A",
}  # fmt: skip


@dataclass(slots=True)
class Book:
    """What is written so far: claims of numeric cells in order, and every cell by sheet and address."""

    book: xlsxwriter.Workbook
    language: str
    mark: str | None
    styles: dict[str, CellStyle] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)

    def style(self, name: str, properties: Mapping[str, Any]) -> CellStyle:
        """Return the style of that name, made once."""
        if name not in self.styles:
            self.styles[name] = self.book.add_format({"font_name": "Arial", "font_size": 10, **properties})
        return self.styles[name]

    def text(self, sheet: Worksheet, row: int, column: int, words: str, style: CellStyle) -> None:
        """Write words; never read as a formula or a link, whatever they begin with."""
        sheet.write_string(row, column, words, style)
        if words:
            self.cells[sheet.get_name()][xl_rowcol_to_cell(row, column)] = words

    def number(self, sheet: Worksheet, row: int, column: int, value: Any, cell: Cell) -> None:
        """Write one typed value and register it as a claim."""
        excel = excel_format(cell.format, self.language)
        style = self.style(f"number {excel} {cell.strong}", {"num_format": excel, "bold": cell.strong, **EDGE})
        address = xl_rowcol_to_cell(row, column)
        if FORMATS[cell.format].shape in (Shape.DATE, Shape.DATE_RANGE):
            day = datetime.date.fromisoformat(str(value))
            sheet.write_datetime(row, column, datetime.datetime.combine(day, datetime.time()), style)
            value = day.isoformat()
        else:
            sheet.write_number(row, column, float(value), style)
        self.cells[sheet.get_name()][address] = value
        self._claim(f"{sheet.get_name()}!{address}", value, cell)

    def _claim(self, place: str, value: Any, cell: Cell) -> None:
        self.claims.append(
            Claim(
                id=f"x{len(self.claims) + 1}",
                kind=cell.kind,
                value=list(cell.value) if isinstance(cell.value, tuple) else cell.value,
                format=cell.format,
                printed=print_value(cell.value, cell.format, self.language),
                source=cell.source,
                data_hash=cell.data_hash,
                place=place,
            )
        )

    def sheet(self, wanted: str, title: str) -> tuple[Worksheet, int]:
        """Add a sheet with its title and mark; returns it and the first free row."""
        sheet = self.book.add_worksheet(_sheet_name(wanted, self.cells))
        self.cells[sheet.get_name()] = {}
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        self.text(sheet, 0, 0, title, self.style("title", {"bold": True, "font_size": 13, "font_color": "#163A5A"}))
        if self.mark is None:
            return sheet, 2
        style = self.style("mark", {"bold": True, "font_color": "#7A1F00", "bg_color": "#FFF1D6"})
        self.text(sheet, 1, 0, self.mark, style)
        sheet.set_header(f"&C&B{self.mark}")
        return sheet, 3


def excel_format(name: str, language: str) -> str:
    """Return the number format of a cell; its words ("< 0,001") in the report's language."""
    excel = FORMATS[name].excel
    return excel.replace("< 0,001", print_value(0, "p_cell", language)) if "<" in excel else excel


def _sheet_name(wanted: str, taken: Mapping[str, object]) -> str:
    plain = _NOT_IN_SHEET_NAMES.sub(" ", wanted).strip().strip("'")[:_LONGEST_SHEET_NAME].strip()
    name, number = plain, 2
    while name.casefold() in {other.casefold() for other in taken}:
        tail = f" ({number})"
        name, number = plain[: _LONGEST_SHEET_NAME - len(tail)] + tail, number + 1
    return name
