"""Marks that nobody sees in cells (zero-width blanks, marks of direction): taken out, and told once a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet
from analysis.study.regions import INVISIBLE


def without_invisible_marks(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Return the sheets without invisible marks, and a note for each sheet that had some."""
    cleaned = []
    problems = []
    for sheet in sheets:
        places = [
            (row, column)
            for row, cells in enumerate(sheet.rows)
            for column, cell in enumerate(cells)
            if isinstance(cell, str) and not cell.isascii() and INVISIBLE.search(cell)
        ]
        cleaned.append(_without(sheet, places) if places else sheet)
        if places:
            value = counted(len(places), "cell")
            cell = sheet.address(*places[0])
            problems.append(problem("invisible_marks", sheet.file, sheet=sheet.name, cell=cell, value=value))
    return tuple(cleaned), problems


def _without(sheet: Sheet, places: Sequence[tuple[int, int]]) -> Sheet:
    rows = list(sheet.rows)
    for row in {row for row, _ in places}:
        rows[row] = [INVISIBLE.sub("", cell) if isinstance(cell, str) else cell for cell in rows[row]]
    return replace(sheet, rows=rows)
