"""Ordered answers compared: Cliff's delta with its cluster jackknife, pair permutations, Jonckheere-Terpstra."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.stats.clusters import ClusterCounts, membership, permutations_of
from analysis.stats.description import ratio
from analysis.stats.group_jackknife import Interval, jackknife_variance, t_interval
from analysis.stats.groups import CentredRanks, centred_ranks
from analysis.stats.multiplicity import ExceedanceCounter, Floats


def dominance(earlier: Floats, later: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the numbers of pairs of people in which the later one is higher, lower, and all pairs.

    Parameters
    ----------
    earlier, later
        Counts of shape (..., levels), levels rising.
    """
    below = earlier.cumsum(axis=-1) - earlier
    higher = (later * below).sum(axis=-1)
    pairs = earlier.sum(axis=-1) * later.sum(axis=-1)
    ties = (earlier * later).sum(axis=-1)
    return higher, pairs - ties - higher, pairs


def cliffs_delta(earlier: Floats, later: Floats) -> Floats:
    """Return Cliff's delta, P(later higher) - P(later lower), of counts of shape (..., levels).

    Ties count for neither side. NaN where a group has no answer. Cliff, N. (1993), Psychological Bulletin 114,
    494-509; ``effectsize::cliffs_delta(later, earlier)``.
    """
    higher, lower, pairs = dominance(earlier, later)
    delta: Floats = np.divide(higher - lower, pairs, out=np.full(pairs.shape, np.nan), where=pairs > 0)
    return delta


def gamma_without_ties(earlier: Floats, later: Floats) -> Floats:
    """Return (higher - lower)/(higher + lower): Goodman and Kruskal's gamma of two groups, ties left out."""
    higher, lower, _ = dominance(earlier, later)
    untied = higher + lower
    gamma: Floats = np.divide(higher - lower, untied, out=np.full(untied.shape, np.nan), where=untied > 0)
    return gamma


def jackknife_of_counts(
    data: ClusterCounts,
    earlier: int,
    later: int,
    effect: Callable[[Floats, Floats], Floats],
    *,
    level: float,
    forward: Callable[[Floats], Floats],
    backward: Callable[[Floats], Floats],
) -> Interval:
    """Return an effect of two groups' counts with its interval: one cluster of either group left out at a time.

    ``effect`` takes counts of shape (..., items, levels) of both groups; ``forward`` leads to the scale of the t
    interval (Satterthwaite's degrees of freedom). Clusters without an answer to an item leave its estimate as it
    is, so an item's clusters are counted over all clusters of the group. NaN limits where a group has one cluster,
    all replicates agree, or the effect or a replicate lies at the end of its range.
    """
    first, second = (data.counts[data.group == group] for group in (earlier, later))
    sums = first.sum(axis=0), second.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = [
            forward(effect(sums[0] - first, sums[1])),
            forward(effect(sums[0], sums[1] - second)),
        ]
        variance, df = jackknife_variance(left_out)
    return t_interval(effect(*sums), variance, df, level=level, forward=forward, backward=backward)


def delta_interval(data: ClusterCounts, earlier: int, later: int, *, level: float) -> Interval:
    """Return Cliff's delta of every item with its cluster jackknife interval on the arctanh scale."""
    return jackknife_of_counts(
        data,
        earlier,
        later,
        cliffs_delta,
        level=level,
        forward=np.arctanh,
        backward=np.tanh,
    )


@dataclass(frozen=True, slots=True)
class PairPermutation:
    """Two-sided p-values of Cliff's delta by permuting clusters within a pair of groups, shape (items,).

    p_adjusted: step-down maxT over the items.
    """

    p_value: Floats
    p_adjusted: Floats
    permutations: int
    is_complete: bool


def permute_pair(data: ClusterCounts, earlier: int, later: int, *, resamples: int, seed: int) -> PairPermutation:
    """Test Cliff's delta of every item by permuting whole clusters between two groups."""
    pair = data.of_groups([earlier, later])
    return permute_ranks(centred_ranks(pair), pair.group, resamples=resamples, seed=seed)


def permute_ranks(ranks: CentredRanks, group: NDArray[np.int64], *, resamples: int, seed: int) -> PairPermutation:
    """Test Cliff's delta of every item by permuting whole clusters between the groups 0 and 1.

    The ranks of the pair's pooled answers stay as they are under permutation: delta is twice the later group's sum of
    centred ranks over the product of the two numbers of answers. ``group`` has shape (clusters,).
    """
    of_clusters = np.concatenate([ranks.sums, ranks.n], axis=1)
    items, total = ranks.n.shape[1], ranks.n.sum(axis=0)

    def deltas(assignment: NDArray[np.int64]) -> Floats:
        summed = (assignment == 1).astype(np.float64) @ of_clusters
        n = summed[..., items:]
        return np.abs(2 * ratio(summed[..., :items], n * (total - n)))

    observed = np.where(ranks.total_squares > 0, deltas(group), np.nan)
    permutations = permutations_of(group, 2, is_ordered=True, resamples=resamples, seed=seed)
    counter = ExceedanceCounter(observed)
    for piece in permutations.pieces(group.size + 3 * items):
        counter.add(deltas(piece))
    complete = permutations.is_complete
    return PairPermutation(
        counter.p_values(is_complete=complete),
        counter.step_down_p_values(is_complete=complete),
        permutations.total,
        complete,
    )


@dataclass(frozen=True, slots=True)
class Trend:
    """Jonckheere-Terpstra of every item over groups in their order, shape (items,).

    j: the statistic, pairs of people from two groups in which the later one is higher, ties one half.
    z: its distance from the expectation in standard deviations if people were independent, ties in both respected.
    tau_b: Kendall's tau-b of group and answer, the effect. p_if_independent: from z, two-sided. p_value: by permuting
    clusters, two-sided. p_adjusted: step-down maxT over the items.
    """

    j: Floats
    z: Floats
    tau_b: Floats
    p_if_independent: Floats
    p_value: Floats
    p_adjusted: Floats
    n: NDArray[np.int64]
    permutations: int
    is_complete: bool


def _concordance(by_group: Floats) -> tuple[Floats, Floats]:
    """Return concordant minus discordant pairs of people, and J, of counts (..., groups, items, levels)."""
    s: Floats = np.zeros(by_group.shape[:-3] + by_group.shape[-2:-1])
    pairs = np.zeros_like(s)
    earlier = np.zeros_like(by_group[..., 0, :, :])
    for group in range(by_group.shape[-3]):
        later = by_group[..., group, :, :]
        higher, lower, both = dominance(earlier, later)
        s = s + higher - lower
        pairs = pairs + both
        earlier = earlier + later
    return s, (pairs + s) / 2


def _kendall_variance(by_group: Floats) -> Floats:
    """Return the variance of Kendall's S with ties in groups and in answers, shape (items,).

    Kendall, M. G. (1970), Rank Correlation Methods, eq. 4.3; as in R's ``cor.test(method = "kendall")``.
    """
    n, x, y = by_group.sum(axis=(0, 2)), by_group.sum(axis=2).T, by_group.sum(axis=0)

    def both(power: Callable[[Floats], Floats]) -> Floats:
        product: Floats = power(x).sum(axis=-1) * power(y).sum(axis=-1)
        return product

    main = n * (n - 1) * (2 * n + 5)
    ties = sum((t * (t - 1) * (2 * t + 5)).sum(axis=-1) for t in (x, y))
    with np.errstate(divide="ignore", invalid="ignore"):
        variance: Floats = (
            (main - ties) / 18
            + both(lambda t: t * (t - 1)) / (2 * n * (n - 1))
            + both(lambda t: t * (t - 1) * (t - 2)) / (9 * n * (n - 1) * (n - 2))
        )
    return variance


def _tau_b(s: Floats, by_group: Floats) -> Floats:
    n, x, y = by_group.sum(axis=(0, 2)), by_group.sum(axis=2), by_group.sum(axis=0)
    untied = [n * (n - 1) - (t * (t - 1)).sum(axis=axis) for t, axis in ((x, 0), (y, 1))]
    scale = np.sqrt(untied[0] * untied[1]) / 2
    tau: Floats = np.divide(s, scale, out=np.full(s.shape, np.nan), where=scale > 0)
    return tau


def jonckheere_terpstra(data: ClusterCounts, *, resamples: int, seed: int) -> Trend:
    """Test every item for a trend over the groups in their order, two-sided, with whole clusters permuted.

    The statistic is J minus its expectation for the groups' sizes, over its standard deviation for independent
    people: the sizes may differ between permutations when clusters have different sizes. Jonckheere, A. R. (1954),
    Biometrika 41, 133-145.
    """
    by_group = data.by_group()
    s, j = _concordance(by_group)
    tau_b = _tau_b(s, by_group)
    with np.errstate(invalid="ignore"):  # one group or one level alone has no variance; tau-b is NaN there
        deviation = np.where(np.isnan(tau_b), np.nan, np.sqrt(_kendall_variance(by_group)))
    z = s / deviation
    permutations = permutations_of(data.group, data.groups, is_ordered=True, resamples=resamples, seed=seed)
    counter = ExceedanceCounter(np.abs(z))
    clusters, items, levels = data.counts.shape
    flat = data.counts.reshape(clusters, items * levels)
    for piece in permutations.pieces(data.groups * (clusters + 4 * items * levels)):
        sums = (membership(piece, data.groups) @ flat).reshape(-1, data.groups, items, levels)
        counter.add(np.abs(_concordance(sums)[0] / deviation))
    complete = permutations.is_complete
    return Trend(
        j=j,
        z=z,
        tau_b=tau_b,
        p_if_independent=2 * stats.norm.sf(np.abs(z)),
        p_value=counter.p_values(is_complete=complete),
        p_adjusted=counter.step_down_p_values(is_complete=complete),
        n=by_group.sum(axis=(0, 2)).astype(np.int64),
        permutations=permutations.total,
        is_complete=complete,
    )
