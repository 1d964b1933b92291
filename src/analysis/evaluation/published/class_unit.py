"""The same contrasts with the class as the unit, and how much likeness in classes undoes a conclusion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.batch_size import BatchSizes, known_sizes
from analysis.evaluation.published.contrasts import bounded_estimate
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
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Status,
    Unit,
)
from analysis.stats.published.clustering import (
    breakdown_design_effect,
    breakdown_icc,
    breakdown_sd,
)
from analysis.stats.published.contrasts import ContrastBounds, ScoreRanges, class_ranges, contrast
from analysis.stats.published.rounding import admitted_sums
from analysis.stats.result import Estimate, not_estimable

# Standard deviations of single answers on a 1-5 scale that end evaluations usually show (the range drawn in
# the figures); another scale is covered in proportion to its length.
USUAL_SDS_OF_FIVE_POINTS = (0.6, 0.8, 1.0, 1.2)


def usual_sds(low: int, high: int) -> tuple[float, ...]:
    """Return usual standard deviations of answers on a scale from low to high."""
    return tuple(round(sd * (high - low) / 4, 6) for sd in USUAL_SDS_OF_FIVE_POINTS)


def all_scores(published: PublishedMeans) -> list[Scores]:
    """Return the total, the aspects and the indicators."""
    return [total_score(published), aspect_scores(published), item_scores(published)]


def _ranges_of_classes(published: PublishedMeans, scores: Scores, sizes: BatchSizes) -> ScoreRanges:
    """Return the ranges of class means: a class is one unit, its mean anything the printed sums admit."""
    table = published.table
    n = np.array(sizes.n, dtype=np.int64)
    first, last = admitted_sums(table.units, table.decimals, n, table.low, table.high, published.rule)
    classes = np.array(sizes.classes, dtype=np.int64)
    return class_ranges(first, last, n, classes, table.low, table.high, scores.members)


def _usable(data: StudyData, analysis: str, name: EstimateName) -> tuple[PublishedMeans, BatchSizes] | Outcome:
    published = published_means(data)
    sizes = known_sizes(data, published) if published else None
    if published is not None and sizes is not None and sizes.classes is not None:
        return published, sizes
    reason = Reason.NO_SUCH_DATA if published is None else Reason.CLASSES_UNKNOWN
    missing = not_estimable(name, Unit.NONE, Method.WELCH_T_BOUNDS_CLASS_MEANS, reason)
    return outcome(data.identity, [Row(analysis, "all", None, missing)])


def class_unit(data: StudyData) -> Outcome:
    """Return every contrast with classes as the independent units: p-value range and verdict."""
    analysis = "published.class_unit"
    usable = _usable(data, analysis, EstimateName.MEAN_DIFFERENCE)
    if isinstance(usable, Outcome):
        return usable
    published, sizes = usable
    classes = sizes.classes or ()
    of_people = conditions(published, sizes, assumptions.classes(classes, sizes.n))
    assumes = assumptions.exchanged(of_people, Assumption.PEOPLE_INDEPENDENT, Assumption.CLASSES_INDEPENDENT)
    rows = []
    for scores in all_scores(published):
        ranges = _ranges_of_classes(published, scores, sizes)
        for pair in contrast_pairs(published.batches):
            bounds = contrast(ranges, *pair)
            for score, name in enumerate(scores.names):
                estimate = bounded_estimate(
                    bounds,
                    score,
                    n=sizes.n[pair[0]] + sizes.n[pair[1]],
                    method=Method.WELCH_T_BOUNDS_CLASS_MEANS,
                    unit=SamplingUnit.CLASS,
                    assumes=assumes,
                    alpha=data.settings.alpha,
                )
                estimate = replace(estimate, clusters=classes[pair[0]] + classes[pair[1]])
                rows.append(Row(analysis, name, contrast_name(published.batches, pair), estimate))
    return outcome(data.identity, rows)


def breakdown(data: StudyData) -> Outcome:
    """Return, per contrast, the class correlation that undoes it: at the worst SD and at usual SDs.

    Rows ``breakdown_icc`` carry the design effect too (degrees of freedom of the classes); an ICC below 0
    means that the few classes alone undo it, above 1 that no correlation can. Rows ``breakdown_sd`` give the
    SD, with independent people, at which the difference stops being significant, and the largest SD that
    the means admit as upper limit.
    """
    analysis = "published.breakdown"
    usable = _usable(data, analysis, EstimateName.BREAKDOWN_ICC)
    if isinstance(usable, Outcome):
        return usable
    published, sizes = usable
    rows = []
    for scores in all_scores(published):
        ranges = score_ranges(published, scores, sizes)
        for pair in contrast_pairs(published.batches):
            bounds = contrast(ranges, *pair)
            for score, name in enumerate(scores.names):
                if not np.isnan(bounds.p_high[score]):
                    rows += _breakdown_rows(data, published, sizes, pair, name, bounds, score)
    return outcome(data.identity, rows)


def _breakdown_rows(
    data: StudyData,
    published: PublishedMeans,
    sizes: BatchSizes,
    pair: tuple[int, int],
    name: str,
    bounds: ContrastBounds,
    score: int,
) -> list[Row]:
    contrast_id = contrast_name(published.batches, pair)
    n_a, n_b = sizes.n[pair[0]], sizes.n[pair[1]]
    nearest = min(
        abs(float(bounds.difference_low[score])),
        abs(float(bounds.difference_high[score])),
    )
    worst = _icc_estimate(data, sizes, pair, float(bounds.t_worst[score]), conditions(published, sizes))
    rows = [Row("published.breakdown", name, contrast_id, worst)]
    for sd in usual_sds(published.table.low, published.table.high):
        t = nearest / (sd * np.sqrt(1 / n_a + 1 / n_b))
        assumes = conditions(published, sizes, assumptions.spread(sd))
        rows.append(
            Row(
                "published.breakdown",
                f"{name}|sd={sd:g}",
                contrast_id,
                _icc_estimate(data, sizes, pair, t, assumes),
            )
        )
    undoing = float(breakdown_sd(nearest, 2 / (1 / n_a + 1 / n_b), n_a + n_b - 2, data.settings.alpha))
    estimate = Estimate(
        estimate_name=EstimateName.BREAKDOWN_SD,
        unit=Unit.SCALE_POINTS,
        method=Method.WELCH_T_ASSUMED_SD,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate=undoing,
        estimate_high=float(bounds.sd_high[score]),
        n=n_a + n_b,
        sampling_unit=SamplingUnit.PERSON,
        assumes=conditions(published, sizes),
    )
    return [*rows, Row("published.breakdown", name, contrast_id, estimate)]


def _icc_estimate(data: StudyData, sizes: BatchSizes, pair: tuple[int, int], t: float, assumes: str) -> Estimate:
    classes = sizes.classes or ()
    count = classes[pair[0]] + classes[pair[1]]
    undone = float(breakdown_design_effect(t, count - 2, data.settings.alpha))
    return Estimate(
        estimate_name=EstimateName.BREAKDOWN_ICC,
        unit=Unit.NONE,
        method=Method.DESIGN_EFFECT_BREAKDOWN,
        status=Status.BOUNDED,
        reason=Reason.UNDONE_BY_FEW_CLASSES if undone < 1 else Reason.MEANS_ONLY,
        estimate=float(breakdown_icc(undone, sizes.class_size_of(pair))),
        statistic=t,
        df=count - 2,
        n=sizes.n[pair[0]] + sizes.n[pair[1]],
        sampling_unit=SamplingUnit.CLASS,
        clusters=count,
        breakdown_design_effect=undone,
        assumes=assumes,
    )
