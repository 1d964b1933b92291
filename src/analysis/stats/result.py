"""The one shape in which every analysis reports what it estimated.

An ``Estimate`` carries the statistical columns of the results table. It is frozen, unrounded and free of
any language: names, methods and reasons are codes from :mod:`analysis.stats.codes`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scipy import special

from analysis.stats.codes import (
    Adjustment,
    Alternative,
    Effect,
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Statistic,
    Status,
    Unit,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One estimate with its uncertainty; positive means "later batch / post is higher".

    ``None`` marks a field that does not apply. ``estimate_low``/``estimate_high`` are the limits of the
    interval at ``interval_level`` (or, where ``status`` is ``bounded`` and ``interval_level`` is None,
    the limits between which the estimate is identified). ``p_low``/``p_high`` and the limits of ``effect``
    are identification bounds where ``status`` is ``bounded``. ``assumes`` lists conditions in plain English
    words that are also the keys of the report's catalogues, joined by ``"; "``.
    """

    estimate_name: EstimateName
    unit: Unit
    method: Method
    status: Status
    estimate: float | None = None
    estimate_low: float | None = None
    estimate_high: float | None = None
    interval_level: float | None = None
    statistic_name: Statistic | None = None
    statistic: float | None = None
    df: float | None = None
    p_value: float | None = None
    p_low: float | None = None
    p_high: float | None = None
    p_adjusted: float | None = None
    adjustment: Adjustment | None = None
    family: str | None = None
    effect_name: Effect | None = None
    effect: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    n: int | None = None
    n_missing: int | None = None
    sampling_unit: SamplingUnit | None = None
    clusters: int | None = None
    breakdown_design_effect: float | None = None
    verdict: Verdict | None = None
    assumes: str | None = None
    alternative: Alternative | None = None
    reason: Reason | None = None

    def standard_error(self) -> float | None:
        """Return the standard error behind a symmetric t interval, also of an estimate of 0; None without a width."""
        low, high, level, df = self.estimate_low, self.estimate_high, self.interval_level, self.df
        if low is None or high is None or level is None or df is None:
            return None
        error = (high - low) / (2 * float(special.stdtrit(df, 0.5 + level / 2)))
        return error if error > 0 else None

    def with_adjustment(self, p_adjusted: float | None, adjustment: Adjustment, family: str) -> Estimate:
        """Return a copy that carries its multiplicity-adjusted p-value and the family it belongs to."""
        return replace(self, p_adjusted=p_adjusted, adjustment=adjustment, family=family)


def not_estimable(
    name: EstimateName,
    unit: Unit,
    method: Method,
    reason: Reason,
    *,
    n: int | None = None,
    n_missing: int | None = None,
    sampling_unit: SamplingUnit | None = None,
    clusters: int | None = None,
) -> Estimate:
    """Return the result of an analysis that the data do not allow, with its reason."""
    return Estimate(
        estimate_name=name,
        unit=unit,
        method=method,
        status=Status.NOT_ESTIMABLE,
        reason=reason,
        n=n,
        n_missing=n_missing,
        sampling_unit=sampling_unit,
        clusters=clusters,
    )
