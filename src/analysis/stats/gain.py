"""Normalised gain, its bands, floor and ceiling, and reliable change.

N-gain g = (post - pre)/(maximum - pre): Hake, R. R. (1998), American Journal of Physics 66, 64-74. The gain of the
means comes first; the mean of individual gains is another quantity, and people with pre = maximum have none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.matching import Floats, PairedScores
from analysis.stats.moments import Formula, Moments, moments
from analysis.stats.paired import change_of, cluster_count, from_interval, interval_of, why_not_clustered
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import share_of_people

# Hake (1998): high from .7, medium from .3.
HIGH_GAIN = 0.7
MEDIUM_GAIN = 0.3


class GainBand(StrEnum):
    """Hake's bands, with falling scores apart; UNDEFINED is pre at the maximum."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NEGATIVE = "negative"
    UNDEFINED = "undefined"


def is_in_range(pairs: PairedScores, maximum: float) -> bool:
    """Tell whether every score lies between 0 and the maximum."""
    return bool(
        pairs.n == 0
        or (min(pairs.pre.min(), pairs.post.min()) >= 0 and max(pairs.pre.max(), pairs.post.max()) <= maximum)
    )


def individual_gains(pairs: PairedScores, maximum: float) -> Floats:
    """Return each person's N-gain, NaN where the pretest is at the maximum."""
    room = maximum - pairs.pre
    gains = np.full(pairs.n, np.nan)
    np.divide(pairs.change, room, out=gains, where=room > 0)
    return gains


def bands_of(gains: Floats) -> NDArray[np.str_]:
    """Return each person's band."""
    conditions = [np.isnan(gains), gains >= HIGH_GAIN, gains >= MEDIUM_GAIN, gains >= 0]
    names = [GainBand.UNDEFINED, GainBand.HIGH, GainBand.MEDIUM, GainBand.LOW]
    return np.select(conditions, [str(name) for name in names], default=str(GainBand.NEGATIVE))


def gain_bands(gains: Floats) -> dict[GainBand, int]:
    """Return how many people fall into each band."""
    bands = bands_of(gains)
    return {band: int((bands == str(band)).sum()) for band in GainBand}


def _why_no_gain(pairs: PairedScores, maximum: float | None) -> Reason | None:
    if maximum is None:
        return Reason.MAXIMUM_NOT_KNOWN
    if not is_in_range(pairs, maximum):
        return Reason.SCORES_OUTSIDE_RANGE
    if pairs.n == 0:
        return Reason.TOO_FEW_PEOPLE
    return Reason.PRE_AT_MAXIMUM if bool((pairs.pre >= maximum).all()) else None


def _refused(pairs: PairedScores, name: EstimateName, unit: Unit, method: Method, reason: Reason) -> Estimate:
    return not_estimable(
        name,
        unit,
        method,
        reason,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.CLASS,
        clusters=cluster_count(pairs, SamplingUnit.CLASS),
    )


def _point_or_interval(
    pairs: PairedScores, name: EstimateName, value: float, formula: Formula, level: float, n_missing: int
) -> Estimate:
    """Return a value with its interval over classes; the value alone, with the reason, where there is none."""
    clusters = cluster_count(pairs, SamplingUnit.CLASS)
    reason = why_not_clustered(pairs, SamplingUnit.CLASS)
    interval, method = None, Method.CLASS_JACKKNIFE_T
    if reason is None:
        interval, method = interval_of(pairs, SamplingUnit.CLASS, formula, level)
    if interval is not None:
        return from_interval(
            interval,
            name=name,
            unit=Unit.RATIO,
            method=method,
            n=pairs.n,
            n_missing=n_missing,
            clusters=clusters,
            assumes=Assumption.CLASSES_INDEPENDENT,
        )
    return Estimate(
        estimate_name=name,
        unit=Unit.RATIO,
        method=method,
        status=Status.ESTIMATED,
        estimate=value,
        n=pairs.n,
        n_missing=n_missing,
        sampling_unit=SamplingUnit.CLASS,
        clusters=clusters,
        reason=reason or Reason.NO_VARIATION,
    )


def gain_of_means(pairs: PairedScores, maximum: float | None, *, level: float = 0.95) -> Estimate:
    """Return (mean post - mean pre)/(maximum - mean pre) with its interval over classes.

    Without two classes the value stands without an interval and says why. ``not_estimable``: maximum unknown, a
    score outside 0..maximum, every pretest at the maximum, no pair.
    """
    name, reason = EstimateName.N_GAIN_OF_MEANS, _why_no_gain(pairs, maximum)
    if reason is not None or maximum is None:
        return _refused(pairs, name, Unit.RATIO, Method.CLASS_JACKKNIFE_T, reason or Reason.MAXIMUM_NOT_KNOWN)

    def formula(m: Moments) -> Floats:
        return m.mean_change / (maximum - m.mean_pre)

    value = float(formula(moments(pairs.pre, pairs.post)[0])[0])
    return _point_or_interval(pairs, name, value, formula, level, pairs.n_missing)


def mean_individual_gain(pairs: PairedScores, maximum: float | None, *, level: float = 0.95) -> list[Estimate]:
    """Return mean and median of the individual N-gains; people without one (pre = maximum) count as missing."""
    names = (EstimateName.MEAN_INDIVIDUAL_N_GAIN, EstimateName.MEDIAN_INDIVIDUAL_N_GAIN)
    reason = _why_no_gain(pairs, maximum)
    if reason is not None or maximum is None:
        why = reason or Reason.MAXIMUM_NOT_KNOWN
        return [_refused(pairs, name, Unit.RATIO, Method.DESCRIPTION, why) for name in names]
    gains = individual_gains(pairs, maximum)
    defined = ~np.isnan(gains)
    chosen = pairs.only(defined)
    values, n_missing = gains[defined], pairs.n_missing + int((~defined).sum())
    of_gains = replace(chosen, pre=np.zeros_like(values), post=values)
    mean = _point_or_interval(of_gains, names[0], float(values.mean()), change_of, level, n_missing)
    median = Estimate(
        estimate_name=names[1],
        unit=Unit.RATIO,
        method=Method.DESCRIPTION,
        status=Status.ESTIMATED,
        estimate=float(np.median(values)),
        n=chosen.n,
        n_missing=n_missing,
        sampling_unit=SamplingUnit.PERSON,
    )
    return [mean, median]


@dataclass(frozen=True, slots=True)
class EdgeShares:
    """Shares of people at the lowest and the highest possible score of each test."""

    floor_pre: Estimate
    ceiling_pre: Estimate
    floor_post: Estimate
    ceiling_post: Estimate


def floor_and_ceiling(pairs: PairedScores, maximum: float | None, *, level: float = 0.95) -> EdgeShares:
    """Return who scored 0 or the maximum, before and after."""
    reason = Reason.MAXIMUM_NOT_KNOWN if maximum is None else None
    if maximum is not None and not is_in_range(pairs, maximum):
        reason = Reason.SCORES_OUTSIDE_RANGE
    if reason is not None or maximum is None:
        refused = _refused(
            pairs, EstimateName.SHARE, Unit.SHARE, Method.WILSON_EFFECTIVE_N, reason or Reason.MAXIMUM_NOT_KNOWN
        )
        return EdgeShares(refused, refused, refused, refused)
    masks = (pairs.pre == 0, pairs.pre == maximum, pairs.post == 0, pairs.post == maximum)
    shares = [share_of_people(m, classes=pairs.classes, level=level, n_missing=pairs.n_missing) for m in masks]
    return EdgeShares(*shares)


def reliable_change(pairs: PairedScores, reliability: float | None, *, level: float = 0.95) -> dict[str, Estimate]:
    """Return the shares whose change exceeds what an unreliable test does by itself, up and down.

    Jacobson, N. S. and Truax, P. (1991), Journal of Consulting and Clinical Psychology 59, 12-19: |change| above
    z SD_pre sqrt(2 (1 - reliability)). ``reliability`` lies between 0 and 1; None: not estimable.
    Raises ValueError for a reliability outside 0..1.
    """
    if reliability is not None and not 0 < reliability < 1:
        raise ValueError(f"reliability lies strictly between 0 and 1, found {reliability}")
    reason = Reason.RELIABILITY_NOT_GIVEN if reliability is None else None
    if reason is None and (pairs.n < 2 or float(pairs.pre.std(ddof=1)) == 0):
        reason = Reason.TOO_FEW_PEOPLE if pairs.n < 2 else Reason.NO_VARIATION
    if reason is not None or reliability is None:
        why = reason or Reason.RELIABILITY_NOT_GIVEN
        refused = _refused(pairs, EstimateName.SHARE, Unit.SHARE, Method.RELIABLE_CHANGE_INDEX, why)
        return {"reliably_improved": refused, "reliably_worse": refused}
    noise = float(pairs.pre.std(ddof=1)) * np.sqrt(2 * (1 - reliability))
    threshold = float(stats.norm.ppf(0.5 + level / 2)) * noise
    masks = {"reliably_improved": pairs.change > threshold, "reliably_worse": pairs.change < -threshold}
    return {
        key: share_of_people(m, classes=pairs.classes, level=level, n_missing=pairs.n_missing)
        for key, m in masks.items()
    }
