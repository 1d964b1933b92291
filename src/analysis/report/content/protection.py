"""One answer for all tables of a report: what one of them suppresses, all about the same people suppress.

Each analysis hides its small groups, and one more where a total would give them away. Two analyses may choose another
group for that; what one hides could then be worked out from what the other shows.
"""

from __future__ import annotations

import pandas as pd

from analysis.report.disclosure import Group
from analysis.report.suppression import SMALL_CELL, suppress_results
from analysis.stats.codes import Status

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
    named = [part.split("=", 1) for part in subject.split("|") if part.partition("=")[0] in DIMENSIONS and "=" in part]
    return frozenset((name, value) for name, value in named) if named else None
