"""Scores compared through the means of their clusters: Welch's t and ANOVA, person-weighted contrasts, Hedges g."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.special import gammaln

from analysis.stats.group_jackknife import Interval, jackknife_variance, t_interval
from analysis.stats.multiplicity import Floats


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """Number of people, sum and sum of squares of a score in each cluster, shape (clusters,) each.

    ``group`` holds the code of each cluster's group. People without a score count nowhere.
    """

    n: Floats
    total: Floats
    squares: Floats
    group: NDArray[np.int64]

    def of_group(self, group: int) -> ClusterSums:
        """Return the clusters of one group that hold a score."""
        kept = (self.group == group) & (self.n > 0)
        return ClusterSums(self.n[kept], self.total[kept], self.squares[kept], self.group[kept])

    @property
    def means(self) -> Floats:
        """Return the mean of each cluster."""
        means: Floats = self.total / self.n
        return means


def cluster_sums(score: Floats, cluster: NDArray[np.int64], group_of_cluster: NDArray[np.int64]) -> ClusterSums:
    """Return the sums of a score (shape (people,), NaN missing) in each cluster."""
    kept = ~np.isnan(score)
    code, value, clusters = cluster[kept], score[kept], group_of_cluster.size
    n: Floats = np.bincount(code, minlength=clusters).astype(np.float64)
    total: Floats = np.bincount(code, weights=value, minlength=clusters).astype(np.float64)
    squares: Floats = np.bincount(code, weights=value**2, minlength=clusters).astype(np.float64)
    return ClusterSums(n, total, squares, group_of_cluster)


def _is_constant(values: Floats) -> bool:
    return bool(np.ptp(values) <= 1e-12 * max(1.0, float(np.abs(values).max())))


def mean_interval(values: Floats, *, level: float) -> Interval:
    """Return the mean of cluster means with t(G - 1); NaN limits for fewer than two clusters or equal means."""
    if values.size == 0:
        return t_interval(np.array(np.nan), np.array(np.nan), np.array(np.nan), level=level)
    variance = np.nan if values.size < 2 or _is_constant(values) else values.var(ddof=1) / values.size
    return t_interval(np.asarray(values.mean()), np.array(variance), np.array(values.size - 1.0), level=level)


def welch_t(earlier: Floats, later: Floats, *, level: float) -> Interval:
    """Compare two groups of cluster means: later minus earlier, every cluster with the same weight.

    Equal to ``t.test(later, earlier)`` in R on cluster means. NaN limits and p-value where a group has fewer than
    two clusters or all cluster means of both groups are equal within their group.
    """
    difference = later.mean() - earlier.mean() if earlier.size and later.size else np.nan
    if min(earlier.size, later.size) < 2 or (_is_constant(earlier) and _is_constant(later)):
        return t_interval(np.array(difference), np.array(np.nan), np.array(np.nan), level=level)
    parts = [values.var(ddof=1) / values.size for values in (earlier, later)]
    weights = [part**2 / (values.size - 1) for part, values in zip(parts, (earlier, later), strict=True)]
    variance = sum(parts)
    return t_interval(
        np.array(difference),
        np.array(variance),
        np.array(variance**2 / sum(weights)),
        level=level,
    )


@dataclass(frozen=True, slots=True)
class WelchAnova:
    """Welch's F of several groups of cluster means: F, its two degrees of freedom and p; NaN where not possible."""

    f: float
    df_groups: float
    df_error: float
    p_value: float


def welch_anova(groups: Sequence[Floats]) -> WelchAnova:
    """Compare several groups of cluster means without assuming equal variances.

    Welch, B. L. (1951), Biometrika 38, 330-336; ``oneway.test`` in R. NaN where a group has fewer than two clusters
    or cluster means that are all equal (its weight would be infinite), or there are fewer than two groups.
    """
    k = len(groups)
    if k < 2 or any(values.size < 2 or _is_constant(values) for values in groups):
        return WelchAnova(np.nan, np.nan, np.nan, np.nan)
    sizes = np.array([values.size for values in groups], dtype=np.float64)
    weights = sizes / np.array([values.var(ddof=1) for values in groups])
    means = np.array([values.mean() for values in groups])
    centre = (weights * means).sum() / weights.sum()
    spread = ((1 - weights / weights.sum()) ** 2 / (sizes - 1)).sum() / (k**2 - 1)
    f = (weights * (means - centre) ** 2).sum() / (k - 1) / (1 + 2 * (k - 2) * spread)
    df_error = 1 / (3 * spread)
    return WelchAnova(float(f), float(k - 1), float(df_error), float(stats.f.sf(f, k - 1, df_error)))


def hedges_correction(df: Floats) -> Floats:
    """Return the exact small-sample factor of a standardised difference (Hedges 1981, eq. 6e)."""
    df = np.asarray(df, dtype=np.float64)
    factor: Floats = np.exp(gammaln(df / 2) - np.log(df / 2) / 2 - gammaln((df - 1) / 2))
    return factor


def _g(
    n: tuple[Floats, Floats],
    total: tuple[Floats, Floats],
    squares: tuple[Floats, Floats],
) -> Floats:
    """Return Hedges g (second minus first) of sums; the pooled SD is that of people."""
    df = n[0] + n[1] - 2
    within = sum(s - t**2 / m for m, t, s in zip(n, total, squares, strict=True))
    pooled = np.sqrt(np.maximum(within, 0) / df)
    difference = total[1] / n[1] - total[0] / n[0]
    usable = (df > 1) & (pooled > 1e-9)
    g: Floats = np.where(
        usable,
        difference / np.where(usable, pooled, 1) * hedges_correction(np.maximum(df, 2)),
        np.nan,
    )
    return g


def hedges_g(earlier: ClusterSums, later: ClusterSums, *, level: float) -> Interval:
    """Return Hedges g of people's scores, later minus earlier, with its cluster jackknife interval.

    Divided by the pooled standard deviation of people (n - 2 degrees of freedom), times the exact correction;
    ``effectsize::hedges_g`` gives the same value (its interval assumes independent people). The interval leaves one
    cluster of one group out at a time: t with Satterthwaite's degrees of freedom. NaN where the pooled SD is 0.
    """
    sides = (earlier, later)
    if min(side.n.sum() for side in sides) < 1:
        return t_interval(np.array(np.nan), np.array(np.nan), np.array(np.nan), level=level)
    full = [(side.n.sum(), side.total.sum(), side.squares.sum()) for side in sides]

    def without(position: int) -> Floats:
        """Return g with each cluster of one side left out in turn, shape (clusters,)."""
        side = sides[position]
        left = (
            full[position][0] - side.n,
            full[position][1] - side.total,
            full[position][2] - side.squares,
        )
        other = full[1 - position]
        n, total, squares = (
            (left[i], np.asarray(other[i])) if position == 0 else (np.asarray(other[i]), left[i]) for i in range(3)
        )
        return _g(n, total, squares)

    estimate = _g(*((np.asarray(full[0][i]), np.asarray(full[1][i])) for i in range(3)))
    if min(side.n.size for side in sides) < 2:
        return t_interval(estimate, np.array(np.nan), np.array(np.nan), level=level)
    variance, df = jackknife_variance([without(0), without(1)])
    return t_interval(estimate, variance, df, level=level)


def person_weighted_difference(earlier: ClusterSums, later: ClusterSums, *, level: float) -> Interval:
    """Return the difference of people's means, later minus earlier, with its cluster jackknife interval."""
    sides = (earlier, later)
    if min(side.n.size for side in sides) < 1:
        return t_interval(np.array(np.nan), np.array(np.nan), np.array(np.nan), level=level)
    means = [side.total.sum() / side.n.sum() for side in sides]
    estimate = np.array(means[1] - means[0])
    if min(side.n.size for side in sides) < 2:
        return t_interval(estimate, np.array(np.nan), np.array(np.nan), level=level)
    left_out = [(side.total.sum() - side.total) / (side.n.sum() - side.n) for side in sides]
    return t_interval(
        estimate,
        *jackknife_variance([means[1] - left_out[0], left_out[1] - means[0]]),
        level=level,
    )
