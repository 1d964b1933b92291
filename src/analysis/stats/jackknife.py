"""Leave-one-cluster-out jackknife with Satterthwaite's degrees of freedom.

An estimate that depends on several independent groups of clusters (two batches, say) has a variance that is
the sum of the groups' jackknife variances; the t distribution's degrees of freedom follow from their sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.stats.multiplicity import Floats


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its t interval; every field has the estimate's shape, NaN where it cannot be had.

    standard_error is on the scale on which the jackknife ran (see the function that made it); t and p_value
    (two-sided) belong to the hypothesis that the estimate is 0 on that scale.
    """

    estimate: Floats
    low: Floats
    high: Floats
    standard_error: Floats
    df: Floats
    t: Floats
    p_value: Floats


def identity(value: Floats) -> Floats:
    """Return the value: the scale of an estimate that is not transformed."""
    return value


def jackknife_variance(left_out: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return the variance and Satterthwaite's degrees of freedom of an estimate.

    Parameters
    ----------
    left_out
        One array per group, shape (clusters of the group, ...): the estimate with one cluster of the group left
        out. NaN marks a replicate that cannot be computed and makes the result NaN.

    Returns
    -------
    variance, df
        Shape (...); NaN where a group has fewer than two clusters or the variance is 0 for every group.

    Notes
    -----
    Variance of a group with G clusters: (G - 1)/G times the sum of squares around the replicates' mean
    (Efron and Tibshirani 1993, eq. 11.5; for several samples, their sum: Arvesen 1969). df: Satterthwaite (1946).
    """
    shape = left_out[0].shape[1:]
    variance, weighted = np.zeros(shape), np.zeros(shape)
    for replicates in left_out:
        clusters = replicates.shape[0]
        if clusters < 2:
            return np.full(shape, np.nan), np.full(shape, np.nan)
        part = (clusters - 1) / clusters * ((replicates - replicates.mean(axis=0)) ** 2).sum(axis=0)
        variance = variance + part
        weighted = weighted + part**2 / (clusters - 1)
    df = np.divide(variance**2, weighted, out=np.full(shape, np.nan), where=weighted > 0)
    return variance, df


def t_interval(
    estimate: Floats,
    variance: Floats,
    df: Floats,
    *,
    level: float,
    forward: Callable[[Floats], Floats] = identity,
    backward: Callable[[Floats], Floats] = identity,
) -> Interval:
    """Return the t interval of an estimate whose variance was computed on the scale ``forward`` leads to."""
    estimate = np.asarray(estimate, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = forward(estimate)
        is_known = np.isfinite(centre) & (variance > 0) & (df > 0)
        error = np.where(is_known, np.sqrt(variance), np.nan)
        df = np.where(is_known, df, np.nan)
        half = stats.t.ppf((1 + level) / 2, df) * error
        t = centre / error
        return Interval(
            estimate,
            backward(centre - half),
            backward(centre + half),
            error,
            df,
            t,
            2 * stats.t.sf(np.abs(t), df),
        )
