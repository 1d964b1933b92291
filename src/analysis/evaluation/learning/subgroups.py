"""The change of each role, regency, batch and sex, adjusted for looking at several, small groups withheld."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData, hidden_groups, suppressed
from analysis.evaluation.detectable import detectable_beside
from analysis.evaluation.learning.tables import CONTRAST, LearningTable, analysable, nothing, rows
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.subject import subjects
from analysis.stats.codes import Adjustment, Reason, Status
from analysis.stats.gain import gain_of_means
from analysis.stats.multiplicity import holm
from analysis.stats.paired import mean_change
from analysis.stats.result import Estimate

ANALYSIS = "learning.subgroups"
DIMENSIONS = ("role", "regency", "batch", "sex")


def subgroups(data: StudyData) -> Outcome:
    """Return the mean change of each group with class-jackknife interval, and its N-gain of the means.

    Subjects ``role=bpd`` and the like. Holm adjusts the changes of one dimension among those that could be tested and
    are shown. Groups of fewer than ``minimum_cell`` people are ``suppressed``, and the next smallest with them where
    the total would give them away. Details: ``subgroups``, one row per shown group for the forest figure.
    """
    found = analysable(data)
    if isinstance(found, Reason):
        return nothing(data, ANALYSIS, found)
    result: list[Row] = []
    for dimension in DIMENSIONS:
        result += _dimension(data, found, dimension)
    if not result:
        return nothing(data, ANALYSIS, Reason.NOT_RECORDED)
    answer = outcome(data.identity, result)
    return Outcome(answer.results, {"subgroups": _forest(answer.results)})


def _dimension(data: StudyData, table: LearningTable, dimension: str) -> list[Row]:
    labels, level = table.labels(dimension), 1 - data.settings.alpha
    sizes = {str(group): int(size) for group, size in labels.value_counts().items()}
    hidden = hidden_groups(sizes, data.settings.minimum_cell)
    groups = sorted(sizes)
    every = table.people[dimension]
    changes, gains = [], []
    for group in groups:
        pairs = table.pairs((every == group).fillna(False).to_numpy(dtype=bool))
        estimates = [mean_change(pairs, level=level), gain_of_means(pairs, table.maximum, level=level)]
        if group in hidden:
            estimates = [suppressed(estimate, hidden[group]) for estimate in estimates]
        changes.append(estimates[0])
        gains.append(estimates[1])
    adjusted = adjust(changes, f"{ANALYSIS}|{dimension}")
    family = sum(estimate.p_adjusted is not None for estimate in adjusted)
    result = []
    for group, first, second in zip(groups, adjusted, gains, strict=True):
        estimates = [first, *detectable_beside(first, data.settings.alpha, family), second]
        result += rows(ANALYSIS, f"{dimension}={group}", CONTRAST, estimates, table.condition)
    return result


def adjust(estimates: list[Estimate], family: str) -> list[Estimate]:
    """Return the estimates with Holm's p-values; those without a p-value stay out of the family."""
    p_adjusted = holm([estimate.p_value for estimate in estimates])
    return [
        estimate if np.isnan(p) else estimate.with_adjustment(float(p), Adjustment.HOLM, family)
        for estimate, p in zip(estimates, p_adjusted, strict=True)
    ]


def _forest(results: pd.DataFrame) -> pd.DataFrame:
    shown = results[(results["estimate_name"] == "mean_change") & (results["status"] == str(Status.ESTIMATED))]
    named = [subject.head for subject in subjects(shown["subject"])]
    columns = ["estimate", "estimate_low", "estimate_high", "p_value", "p_adjusted", "n", "clusters"]
    frame = shown[columns].copy()
    frame.insert(0, "group", pd.Series([part.value for part in named], index=frame.index, dtype="string"))
    frame.insert(0, "dimension", pd.Series([part.name for part in named], index=frame.index, dtype="string"))
    return frame.reset_index(drop=True)
