"""Small builders of result rows that every question about the responses uses."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.reaction.responses import Responses
from analysis.stats.assumptions import Assumption, join
from analysis.stats.codes import (
    Alternative,
    Effect,
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Statistic,
    Status,
    Unit,
)
from analysis.stats.group_jackknife import Interval
from analysis.stats.result import Estimate, not_estimable

CLASS_CONDITIONS = join(Assumption.CLASSES_INDEPENDENT, Assumption.PLACE_AND_DATE_IN_BATCH)
PERMUTATION_CONDITIONS = join(Assumption.CLASSES_EXCHANGEABLE, Assumption.PLACE_AND_DATE_IN_BATCH)


def number(value: object) -> float | None:
    """Return a float, None for NaN and infinite values."""
    found = float(value)  # type: ignore[arg-type]
    return found if math.isfinite(found) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What a row says about the people behind it."""

    n: int
    n_missing: int
    unit: SamplingUnit
    clusters: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What is estimated, how, and in which unit; ``effect`` where the estimate is an effect size itself."""

    name: EstimateName
    unit: Unit
    method: Method
    assumes: str | None = None
    effect: Effect | None = None


# The contrast of two batches on class means: the headline of scores and indicators.
MEAN_DIFFERENCE = Quantity(
    name=EstimateName.MEAN_DIFFERENCE,
    unit=Unit.SCALE_POINTS,
    method=Method.WELCH_T_CLASS_MEANS,
    assumes=CLASS_CONDITIONS,
)


def interval_estimate(
    quantity: Quantity,
    sample: Sample,
    interval: Interval,
    *,
    level: float,
    reason: Reason = Reason.TOO_FEW_CLASSES,
    position: int | None = None,
    has_test: bool = True,
) -> Estimate:
    """Return an estimate with its t interval.

    Where there are no limits the row says why (``reason``); where there is no estimate it is not estimable.
    ``position`` picks one entry of an interval of several; ``has_test`` keeps t and p.
    """
    value, low, high, t, df, p = (
        number(field if position is None else field[position])
        for field in (interval.estimate, interval.low, interval.high, interval.t, interval.df, interval.p_value)
    )
    if value is None:
        return missing_estimate(quantity, sample, reason)
    has_limits = low is not None and high is not None
    is_tested = has_limits and has_test
    return Estimate(
        estimate_name=quantity.name,
        unit=quantity.unit,
        method=quantity.method,
        status=Status.ESTIMATED,
        estimate=value,
        estimate_low=low,
        estimate_high=high,
        interval_level=level if has_limits else None,
        statistic_name=Statistic.T if is_tested else None,
        statistic=t if is_tested else None,
        df=df if has_limits else None,
        p_value=p if is_tested else None,
        alternative=Alternative.TWO_SIDED if is_tested else None,
        effect_name=quantity.effect,
        effect=value if quantity.effect else None,
        effect_low=low if quantity.effect else None,
        effect_high=high if quantity.effect else None,
        n=sample.n,
        n_missing=sample.n_missing,
        sampling_unit=sample.unit,
        clusters=sample.clusters,
        assumes=quantity.assumes,
        reason=None if has_limits else reason,
    )


def missing_estimate(quantity: Quantity, sample: Sample, reason: Reason) -> Estimate:
    """Return the row of something that the data do not allow to estimate."""
    return not_estimable(
        quantity.name,
        quantity.unit,
        quantity.method,
        reason,
        n=sample.n,
        n_missing=sample.n_missing,
        sampling_unit=sample.unit,
        clusters=sample.clusters,
    )


def plain_estimate(
    quantity: Quantity,
    sample: Sample,
    value: object,
    *,
    low: object = math.nan,
    high: object = math.nan,
    level: float | None = None,
    reason: Reason | None = None,
) -> Estimate:
    """Return a described value, with limits where they are known; ``reason`` says why they are not."""
    estimate, lower, upper = number(value), number(low), number(high)
    if estimate is None:
        return missing_estimate(quantity, sample, reason or Reason.ITEM_NOT_ANSWERED)
    has_limits = lower is not None and upper is not None
    return Estimate(
        estimate_name=quantity.name,
        unit=quantity.unit,
        method=quantity.method,
        status=Status.ESTIMATED,
        estimate=estimate,
        estimate_low=lower if has_limits else None,
        estimate_high=upper if has_limits else None,
        interval_level=level if has_limits else None,
        effect_name=quantity.effect,
        effect=estimate if quantity.effect else None,
        n=sample.n,
        n_missing=sample.n_missing,
        sampling_unit=sample.unit,
        clusters=sample.clusters,
        assumes=quantity.assumes,
        reason=None if has_limits else reason,
    )


def without_responses(
    data: StudyData, analysis: str, quantity: Quantity, reason: Reason = Reason.NO_SUCH_DATA
) -> Outcome:
    """Return the one row of a study that cannot answer a question."""
    estimate = not_estimable(quantity.name, quantity.unit, quantity.method, reason)
    return outcome(data.identity, [Row(analysis, "all", None, estimate)])


def pair_reason(responses: Responses, pair: tuple[int, int], otherwise: Reason) -> Reason:
    """Return why a contrast of two batches has no limits."""
    if responses.class_code is None:
        return Reason.CLASS_NOT_RECORDED
    classes = responses.classes_per_batch[list(pair)]
    if (classes == 0).any():
        return Reason.BATCH_NOT_ANSWERED
    return Reason.ONE_CLASS_IN_BATCH if (classes == 1).any() else otherwise


def batch_sample(n: object, people: int, clusters: object, unit: SamplingUnit = SamplingUnit.CLASS) -> Sample:
    """Return the sample of a row over ``people`` people of whom ``n`` answered, in so many clusters."""
    answered = int(n)  # type: ignore[call-overload]
    return Sample(
        n=answered,
        n_missing=people - answered,
        unit=unit,
        clusters=None if clusters is None else int(clusters),  # type: ignore[call-overload]
    )
