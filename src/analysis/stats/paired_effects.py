"""Standardised mean changes of matched pairs; each says what the change is divided by.

======================  ===========================================================================
d_z                     standard deviation of the changes
d_av                    root of the mean of the two tests' variances
d_rm                    standard deviation of the changes over sqrt(2 (1 - r))
Glass's delta           standard deviation of the pretest
======================  ===========================================================================

Sources: Lakens, D. (2013), Frontiers in Psychology 4, 863 (d_z, d_av, d_rm); Bonett, D. G. (2008), Psychological
Methods 13, 99-109 (variances of d_av and Glass's delta with unequal variances; ``SMCRH`` in metafor); Cousineau, D. and
Goulet-Pelletier, J.-C. (2021), The Quantitative Methods for Psychology 17, 51-60 (degrees of freedom of d_av).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize, special, stats

from analysis.stats.codes import Effect, EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.matching import Floats, PairedScores
from analysis.stats.moments import RELATIVE_ZERO, Moments, jackknife_interval, moments
from analysis.stats.paired import (
    ASSUMES_OF_UNIT,
    METHOD_OF_UNIT,
    cluster_count,
    clusters_of,
    interval_of,
    why_not_clustered,
)
from analysis.stats.result import Estimate, not_estimable


def _d_z(m: Moments) -> Floats:
    return m.mean_change / np.sqrt(m.variance_change)


def _d_av(m: Moments) -> Floats:
    return m.mean_change / np.sqrt((m.variance_pre + m.variance_post) / 2)


def _d_rm(m: Moments) -> Floats:
    correlation = m.covariance / np.sqrt(m.variance_pre * m.variance_post)
    value: Floats = _d_z(m) * np.sqrt(2 * np.maximum(1 - correlation, 0.0))
    return value


def _glass(m: Moments) -> Floats:
    return m.mean_change / np.sqrt(m.variance_pre)


FORMULAS: dict[Effect, Callable[[Moments], Floats]] = {
    Effect.D_Z: _d_z,
    Effect.D_AV: _d_av,
    Effect.D_RM: _d_rm,
    Effect.GLASS_DELTA_PRE: _glass,
}
# With the small-sample factor; d_rm has none.
HEDGES_OF = {
    Effect.D_Z: Effect.HEDGES_D_Z,
    Effect.D_AV: Effect.HEDGES_D_AV,
    Effect.GLASS_DELTA_PRE: Effect.HEDGES_GLASS_DELTA_PRE,
}


def hedges_factor(df: float) -> float:
    """Return Hedges's exact factor J(df) = Gamma(df/2) / (sqrt(df/2) Gamma((df-1)/2)) (Hedges 1981, equation 6e)."""
    if df <= 1:
        return float("nan")
    return float(np.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2) - 0.5 * np.log(df / 2)))


def effect_value(pairs: PairedScores, effect: Effect) -> float:
    """Return an uncorrected standardised change, NaN where its divisor is zero or all changes are zero."""
    full, _ = moments(pairs.pre, pairs.post)
    change = pairs.change
    is_constant = float(np.ptp(change)) <= RELATIVE_ZERO * max(float(np.abs(change).max()), 1.0)
    if is_constant and (effect in (Effect.D_Z, Effect.D_RM) or not change.any()):
        return float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(FORMULAS[effect](full)[0])
    return value if np.isfinite(value) else float("nan")


def correction(pairs: PairedScores, effect: Effect) -> float | None:
    """Return the small-sample factor of an effect: df n - 1 (d_z, Glass), 2 (n - 1)/(1 + r^2) (d_av); None for d_rm.

    Where a test does not vary, r is not defined and d_av's divisor rests on the other test alone: n - 1.
    """
    if effect is Effect.D_RM:
        return None
    df = float(pairs.n - 1)
    if effect is Effect.D_AV and np.ptp(pairs.pre) > 0 and np.ptp(pairs.post) > 0:
        df = 2 * df / (1 + float(np.corrcoef(pairs.pre, pairs.post)[0, 1]) ** 2)
    return hedges_factor(df)


@dataclass(frozen=True, slots=True)
class _Limits:
    low: float
    high: float
    method: Method
    df: float | None


def noncentral_t_limits(d_z: float, n: int, level: float) -> tuple[float, float]:
    """Return the exact limits of d_z under normal, independent changes, by inverting the noncentral t.

    As ``effectsize::cohens_d(..., paired = TRUE)``; uncorrected, as the factor corrects the point estimate's bias and
    not the parameter.
    """
    if d_z < 0:  # the distribution function of scipy is NaN far in the other tail of a negative t
        low, high = noncentral_t_limits(-d_z, n, level)
        return -high, -low
    t, df, tail = d_z * np.sqrt(n), n - 1, (1 - level) / 2
    span = 8 * np.sqrt(1 + t**2 / df) + 2

    def share_below(noncentrality: float) -> float:
        share = float(stats.nct.cdf(t, df, noncentrality))
        # far out in a tail scipy may return NaN; there the share is 0 or 1 to all digits
        return share if np.isfinite(share) else float(noncentrality < t)

    def root(target: float) -> float:
        return float(optimize.brentq(lambda nc: share_below(nc) - target, t - span, t + span, xtol=1e-12))

    return float(root(1 - tail) / np.sqrt(n)), float(root(tail) / np.sqrt(n))


def bonett_variance(full: Moments, effect: Effect) -> float:
    """Return Bonett's variance of d_av or Glass's delta of independent people (Bonett 2008, equations 10 and 13)."""
    df = float(full.n[0]) - 1
    s1, s2, s12 = (float(v[0]) for v in (full.variance_pre, full.variance_post, full.covariance))
    d2 = float(FORMULAS[effect](full)[0]) ** 2
    if effect is Effect.GLASS_DELTA_PRE:
        return d2 / (2 * df) + float(full.variance_change[0]) / (df * s1)
    s_av2 = (s1 + s2) / 2
    return d2 * (s1**2 + s2**2 + 2 * s12**2) / (8 * df * s_av2**2) + float(full.variance_change[0]) / (df * s_av2)


def _naive_limits(pairs: PairedScores, effect: Effect, level: float) -> _Limits | None:
    full, without_each = moments(pairs.pre, pairs.post, clusters_of(pairs, SamplingUnit.PERSON))
    d = effect_value(pairs, effect)
    if effect is Effect.D_Z:
        return _Limits(*noncentral_t_limits(d, pairs.n, level), Method.NONCENTRAL_T, pairs.n - 1)
    if effect is Effect.D_RM:
        if without_each is None or pairs.n < 4:
            return None
        return _jackknife_limits(d, _d_rm(without_each), level, Method.PERSON_JACKKNIFE_T)
    half = float(stats.norm.ppf(0.5 + level / 2)) * np.sqrt(bonett_variance(full, effect))
    centre = d * (correction(pairs, effect) or 1.0)
    return _Limits(centre - half, centre + half, Method.PAIRED_D_VARIANCE, None)


def _jackknife_limits(centre: float, without_each: Floats, level: float, method: Method) -> _Limits | None:
    interval = jackknife_interval(centre, without_each, level)
    if interval is None:
        return None
    return _Limits(interval.low, interval.high, method, interval.df)


def _cluster_limits(pairs: PairedScores, effect: Effect, unit: SamplingUnit, level: float) -> _Limits | None:
    interval, method = interval_of(pairs, unit, FORMULAS[effect], level)
    return None if interval is None else _Limits(interval.low, interval.high, method, interval.df)


def standardised_change(
    pairs: PairedScores, effect: Effect, *, unit: SamplingUnit = SamplingUnit.CLASS, level: float = 0.95
) -> Estimate:
    """Return one standardised mean change, uncorrected, with its interval.

    Parameters
    ----------
    effect
        One of D_Z, D_AV, D_RM, GLASS_DELTA_PRE.
    unit
        CLASS or VILLAGE: leave-one-cluster-out jackknife, t with G - 1 degrees of freedom, or CR2 of the linear part
        where one cluster dominates. PERSON: noncentral t (d_z), Bonett's variance (d_av, Glass; around the corrected
        value), person jackknife (d_rm); these hold only if people were independent.

    Returns
    -------
    Estimate
        In standard deviations; ``not_estimable`` where the divisor is zero, also with a cluster left out, or there are
        too few pairs or clusters.
    """
    reason = why_not_clustered(pairs, unit)
    value = effect_value(pairs, effect) if pairs.n > 1 else float("nan")
    if reason is None and not np.isfinite(value):
        reason = Reason.NO_VARIATION
    if reason is not None:
        return _no_effect(pairs, reason, unit)
    by_person = unit is SamplingUnit.PERSON
    limits = _naive_limits(pairs, effect, level) if by_person else _cluster_limits(pairs, effect, unit, level)
    if limits is None and not by_person:
        return _no_effect(pairs, Reason.NO_INTERVAL, unit)
    return _as_estimate(pairs, effect, value, limits, unit, level)


def corrected(estimate: Estimate, pairs: PairedScores, effect: Effect) -> Estimate | None:
    """Return an effect with Hedges's factor on the point value; the limits stay those of the uncorrected effect.

    The limits are of the parameter, which the factor does not change (``effectsize::hedges_g`` multiplies them as well:
    its limits divided by the factor are these). None for d_rm, which has no such factor.
    """
    factor = correction(pairs, effect) if effect in HEDGES_OF and estimate.estimate is not None else None
    if factor is None or estimate.estimate is None or not np.isfinite(factor):
        return None
    value = estimate.estimate * factor
    return replace(estimate, estimate=value, effect=value, effect_name=HEDGES_OF[effect])


def _no_effect(pairs: PairedScores, reason: Reason, unit: SamplingUnit) -> Estimate:
    return not_estimable(
        EstimateName.STANDARDISED_CHANGE,
        Unit.STANDARD_DEVIATIONS,
        METHOD_OF_UNIT[unit],
        reason,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=unit,
        clusters=cluster_count(pairs, unit),
    )


def _as_estimate(
    pairs: PairedScores, effect: Effect, value: float, limits: _Limits | None, unit: SamplingUnit, level: float
) -> Estimate:
    return Estimate(
        estimate_name=EstimateName.STANDARDISED_CHANGE,
        unit=Unit.STANDARD_DEVIATIONS,
        method=limits.method if limits else METHOD_OF_UNIT[unit],
        status=Status.ESTIMATED,
        estimate=value,
        estimate_low=limits.low if limits else None,
        estimate_high=limits.high if limits else None,
        interval_level=level if limits else None,
        df=limits.df if limits else None,
        effect_name=effect,
        effect=value,
        effect_low=limits.low if limits else None,
        effect_high=limits.high if limits else None,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=unit,
        clusters=cluster_count(pairs, unit),
        assumes=ASSUMES_OF_UNIT[unit],
        reason=None if limits else Reason.NO_INTERVAL,
    )
