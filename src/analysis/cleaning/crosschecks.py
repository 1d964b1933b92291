"""What one table says about another."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.cleaning.attendance_counts import PEOPLE
from analysis.study.province import Province


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
