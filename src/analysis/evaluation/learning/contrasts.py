"""Batches, roles and a comparison group: difference in change and ANCOVA, and what to say where they disagree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData, suppressed
from analysis.evaluation.detectable import detectable_beside
from analysis.evaluation.learning.subgroups import adjust
from analysis.evaluation.learning.tables import (
    COMPARED,
    TRAINED,
    LearningTable,
    analysable,
    nothing,
    rows,
    table_with_comparison,
)
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import contrast_name, contrast_pairs
from analysis.stats.change_contrasts import ChangeContrast, compare_changes
from analysis.stats.codes import Alternative, EstimateName, Method, Reason, SamplingUnit, Statistic, Status, Unit
from analysis.stats.matching import PairedScores
from analysis.stats.means import welch_t
from analysis.stats.moments import sums_by_cluster
from analysis.stats.paired import ASSUMES_OF_UNIT
from analysis.stats.result import Estimate, not_estimable

BATCHES, COMPARISON = "learning.batches", "learning.comparison"
ADJUSTED = (EstimateName.DIFFERENCE_IN_CHANGE, EstimateName.ADJUSTED_POST_DIFFERENCE)


def batches(data: StudyData, *, reliability: float | None = None) -> Outcome:
    """Contrast the change of batches (later - earlier) and of roles, in both ways, with the class as unit.

    Subjects ``batch`` and ``role``; contrasts such as ``7-5``. Per contrast: difference in change, ANCOVA, their
    difference (the slope - 1 times the baseline difference), slope, baseline difference and its normalised form; with a
    ``reliability`` of the pretest also the ANCOVA corrected for it. Holm over the contrasts of one subject, each way
    by itself. Details: ``agreement``, one row per contrast with ``disagree`` true where the two ways differ in sign
    of a significant difference or in significance.
    """
    found = analysable(data)
    if isinstance(found, Reason):
        return nothing(data, BATCHES, found)
    present = set(found.labels("batch").dropna())
    batch_ids = tuple(batch for batch in data.settings.batches_of(data.province) if batch in present)
    known = {role.id for role in data.training.roles}
    role_ids = tuple(sorted(set(found.labels("role").dropna()) & known))
    result, agreement = [], []
    for subject, groups in (("batch", batch_ids), ("role", role_ids)):
        new_rows, new_agreement = _contrasts(data, found, subject, groups, reliability)
        result += new_rows
        agreement += new_agreement
    if not result:
        return nothing(data, BATCHES, Reason.ONE_GROUP_ONLY)
    columns = ["subject", "contrast", "disagree"]
    return outcome(data.identity, result, {"agreement": pd.DataFrame(agreement, columns=columns)})


def _contrasts(
    data: StudyData, table: LearningTable, subject: str, groups: tuple[str, ...], reliability: float | None
) -> tuple[list[Row], list[tuple[str, str, bool | None]]]:
    every = table.people[subject]
    names: list[str] = []
    contrasts: list[list[Estimate]] = []
    agreement: list[tuple[str, str, bool | None]] = []
    for first, second in contrast_pairs(groups) if len(groups) > 1 else []:
        chosen = every.isin([groups[first], groups[second]]).to_numpy(dtype=bool)
        is_second = (every[chosen & table.is_analysed] == groups[second]).to_numpy(dtype=bool)
        answer = compare_changes(table.pairs(chosen), is_second, reliability=reliability, level=1 - data.settings.alpha)
        estimates = _shown(answer, is_second, data.settings.minimum_cell)
        names.append(contrast_name(groups, (first, second)))
        contrasts.append(estimates)
        is_shown = estimates[0].reason is not Reason.SMALL_CELL
        agreement.append((subject, names[-1], answer.disagree if is_shown else None))
    result = []
    for name, estimates in zip(names, _holm_by_way(contrasts, f"{BATCHES}|{subject}"), strict=True):
        beside = _detectable(estimates, data.settings.alpha, len(names))
        result += rows(BATCHES, subject, name, [*estimates, *beside], table.condition)
    return result, agreement


def _detectable(estimates: list[Estimate], alpha: float, family: int = 1) -> list[Estimate]:
    """Return what the first way of contrasting changes could have found."""
    of_classes = [
        one
        for one in estimates
        if one.estimate_name is EstimateName.DIFFERENCE_IN_CHANGE and one.sampling_unit is SamplingUnit.CLASS
    ]
    return detectable_beside(of_classes[0], alpha, family) if of_classes else []


def _shown(answer: ChangeContrast, is_second: np.ndarray, minimum_cell: int) -> list[Estimate]:
    smaller = min(int(is_second.sum()), int((~is_second).sum()))
    estimates = answer.estimates()
    return [suppressed(estimate) for estimate in estimates] if 0 < smaller < minimum_cell else estimates


def _holm_by_way(contrasts: list[list[Estimate]], family: str) -> list[list[Estimate]]:
    """Adjust each way of contrasting over all contrasts of a subject: its rows stand at the same place in each."""
    if not contrasts:
        return []
    by_place = []
    for place in zip(*contrasts, strict=True):
        first = place[0]
        is_adjusted = first.estimate_name in ADJUSTED
        by_place.append(adjust(list(place), f"{family}|{first.method}") if is_adjusted else list(place))
    return [list(estimates) for estimates in zip(*by_place, strict=True)]


def comparison(data: StudyData, *, reliability: float | None = None) -> Outcome:
    """Compare the trained with the comparison group, class as unit.

    Subject ``group``, contrast ``training-comparison``: difference in differences (jackknife, Welch on class
    means, and on people as if they were independent), ANCOVA, baseline balance. ``not_estimable`` without
    such a group, or where nobody of it took both tests.
    """
    found = analysable(data)
    if isinstance(found, Reason):
        return nothing(data, COMPARISON, found)
    both = table_with_comparison(data)
    if both is None or {TRAINED, COMPARED} - set(both.labels("group").dropna()):
        return nothing(data, COMPARISON, Reason.NO_COMPARISON_GROUP)
    found = both
    is_second = (found.labels("group") == TRAINED).to_numpy(dtype=bool)
    pairs, level = found.pairs(), 1 - data.settings.alpha
    answer = compare_changes(pairs, is_second, reliability=reliability, level=level)
    estimates = [*_shown(answer, is_second, data.settings.minimum_cell)]
    if estimates[0].reason is not Reason.SMALL_CELL:
        estimates.insert(1, _welch_on_class_means(pairs, is_second, level))
        estimates += _detectable(estimates, data.settings.alpha)
        estimates.append(_welch_on_people(pairs, is_second, level))
    agreement = pd.DataFrame({"contrast": [f"{TRAINED}-{COMPARED}"], "disagree": [answer.disagree]})
    result = rows(COMPARISON, "group", f"{TRAINED}-{COMPARED}", estimates, found.condition)
    return outcome(data.identity, result, {"agreement": agreement})


def _welch_on_people(pairs: PairedScores, is_second: np.ndarray, level: float) -> Estimate:
    """Return the difference of mean changes if people changed independently, which holds without any class."""
    name, method, unit = EstimateName.DIFFERENCE_IN_CHANGE, Method.WELCH_T_PERSONS, SamplingUnit.PERSON
    interval = welch_t(pairs.change[~is_second], pairs.change[is_second], level=level)
    if not np.isfinite(interval.p_value):
        return not_estimable(name, Unit.TEST_POINTS, method, Reason.TOO_FEW_PEOPLE, n=pairs.n, sampling_unit=unit)
    return Estimate(
        estimate_name=name,
        unit=Unit.TEST_POINTS,
        method=method,
        status=Status.ESTIMATED,
        estimate=float(interval.estimate),
        estimate_low=float(interval.low),
        estimate_high=float(interval.high),
        interval_level=level,
        statistic_name=Statistic.T,
        statistic=float(interval.t),
        df=float(interval.df),
        p_value=float(interval.p_value),
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=unit,
        assumes=ASSUMES_OF_UNIT[unit],
        alternative=Alternative.TWO_SIDED,
    )


def _welch_on_class_means(pairs: PairedScores, is_second: np.ndarray, level: float) -> Estimate:
    """Return the difference of mean class changes, every class with the same weight (Welch)."""
    name, method = EstimateName.DIFFERENCE_IN_CHANGE, Method.WELCH_T_CLASS_MEANS
    refused = not_estimable(name, Unit.TEST_POINTS, method, Reason.CLASS_NOT_RECORDED, n=pairs.n)
    if pairs.classes is None:
        return refused
    columns = np.stack([np.ones(pairs.n), pairs.change], axis=1)
    means = []
    for mask in (~is_second, is_second):
        sums = sums_by_cluster(columns[mask], pairs.classes[mask])
        sums = sums[sums[:, 0] > 0]
        means.append(sums[:, 1] / sums[:, 0])
    interval = welch_t(means[0], means[1], level=level)
    if not np.isfinite(interval.p_value):
        return replace(refused, reason=Reason.TOO_FEW_CLASSES)
    return Estimate(
        estimate_name=name,
        unit=Unit.TEST_POINTS,
        method=method,
        status=refused.status.ESTIMATED,
        estimate=float(interval.estimate),
        estimate_low=float(interval.low),
        estimate_high=float(interval.high),
        interval_level=level,
        df=float(interval.df),
        p_value=float(interval.p_value),
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.CLASS,
        clusters=int(means[0].size + means[1].size),
        assumes=ASSUMES_OF_UNIT[SamplingUnit.CLASS],
    )
