"""What the printed means say as they stand: means with their rounding, index, agreement of indicators."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import PublishedMeans, published_means
from analysis.stats import assumptions
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import (
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Statistic,
    Status,
    Unit,
)
from analysis.stats.concordance import kendalls_w
from analysis.stats.published.rounding import RoundingRule
from analysis.stats.result import Estimate, not_estimable

MEANS, INDEX, CONCORDANCE = (
    "published.means",
    "published.index",
    "published.concordance",
)


def _limits(published: PublishedMeans) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return printed means (items, batches) and the limits of the unrounded ones, kept on the scale."""
    table = published.table
    step = 10.0**-table.decimals
    value = table.units * step
    below, above = (0.0, step) if published.rule is RoundingRule.CUT_OFF else (step / 2, step / 2)
    return (
        value,
        np.clip(value - below, table.low, table.high),
        np.clip(value + above, table.low, table.high),
    )


def means(data: StudyData) -> Outcome:
    """Return the mean of each indicator, aspect and of all, per batch, with the limits that rounding leaves."""
    published = published_means(data)
    if published is None:
        return _nothing(data, MEANS, EstimateName.MEAN, Method.PRINTED_MEAN)
    value, low, high = _limits(published)
    rows = []
    for position, batch in enumerate(published.batches):
        for item, name in enumerate(published.items):
            rows.append(
                _mean_row(
                    name,
                    batch,
                    value[[item], position],
                    low[[item], position],
                    high[[item], position],
                )
            )
        for aspect in published.aspect_names:
            members = published.members(aspect)
            rows.append(
                _mean_row(
                    aspect,
                    batch,
                    value[members, position],
                    low[members, position],
                    high[members, position],
                )
            )
        rows.append(_mean_row("total", batch, value[:, position], low[:, position], high[:, position]))
    return outcome(data.identity, rows)


def _mean_row(subject: str, batch: str, value: np.ndarray, low: np.ndarray, high: np.ndarray) -> Row:
    estimate = Estimate(
        estimate_name=EstimateName.MEAN,
        unit=Unit.SCALE_POINTS,
        method=Method.PRINTED_MEAN if len(value) == 1 else Method.MEAN_OF_PRINTED_MEANS,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate=float(value.mean()),
        estimate_low=float(low.mean()),
        estimate_high=float(high.mean()),
        assumes=str(Assumption.NONE_BUT_PRINTED),
    )
    return Row(MEANS, subject, batch, estimate)


def index(data: StudyData) -> Outcome:
    """Return the satisfaction index (analogous to IKM) of each batch under both conversions in use.

    IKM is defined on a 1-4 scale. ``ikm_times_twenty`` multiplies a 1-5 mean by 20 (100 / scale end);
    ``ikm_linear_map`` maps the scale linearly to 1-4 and multiplies by 25. Source of the index: Permenpan RB 14/2017.
    """
    published = published_means(data)
    if published is None:
        return _nothing(data, INDEX, EstimateName.SATISFACTION_INDEX, Method.IKM_LINEAR_MAP)
    low, high = published.table.low, published.table.high
    conversions: list[tuple[Method, Callable[[float], float]]] = [
        (Method.IKM_TIMES_TWENTY, lambda mean: mean * 100 / high),
        (
            Method.IKM_LINEAR_MAP,
            lambda mean: 25 * (1 + 3 * (mean - low) / (high - low)),
        ),
    ]
    limits = _limits(published)
    rows = []
    for position, batch in enumerate(published.batches):
        value, smallest, largest = (float(limit[:, position].mean()) for limit in limits)
        for method, convert in conversions:
            estimate = Estimate(
                estimate_name=EstimateName.SATISFACTION_INDEX,
                unit=Unit.INDEX_POINTS,
                method=method,
                status=Status.BOUNDED,
                reason=Reason.MEANS_ONLY,
                estimate=convert(value),
                estimate_low=convert(smallest),
                estimate_high=convert(largest),
                assumes=assumptions.scale(low, high),
            )
            rows.append(Row(INDEX, str(method), batch, estimate))
    return outcome(data.identity, rows)


def concordance(data: StudyData) -> Outcome:
    """Return how many indicators rise from batch to batch, and Kendall's W with its unit, the indicator.

    Its p-value counts indicators as if they were drawn independently; it says nothing about people.
    """
    published = published_means(data)
    if published is None or len(published.batches) < 2:
        return _nothing(data, CONCORDANCE, EstimateName.KENDALLS_W, Method.FRIEDMAN_TEST)
    units = published.table.units
    rising = int(np.sum(np.all(np.diff(units, axis=1) > 0, axis=1)))
    count = Estimate(
        estimate_name=EstimateName.RISING_INDICATORS,
        unit=Unit.ITEMS,
        method=Method.COUNT,
        status=Status.ESTIMATED,
        estimate=float(rising),
        n=len(published.items),
        sampling_unit=SamplingUnit.INDICATOR,
        assumes=str(Assumption.NONE_BUT_PRINTED),
    )
    order = "<".join(published.batches)
    rows = [Row(CONCORDANCE, "rising", order, count)]
    if len(published.batches) >= 3 and len(published.items) >= 2:
        rows.append(Row(CONCORDANCE, "agreement", order, _agreement(units)))
    return outcome(data.identity, rows)


def _agreement(units: np.ndarray) -> Estimate:
    """Return how far the indicators (rows) agree in the order of the batches."""
    method, unit = Method.FRIEDMAN_TEST, SamplingUnit.INDICATOR
    if not np.ptp(units, axis=1).any():  # no indicator puts one batch above another
        return not_estimable(
            EstimateName.KENDALLS_W, Unit.NONE, method, Reason.NO_VARIATION, n=len(units), sampling_unit=unit
        )
    result = kendalls_w(units)
    return Estimate(
        estimate_name=EstimateName.KENDALLS_W,
        unit=Unit.NONE,
        method=method,
        status=Status.ESTIMATED,
        estimate=result.w,
        statistic_name=Statistic.FRIEDMAN_CHI_SQUARED,
        statistic=result.chi_squared,
        df=float(result.df),
        p_value=result.p,
        n=len(units),
        sampling_unit=unit,
    )


def _nothing(data: StudyData, analysis: str, name: EstimateName, method: Method) -> Outcome:
    return outcome(
        data.identity,
        [
            Row(
                analysis,
                "all",
                None,
                not_estimable(name, Unit.NONE, method, Reason.NO_SUCH_DATA),
            )
        ],
    )
