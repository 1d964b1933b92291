"""Moments of pre and post with each cluster left out, and the one-number intervals that follow from them.

The leave-one-cluster-out variance itself is :func:`analysis.stats.group_jackknife.jackknife_variance`; with t
quantiles of (clusters - 1) degrees of freedom it holds whatever the dependence inside a cluster: Bell, R. M. and
McCaffrey, D. F. (2002), Survey Methodology 28, 169-181.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.stats.group_jackknife import jackknife_variance
from analysis.stats.matching import Codes, Floats

# Below this share of the estimate's own size a standard error is rounding noise of identical leave-one-out values.
RELATIVE_ZERO = 1e-12
# Below this share of the squares that it is the difference of, a variance is rounding noise of equal scores.
_VARIANCE_ZERO = 1e-11
# Step along a class's sums when a formula is made linear: the error of central differences is its square.
_STEP = 1e-4


@dataclass(frozen=True, slots=True)
class TInterval:
    """An estimate with its standard error and t interval; the test is of the value 0, two-sided."""

    estimate: float
    standard_error: float
    df: float
    low: float
    high: float
    level: float
    statistic: float
    p_value: float


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Means, sample variances (n - 1) and covariance of pre and post: one value per left-out cluster, or one."""

    n: Floats
    mean_pre: Floats
    mean_post: Floats
    variance_pre: Floats
    variance_post: Floats
    covariance: Floats

    @property
    def mean_change(self) -> Floats:
        """Return post - pre of the means."""
        difference: Floats = self.mean_post - self.mean_pre
        return difference

    @property
    def variance_change(self) -> Floats:
        """Return the sample variance of the changes."""
        both = self.variance_pre + self.variance_post
        return _without_noise(both - 2 * self.covariance, both)


Formula = Callable[[Moments], Floats]


def _without_noise(variance: Floats, squares: Floats) -> Floats:
    """Return variances with what is rounding noise of ``squares`` as 0."""
    kept: Floats = np.where(variance > _VARIANCE_ZERO * squares, variance, 0.0)
    return kept


def t_interval(estimate: float, standard_error: float, df: float, level: float) -> TInterval | None:
    """Return the t interval and test, or None where the standard error is zero or not finite."""
    if not np.isfinite([estimate, standard_error, df]).all() or df <= 0:
        return None
    if standard_error <= RELATIVE_ZERO * max(abs(estimate), 1.0):
        return None
    half = float(stats.t.ppf(0.5 + level / 2, df)) * standard_error
    statistic = estimate / standard_error
    p_value = float(2 * stats.t.sf(abs(statistic), df))
    return TInterval(estimate, standard_error, df, estimate - half, estimate + half, level, statistic, p_value)


def jackknife_interval(
    estimate: float, without_each: Floats, level: float, *, strata: Codes | None = None
) -> TInterval | None:
    """Return the interval of an estimate from its leave-one-cluster-out values.

    Without ``strata`` t has G - 1 degrees of freedom. With ``strata`` (the group of each cluster, as whole classes
    belong to batches) variances are added over the groups and the degrees of freedom are Satterthwaite's; with
    equal class sizes a difference of means has Welch's interval on class means. None where a group has one cluster or
    the values do not vary.
    """
    groups = [without_each] if strata is None else [without_each[strata == group] for group in np.unique(strata)]
    if not np.isfinite(without_each).all():
        return None
    variance, df = jackknife_variance(groups)
    return t_interval(estimate, float(np.sqrt(variance)), float(df), level)


def sums_by_cluster(values: NDArray[np.float64], clusters: Codes) -> Floats:
    """Return sums per cluster of ``values`` with shape (people, columns): shape (clusters, columns)."""
    count = int(clusters.max()) + 1 if clusters.size else 0
    columns = [np.bincount(clusters, weights=column, minlength=count) for column in values.T]
    return np.stack(columns, axis=1)


def _moments_from_sums(sums: Floats, origin_pre: float, origin_post: float) -> Moments:
    n, pre, post, pre2, post2, product = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return Moments(
            n,
            origin_pre + pre / n,
            origin_post + post / n,
            _without_noise(pre2 - pre**2 / n, pre2) / (n - 1),
            _without_noise(post2 - post**2 / n, post2) / (n - 1),
            (product - pre * post / n) / (n - 1),
        )


def _columns(pre: Floats, post: Floats) -> Floats:
    """Return what the moments are sums of, around the overall means; shape (people, 6)."""
    x, y = pre - pre.mean(), post - post.mean()
    return np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=1)


def moments(pre: Floats, post: Floats, clusters: Codes | None = None) -> tuple[Moments, Moments | None]:
    """Return the moments of all people and, where ``clusters`` is given, those without each cluster in turn.

    Sums are taken around the overall means, so that adding a constant to both tests changes nothing.
    """
    columns = _columns(pre, post)
    total = columns.sum(axis=0)
    full = _moments_from_sums(total[None, :], pre.mean(), post.mean())
    if clusters is None:
        return full, None
    return full, _moments_from_sums(total - sums_by_cluster(columns, clusters), pre.mean(), post.mean())


def shifts_by_cluster(pre: Floats, post: Floats, clusters: Codes, formula: Formula) -> Floats:
    """Return how far each cluster moves a smooth function of the moments, shape (clusters,): its linear part.

    For a mean it is the sum of the cluster's distances from the mean over the number of people.
    """
    columns = _columns(pre, post)
    total, each = columns.sum(axis=0), sums_by_cluster(columns, clusters)
    away = _STEP * (each - each[:, :1] * total / total[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = [formula(_moments_from_sums(total + sign * away, pre.mean(), post.mean())) for sign in (1, -1)]
    shifts: Floats = (ends[0] - ends[1]) / (2 * _STEP)
    return shifts
