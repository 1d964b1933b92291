"""The table ``scores``: pretest and posttest points of each person, one attempt each by a stated rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from analysis.cleaning.cells.cleaned import Cleaned
from analysis.cleaning.cells.dates import clean_dates
from analysis.cleaning.cells.scores import Scores, clean_scores, suspect_sizes
from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.people.days import outside_training
from analysis.cleaning.people.doubts import tell_beside
from analysis.cleaning.people.entries import Entries, Values
from analysis.cleaning.people.identify import ALONE, People
from analysis.cleaning.people.placing import unplaced_problems
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.shown import percents_as_text
from analysis.cleaning.tables.pattern import as_number
from analysis.cleaning.tables.recognise import Column
from analysis.cleaning.tables.table import Table
from analysis.study.batches import class_id
from analysis.study.province import Province
from analysis.study.regions import compared

Attempt = Literal["first", "last"]
_UNFINISHED = frozenset(
    {"sedang dikerjakan", "tidak pernah mengerjakan", "in progress", "never submitted", "belum selesai"}
)


_Unlinked = tuple[str, int, int, object]  # test, entries, row, points


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
    province: Province,
    participants: Set[str],
) -> tuple[pd.DataFrame, list[Problem], dict[int, dict[str, int]]]:
    """Return the table, its problems, and the rows left out of each entries (by position) by reason.

    A form that names nobody has no ``participant_id``. Columns ``batch`` and ``class_id`` are there where they say of
    such a form, or of a person who is no participant (of ``participants``, their codes), what nothing else does. Where
    the study names no maximum and the tests state different ones, all points are brought to the largest, which is told
    for each column: else the change would be a difference of two scales.
    """
    problems: list[Problem] = []
    test_maximum, rule = province.test_maximum, province.attempts
    scale = test_maximum if test_maximum is not None else _largest_maximum(everything)
    tries: dict[str, dict[int, list[_Try]]] = {"pre": {}, "post": {}}
    unlinked: list[_Unlinked] = []
    dropped: dict[int, dict[str, int]] = {}
    for number, entries in enumerate(everything):
        if "tests" not in entries.table.kinds:
            continue
        moments = _moments(entries.table, province, problems)
        unfinished = _unfinished(entries.table, problems)
        if unfinished:
            dropped.setdefault(number, {})["attempt_unfinished"] = len(unfinished)
        for test, points in _points(entries.table, test_maximum, scale, unfinished, problems).items():
            for row, person in enumerate(people.of[number]):
                if row in unfinished:
                    continue
                if person == ALONE:
                    unlinked.append((test, number, row, points[row]))
                else:
                    tries[test].setdefault(person, []).append(_Try(number, row, moments[row], points[row]))
    chosen = {
        "pre": _choose(tries["pre"], rule.pretest, everything, problems, dropped),
        "post": _choose(tries["post"], rule.posttest, everything, problems, dropped),
    }
    frame = _frame(chosen, unlinked, everything, people, codes)
    problems += _unlinked_problems(unlinked, everything)
    alone = frame[~frame["participant_id"].isin(participants)]
    known = [name for name in ("batch", "class_id") if alone[name].isna().all()]
    return frame.drop(columns=known), problems, dropped


def _unlinked_problems(unlinked: Sequence[_Unlinked], everything: Sequence[Entries]) -> list[Problem]:
    """Return what is in doubt about the batches of forms that name nobody, table by table."""
    tables: dict[int, list[int]] = {}
    for _, number, row, _ in unlinked:
        tables.setdefault(number, []).append(row)
    found = []
    for number, rows in tables.items():
        attributes = everything[number].attributes
        record = {row: {name: attributes[name][row] for name in ("batch", "class")} for row in rows}
        met = {row: (everything[number].table, row) for row in rows}
        found += unplaced_problems(record, met, "forms")
    return found


def _frame(
    chosen: Mapping[str, Mapping[int, object]],
    unlinked: Sequence[_Unlinked],
    everything: Sequence[Entries],
    people: People,
    codes: Sequence[str],
) -> pd.DataFrame:
    """Return one row a person, then one row a form that names nobody, each with the batch and class that tests say."""
    persons = sorted({*chosen["pre"], *chosen["post"]})
    places = _places(everything, people)
    rows = [
        (codes[person], chosen["pre"].get(person), chosen["post"].get(person), *places.get(person, (None, None)))
        for person in persons
    ]
    for test, number, row, points in unlinked:
        attributes = everything[number].attributes
        pair = (points, None) if test == "pre" else (None, points)
        rows.append((None, *pair, attributes["batch"][row], attributes["class"][row]))
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    return pd.DataFrame(
        {
            "participant_id": pd.array(columns[0], dtype="str"),
            "pre_points": pd.Series(columns[1], dtype="float64"),
            "post_points": pd.Series(columns[2], dtype="float64"),
            "batch": pd.array(columns[3], dtype="str"),
            "class_id": pd.array(list(map(class_id, columns[3], columns[4])), dtype="str"),
        }
    )


def _places(everything: Sequence[Entries], people: People) -> dict[int, tuple[object, object]]:
    """Return batch and class of each person as the tests say them, the first that is known."""
    found: dict[int, tuple[object, object]] = {}
    for number, entries in enumerate(everything):
        if "tests" in entries.table.kinds:
            said = zip(people.of[number], entries.attributes["batch"], entries.attributes["class"], strict=True)
            for person, batch, label in said:
                known = found.get(person, (None, None))
                if None in known:
                    found[person] = (known[0] or batch, known[1] or label)
    return found


def test_facts(table: Table, test_maximum: float | None) -> dict[str, float]:
    """Return how many pretests and posttests a table holds, their means as they stand there, and their maximum."""
    facts: dict[str, float] = {}
    for test, column in _score_columns(table).items():
        scores = clean_scores(_shown(table, column), column.header, test_maximum, _stated_beside(table))
        known = [one for one in scores.points.values if isinstance(one, float)]
        facts[f"{test}tests"] = len(known)
        if known and suspect_sizes(scores.points.values, scores.maximum) != "score_fraction":
            facts[f"{test}test_mean"] = sum(known) / len(known)
        if scores.maximum is not None:
            facts["maximum"] = scores.maximum
    return facts


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
        clean_scores(_shown(table, column), column.header, None, _stated_beside(table)).maximum
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
        scores = clean_scores(values, column.header, test_maximum, _stated_beside(table))
        cleaned = _of_one_size(table, column, scores, problems)
        problems.extend(
            table.problem(rule, row, column, values[row]) for row, rule in cleaned.broken if row not in unfinished
        )
        found[test] = _without_filled_zeros(table, column, cleaned.values, problems)
        if scores.maximum is not None and scale is not None and scores.maximum != scale:
            problems.append(table.problem("score_rescaled", 0, column, f"{scores.maximum:g} / {scale:g}"))
            factor = scale / scores.maximum
            found[test] = [value * factor if isinstance(value, float) else None for value in cleaned.values]
    return found


def _of_one_size(table: Table, column: Column, scores: Scores, problems: list[Problem]) -> Cleaned:
    """Return the points of a column, all missing where they are shares of a maximum; mixed sizes are told."""
    rule = suspect_sizes(scores.points.values, scores.maximum)
    if rule is None:
        return scores.points
    known = [one for one in scores.points.values if isinstance(one, float)]
    shown = f"{min(known):g} - {max(known):g}" + (f" / {scores.maximum:g}" if scores.maximum is not None else "")
    problems.append(table.problem(rule, 0, column, shown))
    return Cleaned([None] * len(scores.points.values), []) if rule == "score_fraction" else scores.points


def _stated_beside(table: Table) -> float | None:
    """Return the maximum that a column beside the points states for all rows alike, None where none does."""
    column = table.column("test_maximum")
    stated = {as_number(value) for value in table.values(column) if value != ""} if column is not None else set()
    maximum = next(iter(stated)) if len(stated) == 1 else None
    return maximum if maximum else None


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


LEAST_ZEROS = 5
SHARE_OF_ZEROS_TOLD = 0.1
SHARE_OF_ZEROS_REFUSED = 0.5  # a test on which most score nothing measures nothing: blanks were filled with 0


def _without_filled_zeros(table: Table, column: Column, points: Values, problems: list[Problem]) -> Values:
    """Return the points of a column, its zeros missing where most are 0; many zeros that stand out are told.

    Zeros stand out where scores just above them, up to half of the median of the others, are much rarer.
    """
    known = [one for one in points if isinstance(one, float)]
    zeros = [row for row, one in enumerate(points) if one == 0]
    others = sorted(one for one in known if one > 0)
    if len(zeros) < max(LEAST_ZEROS, SHARE_OF_ZEROS_TOLD * len(known)):
        return points
    near = sum(one <= others[len(others) // 2] / 2 for one in others)
    if len(zeros) <= 3 * near:
        return points
    is_refused = len(zeros) > SHARE_OF_ZEROS_REFUSED * len(known)
    rule = "score_column_of_zeros" if is_refused else "scores_of_zero"
    told = table.problem(rule, zeros[0], column)
    problems.append(replace(told, value=f"{len(zeros)} of {len(known)} rows"))
    return [None if one == 0 else one for one in points] if is_refused else points


def _unfinished(table: Table, problems: list[Problem]) -> set[int]:
    column = table.column("attempt_state")
    if column is None:
        return set()
    values = table.values(column)
    rows = {row for row, value in enumerate(values) if compared(value) in _UNFINISHED}
    problems.extend(table.problem("attempt_unfinished", row, None) for row in sorted(rows))
    return rows


def _moments(table: Table, province: Province, problems: list[Problem]) -> list[dt.datetime | None]:
    """Return when each attempt was made; unreadable cells and days outside the training are told."""
    column = table.column("finished") or table.column("timestamp") or table.column("started")
    if column is None:
        return [None] * len(table.rows)
    values = table.values(column)
    cleaned = clean_dates(values, day_first=table.day_first)
    problems.extend(table.problem(rule, row, column, values[row]) for row, rule in cleaned.broken)
    problems.extend(outside_training(table, column, cleaned.values, province))
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
