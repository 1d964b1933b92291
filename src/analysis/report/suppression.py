"""Taking suppressed groups out of the results table, before any table, figure or document is made of it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.errors import ParameterError
from analysis.report.disclosure import Group
from analysis.stats.codes import Status

SMALL_CELL, COMPLEMENTARY = "small_cell", "complementary_suppression"
# What would tell something about the people of a group; n too, since it is the count itself.
_TELLING = (
    "estimate", "estimate_low", "estimate_high", "statistic", "df", "p_value", "p_low", "p_high", "p_adjusted",
    "effect", "effect_low", "effect_high", "n", "n_missing", "clusters", "breakdown_design_effect", "verdict",
)  # fmt: skip


def suppress_results(
    results: pd.DataFrame, groups: Sequence[Group | None], hidden: frozenset[Group], small: frozenset[Group]
) -> pd.DataFrame:
    """Return the results without the numbers of hidden groups, their status and reason saying so.

    ``groups`` names for each row the group of people that it describes, None for a row about no group;
    ``small`` are the hidden groups that are themselves too small. Raises :class:`ParameterError` if the
    numbers of rows and groups differ.
    """
    if len(groups) != len(results):
        raise ParameterError(f"{len(results)} result rows need as many groups, not {len(groups)}.")
    suppressed = results.copy()
    covered = pd.Series([group in hidden for group in groups], index=results.index)
    suppressed.loc[covered, list(_TELLING)] = pd.NA
    suppressed.loc[covered, "status"] = Status.SUPPRESSED.value
    reasons = [SMALL_CELL if group in small else COMPLEMENTARY for group in groups]
    suppressed.loc[covered, "reason"] = pd.Series(reasons, index=results.index)[covered]
    return suppressed.astype(results.dtypes.to_dict())
