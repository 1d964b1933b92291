"""The people with one test only: who they are, and what their missing scores could do to the result."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.evaluation.data import StudyData, guarded, hidden_groups, suppressed
from analysis.evaluation.learning.tables import CLASS_RECORDED_SHARE, CONTRAST, LearningTable, rows
from analysis.evaluation.outcome import Row
from analysis.stats.attrition import TippingPoints, tipping_points
from analysis.stats.change_contrasts import normalised_difference
from analysis.stats.codes import Effect, EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.gain import is_in_range
from analysis.stats.matching import Codes, PairedScores, renumbered
from analysis.stats.moments import TInterval, jackknife_interval, sums_by_cluster
from analysis.stats.paired import ASSUMES_OF_UNIT, from_interval, mean_change
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import share_of_count

COLUMNS = ["missing_change", "change_of_all", "is_possible"]
# Points of the curve "mean change of all against mean change of the missing" that a figure draws.
CURVE_POINTS = 61


def attrition_rows(
    data: StudyData, table: LearningTable, pairs: PairedScores, analysis: str
) -> tuple[list[Row], pd.DataFrame]:
    """Return the rows about missing tests, and the curve of the tipping point."""
    minimum = data.settings.minimum_cell
    frame = table.people[table.people["participant_id"].notna()]  # a form without id is no person who is missing
    pre_only = frame.loc[frame["post"].isna(), "pre"].to_numpy(dtype=float)
    post_only = frame.loc[frame["pre"].isna(), "post"].to_numpy(dtype=float)
    missing = pre_only.size + post_only.size
    if missing == 0:
        nobody = not_estimable(
            EstimateName.TIPPING_POINT_ESTIMATE_ZERO,
            Unit.TEST_POINTS,
            Method.TIPPING_POINT,
            Reason.NOBODY_MISSING,
            n=pairs.n,
            n_missing=0,
        )
        return rows(analysis, "attrition", CONTRAST, [nobody]), pd.DataFrame(columns=COLUMNS)
    points = _points(table, pairs, pre_only, post_only, 1 - data.settings.alpha)
    smaller = min(missing, pairs.n)
    result = rows(analysis, "attrition", CONTRAST, guarded(_tipping_rows(points), smaller, minimum), table.condition)
    pre_rows = guarded(_pre_of_missing(table, 1 - data.settings.alpha), min(pre_only.size, pairs.n), minimum)
    result += rows(analysis, "attrition|pre", "pre_only-both", pre_rows, table.condition)
    for dimension in ("role", "batch"):
        result += _shares(table, dimension, minimum, analysis)
    return result, _curve(points) if smaller >= minimum else pd.DataFrame(columns=COLUMNS)


def _points(
    table: LearningTable, pairs: PairedScores, pre_only: np.ndarray, post_only: np.ndarray, level: float
) -> TippingPoints:
    observed = mean_change(pairs, level=level)
    low, high = observed.estimate_low, observed.estimate_high
    interval = None if low is None or high is None else (low, high)
    maximum = table.maximum
    scores = np.concatenate([pre_only, post_only])
    if maximum is not None and not (is_in_range(pairs, maximum) and scores.min() >= 0 and scores.max() <= maximum):
        maximum = None
    return tipping_points(pairs.change, pre_only, post_only, interval=interval, maximum=maximum)


def _tipping_rows(points: TippingPoints) -> list[Estimate]:
    zero = _tipping(points, EstimateName.TIPPING_POINT_ESTIMATE_ZERO, points.estimate_zero, points.is_zero_possible)
    name = EstimateName.TIPPING_POINT_INTERVAL_ZERO
    if points.interval_zero is None:
        second = not_estimable(
            name,
            Unit.TEST_POINTS,
            Method.TIPPING_POINT,
            Reason.INTERVAL_INCLUDES_ZERO,
            n=points.n_observed,
            n_missing=points.n_missing,
        )
    else:
        second = _tipping(points, name, points.interval_zero, points.is_interval_zero_possible)
    return [
        zero,
        second,
        _range(points, EstimateName.POSSIBLE_CHANGE_OF_MISSING, points.possible_low, points.possible_high),
        _range(points, EstimateName.CHANGE_WITH_ALL_MISSING, points.all_low, points.all_high),
    ]


def _tipping(points: TippingPoints, name: EstimateName, value: float, possible: bool | None) -> Estimate:
    reasons = {
        None: Reason.MAXIMUM_NOT_KNOWN,
        True: Reason.POSSIBLE_TIPPING_POINT,
        False: Reason.IMPOSSIBLE_TIPPING_POINT,
    }
    return Estimate(
        estimate_name=name,
        unit=Unit.TEST_POINTS,
        method=Method.TIPPING_POINT,
        status=Status.ESTIMATED,
        estimate=value,
        n=points.n_observed,
        n_missing=points.n_missing,
        sampling_unit=SamplingUnit.PERSON,
        reason=reasons[possible],
    )


def _range(points: TippingPoints, name: EstimateName, low: float | None, high: float | None) -> Estimate:
    if low is None or high is None:
        return not_estimable(
            name,
            Unit.TEST_POINTS,
            Method.TIPPING_POINT,
            Reason.MAXIMUM_NOT_KNOWN,
            n=points.n_observed,
            n_missing=points.n_missing,
        )
    return Estimate(
        estimate_name=name,
        unit=Unit.TEST_POINTS,
        method=Method.TIPPING_POINT,
        status=Status.BOUNDED,
        estimate_low=low,
        estimate_high=high,
        n=points.n_observed,
        n_missing=points.n_missing,
        sampling_unit=SamplingUnit.PERSON,
    )


def _pre_of_missing(table: LearningTable, level: float) -> list[Estimate]:
    """Return how the pretest of those who left differs from that of those who stayed, and normalised.

    Who has no recorded class is left out of the difference and counted as missing; where these are more than a tenth,
    there is no difference by class.
    """
    frame = table.people[table.people["pre"].notna() & table.people["participant_id"].notna()]
    left = frame["post"].isna().to_numpy(dtype=bool)
    pre = frame["pre"].to_numpy(dtype=float)
    kept = frame["class_id"].notna().to_numpy(dtype=bool)
    name, method = EstimateName.BASELINE_DIFFERENCE, Method.CLASS_JACKKNIFE_T
    interval, clusters = None, 0
    if table.has_classes and kept.mean() >= CLASS_RECORDED_SHARE:
        interval, clusters = _difference_by_class(pre[kept], left[kept], renumbered(frame["class_id"][kept]), level)
    if interval is None:
        reason = Reason.NO_INTERVAL if clusters else Reason.CLASS_NOT_RECORDED
        difference = not_estimable(name, Unit.TEST_POINTS, method, reason, n=len(frame))
    else:
        difference = from_interval(
            interval,
            name=name,
            unit=Unit.TEST_POINTS,
            method=method,
            n=int(kept.sum()),
            n_missing=int((~kept).sum()),
            clusters=clusters,
            assumes=ASSUMES_OF_UNIT[SamplingUnit.CLASS],
        )
    return [difference, _normalised(pre, left)]


def _difference_by_class(
    pre: NDArray[np.float64], left: NDArray[np.bool_], classes: Codes, level: float
) -> tuple[TInterval | None, int]:
    """Return the mean pretest of those who left minus that of those who stayed, by class jackknife, and the classes."""
    sums = sums_by_cluster(np.stack([~left, left, pre * ~left, pre * left], axis=1), classes)
    total, without = sums.sum(axis=0), sums.sum(axis=0) - sums
    with np.errstate(divide="ignore", invalid="ignore"):
        each = without[:, 3] / without[:, 1] - without[:, 2] / without[:, 0]
        estimate = float(total[3] / total[1] - total[2] / total[0])
    return jackknife_interval(estimate, each, level), sums.shape[0]


def _normalised(pre: np.ndarray, left: np.ndarray) -> Estimate:
    name, method = EstimateName.NORMALISED_BASELINE_DIFFERENCE, Method.NORMALISED_DIFFERENCE
    value = normalised_difference(pre[~left], pre[left])
    if not np.isfinite(value):
        return not_estimable(name, Unit.STANDARD_DEVIATIONS, method, Reason.TOO_FEW_PEOPLE, n=int(pre.size))
    return Estimate(
        estimate_name=name,
        unit=Unit.STANDARD_DEVIATIONS,
        method=method,
        status=Status.ESTIMATED,
        estimate=value,
        effect_name=Effect.NORMALISED_DIFFERENCE,
        effect=value,
        n=int(pre.size),
        sampling_unit=SamplingUnit.PERSON,
    )


def _shares(table: LearningTable, dimension: str, minimum: int, analysis: str) -> list[Row]:
    """Return the share with both tests in each group of a dimension."""
    groups = table.people[dimension]
    sizes = {str(group): int(size) for group, size in groups.value_counts().items()}
    hidden = hidden_groups(sizes, minimum)
    result = []
    for group, size in sorted(sizes.items()):
        complete = int((table.is_complete & (groups == group).fillna(False).to_numpy(dtype=bool)).sum())
        share = share_of_count(complete, size)
        shown = suppressed(share, hidden[group]) if group in hidden else share
        result += rows(analysis, f"attrition|{dimension}={group}|both", None, [shown])
    return result


def _curve(points: TippingPoints) -> pd.DataFrame:
    low = min(points.estimate_zero, points.possible_low or 0.0, points.interval_zero or 0.0)
    high = max(points.estimate_zero, points.possible_high or 0.0, points.observed_change)
    grid = np.linspace(low, high, CURVE_POINTS)
    people = points.n_observed + points.n_missing
    is_known = points.possible_low is not None and points.possible_high is not None
    possible = (
        (grid >= (points.possible_low or 0.0)) & (grid <= (points.possible_high or 0.0))
        if is_known
        else np.full(grid.size, fill_value=True)
    )
    combined = (points.n_observed * points.observed_change + points.n_missing * grid) / people
    return pd.DataFrame(dict(zip(COLUMNS, (grid, combined, possible), strict=True)))
