"""Leave-one-cluster-out jackknife: standard errors that hold whatever the dependence inside a cluster.

Efron, B. and Stein, C. (1981), Annals of Statistics 9, 586-596; with t quantiles of (clusters - 1) degrees of
freedom as in Bell, R. M. and McCaffrey, D. F. (2002), Survey Methodology 28, 169-181.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.stats.matching import Codes, Floats

# Below this share of the estimate's own size a standard error is rounding noise of identical leave-one-out values.
RELATIVE_ZERO = 1e-12


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
        variance: Floats = np.maximum(self.variance_pre + self.variance_post - 2 * self.covariance, 0.0)
        return variance


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


def jackknife_standard_error(without_each: Floats) -> float:
    """Return sqrt((G - 1)/G sum (theta_g - mean theta)^2) over the leave-one-cluster-out values theta_g."""
    clusters = without_each.size
    if clusters < 2:
        return float("nan")
    deviations = without_each - without_each.mean()
    return float(np.sqrt((clusters - 1) / clusters * np.sum(deviations**2)))


def jackknife_interval(estimate: float, without_each: Floats, level: float) -> TInterval | None:
    """Return the interval of ``estimate`` from its leave-one-cluster-out values, t with G - 1 degrees of freedom."""
    return t_interval(estimate, jackknife_standard_error(without_each), without_each.size - 1, level)


def stratified_jackknife(estimate: float, without_each: Floats, strata: Codes, level: float) -> TInterval | None:
    """Return the interval of an estimate whose clusters belong to groups (strata), as whole classes to batches.

    The variance is the sum over groups of (G_h - 1)/G_h sum (theta_hg - mean theta_h)^2, the degrees of freedom are
    Satterthwaite's. With equal class sizes and a difference of means this is Welch's test on class means. None where a
    group has one cluster only.
    """
    parts, dfs = [], []
    for stratum in np.unique(strata):
        values = without_each[strata == stratum]
        if values.size < 2:
            return None
        parts.append(jackknife_standard_error(values) ** 2)
        dfs.append(values.size - 1)
    variances = np.asarray(parts)
    total = float(variances.sum())
    if not np.isfinite(total) or total <= 0:
        return None
    df = total**2 / float(np.sum(variances**2 / np.asarray(dfs)))
    return t_interval(estimate, float(np.sqrt(total)), df, level)


def cluster_sums(values: NDArray[np.float64], clusters: Codes) -> Floats:
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
            np.maximum(pre2 - pre**2 / n, 0.0) / (n - 1),
            np.maximum(post2 - post**2 / n, 0.0) / (n - 1),
            (product - pre * post / n) / (n - 1),
        )


def moments(pre: Floats, post: Floats, clusters: Codes | None = None) -> tuple[Moments, Moments | None]:
    """Return the moments of all people and, where ``clusters`` is given, those without each cluster in turn.

    Sums are taken around the overall means, so that adding a constant to both tests changes nothing.
    """
    x, y = pre - pre.mean(), post - post.mean()
    columns = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=1)
    total = columns.sum(axis=0)
    full = _moments_from_sums(total[None, :], pre.mean(), post.mean())
    if clusters is None:
        return full, None
    return full, _moments_from_sums(total - cluster_sums(columns, clusters), pre.mean(), post.mean())
