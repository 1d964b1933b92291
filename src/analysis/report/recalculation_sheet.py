"""The sheet "Hitung ulang": live formulas from which the printed results come out again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analysis.errors import ParameterError
from analysis.report.catalogue import Catalogue
from analysis.report.row_heights import row_points
from analysis.report.sheets import EDGE, HEADING, WIDEST, Book, excel_format
from analysis.report.tables import Cell

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
    name = words.text("recalculation")
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
