"""Mean change of matched pairs: class jackknife first, village and naive intervals with their labels beside it."""

from __future__ import annotations

import numpy as np

from analysis.stats.assumptions import Assumption
from analysis.stats.codes import Alternative, EstimateName, Method, Reason, SamplingUnit, Statistic, Status, Unit
from analysis.stats.matching import Codes, PairedScores
from analysis.stats.moments import TInterval, jackknife_interval, moments, t_interval
from analysis.stats.result import Estimate, not_estimable

METHOD_OF_UNIT = {
    SamplingUnit.CLASS: Method.CLASS_JACKKNIFE_T,
    SamplingUnit.VILLAGE: Method.VILLAGE_JACKKNIFE_T,
    SamplingUnit.PERSON: Method.PAIRED_T,
}
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


def mean_change_interval(pairs: PairedScores, unit: SamplingUnit, level: float) -> TInterval | None:
    """Return the interval of the mean change; None where the changes do not vary between the units."""
    change = pairs.change
    if unit is SamplingUnit.PERSON:
        return t_interval(float(change.mean()), float(change.std(ddof=1) / np.sqrt(pairs.n)), pairs.n - 1, level)
    clusters = clusters_of(pairs, unit)
    full, without_each = moments(pairs.pre, pairs.post, clusters)
    if without_each is None:
        return None
    return jackknife_interval(float(full.mean_change[0]), without_each.mean_change, level)


def mean_change(pairs: PairedScores, *, unit: SamplingUnit = SamplingUnit.CLASS, level: float = 0.95) -> Estimate:
    """Return the mean change (post - pre, test points) with its interval and two-sided test of no change.

    With ``unit`` class or village the interval is the jackknife over clusters, t with G - 1 degrees of freedom; with
    person it is the ordinary paired t, which holds only if people were independent and carries that condition in
    ``assumes``. ``not_estimable``: the cluster was not recorded, fewer than two clusters or pairs, changes all equal.
    """
    method = METHOD_OF_UNIT[unit]
    reason = why_not_clustered(pairs, unit)
    interval = None if reason else mean_change_interval(pairs, unit, level)
    if interval is None:
        return not_estimable(
            EstimateName.MEAN_CHANGE,
            Unit.TEST_POINTS,
            method,
            reason or Reason.NO_VARIATION,
            n=pairs.n,
            n_missing=pairs.n_missing,
            sampling_unit=unit,
            clusters=cluster_count(pairs, unit),
        )
    return from_interval(
        interval,
        name=EstimateName.MEAN_CHANGE,
        unit=Unit.TEST_POINTS,
        method=method,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=unit,
        clusters=cluster_count(pairs, unit),
        assumes=ASSUMES_OF_UNIT[unit],
    )


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
