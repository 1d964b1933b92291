"""Rank-based estimates of a change: class-jackknife limits of the rank-biserial, and the Hodges-Lehmann estimate."""

from __future__ import annotations

import numpy as np

from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.matching import Codes, Floats, PairedScores
from analysis.stats.moments import jackknife_interval
from analysis.stats.result import Estimate, not_estimable


def _counts_by_cluster(change: Floats, clusters: Codes) -> tuple[Codes, Codes]:
    """Return, for each cluster and level of |change| (ascending), how many people rose and fell by that much."""
    moved = change != 0
    levels, level = np.unique(np.abs(change[moved]), return_inverse=True)
    shape = (int(clusters.max()) + 1, levels.size)
    cell = clusters[moved] * levels.size + level
    is_rise = change[moved] > 0
    rises = np.bincount(cell[is_rise], minlength=shape[0] * shape[1]).reshape(shape)
    falls = np.bincount(cell[~is_rise], minlength=shape[0] * shape[1]).reshape(shape)
    return rises, falls


def _rank_biserial_of_counts(rises: Codes, falls: Codes) -> float:
    at_level = rises + falls
    mean_rank = np.cumsum(at_level) - (at_level - 1) / 2
    total = float(mean_rank @ at_level)
    return float(mean_rank @ (rises - falls)) / total if total else float("nan")


def rank_biserial_limits(change: Floats, clusters: Codes, level: float) -> tuple[float, float] | None:
    """Return leave-one-class-out jackknife limits of the matched-pairs rank-biserial, on the arctanh scale.

    Ranks are taken anew without each class. None where the estimate, or one without a class, is -1 or 1 (arctanh is
    infinite there) or the classes do not differ.
    """
    rises, falls = _counts_by_cluster(change, clusters)
    all_rises, all_falls = rises.sum(axis=0), falls.sum(axis=0)
    values = [
        _rank_biserial_of_counts(all_rises - rise, all_falls - fall) for rise, fall in zip(rises, falls, strict=True)
    ]
    every = np.asarray([_rank_biserial_of_counts(all_rises, all_falls), *values])
    if not np.isfinite(every).all() or np.abs(every).max() > 1 - 1e-12:
        return None
    interval = jackknife_interval(float(np.arctanh(every[0])), np.arctanh(every[1:]), level)
    return None if interval is None else (float(np.tanh(interval.low)), float(np.tanh(interval.high)))


def _ordered_walsh_average(sorted_change: Floats, order: int) -> float:
    """Return the ``order``-th smallest (from 1) of the averages (d_i + d_j)/2, i <= j, by bisection on their count."""
    positions = np.arange(sorted_change.size)

    def count_up_to(value: float) -> int:
        reached = np.searchsorted(sorted_change, 2 * value - sorted_change, side="right")
        return int(np.maximum(reached - positions, 0).sum())

    low, high = float(sorted_change[0]), float(sorted_change[-1])
    if count_up_to(low) >= order:
        return low
    while low < (middle := low + (high - low) / 2) < high:
        if count_up_to(middle) >= order:
            high = middle
        else:
            low = middle
    return _nearest_average(sorted_change, high)


def _nearest_average(sorted_change: Floats, value: float) -> float:
    """Return the Walsh average nearest to ``value``, which bisection leaves within its last digits."""
    partner = np.searchsorted(sorted_change, 2 * value - sorted_change)
    candidates = [
        (sorted_change + sorted_change[np.clip(partner + shift, 0, sorted_change.size - 1)]) / 2 for shift in (-1, 0)
    ]
    averages = np.concatenate(candidates)
    return float(averages[np.argmin(np.abs(averages - value))])


def hodges_lehmann(change: Floats) -> float:
    """Return the median of all Walsh averages (d_i + d_j)/2, i <= j, zeros included (Hodges and Lehmann 1963)."""
    ordered = np.sort(change)
    pairs = ordered.size * (ordered.size + 1) // 2
    lower = _ordered_walsh_average(ordered, (pairs + 1) // 2)
    return lower if pairs % 2 else (lower + _ordered_walsh_average(ordered, pairs // 2 + 1)) / 2


def hodges_lehmann_change(pairs: PairedScores) -> Estimate:
    """Return the Hodges-Lehmann estimate of the change in points; a point value, no interval holds with few classes."""
    name, method = EstimateName.HODGES_LEHMANN_CHANGE, Method.WALSH_AVERAGES_MEDIAN
    if pairs.n == 0:
        return not_estimable(name, Unit.TEST_POINTS, method, Reason.TOO_FEW_PEOPLE, n=0, n_missing=pairs.n_missing)
    return Estimate(
        estimate_name=name,
        unit=Unit.TEST_POINTS,
        method=method,
        status=Status.ESTIMATED,
        estimate=hodges_lehmann(pairs.change),
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.PERSON,
        reason=Reason.NO_INTERVAL,
    )
