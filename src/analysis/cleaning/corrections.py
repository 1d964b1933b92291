"""Known errors of a source, declared in ``province.toml``, are corrected before anything else is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from analysis.cleaning.problems import Problem
from analysis.cleaning.rows import cell_text
from analysis.cleaning.rules import Rule, cell_problem, file_problem
from analysis.cleaning.shapes import shape
from analysis.cleaning.sheet import Sheet
from analysis.study.province import PROVINCE_FILE, Correction


def apply_corrections(
    sheets: Sequence[Sheet],
    corrections: Sequence[Correction],
    may_show: Callable[[Sheet, int], bool] = lambda _sheet, _column: True,
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Return the sheets with each known error corrected, and a note per correction.

    ``may_show`` tells whether the values of a sheet's column may be shown; of others only the shape is told, and
    the reason, which may repeat them, is left to ``province.toml``.
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
        corrected[place], problem = _corrected(corrected[place], correction, may_show)
        problems.append(problem)
    return tuple(corrected), tuple(problems)


def _is_meant(sheet: Sheet, correction: Correction) -> bool:
    return sheet.file == correction.file and correction.sheet in (None, sheet.name)


def _corrected(sheet: Sheet, correction: Correction, may_show: Callable[[Sheet, int], bool]) -> tuple[Sheet, Problem]:
    row, column = sheet.place(correction.cell)
    is_inside = 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row])
    found = cell_text(sheet.rows[row][column]) if is_inside else None
    in_words = str if may_show(sheet, column) else shape
    if found != correction.expected:
        shown = f"{'' if found is None else in_words(found)} ≠ {in_words(correction.expected)}"
        return sheet, cell_problem(Rule.CORRECTION_OUTDATED, sheet, row, column, value=shown)
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = correction.corrected
    shown = f"{in_words(correction.expected)} → {in_words(correction.corrected)}"
    shown += f": {correction.reason}" if in_words is str else ""
    return replace(sheet, rows=rows), cell_problem(Rule.CORRECTION_APPLIED, sheet, row, column, value=shown)
