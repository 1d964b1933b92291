"""What one table says about another."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.study.province import Province


def complete_scores(tables: Mapping[str, pd.DataFrame], province: Province) -> dict[str, pd.DataFrame]:
    """Return the tables with n of ``published_scores`` filled in where the score table does not give it.

    n is the published number of pairs, else who attended (of the same group); ``n_is`` tells which.
    """
    scores = tables.get("published_scores")
    if scores is None:
        return dict(tables)
    pairs = province.published.test_pairs
    attended = _attended(tables.get("published_attendance"))
    completed = scores.copy()
    for index in scores.index[scores["n"].isna()]:
        group = scores.at[index, "group"]
        if pairs is not None and group == "all":
            completed.loc[index, ["n", "n_is"]] = [pairs, "pairs"]
        elif group in attended:
            completed.loc[index, ["n", "n_is"]] = [attended[group], "attended"]
    return {**tables, "published_scores": completed}


def _attended(attendance: pd.DataFrame | None) -> dict[str, int]:
    if attendance is None:
        return {}
    return dict(zip(attendance["unit"], map(int, attendance["attended"]), strict=True))
