"""Answers of groups described: counts of every level, means and shares, the class as the unit of intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.stats.clusters import ClusterCounts
from analysis.stats.multiplicity import Floats
from analysis.stats.one_sample import cr2_variance, is_dominated


@dataclass(frozen=True, slots=True)
class Description:
    """Answers of groups; every array has shape (groups, items) unless said otherwise, NaN where not defined.

    counts: shape (groups, items, levels), unused levels kept. clusters: clusters with an answer.
    mean_low, mean_high: class jackknife with t(clusters - 1), or CR2 where ``is_dominated``. standard_deviation:
    divisor n - 1. share_top_two: share of answers on the two highest values of the scale; its limits are Wilson's with
    the effective number of people that the classes leave and t(clusters - 1).
    """

    counts: Floats
    n: NDArray[np.int64]
    clusters: NDArray[np.int64]
    is_dominated: NDArray[np.bool_]
    mean: Floats
    mean_low: Floats
    mean_high: Floats
    standard_deviation: Floats
    median: Floats
    share_top_two: Floats
    share_low: Floats
    share_high: Floats


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Divide, NaN where the denominator is 0."""
    quotient: Floats = np.divide(
        numerator, denominator, out=np.full(np.broadcast(numerator, denominator).shape, np.nan), where=denominator > 0
    )
    return quotient


def median_of_counts(counts: Floats, levels: Floats) -> Floats:
    """Return medians of counts of shape (..., levels): the mean of the two middle answers, NaN without answers."""
    n = counts.sum(axis=-1, keepdims=True)
    cumulative = counts.cumsum(axis=-1)
    lower = np.argmax(cumulative >= np.floor((n + 1) / 2), axis=-1)
    upper = np.argmax(cumulative >= np.floor(n / 2) + 1, axis=-1)
    middle: Floats = np.where(n[..., 0] > 0, (levels[lower] + levels[upper]) / 2, np.nan)
    return middle


def _jackknife_error(n: Floats, total: Floats) -> Floats:
    """Return the class jackknife standard error of the mean, shape (items,), from (clusters, items) sums."""
    has_answers = n > 0
    clusters = has_answers.sum(axis=0).astype(np.float64)
    left_out = ratio(total.sum(axis=0) - total, n.sum(axis=0) - n)
    centre = ratio(np.where(has_answers, left_out, 0.0).sum(axis=0), clusters)
    squares = np.where(has_answers, (left_out - centre) ** 2, 0.0).sum(axis=0)
    return np.where(clusters > 1, np.sqrt(np.maximum(clusters - 1, 0) * ratio(squares, clusters)), np.nan)


def wilson_with_effective_n(
    share: Floats, standard_error: Floats, n: Floats, clusters: Floats, *, level: float
) -> tuple[Floats, Floats]:
    """Return Wilson's limits of shares with the effective number of people and t(clusters - 1).

    The effective number is share (1 - share) / standard error squared, from 1 to n. Where all answers agree the
    standard error says nothing: each cluster then counts as one answer, the most cautious reading. Korn, E. L. and
    Graubard, B. I. (1998), Survey Methodology 24, 193-201.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = share * (1 - share)
        effective = np.clip(spread / standard_error**2, 1.0, n)
        effective = np.where(spread <= 0, clusters, np.where(standard_error <= 0, n, effective))
        effective = np.where(clusters > 1, effective, np.nan)
        quantile = stats.t.ppf((1 + level) / 2, np.where(clusters > 1, clusters - 1, np.nan))
        scale = 1 + quantile**2 / effective
        centre = (share + quantile**2 / (2 * effective)) / scale
        half = quantile / scale * np.sqrt(spread / effective + quantile**2 / (4 * effective**2))
    low = np.where(share <= 0, np.where(np.isnan(half), np.nan, 0.0), centre - half)
    high = np.where(share >= 1, np.where(np.isnan(half), np.nan, 1.0), centre + half)
    return low, high


def _dominated_error(n: Floats, total: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return CR2 errors and degrees of freedom where a cluster dominates, and where that is; shape (items,)."""
    error, df = np.full(n.shape[1], np.nan), np.full(n.shape[1], np.nan)
    for item in range(n.shape[1]):
        kept = n[:, item] > 0
        sizes = n[kept, item]
        if is_dominated(sizes):
            shifts = (total[kept, item] - sizes * total[kept, item].sum() / sizes.sum()) / sizes.sum()
            variance, df[item] = cr2_variance(shifts, sizes)
            error[item] = np.sqrt(variance)
    return error, df, ~np.isnan(error)


@dataclass(frozen=True, slots=True)
class _Errors:
    """Standard errors, clusters with an answer, t quantiles of means, where CR2 made them; shape (groups, items)."""

    mean: Floats
    share: Floats
    clusters: NDArray[np.int64]
    quantile: Floats
    is_dominated: NDArray[np.bool_]


def _errors(data: ClusterCounts, *, level: float) -> _Errors:
    n = data.counts.sum(axis=-1)
    totals = data.counts @ data.levels, data.counts[..., -2:].sum(axis=-1)
    members = [data.group == group for group in range(data.groups)]
    mean, share = (np.stack([_jackknife_error(n[rows], total[rows]) for rows in members]) for total in totals)
    clusters = np.stack([(n[rows] > 0).sum(axis=0) for rows in members])
    cr2, cr2_df, dominated = (
        np.stack(part) for part in zip(*(_dominated_error(n[rows], totals[0][rows]) for rows in members), strict=True)
    )
    df = np.where(dominated, cr2_df, np.where(clusters > 1, clusters - 1, np.nan))
    quantile = stats.t.ppf((1 + level) / 2, df)
    return _Errors(np.where(dominated, cr2, mean), share, clusters, quantile, dominated)


def describe(data: ClusterCounts, *, level: float) -> Description:
    """Describe the answers of each group to each item.

    Limits are NaN for a group with fewer than two clusters; means have none either where all cluster means agree.
    """
    counts = data.by_group()
    n = counts.sum(axis=-1)
    mean = ratio(counts @ data.levels, n)
    squares = (counts * (data.levels - mean[..., None]) ** 2).sum(axis=-1)
    share = ratio(counts[..., -2:].sum(axis=-1), n)
    errors = _errors(data, level=level)
    half = np.where(errors.mean > 1e-12, errors.mean * errors.quantile, np.nan)
    clusters = errors.clusters.astype(np.float64)
    share_low, share_high = wilson_with_effective_n(share, errors.share, n, clusters, level=level)
    return Description(
        counts=counts,
        n=n.astype(np.int64),
        clusters=errors.clusters,
        is_dominated=errors.is_dominated,
        mean=mean,
        mean_low=mean - half,
        mean_high=mean + half,
        standard_deviation=np.sqrt(ratio(squares, np.where(n > 1, n - 1, 0))),
        median=median_of_counts(counts, data.levels),
        share_top_two=share,
        share_low=share_low,
        share_high=share_high,
    )
