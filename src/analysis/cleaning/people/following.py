"""The tables ``followup`` (action plans months later) and ``lms`` (activity in the learning system)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.cells.dates import clean_dates
from analysis.cleaning.cells.numbers import MOST_MODULES, clean_counts
from analysis.cleaning.cells.shapes import mask_personal
from analysis.cleaning.people.days import plan_date_problems
from analysis.cleaning.people.entries import Entries, Values, clean_column
from analysis.cleaning.people.identify import ALONE, People
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.sheet import cell_text
from analysis.cleaning.tables.kinds import Context
from analysis.cleaning.tables.table import Table
from analysis.study.regions import compared
from analysis.study.training import Training

FOLLOWUP_COLUMNS = (
    "participant_id",
    "regency",
    "plan_kind",
    "agreed_on",
    "visited_on",
    "status",
    "evidence",
    "obstacle",
)
LMS_COLUMNS = ("participant_id", "course", "modules_done", "modules", "last_active")
OTHER_PLAN = "lainnya"
_STATUS = {
    "done": "selesai terlaksana sudah done tuntas sudah_dilaksanakan dilaksanakan sudah_terlaksana telah_dilaksanakan",
    "in_progress": "berjalan proses dalam_proses sedang_berjalan in_progress sebagian sedang_dilaksanakan",
    "not_started": "belum belum_dilaksanakan belum_terlaksana tidak_terlaksana not_started belum_mulai",
}
_BY_STATUS = {word.replace("_", " "): status for status, words in _STATUS.items() for word in words.split()}


def followup_table(
    everything: Sequence[Entries], people: People, codes: Sequence[str], context: Context
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the follow-up of all tables; ``participant_id`` is null where a row names a regency only."""
    problems: list[Problem] = []
    parts = []
    clean_text = _text_cleaner(everything)
    for number, entries in enumerate(everything):
        if "followup" not in entries.table.kinds:
            continue
        table = entries.table
        named = [None if person == ALONE else codes[person] for person in people.of[number]]
        agreed, visited = _dates(table, "agreed_on", problems), _dates(table, "visited_on", problems)
        problems += plan_date_problems(table, agreed, visited, context.province)
        parts.append(
            pd.DataFrame(
                {
                    "participant_id": named,
                    "regency": entries.attributes["regency"],
                    "plan_kind": clean_column(table, "plan_kind", _plan_cleaner(context.training), problems),
                    "agreed_on": agreed,
                    "visited_on": visited,
                    "status": clean_column(table, "followup_status", _clean_status, problems),
                    "evidence": clean_column(table, "evidence", clean_text, problems),
                    "obstacle": clean_column(table, "obstacle", clean_text, problems),
                },
                columns=list(FOLLOWUP_COLUMNS),
                dtype="object",
            )
        )
    return _typed(parts, FOLLOWUP_COLUMNS, dates=("agreed_on", "visited_on")), problems


def lms_table(
    everything: Sequence[Entries], people: People, codes: Sequence[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return activity in the learning system, one row per row of the files."""
    problems: list[Problem] = []
    parts = []
    clean_text = _text_cleaner(everything)
    for number, entries in enumerate(everything):
        if "lms" not in entries.table.kinds:
            continue
        table = entries.table
        parts.append(
            pd.DataFrame(
                {
                    "participant_id": [None if person == ALONE else codes[person] for person in people.of[number]],
                    "course": clean_column(table, "course", clean_text, problems),
                    "modules_done": clean_column(table, "modules_done", _clean_modules, problems),
                    "modules": clean_column(table, "modules", _clean_modules, problems),
                    "last_active": _dates(table, "last_active", problems),
                },
                columns=list(LMS_COLUMNS),
                dtype="object",
            )
        )
    frame = _typed(parts, LMS_COLUMNS, dates=("last_active",))
    return frame.astype({"modules_done": "Int64", "modules": "Int64"}), problems


def _typed(parts: list[pd.DataFrame], columns: Sequence[str], dates: Sequence[str]) -> pd.DataFrame:
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(columns), dtype="object")
    counts = ("modules_done", "modules")
    types = {name: "str" for name in columns if name not in dates and name not in counts}
    return frame.astype({**types, **dict.fromkeys(dates, "datetime64[us]")})


def _dates(table: Table, meaning: str, problems: list[Problem]) -> Values:
    return clean_column(table, meaning, lambda values: clean_dates(values, day_first=table.day_first), problems)


def _plan_cleaner(training: Training) -> object:
    kinds: dict[str, str] = {}
    for kind in training.followup_kinds:
        for text in (kind.id, kind.name_id, kind.name_en):
            kinds[compared(text)] = kind.id
        for evidence in kind.evidence:
            kinds.setdefault(compared(evidence.name_id), kind.id)

    def clean(value: object) -> tuple[object, str | None]:
        text = compared(cell_text(value))
        if not text:
            return None, None
        return (kinds[text], None) if text in kinds else (OTHER_PLAN, "plan_kind_unknown")

    return lambda values: clean_distinct(values, clean)


def _clean_status(values: Sequence[object]) -> Cleaned:
    def clean(value: object) -> tuple[object, str | None]:
        text = compared(cell_text(value))
        if not text:
            return None, None
        return (_BY_STATUS[text], None) if text in _BY_STATUS else (None, "status_unknown")

    return clean_distinct(values, clean)


def _text_cleaner(everything: Sequence[Entries]) -> object:
    names = {str(name) for entries in everything for name in entries.name if name is not None}

    def clean(value: object) -> tuple[object, str | None]:
        text = cell_text(value)
        masked = mask_personal(text, names)
        return masked or None, "personal_text_masked" if masked != text else None

    return lambda values: clean_distinct(values, clean)


def _clean_modules(values: Sequence[object]) -> Cleaned:
    return clean_counts(values, MOST_MODULES)
