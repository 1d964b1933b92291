"""A workbook while it is written: its sheets and styles, row heights, and every typed cell as a claim."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format as CellStyle
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analysis.report.claims.claim import Claim
from analysis.report.claims.tables import Cell
from analysis.words.formats import FORMATS, Shape, print_value

LINE_POINTS = 15  # of the default font, Calibri 11

# Advance widths of Arial in thousandths of its size; Calibri is narrower.
_WIDTHS = {
    222: "ijl'", 278: " !,./:;ftI[]\\|", 333: "r()-`{}", 500: "cksvxyzJ", 556: "abdeghnopqu0123456789?$#_L–",
    584: "+<=>~−", 611: "FTZ", 667: "ABEKPSVXY&", 722: "CDHNRUw", 778: "GOQ", 833: "mM", 889: "%", 944: "W",
}  # fmt: skip
_WIDTH_OF = {letter: thousandths / 1000 for thousandths, letters in _WIDTHS.items() for letter in letters}
_OTHER = 0.7
# Letters of 10 points (at 96 dots an inch) over a column's unit, a digit of Calibri 11; a little more, for safety.
_UNITS = 10 * 96 / 72 / 7 * 1.03


def row_points(texts: Iterable[tuple[str, float]]) -> int:
    """Return the height of a row, in points, from its texts and the widths of their columns in Excel's unit."""
    return LINE_POINTS * max((_lines(text, width) for text, width in texts), default=1)


def _lines(text: str, width: float) -> int:
    lines, used = 1, 0.0
    for word in text.split():
        room = _units(word)
        after = used + (_units(" ") if used else 0) + room
        if after <= width:
            used = after
            continue
        if used:
            lines += 1
        broken = math.ceil(room / max(width, 1)) - 1  # a word longer than the column goes on in the next line
        lines += broken
        used = room - broken * width
    return lines


def _units(text: str) -> float:
    return sum(_WIDTH_OF.get(letter, _OTHER) for letter in text) * _UNITS


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
