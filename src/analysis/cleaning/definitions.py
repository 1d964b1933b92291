"""What ``province.toml`` and ``narasi.md`` say, against what is there; declared corrections of a source are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.cleaning.cells.shapes import shape
from analysis.cleaning.printed.attendance_counts import PEOPLE
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import cell_problem, problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.registry import KINDS
from analysis.cleaning.tables.headers import SEARCHED_ROWS
from analysis.cleaning.tables.kinds import Context
from analysis.errors import suggestion
from analysis.study.narrative import NARRATIVE_FILE, Flaw, load_narrative
from analysis.study.province import PROVINCE_FILE, Correction, Province
from analysis.study.regions import name_key


def file_entry_problems(province: Province, files: Sequence[str]) -> list[Problem]:
    """Return problems for files without a source, and for sources and ``[files]`` entries without a file."""
    missing = [problem("source_missing", file, value=file) for file in files if province.source_of(file) is None]
    idle = [source.file for source in province.source if not any(source.covers(file) for file in files)]
    absent = [file for file in province.files if file.partition("#")[0] not in files]
    return [
        *missing,
        *(problem("source_without_file", PROVINCE_FILE, value=file) for file in idle),
        *(
            problem("files_entry_without_file", PROVINCE_FILE, value=f"{file}{suggestion(file, list(files))}")
            for file in absent
        ),
    ]


def column_entry_problems(context: Context, sheets: Sequence[Sheet]) -> list[Problem]:
    """Return problems for ``[columns]`` entries with a meaning that no table has, or a header that no file has."""
    columns = context.province.columns
    if not columns:
        return []
    meanings = sorted({*context.instrument.item_ids, *(meaning for kind in KINDS for meaning in kind.meanings)})
    headers = {name_key(cell) for sheet in sheets for row in sheet.rows[:SEARCHED_ROWS] for cell in row}
    problems = []
    for header, meaning in columns.items():
        if meaning not in meanings:
            shown = f"{meaning}{suggestion(meaning, meanings)}"
            problems.append(problem("column_setting_unknown", PROVINCE_FILE, column=header, value=shown))
        elif name_key(header) not in headers:
            problems.append(problem("column_setting_idle", PROVINCE_FILE, column=header, value=meaning))
    return problems


def complete_scores(tables: Mapping[str, pd.DataFrame], province: Province) -> dict[str, pd.DataFrame]:
    """Return the tables with n of ``published_scores`` filled in where the score table does not give it.

    n is the published number of pairs, else who attended (of the same group); ``n_is`` tells which.
    """
    scores = tables.get("published_scores")
    if scores is None:
        return dict(tables)
    known = {group: (attended, "attended") for group, attended in _attended(tables.get("published_attendance")).items()}
    if province.published.test_pairs is not None:
        known["all"] = (province.published.test_pairs, "pairs")
    lacking = scores["n"].isna() & scores["group"].isin(list(known))
    people = scores["group"].map(lambda group: known.get(group, (None, "unknown"))[0]).astype("Int64")
    meaning = scores["group"].map(lambda group: known.get(group, (None, "unknown"))[1]).astype("str")
    completed = scores.assign(n=scores["n"].mask(lacking, people), n_is=scores["n_is"].mask(lacking, meaning))
    return {**tables, "published_scores": completed}


def _attended(attendance: pd.DataFrame | None) -> dict[str, int]:
    if attendance is None:
        return {}
    units = ("all" if unit == PEOPLE else str(unit) for unit in attendance["unit"])
    return dict(zip(units, map(int, attendance["attended"]), strict=True))


_RULES = {
    Flaw.NOT_TEXT: "narrative_not_text",
    Flaw.TOO_LONG: "narrative_too_long",
    Flaw.LINE_TOO_LONG: "narrative_line_too_long",
    Flaw.HEADING_UNKNOWN: "narrative_heading_unknown",
    Flaw.HEADING_TWICE: "narrative_heading_twice",
    Flaw.TEXT_WITHOUT_HEADING: "narrative_without_heading",
    Flaw.NOT_PLAIN: "narrative_not_plain",
}


def narrative_problems(folder: Path) -> list[Problem]:
    """Return one problem per line of ``narasi.md`` that the report leaves out, by its line number."""
    return [
        problem(_RULES[found.flaw], NARRATIVE_FILE, value=found.heading, cell=f"A{found.line}")
        for found in load_narrative(folder).flaws
    ]


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
            problems.append(problem("correction_outdated", PROVINCE_FILE, value=shown))
            continue
        corrected[place], told = _corrected(corrected[place], correction, may_show)
        problems.append(told)
    return tuple(corrected), tuple(problems)


def _is_meant(sheet: Sheet, correction: Correction) -> bool:
    return sheet.file == correction.file and correction.sheet in (None, sheet.name)


def _corrected(sheet: Sheet, correction: Correction, may_show: Callable[[Sheet, int], bool]) -> tuple[Sheet, Problem]:
    row, column = sheet.place(correction.cell)
    is_inside = 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row])
    found = cell_text(sheet.rows[row][column]) if is_inside else None
    in_words = str if may_show(sheet, column) else shape
    if found != cell_text(correction.expected):
        shown = f"{'' if found is None else in_words(found)} ≠ {in_words(correction.expected)}"
        return sheet, cell_problem("correction_outdated", sheet, row, column, value=shown)
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = correction.corrected
    shown = f"{in_words(correction.expected)} → {in_words(correction.corrected)}"
    shown += f": {correction.reason}" if in_words is str else ""
    return replace(sheet, rows=rows), cell_problem("correction_applied", sheet, row, column, value=shown)
