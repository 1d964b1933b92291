"""Small groups taken out of the results table, once and alike for all tables of a report.

Each analysis hides its small groups, and one more where a total would give them away. Two analyses may choose another
group for that; what one hides could then be worked out from what the other shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.errors import ParameterError
from analysis.evaluation.subject import Subject
from analysis.report.disclosure.suppression import Group
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


DIMENSIONS = ("role", "sex", "regency", "batch", "plan_kind")
# Analyses about the same people; action plans are counted apart, since few plans are no few people.
POPULATIONS = (
    ("learning.matching", "learning.subgroups", "learning.alternatives", "delivery"),
    ("behaviour",),
)


def protected(results: pd.DataFrame) -> pd.DataFrame:
    """Return the results with every group hidden that an analysis of the same people hides.

    Raises nothing for results without groups; the order and the types of the columns stay.
    """
    for analyses in POPULATIONS:
        results = _protected(results, results["analysis"].isin(analyses))
    return results


def _protected(results: pd.DataFrame, belongs: pd.Series) -> pd.DataFrame:
    subjects = zip(results["subject"].astype(str), belongs, strict=True)
    groups = [_group(subject) if is_own else None for subject, is_own in subjects]
    is_hidden = (results["status"] == Status.SUPPRESSED).fillna(False)
    is_small = is_hidden & (results["reason"] == SMALL_CELL).fillna(False)
    hidden = _named(groups, is_hidden)
    if not hidden:
        return results
    return suppress_results(results, groups, hidden, _named(groups, is_small))


def _named(groups: list[Group | None], chosen: pd.Series) -> frozenset[Group]:
    return frozenset(group for group, is_chosen in zip(groups, chosen, strict=True) if is_chosen and group is not None)


def _group(subject: str) -> Group | None:
    """Return the group of people that a subject such as ``attrition|role=bpd`` names, None for everybody."""
    parts = Subject.parse(subject).parts
    named = [(part.name, part.value) for part in parts if part.name in DIMENSIONS and part.value is not None]
    return frozenset(named) if named else None
