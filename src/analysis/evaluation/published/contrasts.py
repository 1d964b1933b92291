"""Batches contrasted on published means: total score, aspects, indicators; bounds of p and of effects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.batch_size import BatchSizes, known_sizes
from analysis.evaluation.published.scores import (
    Scores,
    aspect_scores,
    conditions,
    item_scores,
    score_ranges,
    total_score,
)
from analysis.evaluation.published.tables import PublishedMeans, contrast_name, contrast_pairs, published_means
from analysis.stats import assumptions
from analysis.stats.assumptions import Assumption
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
)
from analysis.stats.multiplicity import holm
from analysis.stats.published.clustering import breakdown_design_effect
from analysis.stats.published.contrasts import (
    ContrastBounds,
    contrast,
)
from analysis.stats.published.effects import cliffs_delta_bounds
from analysis.stats.published.p_bounds import verdict
from analysis.stats.published.rounding import Printed, admitted_sums
from analysis.stats.result import Estimate, not_estimable

ScoresOf = Callable[[PublishedMeans], Scores]


def bounded_estimate(
    bounds: ContrastBounds,
    score: int,
    *,
    n: int,
    method: Method,
    unit: SamplingUnit,
    assumes: str,
    alpha: float,
) -> Estimate:
    """Return the result row of one contrast of one score from its bounds."""
    low, high = (
        float(bounds.difference_low[score]),
        float(bounds.difference_high[score]),
    )
    if np.isnan(low):
        return not_estimable(
            EstimateName.MEAN_DIFFERENCE,
            Unit.SCALE_POINTS,
            method,
            Reason.MEAN_NOT_ATTAINABLE,
            n=n,
            sampling_unit=unit,
        )
    return Estimate(
        estimate_name=EstimateName.MEAN_DIFFERENCE,
        unit=Unit.SCALE_POINTS,
        method=method,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate=(low + high) / 2,
        estimate_low=low,
        estimate_high=high,
        statistic_name=Statistic.T,
        statistic=float(bounds.t_worst[score]),
        df=float(bounds.df_worst[score]),
        p_low=float(bounds.p_low[score]),
        p_high=float(bounds.p_high[score]),
        effect_name=Effect.COHENS_D,
        effect_low=float(bounds.d_low[score]),
        effect_high=float(bounds.d_high[score]),
        n=n,
        sampling_unit=unit,
        verdict=verdict(float(bounds.p_low[score]), float(bounds.p_high[score]), alpha),
        assumes=assumes,
        alternative=Alternative.TWO_SIDED,
    )


def contrast_rows(
    data: StudyData,
    published: PublishedMeans,
    scores: Scores,
    sizes: BatchSizes,
    analysis: str,
    method: Method,
    *,
    is_single_peaked: bool = False,
) -> list[Row]:
    """Return a row per score and pair of batches, unadjusted, with people as independent units.

    Where classes are known the break-down design effect belongs to the class as unit: its degrees of
    freedom are the number of classes of the pair less two.
    """
    ranges = score_ranges(published, scores, sizes, is_single_peaked=is_single_peaked)
    assumes = conditions(published, sizes, Assumption.SINGLE_PEAKED if is_single_peaked else "")
    alpha = data.settings.alpha
    rows = []
    for pair in contrast_pairs(published.batches):
        bounds = contrast(ranges, *pair)
        n = sizes.n[pair[0]] + sizes.n[pair[1]]
        for score, name in enumerate(scores.names):
            estimate = bounded_estimate(
                bounds,
                score,
                n=n,
                method=method,
                unit=SamplingUnit.PERSON,
                assumes=assumes,
                alpha=alpha,
            )
            rows.append(
                Row(
                    analysis,
                    name,
                    contrast_name(published.batches, pair),
                    _with_breakdown(estimate, sizes, pair, alpha),
                )
            )
    return rows


def _with_breakdown(estimate: Estimate, sizes: BatchSizes, pair: tuple[int, int], alpha: float) -> Estimate:
    if sizes.classes is None or estimate.statistic is None:
        return estimate
    classes = sizes.classes[pair[0]] + sizes.classes[pair[1]]
    undone = float(breakdown_design_effect(estimate.statistic, classes - 2, alpha))
    return replace(estimate, clusters=classes, breakdown_design_effect=undone)


def adjusted(rows: list[Row], family_of: dict[int, str]) -> list[Row]:
    """Return rows with Holm's adjustment of the upper bounds inside each family.

    ``family_of`` maps a row's position to its family. Valid because Holm's p-values rise with each input: the
    adjusted upper bound is an upper bound of the adjusted p. Rows without a bound stay out of their family.
    """
    result = list(rows)
    for family in dict.fromkeys(family_of.values()):
        positions = [position for position, name in family_of.items() if name == family]
        p = holm([rows[position].estimate.p_high for position in positions])
        for position, value in zip(positions, p, strict=True):
            if not np.isnan(value):
                estimate = rows[position].estimate.with_adjustment(float(value), Adjustment.HOLM_UPPER_BOUND, family)
                result[position] = replace(rows[position], estimate=estimate)
    return result


def _question(
    data: StudyData,
    analysis: str,
    method: Method,
    scores_of: ScoresOf,
    family: str | None,
    *,
    is_single_peaked: bool = False,
) -> Outcome:
    """Answer one of the contrast questions; ``family`` None makes a family per pair of batches."""
    published = published_means(data)
    if published is None or len(published.batches) < 2:
        reason = Reason.NO_SUCH_DATA if published is None else Reason.FEWER_THAN_TWO_BATCHES
        return no_contrast(data, analysis, method, reason)
    sizes = known_sizes(data, published)
    if sizes is None:
        return no_contrast(data, analysis, method, Reason.BATCH_SIZE_UNKNOWN)
    rows = contrast_rows(
        data,
        published,
        scores_of(published),
        sizes,
        analysis,
        method,
        is_single_peaked=is_single_peaked,
    )
    families = {position: family or f"{analysis} {row.contrast}" for position, row in enumerate(rows)}
    return outcome(
        data.identity,
        adjusted(rows, families) + _unusable(published, analysis, method, scores_of),
    )


def _unusable(published: PublishedMeans, analysis: str, method: Method, scores_of: ScoresOf) -> list[Row]:
    if scores_of is not item_scores:
        return []
    return [
        Row(
            analysis,
            item,
            None,
            not_estimable(EstimateName.MEAN_DIFFERENCE, Unit.SCALE_POINTS, method, reason),
        )
        for item, reason in published.unusable.items()
    ]


def no_contrast(data: StudyData, analysis: str, method: Method, reason: Reason) -> Outcome:
    """Return the answer of a study that does not have what a contrast needs."""
    missing = not_estimable(EstimateName.MEAN_DIFFERENCE, Unit.SCALE_POINTS, method, reason)
    return outcome(data.identity, [Row(analysis, "all", None, missing)])


def total(data: StudyData) -> Outcome:
    """Return the headline family: the total score of each pair of batches, Holm over the pairs."""
    return _question(
        data,
        "published.total",
        Method.WELCH_T_BOUNDS_PERSON_MEANS,
        total_score,
        "published.total",
    )


def aspects(data: StudyData) -> Outcome:
    """Return the aspects of each pair of batches, Holm over the aspects of a pair."""
    return _question(
        data,
        "published.aspects",
        Method.WELCH_T_BOUNDS_PERSON_MEANS,
        aspect_scores,
        None,
    )


def pairs(data: StudyData) -> Outcome:
    """Return the indicators of each pair of batches, Holm over the indicators of a pair."""
    return _question(data, "published.pairs", Method.WELCH_T_BOUNDS, item_scores, None)


def all_pairs(data: StudyData) -> Outcome:
    """Return the indicators of all pairs as one family, for the annex."""
    return _question(
        data,
        "published.all_pairs",
        Method.WELCH_T_BOUNDS,
        item_scores,
        "published.all_pairs",
    )


def single_peaked(data: StudyData) -> Outcome:
    """Return the indicators' bounds if answers rise to one mode and fall after it: an assumption, no headline."""
    return _question(
        data,
        "published.single_peaked",
        Method.WELCH_T_BOUNDS_SINGLE_PEAKED,
        item_scores,
        None,
        is_single_peaked=True,
    )


def effects(data: StudyData) -> Outcome:
    """Return the range of Cliff's delta of every indicator and pair of batches: what the means alone admit.

    Where the size of the batches is known each mean is one of the sums that it admits over that size, else anything
    that rounds to it.
    """
    published = published_means(data)
    analysis = "published.effects"
    if published is None:
        return no_contrast(data, analysis, Method.DELTA_BOUNDS, Reason.NO_SUCH_DATA)
    sizes, table = known_sizes(data, published), published.table
    low, high = _mean_limits(published, sizes)
    of_sizes = "" if sizes is None else assumptions.join(sizes.conditions, Assumption.EVERYONE_ANSWERED)
    rounding = assumptions.rounded(published.rule)
    assumes = assumptions.join(of_sizes, assumptions.scale(table.low, table.high), rounding)
    rows = []
    for pair in contrast_pairs(published.batches):
        earlier, later = pair
        least = _delta(high[:, earlier], low[:, later], table.low, table.high)[0]
        most = _delta(low[:, earlier], high[:, later], table.low, table.high)[1]
        for item, name in enumerate(published.items):
            estimate = _delta_estimate(float(least[item]), float(most[item]), sizes, pair, assumes)
            rows.append(Row(analysis, name, contrast_name(published.batches, pair), estimate))
    return outcome(data.identity, rows)


def _mean_limits(published: PublishedMeans, sizes: BatchSizes | None) -> tuple[np.ndarray, np.ndarray]:
    """Return the smallest and largest mean of every item and batch; NaN where no sum of that many answers gives it."""
    table = published.table
    if sizes is None:
        intervals = [
            [Printed(int(units), table.decimals).interval(published.rule) for units in row] for row in table.units
        ]
        ends = np.array(intervals, dtype=np.float64)
        return np.clip(ends[..., 0], table.low, table.high), np.clip(ends[..., 1], table.low, table.high)
    n = np.array(sizes.n, dtype=np.int64)
    first, last = admitted_sums(table.units, table.decimals, n, table.low, table.high, published.rule)
    is_admitted = first <= last
    return np.where(is_admitted, first / n, np.nan), np.where(is_admitted, last / n, np.nan)


def _delta_estimate(low: float, high: float, sizes: BatchSizes | None, pair: tuple[int, int], assumes: str) -> Estimate:
    n = None if sizes is None else sizes.n[pair[0]] + sizes.n[pair[1]]
    name, method = EstimateName.CLIFFS_DELTA, Method.DELTA_BOUNDS
    if not np.isfinite([low, high]).all():
        return not_estimable(
            name, Unit.NONE, method, Reason.MEAN_NOT_ATTAINABLE, n=n, sampling_unit=SamplingUnit.PERSON
        )
    return Estimate(
        estimate_name=name,
        unit=Unit.NONE,
        method=method,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate_low=low,
        estimate_high=high,
        n=n,
        sampling_unit=SamplingUnit.PERSON,
        assumes=assumes,
    )


def _delta(mean_a: np.ndarray, mean_b: np.ndarray, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the range of delta of every item, NaN where a mean is not attainable."""
    found = np.full((2, len(mean_a)), np.nan)
    is_known = ~np.isnan(mean_a) & ~np.isnan(mean_b)
    found[:, is_known] = cliffs_delta_bounds(mean_a[is_known], mean_b[is_known], low, high)
    return found[0], found[1]
