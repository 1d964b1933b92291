"""The table ``scores``: pretest and posttest points of each person, one attempt each by a stated rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.cleaning.cells.dates import clean_dates
from analysis.cleaning.cells.scores import clean_scores
from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.people.doubts import tell_beside
from analysis.cleaning.people.entries import Entries, Values
from analysis.cleaning.people.identify import People
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.shown import percents_as_text
from analysis.cleaning.tables.recognise import Column
from analysis.cleaning.tables.table import Table
from analysis.study.province import AttemptRule
from analysis.study.regions import compared

Attempt = Literal["first", "last"]
_UNFINISHED = frozenset(
    {"sedang dikerjakan", "tidak pernah mengerjakan", "in progress", "never submitted", "belum selesai"}
)


@dataclass(frozen=True, slots=True)
class _Try:
    """One attempt: where it stands, when it was made (None: not known), its points."""

    entries: int
    row: int
    moment: dt.datetime | None
    points: object


def scores_table(
    everything: Sequence[Entries],
    people: People,
    codes: Sequence[str],
    test_maximum: float | None,
    rule: AttemptRule,
) -> tuple[pd.DataFrame, list[Problem], dict[int, dict[str, int]]]:
    """Return the table, its problems, and the rows left out of each entries (by position) by reason.

    Where the study names no maximum and the tests state different ones, all points are brought to the largest, which is
    told for each column: else the change would be a difference of two scales.
    """
    problems: list[Problem] = []
    scale = test_maximum if test_maximum is not None else _largest_maximum(everything)
    tries: dict[str, dict[int, list[_Try]]] = {"pre": {}, "post": {}}
    dropped: dict[int, dict[str, int]] = {}
    for number, entries in enumerate(everything):
        if "tests" not in entries.table.kinds:
            continue
        moments = _moments(entries.table, problems)
        unfinished = _unfinished(entries.table, problems)
        if unfinished:
            dropped.setdefault(number, {})["attempt_unfinished"] = len(unfinished)
        for test, points in _points(entries.table, test_maximum, scale, unfinished, problems).items():
            for row, person in enumerate(people.of[number]):
                if row not in unfinished:
                    tries[test].setdefault(person, []).append(_Try(number, row, moments[row], points[row]))
    chosen = {
        "pre": _choose(tries["pre"], rule.pretest, everything, problems, dropped),
        "post": _choose(tries["post"], rule.posttest, everything, problems, dropped),
    }
    persons = sorted({*chosen["pre"], *chosen["post"]})
    frame = pd.DataFrame(
        {
            "participant_id": pd.array([codes[person] for person in persons], dtype="str"),
            "pre_points": pd.Series([chosen["pre"].get(person) for person in persons], dtype="float64"),
            "post_points": pd.Series([chosen["post"].get(person) for person in persons], dtype="float64"),
        }
    )
    return frame, problems, dropped


def _score_columns(table: Table) -> dict[str, Column]:
    """Return the column of points by test: of a table of one test, or of a table with a column for each."""
    meanings = {"pre": "pre_score", "post": "post_score"}
    if table.column("score") is not None and table.test is not None:
        meanings[table.test] = "score"
    columns = {test: table.column(meaning) for test, meaning in meanings.items()}
    return {test: column for test, column in columns.items() if column is not None}


def _largest_maximum(everything: Sequence[Entries]) -> float | None:
    """Return the largest maximum that a column of points states, None where none does."""
    tables = [entries.table for entries in everything if "tests" in entries.table.kinds]
    stated = [
        clean_scores(_shown(table, column), column.header, None).maximum
        for table in tables
        for column in _score_columns(table).values()
    ]
    return max((maximum for maximum in stated if maximum is not None), default=None)


def _points(
    table: Table, test_maximum: float | None, scale: float | None, unfinished: set[int], problems: list[Problem]
) -> dict[str, Values]:
    """Return points by test, brought to ``scale`` where the column states another maximum."""
    found: dict[str, Values] = {}
    for test, column in _score_columns(table).items():
        values = _shown(table, column)
        _tell_percents(table, column, values, problems)
        scores = clean_scores(values, column.header, test_maximum)
        cleaned = scores.points
        problems.extend(
            table.problem(rule, row, column, values[row]) for row, rule in cleaned.broken if row not in unfinished
        )
        found[test] = cleaned.values
        if scores.maximum is not None and scale is not None and scores.maximum != scale:
            problems.append(table.problem("score_rescaled", 0, column, f"{scores.maximum:g} / {scale:g}"))
            factor = scale / scores.maximum
            found[test] = [value * factor if isinstance(value, float) else None for value in cleaned.values]
    return found


def _shown(table: Table, column: Column) -> list[object]:
    """Return the scores of a column; a number whose cell shows a percent is such a text, .6 in the format 0% "60%"."""
    return percents_as_text(table.sheet, column.index, table.rows, table.values(column))


def _tell_percents(table: Table, column: Column, values: Values, problems: list[Problem]) -> None:
    """Note once for a column that its numbers are read as the percents that their cells show."""
    raw = table.values(column)
    changed = [row for row, value in enumerate(values) if value is not raw[row]]
    if changed:
        count = counted(len(changed), "cell")
        problems.append(table.problem("score_shown_as_percent", changed[0], column, f"{values[changed[0]]}; {count}"))


def _unfinished(table: Table, problems: list[Problem]) -> set[int]:
    column = table.column("attempt_state")
    if column is None:
        return set()
    values = table.values(column)
    rows = {row for row, value in enumerate(values) if compared(value) in _UNFINISHED}
    problems.extend(table.problem("attempt_unfinished", row, None) for row in sorted(rows))
    return rows


def _moments(table: Table, problems: list[Problem]) -> list[dt.datetime | None]:
    """Return when each attempt was made; unreadable cells are told."""
    column = table.column("finished") or table.column("timestamp") or table.column("started")
    if column is None:
        return [None] * len(table.rows)
    values = table.values(column)
    cleaned = clean_dates(values, day_first=table.day_first)
    problems.extend(table.problem(rule, row, column, values[row]) for row, rule in cleaned.broken)
    return [value if isinstance(value, dt.datetime) else None for value in cleaned.values]


def _choose(
    tries: dict[int, list[_Try]],
    which: Attempt,
    everything: Sequence[Entries],
    problems: list[Problem],
    dropped: dict[int, dict[str, int]],
) -> dict[int, object]:
    """Return the points that count, by person; attempts without points count only where no other has any."""
    chosen: dict[int, object] = {}
    for person, made in tries.items():
        if len(made) == 1:
            chosen[person] = made[0].points
            continue
        ordered = sorted(made, key=lambda one: one.moment) if all(one.moment for one in made) else made  # type: ignore[arg-type,return-value]
        graded = [one for one in ordered if one.points is not None] or ordered
        counts = graded[0] if which == "first" else graded[-1]
        chosen[person] = counts.points
        for one in made:
            if one is not counts:
                table = everything[one.entries].table
                counted = (everything[counts.entries].table, counts.row)
                problems.append(tell_beside("attempt_repeated", (table, one.row), counted))
                if table.column("score") is None:
                    continue  # a row with a column for each test stays: its other test may count
                reasons = dropped.setdefault(one.entries, {})
                reasons["attempt_repeated"] = reasons.get("attempt_repeated", 0) + 1
    return chosen
