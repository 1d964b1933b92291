"""What ``province.toml`` says about files and columns, against what is there: no entry is idle in silence."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.cleaning.kinds import Context
from analysis.cleaning.participant_rules import problem
from analysis.cleaning.problems import Problem
from analysis.cleaning.registry import KINDS
from analysis.cleaning.rules import Rule, file_problem
from analysis.cleaning.sheet import Sheet
from analysis.cleaning.tables.codebook import compared
from analysis.cleaning.tables.headers import SEARCHED_ROWS
from analysis.study.loading import suggestion
from analysis.study.province import PROVINCE_FILE, Province


def file_entry_problems(province: Province, files: Sequence[str]) -> list[Problem]:
    """Return problems for files without a source, and for sources and ``[files]`` entries without a file."""
    missing = [file_problem(Rule.SOURCE_MISSING, file, file) for file in files if province.source_of(file) is None]
    idle = [source.file for source in province.source if not any(source.covers(file) for file in files)]
    absent = [file for file in province.files if file not in files]
    return [
        *missing,
        *(file_problem(Rule.SOURCE_WITHOUT_FILE, PROVINCE_FILE, file) for file in idle),
        *(
            file_problem(Rule.FILES_ENTRY_WITHOUT_FILE, PROVINCE_FILE, f"{file}{suggestion(file, list(files))}")
            for file in absent
        ),
    ]


def column_entry_problems(context: Context, sheets: Sequence[Sheet]) -> list[Problem]:
    """Return problems for ``[columns]`` entries with a meaning that no table has, or a header that no file has."""
    columns = context.province.columns
    if not columns:
        return []
    meanings = sorted({*context.instrument.item_ids, *(meaning for kind in KINDS for meaning in kind.meanings)})
    headers = {compared(cell) for sheet in sheets for row in sheet.rows[:SEARCHED_ROWS] for cell in row}
    problems = []
    for header, meaning in columns.items():
        if meaning not in meanings:
            shown = f"{meaning}{suggestion(meaning, meanings)}"
            problems.append(problem("column_setting_unknown", PROVINCE_FILE, column=header, value=shown))
        elif compared(header) not in headers:
            problems.append(problem("column_setting_idle", PROVINCE_FILE, column=header, value=meaning))
    return problems
