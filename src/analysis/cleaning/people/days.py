"""Days that cannot be: outside the training, and visits before the agreement that they are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.people.entries import Values
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.tables.recognise import Column
from analysis.cleaning.tables.table import Table
from analysis.study.province import Province

YEARS_OF_FOLLOWUP = 3  # after the training; a later visit belongs to another one, or its year is mistyped
_LAST_DAY_OF_EVERY_MONTH = 28


def plan_date_problems(table: Table, agreed: Values, visited: Values, province: Province) -> list[Problem]:
    """Return a doubt for visits before their agreement, and for days before the training or years after it.

    Parameters
    ----------
    table
        The table of plans.
    agreed, visited
        Cleaned days of each row, None where there is none.
    province
        The study, before whose training no plan was agreed on.
    """
    column = table.column("visited_on")
    pairs = enumerate(zip(map(_day, agreed), map(_day, visited), strict=True))
    before = [row for row, (first, second) in pairs if first is not None and second is not None and second < first]
    return [
        *_told_once(table, "visit_before_agreement", column, before),
        *outside_training(table, table.column("agreed_on"), agreed, province, years=YEARS_OF_FOLLOWUP),
        *outside_training(table, column, visited, province, years=YEARS_OF_FOLLOWUP),
    ]


def outside_training(
    table: Table, column: Column | None, days: Sequence[object], province: Province, *, years: int = 0
) -> list[Problem]:
    """Return one doubt with its count where days of a column lie outside the year and batches of the training.

    Parameters
    ----------
    table
        The table that the column is of.
    column
        The column, None where the table has none.
    days
        Its cleaned days, row by row; what is no day is passed over.
    province
        The study; its year, and the declared days of its batches where they reach beyond it.
    years
        How many years after the training still belong to it.
    """
    declared = [day for batch in province.batch for day in (batch.first_day, batch.last_day) if day is not None]
    earliest = min([dt.date(province.year, 1, 1), *declared])
    last = max([dt.date(province.year, 12, 31), *declared])
    latest = last.replace(year=last.year + years, day=min(last.day, _LAST_DAY_OF_EVERY_MONTH)) if years else last
    found = enumerate(map(_day, days))
    outside = [row for row, day in found if day is not None and not earliest <= day <= latest]
    return _told_once(table, "date_outside_training", column, outside)


def _told_once(table: Table, rule: str, column: Column | None, rows: Sequence[int]) -> list[Problem]:
    """Return one doubt about a column with the count of its rows, at the first of them."""
    if not rows or column is None:
        return []
    told = table.problem(rule, rows[0], column, table.values(column)[rows[0]])
    return [replace(told, value="; ".join(part for part in (told.value, counted(len(rows), "row")) if part))]


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None
