"""Rows that say what a test of classes could have found, beside each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.stats import assumptions
from analysis.stats.codes import EstimateName, Method, SamplingUnit, Status, Unit
from analysis.stats.detectable import POWER, detectable_in_errors, smallest_detectable_difference
from analysis.stats.means import welch_anova
from analysis.stats.multiplicity import Floats
from analysis.stats.result import Estimate


def detectable_beside(estimate: Estimate, alpha: float, family: int = 1) -> list[Estimate]:
    """Return the row of the smallest true effect that a t test finds, empty where it has no interval.

    ``family`` is the number of tests that are adjusted together: the level is alpha over it, what the strictest of them
    needs. ``statistic`` says the effect in standard errors, so that another level needs no more than another factor.
    """
    error = estimate.standard_error()
    if error is None or estimate.df is None:
        return []
    level = alpha / max(family, 1)
    factor = detectable_in_errors(estimate.df, level)
    if not np.isfinite(factor):
        return []
    return [_row(estimate, estimate.unit, Method.POWER_OF_T, factor * error, factor, estimate.df, level)]


def detectable_by_omnibus(
    estimate: Estimate, class_means: Sequence[Floats], unit: Unit, alpha: float, family: int = 1
) -> list[Estimate]:
    """Return the row of the smallest difference between two batches that Welch's F on class means finds.

    ``class_means`` holds one array per batch; empty where a batch has fewer than two classes or equal means. The row
    takes n and clusters from ``estimate``, the omnibus test beside which it stands.
    """
    df = welch_anova(class_means).df_error
    if not np.isfinite(df):
        return []
    errors = [float(means.std(ddof=1) / np.sqrt(means.size)) for means in class_means]
    level = alpha / max(family, 1)
    difference = smallest_detectable_difference(errors, float(df), level)
    if not np.isfinite(difference):
        return []
    return [_row(estimate, unit, Method.POWER_OF_F, difference, None, float(df), level)]


def _row(
    estimate: Estimate, unit: Unit, method: Method, effect: float, factor: float | None, df: float, level: float
) -> Estimate:
    return Estimate(
        estimate_name=EstimateName.SMALLEST_DETECTABLE,
        unit=unit,
        method=method,
        status=Status.ESTIMATED,
        estimate=effect,
        statistic=factor,
        df=df,
        n=estimate.n,
        n_missing=estimate.n_missing,
        sampling_unit=SamplingUnit.CLASS,
        clusters=estimate.clusters,
        assumes=assumptions.join(assumptions.detected(POWER, level), str(estimate.assumes or "")),
    )
