"""Pre and post forms that cannot be linked to people: what may honestly be said without pairs.

With classes recorded on both forms, the class links what the people do not: leaving out a class leaves out both of its
tests, whatever the correlation inside. Without classes, the standard error of the difference of means lies between
|se_post - se_pre| and se_post + se_pre, whatever the correlation and however many people took both tests (the triangle
inequality for standard deviations), if people are independent of each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from analysis.stats.assumptions import Assumption, join
from analysis.stats.codes import (
    Alternative,
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Statistic,
    Status,
    Unit,
    Verdict,
)
from analysis.stats.matching import Codes, Floats, renumbered
from analysis.stats.moments import jackknife_interval, sums_by_cluster, t_interval
from analysis.stats.paired import from_interval
from analysis.stats.result import Estimate, not_estimable


@dataclass(frozen=True, slots=True)
class UnlinkedChange:
    """Three answers to the same question: class-linked interval, Welch as if other people, bounds for any linking."""

    by_class: Estimate
    welch: Estimate
    bounds: Estimate


def unlinked_change(
    pre: ArrayLike,
    post: ArrayLike,
    *,
    pre_classes: ArrayLike | None = None,
    post_classes: ArrayLike | None = None,
    level: float = 0.95,
) -> UnlinkedChange:
    """Return mean post - mean pre of unlinkable forms, in points.

    Parameters
    ----------
    pre, post
        Scores of the forms, of any two lengths; NaN is dropped and counted.
    pre_classes, post_classes
        Class of each form, or None. Only classes with both tests link; ``by_class`` is then about these classes.
    """
    before, after = np.asarray(pre, dtype=np.float64), np.asarray(post, dtype=np.float64)
    n_missing = int(np.isnan(before).sum() + np.isnan(after).sum())
    by_class = _by_class(before, after, pre_classes, post_classes, level)
    before, after = before[~np.isnan(before)], after[~np.isnan(after)]
    return UnlinkedChange(by_class, _welch(before, after, n_missing, level), _bounds(before, after, n_missing, level))


def _refused(method: Method, reason: Reason, n: int, n_missing: int, unit: SamplingUnit) -> Estimate:
    return not_estimable(
        EstimateName.MEAN_CHANGE,
        Unit.TEST_POINTS,
        method,
        reason,
        n=n,
        n_missing=n_missing,
        sampling_unit=unit,
    )


def _by_class(
    pre: Floats, post: Floats, pre_classes: ArrayLike | None, post_classes: ArrayLike | None, level: float
) -> Estimate:
    method, unit = Method.CLASS_JACKKNIFE_UNPAIRED, SamplingUnit.CLASS
    if pre_classes is None or post_classes is None:
        return _refused(method, Reason.CLASS_NOT_RECORDED, pre.size + post.size, 0, unit)
    labels = np.concatenate([np.asarray(pre_classes, dtype=object), np.asarray(post_classes, dtype=object)])
    scores = np.concatenate([pre, post])
    is_post = np.arange(scores.size) >= pre.size
    known = pd.notna(labels) & ~np.isnan(scores)
    shared = set(labels[known & is_post]) & set(labels[known & ~is_post])
    kept = known & np.array([label in shared for label in labels], dtype=bool)
    if len(shared) < 2:
        return _refused(method, Reason.TOO_FEW_CLASSES, int(kept.sum()), int((~kept).sum()), unit)
    clusters: Codes = renumbered(labels[kept].astype(str))
    marks = is_post[kept].astype(float)
    columns = np.stack([1 - marks, marks, scores[kept] * (1 - marks), scores[kept] * marks], axis=1)
    sums = sums_by_cluster(columns, clusters)
    without = sums.sum(axis=0) - sums
    total = sums.sum(axis=0)
    interval = jackknife_interval(
        float(total[3] / total[1] - total[2] / total[0]),
        without[:, 3] / without[:, 1] - without[:, 2] / without[:, 0],
        level,
    )
    if interval is None:
        return _refused(method, Reason.NO_VARIATION, int(kept.sum()), int((~kept).sum()), unit)
    return from_interval(
        interval,
        name=EstimateName.MEAN_CHANGE,
        unit=Unit.TEST_POINTS,
        method=method,
        n=int(kept.sum()),
        n_missing=int((~kept).sum()),
        clusters=len(shared),
        assumes=Assumption.CLASSES_INDEPENDENT,
    )


def _standard_errors(pre: Floats, post: Floats) -> tuple[float, float] | None:
    if min(pre.size, post.size) < 2:
        return None
    return float(pre.std(ddof=1) / np.sqrt(pre.size)), float(post.std(ddof=1) / np.sqrt(post.size))


def _welch(pre: Floats, post: Floats, n_missing: int, level: float) -> Estimate:
    method, unit, n = Method.WELCH_T_UNPAIRED, SamplingUnit.PERSON, pre.size + post.size
    errors = _standard_errors(pre, post)
    if errors is None:
        return _refused(method, Reason.TOO_FEW_PEOPLE, n, n_missing, unit)
    a, b = errors[0] ** 2, errors[1] ** 2
    if a + b == 0:
        return _refused(method, Reason.NO_VARIATION, n, n_missing, unit)
    df = (a + b) ** 2 / (a**2 / (pre.size - 1) + b**2 / (post.size - 1))
    interval = t_interval(float(post.mean() - pre.mean()), float(np.sqrt(a + b)), df, level)
    if interval is None:
        return _refused(method, Reason.NO_VARIATION, n, n_missing, unit)
    return from_interval(
        interval,
        name=EstimateName.MEAN_CHANGE,
        unit=Unit.TEST_POINTS,
        method=method,
        n=n,
        n_missing=n_missing,
        sampling_unit=unit,
        assumes=join(Assumption.PEOPLE_INDEPENDENT, Assumption.DIFFERENT_PEOPLE),
    )


def _bounds(pre: Floats, post: Floats, n_missing: int, level: float) -> Estimate:
    """Return the difference with the widest interval that any linking allows, and the range of its p-value."""
    method, unit, n = Method.CORRELATION_FREE_BOUNDS, SamplingUnit.PERSON, pre.size + post.size
    errors = _standard_errors(pre, post)
    if errors is None:
        return _refused(method, Reason.TOO_FEW_PEOPLE, n, n_missing, unit)
    if errors[0] + errors[1] == 0:
        return _refused(method, Reason.NO_VARIATION, n, n_missing, unit)
    difference, df = float(post.mean() - pre.mean()), min(pre.size, post.size) - 1
    largest, smallest = errors[0] + errors[1], abs(errors[0] - errors[1])
    half = float(stats.t.ppf(0.5 + level / 2, df)) * largest
    p_high = float(2 * stats.t.sf(abs(difference) / largest, df))
    p_low = float(2 * stats.t.sf(abs(difference) / smallest, n - 2)) if smallest > 0 else float(difference == 0)
    alpha = 1 - level
    verdict = Verdict.ALWAYS if p_high < alpha else Verdict.NEVER if p_low >= alpha else Verdict.UNDETERMINED
    return Estimate(
        estimate_name=EstimateName.MEAN_CHANGE,
        unit=Unit.TEST_POINTS,
        method=method,
        status=Status.BOUNDED,
        estimate=difference,
        estimate_low=difference - half,
        estimate_high=difference + half,
        interval_level=level,
        statistic_name=Statistic.T,
        statistic=difference / largest,
        df=float(df),
        p_low=p_low,
        p_high=p_high,
        n=n,
        n_missing=n_missing,
        sampling_unit=unit,
        verdict=verdict,
        assumes=join(Assumption.PEOPLE_INDEPENDENT, Assumption.ANY_LINKING),
        alternative=Alternative.TWO_SIDED,
        reason=Reason.UNLINKABLE_FORMS,
    )
