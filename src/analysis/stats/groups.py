"""Groups compared on ordered answers: Kruskal-Wallis on counts, with whole clusters permuted over the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.stats.clusters import ClusterCounts, membership, permutations_of
from analysis.stats.description import ratio
from analysis.stats.multiplicity import ExceedanceCounter, Floats

EPSILON_QUANTILE = 0.95
# Cells of the histogram from which the quantile of epsilon-squared is read: its error is below 1e-4, far inside
# the Monte Carlo error of any number of permutations in use, and its memory does not grow with that number.
_HISTOGRAM_CELLS = 10_000


@dataclass(frozen=True, slots=True)
class CentredRanks:
    """Midranks over all answers minus their mean, summed per cluster: all that H needs.

    sums, n: shape (clusters, items). total_squares: shape (items,), the squares of all centred ranks.
    """

    sums: Floats
    n: Floats
    total_squares: Floats


def centred_ranks(data: ClusterCounts) -> CentredRanks:
    """Return the centred midrank sums of each cluster and item; permuting clusters leaves the ranks as they are."""
    totals = data.counts.sum(axis=0)
    n = totals.sum(axis=-1, keepdims=True)
    ranks = totals.cumsum(axis=-1) - totals / 2 - n / 2
    total_squares = (totals * ranks**2).sum(axis=-1)
    return CentredRanks((data.counts * ranks).sum(axis=-1), data.counts.sum(axis=-1), total_squares)


def side_by_side(parts: Sequence[CentredRanks]) -> CentredRanks:
    """Return the items of several tables of the same clusters as one, so that one set of permutations serves all."""
    return CentredRanks(
        np.concatenate([part.sums for part in parts], axis=1),
        np.concatenate([part.n for part in parts], axis=1),
        np.concatenate([part.total_squares for part in parts]),
    )


def epsilon_squared(ranks: CentredRanks, assignment: NDArray[np.int64], groups: int) -> Floats:
    """Return rank epsilon-squared for assignments of clusters to groups.

    The share of the ranks' squares that lies between groups: H/(N - 1) with H the Kruskal-Wallis statistic
    corrected for ties.

    Parameters
    ----------
    ranks
        From :func:`centred_ranks`.
    assignment
        Shape (..., clusters): group code of each cluster.
    groups
        Number of groups.

    Returns
    -------
    ndarray
        Shape (..., items); NaN for an item on which all answers are equal.

    Notes
    -----
    Kruskal, W. H. and Wallis, W. A. (1952), JASA 47, 583-621; Kelley (1935) for epsilon-squared.
    """
    items = ranks.n.shape[1]
    of_clusters = np.concatenate([ranks.sums, ranks.n], axis=1)
    # The last group is what the others leave: with many clusters, building the 0/1 matrix is what takes time.
    summed = membership(assignment, groups - 1) @ of_clusters
    last = of_clusters.sum(axis=0) - summed.sum(axis=-2)
    summed = np.concatenate([summed, last[..., None, :]], axis=-2)
    sums, n = summed[..., :items], summed[..., items:]
    between = np.divide(sums**2, n, out=np.zeros_like(sums), where=n > 0).sum(axis=-2)
    return ratio(between, ranks.total_squares)


@dataclass(frozen=True, slots=True)
class KruskalWallis:
    """Kruskal-Wallis of every item; arrays of shape (items,), NaN where all answers to the item are equal.

    h: statistic with ties. df: groups with answers minus one. p_if_independent: chi-squared, which treats people
    as independent. p_value: by permuting clusters. p_adjusted: step-down maxT over the items.
    epsilon_squared: effect; its mean and 95 % quantile under permutation beside it. n: answers.
    clusters: clusters with an answer. permutations, is_complete: how the p-value was made.
    """

    h: Floats
    df: NDArray[np.int64]
    p_if_independent: Floats
    p_value: Floats
    p_adjusted: Floats
    epsilon_squared: Floats
    epsilon_squared_null_mean: Floats
    epsilon_squared_null_q95: Floats
    n: NDArray[np.int64]
    clusters: NDArray[np.int64]
    permutations: int
    is_complete: bool


def _chi_squared(data: ClusterCounts, observed: Floats) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Return H, its degrees of freedom and its p-value if people were independent."""
    n = data.by_group().sum(axis=-1)
    df = np.maximum(np.count_nonzero(n, axis=0) - 1, 0)
    h = np.where(df > 0, observed * (n.sum(axis=0) - 1), np.nan)
    return h, df, stats.chi2.sf(h, np.maximum(df, 1))


class _Histogram:
    """Mean and quantile of epsilon-squared per item, gathered piece by piece in bounded memory."""

    def __init__(self, items: int) -> None:
        self._cells = np.zeros((items, _HISTOGRAM_CELLS + 1), dtype=np.int64)
        self._sum = np.zeros(items)

    def add(self, values: Floats) -> None:
        items = values.shape[1]
        whole = np.ceil(np.nan_to_num(values) * _HISTOGRAM_CELLS - 1e-6).astype(np.int64)
        cell = np.clip(whole, 0, _HISTOGRAM_CELLS) + np.arange(items) * (_HISTOGRAM_CELLS + 1)
        self._cells += np.bincount(cell.ravel(), minlength=self._cells.size).reshape(self._cells.shape)
        self._sum += values.sum(axis=0)

    def mean(self) -> Floats:
        mean: Floats = self._sum / self._cells.sum(axis=1)
        return mean

    def quantile(self, share: float) -> Floats:
        cumulative = self._cells.cumsum(axis=1)
        reached = np.argmax(cumulative >= share * cumulative[:, -1:], axis=1)
        return np.where(np.isnan(self._sum), np.nan, reached / _HISTOGRAM_CELLS)


def kruskal_wallis(data: ClusterCounts, *, resamples: int, seed: int) -> KruskalWallis:
    """Compare the groups on every item, with whole clusters permuted over the groups.

    All distinct assignments are enumerated where there are at most 20,000, else ``resamples`` random ones are
    drawn. All items of a cluster move together, so that the step-down maxT keeps their dependence.

    Valid if clusters would be exchangeable without a difference between groups; exact when cluster size is
    unrelated to the group.
    """
    ranks = centred_ranks(data)
    observed = epsilon_squared(ranks, data.group, data.groups)
    h, df, p_if_independent = _chi_squared(data, observed)
    observed = np.where(df > 0, observed, np.nan)
    to_h = data.counts.sum(axis=(0, 2)) - 1
    permutations = permutations_of(data.group, data.groups, is_ordered=False, resamples=resamples, seed=seed)
    counter, histogram = ExceedanceCounter(observed * to_h), _Histogram(observed.size)
    for piece in permutations.pieces(data.groups * (data.group.size + 2 * observed.size)):
        permuted = epsilon_squared(ranks, piece, data.groups)
        counter.add(permuted * to_h)
        histogram.add(permuted)
    return KruskalWallis(
        h=h,
        df=df,
        p_if_independent=p_if_independent,
        p_value=counter.p_values(is_complete=permutations.is_complete),
        p_adjusted=counter.step_down_p_values(is_complete=permutations.is_complete),
        epsilon_squared=observed,
        epsilon_squared_null_mean=histogram.mean(),
        epsilon_squared_null_q95=histogram.quantile(EPSILON_QUANTILE),
        n=data.counts.sum(axis=(0, 2)).astype(np.int64),
        clusters=np.count_nonzero(data.counts.sum(axis=2), axis=0),
        permutations=permutations.total,
        is_complete=permutations.is_complete,
    )
