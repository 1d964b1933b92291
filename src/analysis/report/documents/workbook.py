"""Excel: one sheet per table with typed cells, a data dictionary, and a sheet that computes again with formulas."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analysis.errors import ParameterError
from analysis.report.claims.claim import Claim, Kind
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.tables import Cell, Column, ReportTable, absent_text, heads_a_group
from analysis.report.documents.sheets import EDGE, HEADING, WIDEST, Book, excel_format, row_points
from analysis.words.catalogue import Catalogue, catalogue
from analysis.words.formats import FORMATS, Shape

# The sheets that are no table, by the key of their title.
DICTIONARY, RECALCULATION = "data dictionary", "recalculation"
_NARROWEST = 12  # letters
_PORTRAIT = 90  # letters of all columns; a wider sheet is printed across, so that its letters stay readable


@dataclass(frozen=True, slots=True)
class Workbook:
    """A written workbook: its bytes, the claims of its numeric cells, and every cell by sheet and address."""

    content: bytes
    claims: tuple[Claim, ...]
    cells: Mapping[str, Mapping[str, Any]]


def workbook(
    tables: Sequence[ReportTable],
    language: str,
    *,
    title: str,
    recalculations: Sequence[Recalculation] = (),
    simulated: bool = False,
    guard: Guard | None = None,
) -> Workbook:
    """Return the tables as an Excel file: full precision in the cells, rounding only in their number formats.

    A column of ranges becomes two columns, low and high. Sheets: one per table, the data dictionary, and
    "Hitung ulang" where there is something to compute again. A sheet that fails holds one sentence instead, and
    ``guard`` notes it; so does the sheet of a table that failed before. Without a guard the first error is raised.
    """
    guard = guard or Guard(language, is_strict=True)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    while True:  # again without each sheet that fails: half of it is written by then
        known, stream = len(guard.failures), io.BytesIO()
        with xlsxwriter.Workbook(stream, options) as book:
            book.set_properties({"title": title, "created": datetime.datetime(2000, 1, 1)})
            mark = catalogue(language).text("simulated mark") if simulated else None
            made = Book(book, language, mark)
            _write_sheets(made, tables, recalculations, guard)
        if len(guard.failures) == known:
            return Workbook(stream.getvalue(), tuple(made.claims), made.cells)


def _write_sheets(
    made: Book, tables: Sequence[ReportTable], recalculations: Sequence[Recalculation], guard: Guard
) -> None:
    words = catalogue(made.language)
    failed = guard.names(Part.SHEET)
    for table in tables:
        if table.name in failed:
            _failed_sheet(made, table.title, words)
        else:
            guard.attempt(Part.SHEET, table.name, partial(_table_sheet, made, table, words), None)
    for name in guard.names(Part.TABLE):
        if name not in {table.name for table in tables}:
            kind = name.partition("-")[0]
            _failed_sheet(made, words.text(kind, "table") if words.has(kind, "table") else name, words)
    if RECALCULATION in failed:
        _failed_sheet(made, words.text(RECALCULATION), words)
    elif recalculations:
        write = partial(recalculation_sheet, made, recalculations, words)
        guard.attempt(Part.SHEET, RECALCULATION, write, None)
    if DICTIONARY in failed:
        _failed_sheet(made, words.text(DICTIONARY), words)
    else:
        guard.attempt(Part.SHEET, DICTIONARY, partial(_dictionary_sheet, made, tables, words), None)


def _failed_sheet(made: Book, title: str, words: Catalogue) -> None:
    """Write the sheet of what failed: one sentence."""
    sheet, row = made.sheet(title, title)
    made.text(sheet, row, 0, words.text("part failed"), made.style("failed", {"bold": True}))


def _spread(table: ReportTable) -> list[bool]:
    """Return for each column whether it holds ranges and needs two columns."""
    ranges = (Shape.RANGE, Shape.P_RANGE, Shape.DATE_RANGE)
    return [
        any(row[place].value is not None and FORMATS[row[place].format].shape in ranges for row in table.rows)
        for place in range(len(table.columns))
    ]


def _headings(table: ReportTable, spread: Sequence[bool], words: Catalogue) -> list[tuple[str, Column]]:
    made = []
    for column, double in zip(table.columns, spread, strict=True):
        ends = [f" ({words.text(end, 'range')})" for end in ("low", "high")] if double else [""]
        made += [(f"{column.heading}{end}", column) for end in ends]
    return made


def _table_sheet(made: Book, table: ReportTable, words: Catalogue) -> None:
    sheet, top = made.sheet(table.title, table.title)
    spread = _spread(table)
    headings = _headings(table, spread, words)
    widths = [_width(column) for _, column in headings]
    for place, (heading, column) in enumerate(headings):
        made.text(sheet, top, place, heading, made.style(f"heading {column.align}", _aligned(HEADING, column.align)))
        sheet.set_column(place, place, widths[place])
    # Bold letters are wider.
    sheet.set_row(top, row_points((heading, width * 0.9) for (heading, _), width in zip(headings, widths, strict=True)))
    for line, row in enumerate(table.rows, start=top + 1):
        place = 0
        is_group = heads_a_group(row)  # its words run on over the empty cells beside them
        sheet.set_row(line, row_points(() if is_group else _wrapped(row, table.columns)))
        for cell, double in zip(row, spread, strict=True):
            for value in _values(cell, double):
                _write_cell(made, sheet, line, place, value, cell, headings[place][1].align, wraps=not is_group)
                place += 1
    if sum(widths) > _PORTRAIT:
        sheet.set_landscape()
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), len(headings) - 1)


def _width(column: Column) -> int:
    return min(WIDEST, max(column.width, _NARROWEST))


def _aligned(style: Mapping[str, Any], align: str) -> dict[str, Any]:
    return {**style, "align": align, "indent": int(align == "left")}


def _wrapped(row: Sequence[Cell], columns: Sequence[Column]) -> list[tuple[str, float]]:
    """Return the texts of a row that may take several lines, with the widths of their columns."""
    cells = zip(row, columns, strict=True)
    return [(str(cell.value), _width(column) - 1) for cell, column in cells if cell.format == "text" and cell.value]


def _values(cell: Cell, double: bool) -> tuple[Any, ...]:
    if not double:
        return (cell.value,)
    return cell.value if isinstance(cell.value, tuple) else (cell.value, cell.value if cell.format != "text" else "")


def _write_cell(
    made: Book, sheet: Worksheet, row: int, column: int, value: Any, cell: Cell, align: str, *, wraps: bool
) -> None:
    if value is None or cell.format == "text":
        look = _aligned({"bold": cell.strong, "text_wrap": wraps, **EDGE}, align)
        style = made.style(f"words {cell.strong} {align} {wraps}", look)
        made.text(sheet, row, column, absent_text(cell, made.language) if value is None else str(value), style)
    else:
        made.number(sheet, row, column, value, cell)


def _dictionary_sheet(made: Book, tables: Sequence[ReportTable], words: Catalogue) -> None:
    name = words.text(DICTIONARY)
    heading = tuple(
        Column(heading=words.text(key), meaning="", width=width, align="left")
        for key, width in (("sheet", 32), ("column", 28), ("meaning", WIDEST))
    )
    rows = [
        tuple(Cell(value=text, kind=Kind.LABEL) for text in (table.title, column.heading, column.meaning))
        for table in tables
        for column in table.columns
    ]
    _table_sheet(made, ReportTable(name="dictionary", title=name, columns=heading, rows=tuple(rows)), words)


_NAME = re.compile(r"\{([a-z_]+)\}")
_SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculation:
    """A result that the workbook computes again from its inputs with a live formula.

    ``inputs`` are cells by name with their label; ``formula`` is an Excel formula in which ``{name}`` stands
    for the cell of an input; ``result`` is what the report prints.
    """

    title: str
    inputs: Mapping[str, tuple[str, Cell]]
    formula: str
    result: Cell


def recalculation_sheet(made: Book, recalculations: Sequence[Recalculation], words: Catalogue) -> None:
    name = words.text(RECALCULATION)
    sheet, row = made.sheet(name, name)
    sheet.set_column(0, 0, WIDEST)
    sheet.set_column(1, 1, 18)
    plain = made.style("words False", {"bold": False, "text_wrap": True, **EDGE})
    for recalculation in recalculations:
        made.text(sheet, row, 0, recalculation.title, made.style("heading", HEADING))
        sheet.set_row(row, row_points([(recalculation.title, WIDEST * 0.9)]))
        sheet.write_blank(row, 1, None, made.style("heading", HEADING))
        addresses = {}
        for line, (key, (label, cell)) in enumerate(recalculation.inputs.items(), start=row + 1):
            made.text(sheet, line, 0, label, plain)
            made.number(sheet, line, 1, cell.value, cell)
            addresses[key] = xl_rowcol_to_cell(line, 1)
        row = _formula_rows(made, sheet, row + 1 + len(addresses), recalculation, addresses, words)


def _formula_rows(
    made: Book,
    sheet: Worksheet,
    row: int,
    recalculation: Recalculation,
    addresses: Mapping[str, str],
    words: Catalogue,
) -> int:
    unknown = set(_NAME.findall(recalculation.formula)) - set(addresses)
    if unknown:
        raise ParameterError(f"Formula {recalculation.formula!r} names cells that are no inputs: {sorted(unknown)}.")
    plain = made.style("words False", {"bold": False, "text_wrap": True, **EDGE})
    result = recalculation.result
    formula = _NAME.sub(lambda found: addresses[found.group(1)], recalculation.formula)
    number = made.style(
        f"formula {result.format}", {"num_format": excel_format(result.format, made.language), "bold": True, **EDGE}
    )
    made.text(sheet, row, 0, words.text("computed by this sheet"), plain)
    sheet.write_formula(row, 1, formula, number, result.value)
    made.cells[sheet.get_name()][xl_rowcol_to_cell(row, 1)] = result.value
    made.text(sheet, row + 1, 0, words.text("printed in the report"), plain)
    made.number(sheet, row + 1, 1, result.value, result)
    computed, printed = xl_rowcol_to_cell(row, 1), xl_rowcol_to_cell(row + 1, 1)
    yes, no = words.text("yes"), words.text("no")
    made.text(sheet, row + 2, 0, words.text("both are equal"), plain)
    check = f'=IF(ABS({computed}-{printed})<={_SAME}*MAX(1,ABS({printed})),"{yes}","{no}")'
    sheet.write_formula(row + 2, 1, check, made.style("answer", {"align": "right", **EDGE}), yes)
    made.cells[sheet.get_name()][xl_rowcol_to_cell(row + 2, 1)] = yes
    return row + 4
