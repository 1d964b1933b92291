"""Mean change of matched pairs: the class first, village and naive intervals with their labels beside it."""

from __future__ import annotations

import numpy as np

from analysis.stats.assumptions import Assumption
from analysis.stats.codes import Alternative, EstimateName, Method, Reason, SamplingUnit, Statistic, Status, Unit
from analysis.stats.matching import Codes, Floats, PairedScores
from analysis.stats.moments import Formula, Moments, TInterval, t_interval
from analysis.stats.one_sample import class_interval, effective_clusters, is_dominated
from analysis.stats.result import Estimate, not_estimable

METHOD_OF_UNIT = {
    SamplingUnit.CLASS: Method.CLASS_JACKKNIFE_T,
    SamplingUnit.VILLAGE: Method.VILLAGE_JACKKNIFE_T,
    SamplingUnit.PERSON: Method.PAIRED_T,
}
# The methods of the interval over classes that comes first: one of them made it.
CLASS_METHODS = (Method.CLASS_JACKKNIFE_T, Method.CLASS_CR2_T)
# Where one cluster dominates.
CR2_METHOD_OF_UNIT = {SamplingUnit.CLASS: Method.CLASS_CR2_T, SamplingUnit.VILLAGE: Method.VILLAGE_CR2_T}
ASSUMES_OF_UNIT = {
    SamplingUnit.CLASS: Assumption.CLASSES_INDEPENDENT,
    SamplingUnit.VILLAGE: Assumption.CLASSES_WITHOUT_EFFECT,
    SamplingUnit.PERSON: Assumption.PEOPLE_INDEPENDENT,
}


def clusters_of(pairs: PairedScores, unit: SamplingUnit) -> Codes | None:
    """Return each person's cluster for a sampling unit: class, village, or the person; None where not recorded."""
    if unit is SamplingUnit.CLASS:
        return pairs.classes
    if unit is SamplingUnit.VILLAGE:
        return pairs.villages
    return np.arange(pairs.n, dtype=np.int64)


def why_not_clustered(pairs: PairedScores, unit: SamplingUnit) -> Reason | None:
    """Return why an interval with this unit is impossible, or None where it is possible."""
    clusters = clusters_of(pairs, unit)
    if clusters is None:
        return Reason.CLASS_NOT_RECORDED if unit is SamplingUnit.CLASS else Reason.VILLAGE_NOT_RECORDED
    if pairs.n < 2:
        return Reason.TOO_FEW_PEOPLE
    if int(clusters.max()) < 1:
        return Reason.TOO_FEW_CLASSES
    return None


def cluster_count(pairs: PairedScores, unit: SamplingUnit) -> int | None:
    """Return the number of clusters; None where they were not recorded, or people are the unit."""
    clusters = None if unit is SamplingUnit.PERSON else clusters_of(pairs, unit)
    return None if clusters is None else int(clusters.max()) + 1 if clusters.size else 0


def from_interval(
    interval: TInterval,
    *,
    name: EstimateName,
    unit: Unit,
    method: Method,
    n: int,
    n_missing: int = 0,
    sampling_unit: SamplingUnit = SamplingUnit.CLASS,
    clusters: int | None = None,
    assumes: str | None = None,
    reason: Reason | None = None,
) -> Estimate:
    """Return a t interval and its two-sided test of 0 as an :class:`Estimate`."""
    return Estimate(
        estimate_name=name,
        unit=unit,
        method=method,
        status=Status.ESTIMATED,
        estimate=interval.estimate,
        estimate_low=interval.low,
        estimate_high=interval.high,
        interval_level=interval.level,
        statistic_name=Statistic.T,
        statistic=interval.statistic,
        df=interval.df,
        p_value=interval.p_value,
        n=n,
        n_missing=n_missing,
        sampling_unit=sampling_unit,
        clusters=clusters,
        assumes=assumes,
        alternative=Alternative.TWO_SIDED,
        reason=reason,
    )


def change_of(m: Moments) -> Floats:
    """Return the mean change."""
    return m.mean_change


def interval_of(
    pairs: PairedScores, unit: SamplingUnit, formula: Formula, level: float
) -> tuple[TInterval | None, Method]:
    """Return the interval of a function of the moments with clusters as units, and the method that made it."""
    clusters = clusters_of(pairs, unit)
    if clusters is None:
        return None, METHOD_OF_UNIT[unit]
    interval, is_cr2 = class_interval(pairs.pre, pairs.post, clusters, formula, level)
    return interval, CR2_METHOD_OF_UNIT[unit] if is_cr2 else METHOD_OF_UNIT[unit]


def mean_change_interval(pairs: PairedScores, unit: SamplingUnit, level: float) -> tuple[TInterval | None, Method]:
    """Return the interval of the mean change, None where the changes do not vary between the units; and its method."""
    if unit is SamplingUnit.PERSON:
        change = pairs.change
        error = float(change.std(ddof=1) / np.sqrt(pairs.n))
        return t_interval(float(change.mean()), error, pairs.n - 1, level), METHOD_OF_UNIT[unit]
    return interval_of(pairs, unit, change_of, level)


def mean_change(pairs: PairedScores, *, unit: SamplingUnit = SamplingUnit.CLASS, level: float = 0.95) -> Estimate:
    """Return the mean change (post - pre, test points) with its interval and two-sided test of no change.

    With ``unit`` class or village the interval is the jackknife over clusters, t with G - 1 degrees of freedom, or CR2
    with Satterthwaite's where one cluster dominates (the method says which); with person it is the ordinary paired t,
    which holds only if people were independent and carries that condition in ``assumes``. ``not_estimable``: the
    cluster was not recorded, fewer than two clusters or pairs, changes all equal.
    """
    interval, method = None, METHOD_OF_UNIT[unit]
    reason = why_not_clustered(pairs, unit)
    if reason is None:
        interval, method = mean_change_interval(pairs, unit, level)
    return _as_change(pairs, interval, method, unit, reason or Reason.NO_VARIATION)


def mean_change_of_class_means(pairs: PairedScores, *, level: float = 0.95) -> Estimate:
    """Return the unweighted mean of the classes' mean changes, t with G - 1 degrees of freedom.

    ``not_estimable`` as :func:`mean_change` of classes.
    """
    reason, interval = why_not_clustered(pairs, SamplingUnit.CLASS), None
    if reason is None and pairs.classes is not None:
        sums = np.bincount(pairs.classes, weights=pairs.change)
        means = sums / np.bincount(pairs.classes)
        interval = t_interval(
            float(means.mean()), float(means.std(ddof=1) / np.sqrt(means.size)), means.size - 1, level
        )
    method = Method.MEAN_OF_CLASS_MEANS_T
    return _as_change(pairs, interval, method, SamplingUnit.CLASS, reason or Reason.NO_VARIATION)


def _as_change(
    pairs: PairedScores, interval: TInterval | None, method: Method, unit: SamplingUnit, reason: Reason
) -> Estimate:
    name, clusters = EstimateName.MEAN_CHANGE, cluster_count(pairs, unit)
    if interval is None:
        return not_estimable(
            name,
            Unit.TEST_POINTS,
            method,
            reason,
            n=pairs.n,
            n_missing=pairs.n_missing,
            sampling_unit=unit,
            clusters=clusters,
        )
    return from_interval(
        interval,
        name=name,
        unit=Unit.TEST_POINTS,
        method=method,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=unit,
        clusters=clusters,
        assumes=ASSUMES_OF_UNIT[unit],
    )


def effective_number_of_classes(pairs: PairedScores) -> Estimate:
    """Return how many classes of one size weigh as much as the recorded ones."""
    name, method, clusters = EstimateName.EFFECTIVE_CLASSES, Method.EFFECTIVE_NUMBER, pairs.classes
    if clusters is None or not pairs.n:
        reason = Reason.CLASS_NOT_RECORDED if clusters is None else Reason.TOO_FEW_PEOPLE
        return not_estimable(name, Unit.CLASSES, method, reason, n=pairs.n, sampling_unit=SamplingUnit.CLASS)
    return Estimate(
        estimate_name=name,
        unit=Unit.CLASSES,
        method=method,
        status=Status.ESTIMATED,
        estimate=effective_clusters(np.bincount(clusters).astype(np.float64)),
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.CLASS,
        clusters=cluster_count(pairs, SamplingUnit.CLASS),
    )


def change_over_classes(pairs: PairedScores, *, level: float = 0.95) -> list[Estimate]:
    """Return the effective number of classes and, where one class dominates, the unweighted mean of class means."""
    is_unequal = pairs.classes is not None and is_dominated(np.bincount(pairs.classes).astype(np.float64))
    beside = [mean_change_of_class_means(pairs, level=level)] if is_unequal else []
    return [effective_number_of_classes(pairs), *beside]


def describe_scores(pairs: PairedScores) -> list[Estimate]:
    """Return means, standard deviations (n - 1) and correlation of the two tests, without intervals."""
    values: list[tuple[EstimateName, Unit, float | None]] = [
        (EstimateName.MEAN_PRE, Unit.TEST_POINTS, float(pairs.pre.mean()) if pairs.n else None),
        (EstimateName.MEAN_POST, Unit.TEST_POINTS, float(pairs.post.mean()) if pairs.n else None),
    ]
    spreads = [float(np.std(scores, ddof=1)) if pairs.n > 1 else None for scores in (pairs.pre, pairs.post)]
    values += [(name, Unit.TEST_POINTS, sd) for name, sd in zip(_SPREAD_NAMES, spreads, strict=True)]
    varies = pairs.n > 2 and all(sd for sd in spreads)
    correlation = float(np.corrcoef(pairs.pre, pairs.post)[0, 1]) if varies else None
    values.append((EstimateName.PRE_POST_CORRELATION, Unit.NONE, correlation))
    return [_described(name, unit, value, pairs) for name, unit, value in values]


_SPREAD_NAMES = (EstimateName.SD_PRE, EstimateName.SD_POST)


def _described(name: EstimateName, unit: Unit, value: float | None, pairs: PairedScores) -> Estimate:
    if value is None:
        reason = Reason.TOO_FEW_PEOPLE if pairs.n < 3 else Reason.NO_VARIATION
        return not_estimable(name, unit, Method.DESCRIPTION, reason, n=pairs.n, n_missing=pairs.n_missing)
    return Estimate(
        estimate_name=name,
        unit=unit,
        method=Method.DESCRIPTION,
        status=Status.ESTIMATED,
        estimate=value,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.PERSON,
    )
