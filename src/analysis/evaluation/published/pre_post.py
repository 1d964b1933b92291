"""The published pre and post means of a study, group by group, with the number of pairs behind them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.published.tables import rounding_rule
from analysis.stats import assumptions
from analysis.stats.assumptions import Assumption
from analysis.stats.published.change import MeanInterval
from analysis.stats.published.rounding import parse_printed

TestRow = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """Printed pre and post mean of one group: values and rounding intervals, in points of 0..``maximum``.

    ``n`` is the number of pairs that the bounds are computed for; ``n_is_published`` says whether it is
    printed as such, or taken from attendance as if everyone had taken both tests.
    """

    group: str
    pre: float
    post: float
    pre_interval: MeanInterval
    post_interval: MeanInterval
    maximum: float
    n: int | None
    n_is_published: bool


def published_changes(data: StudyData) -> list[PublishedChange]:
    """Return the groups of the published score table that have both a pre and a post mean."""
    frame = data.tables.get("published_scores")
    if frame is None:
        return []
    found = []
    for group, rows in frame.groupby("group", sort=False):
        by_test = {str(row["test"]): row for row in rows.to_dict("records")}
        if {"pre", "post"} <= set(by_test):
            found.append(_published_change(data, str(group), by_test["pre"], by_test["post"]))
    return found


def _published_change(data: StudyData, group: str, pre: TestRow, post: TestRow) -> PublishedChange:
    rule = rounding_rule(data)
    maximum = float(pre["maximum"])
    printed = [parse_printed(str(row["mean_printed"])) for row in (pre, post)]
    before, after = (
        MeanInterval(max(0.0, float(low)), min(maximum, float(high)))
        for low, high in (number.interval(rule) for number in printed)
    )
    n, is_published = _number_of_pairs(data, group, pre, post)
    return PublishedChange(group, printed[0].value, printed[1].value, before, after, maximum, n, is_published)


def _number_of_pairs(data: StudyData, group: str, pre: TestRow, post: TestRow) -> tuple[int | None, bool]:
    """Return the number of pairs and whether it is published as such; else everyone who attended."""
    if str(pre["n_is"]) == "pairs" and str(post["n_is"]) == "pairs":
        return int(min(pre["n"], post["n"])), True
    if group == "all" and data.province.published.test_pairs is not None:
        return data.province.published.test_pairs, True
    counted = _count(pre["n"])
    if str(pre["n_is"]) == "attended" and counted is not None:
        return counted, False
    attendance = data.tables.get("published_attendance")
    if attendance is None or group != "all":
        return None, False
    attended = [int(count) for count in attendance["attended"][attendance["unit"] == "people"].dropna()]
    return (attended[0], False) if attended else (None, False)


def _count(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def pair_conditions(published: PublishedChange) -> str:
    """Return the conditions on the number of pairs."""
    if published.n is None:
        return ""
    assumed = "" if published.n_is_published else Assumption.PAIRS_ARE_ATTENDED
    return assumptions.join(assumptions.pairs(published.n), assumed)
