"""Known errors of a source, declared in ``province.toml``, are corrected before anything else is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.cleaning.problems import Problem
from analysis.cleaning.rows import cell_text
from analysis.cleaning.rules import Rule, cell_problem, file_problem
from analysis.cleaning.sheet import Sheet
from analysis.study.province import PROVINCE_FILE, Correction

_CELL = re.compile(r"([A-Z]+)([0-9]+)")


def apply_corrections(
    sheets: Sequence[Sheet], corrections: Sequence[Correction]
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Return the sheets with each known error corrected, and a note per correction.

    A correction whose cell no longer holds the error that it expects (or does not exist) is a problem of
    severity error: the source was corrected, so the entry must go.
    """
    corrected = list(sheets)
    problems: list[Problem] = []
    for correction in corrections:
        place = next((i for i, sheet in enumerate(corrected) if _is_meant(sheet, correction)), None)
        if place is None:
            shown = f"{correction.file} {correction.cell}"
            problems.append(file_problem(Rule.CORRECTION_OUTDATED, PROVINCE_FILE, shown))
            continue
        corrected[place], problem = _corrected(corrected[place], correction)
        problems.append(problem)
    return tuple(corrected), tuple(problems)


def _is_meant(sheet: Sheet, correction: Correction) -> bool:
    return sheet.file == correction.file and correction.sheet in (None, sheet.name)


def _corrected(sheet: Sheet, correction: Correction) -> tuple[Sheet, Problem]:
    row, column = _place(sheet, correction.cell)
    is_inside = 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row])
    found = cell_text(sheet.rows[row][column]) if is_inside else None
    if found != correction.expected:
        shown = f"{correction.cell}: {'' if found is None else found} ≠ {correction.expected}"
        return sheet, file_problem(Rule.CORRECTION_OUTDATED, sheet.file, shown, correction.cell)
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = correction.corrected
    shown = f"{correction.expected} → {correction.corrected}: {correction.reason}"
    return replace(sheet, rows=rows), cell_problem(Rule.CORRECTION_APPLIED, sheet, row, column, value=shown)


def _place(sheet: Sheet, cell: str) -> tuple[int, int]:
    """Return row and column inside ``sheet.rows`` of an address such as "F17"."""
    match = _CELL.fullmatch(cell)
    if match is None:
        raise ValueError(f"{cell!r} is no cell address")
    column = 0
    for letter in match.group(1):
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match.group(2)) - 1 - sheet.first_row, column - 1 - sheet.first_column
