"""Pairs of batches on every indicator: Cliff's delta and the difference of class means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.detectable import detectable_beside
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import contrast_name
from analysis.evaluation.reaction.items import class_means, omnibus
from analysis.evaluation.reaction.responses import Responses, class_counts, person_counts, responses_of
from analysis.evaluation.reaction.rows import (
    CLASS_CONDITIONS,
    MEAN_DIFFERENCE,
    Quantity,
    Sample,
    batch_sample,
    interval_estimate,
    missing_estimate,
    number,
    pair_reason,
    plain_estimate,
    without_responses,
)
from analysis.stats.assumptions import Assumption, join, simultaneous
from analysis.stats.clusters import ClusterCounts, smallest_p
from analysis.stats.codes import (
    Adjustment,
    Alternative,
    Effect,
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Statistic,
    Unit,
)
from analysis.stats.groups import kruskal_wallis
from analysis.stats.means import welch_t
from analysis.stats.multiplicity import holm
from analysis.stats.ordinal import PairPermutation, cliffs_delta, delta_interval, permute_pair
from analysis.stats.result import Estimate

ANALYSIS = "reaction.pairs"
# From so many classes in both batches on, a permutation can reach p-values below .05 (2/70).
FEWEST_CLASSES_TO_PERMUTE = 4
# From so many classes in both batches on the intervals of all deltas can hold together: with 2 to 4 degrees of freedom
# t would be 9 to 36, so that below they hold one by one and say so.
FEWEST_CLASSES_TOGETHER = 6
DELTA = Quantity(
    name=EstimateName.CLIFFS_DELTA,
    unit=Unit.NONE,
    method=Method.DELTA_CLASS_JACKKNIFE,
    assumes=CLASS_CONDITIONS,
    effect=Effect.CLIFFS_DELTA,
)
ATTAINABLE = Quantity(name=EstimateName.SMALLEST_ATTAINABLE_P, unit=Unit.NONE, method=Method.DESIGN_OF_PERMUTATIONS)
NAIVE = Quantity(
    name=EstimateName.CLIFFS_DELTA,
    unit=Unit.NONE,
    method=Method.KRUSKAL_WALLIS_CHI_SQUARED,
    assumes=join(Assumption.PEOPLE_INDEPENDENT, Assumption.PLACE_AND_DATE_IN_BATCH),
    effect=Effect.CLIFFS_DELTA,
)


def _sample(responses: Responses, counts: ClusterCounts, pair: tuple[int, int], column: int) -> Sample:
    """Return who stands behind one pair and item."""
    is_in_pair = np.isin(counts.group, pair)
    n = counts.counts[is_in_pair, column].sum(axis=-1)
    people = int(np.isin(responses.batch, pair).sum())
    return batch_sample(n.sum(), people, np.count_nonzero(n), SamplingUnit.CLASS)


def _has_classes(counts: ClusterCounts, pair: tuple[int, int], fewest: int) -> bool:
    """Return whether both batches of a pair have so many classes."""
    return bool(counts.clusters_per_group[list(pair)].min() >= fewest)


def _intervals_together(responses: Responses, counts: ClusterCounts) -> int:
    """Return how many intervals of deltas share one level: of all items and all pairs with enough classes."""
    pairs_together = sum(_has_classes(counts, pair, FEWEST_CLASSES_TOGETHER) for pair in responses.pairs)
    return max(1, pairs_together * len(responses.items))


def _permuted(data: StudyData, counts: ClusterCounts, pair: tuple[int, int]) -> PairPermutation | None:
    """Permute the classes of a pair where there are enough of them, else None."""
    if not _has_classes(counts, pair, FEWEST_CLASSES_TO_PERMUTE):
        return None
    return permute_pair(counts, *pair, resamples=data.settings.resamples, seed=data.settings.seed)


def _with_permutation(estimate: Estimate, found: PairPermutation, column: int, pairs: int) -> Estimate:
    """Return a delta with its permutation p, adjusted by maxT over the items times the number of pairs."""
    raw, adjusted = number(found.p_value[column]), number(found.p_adjusted[column])
    if raw is None or adjusted is None:
        return estimate
    method = (
        Method.DELTA_CLASS_JACKKNIFE_PERMUTATION_EXACT
        if found.is_complete
        else Method.DELTA_CLASS_JACKKNIFE_PERMUTATION_MONTE_CARLO
    )
    permuted = replace(
        estimate,
        method=method,
        p_value=raw,
        alternative=Alternative.TWO_SIDED,
        assumes=join(CLASS_CONDITIONS, Assumption.CLASSES_EXCHANGEABLE),
    )
    return permuted.with_adjustment(min(1.0, adjusted * pairs), Adjustment.STEP_DOWN_MAXT_TIMES_PAIRS, ANALYSIS)


def _without_test(estimate: Estimate, reason: Reason) -> Estimate:
    """Return an estimate with its interval alone, saying why no test stands beside it."""
    return replace(
        estimate,
        p_value=None,
        p_adjusted=None,
        adjustment=None,
        family=None,
        statistic_name=None,
        statistic=None,
        alternative=None,
        reason=estimate.reason or reason,
    )


def survivors(data: StudyData, counts: ClusterCounts) -> np.ndarray:
    """Return which items' batches differ after adjustment, shape (items,): only there are pairs tested."""
    found = omnibus(data, counts)
    if found is None:
        return np.zeros(counts.counts.shape[1], dtype=bool)
    return np.nan_to_num(found.p_adjusted, nan=1.0) < data.settings.alpha


def _deltas(data: StudyData, responses: Responses, counts: ClusterCounts, pair: tuple[int, int]) -> list[Estimate]:
    level, together = 1 - data.settings.alpha, _intervals_together(responses, counts)
    is_together = _has_classes(counts, pair, FEWEST_CLASSES_TOGETHER)
    each = 1 - data.settings.alpha / together if is_together else level
    said = simultaneous(together) if is_together else str(Assumption.POINTWISE)
    interval, permuted = delta_interval(counts, *pair, level=each), _permuted(data, counts, pair)
    estimates = []
    for column in range(len(responses.items)):
        sample = _sample(responses, counts, pair, column)
        otherwise = Reason.EFFECT_AT_LIMIT if sample.n else Reason.ITEM_NOT_ANSWERED
        reason = pair_reason(responses, pair, otherwise)
        estimate = interval_estimate(
            DELTA, sample, interval, level=level, reason=reason, position=column, has_test=False
        )
        if permuted is not None and estimate.estimate is not None:
            estimate = _with_permutation(estimate, permuted, column, len(responses.pairs))
        if estimate.interval_level is not None:
            estimate = replace(estimate, assumes=join(str(estimate.assumes or ""), said))
        estimates.append(estimate)
    return estimates


def _differences(data: StudyData, responses: Responses, counts: ClusterCounts, pair: tuple[int, int]) -> list[Estimate]:
    level = 1 - data.settings.alpha
    estimates = []
    for column in range(len(responses.items)):
        earlier, later = (class_means(counts, batch, column) for batch in pair)
        sample = _sample(responses, counts, pair, column)
        otherwise = Reason.NO_VARIATION if sample.n else Reason.ITEM_NOT_ANSWERED
        reason = pair_reason(responses, pair, otherwise)
        found = welch_t(earlier, later, level=level)
        estimates.append(interval_estimate(MEAN_DIFFERENCE, sample, found, level=level, reason=reason))
    return estimates


def _adjusted(rows: list[Row]) -> list[Row]:
    """Return rows with Holm's p over all pairs of all items (selecting the items afterwards keeps that valid)."""
    adjusted = holm([row.estimate.p_value for row in rows])
    return [
        replace(row, estimate=row.estimate.with_adjustment(number(p), Adjustment.HOLM, ANALYSIS))
        if row.estimate.p_value is not None
        else row
        for row, p in zip(rows, adjusted, strict=True)
    ]


def _naive(responses: Responses, pair: tuple[int, int]) -> list[Estimate]:
    """Return what treating people as independent would claim: Kruskal-Wallis of two batches (Mann-Whitney)."""
    counts = person_counts(responses).of_groups(pair)
    found = kruskal_wallis(counts, resamples=1, seed=0)
    deltas = cliffs_delta(*counts.by_group())
    people = int(np.isin(responses.batch, pair).sum())
    estimates = []
    for column in range(len(responses.items)):
        sample = batch_sample(found.n[column], people, None, SamplingUnit.PERSON)
        p, h = number(found.p_if_independent[column]), number(found.h[column])
        if p is None:
            reason = Reason.NO_VARIATION if sample.n else Reason.ITEM_NOT_ANSWERED
            estimates.append(missing_estimate(NAIVE, sample, reason))
            continue
        shown = plain_estimate(NAIVE, sample, deltas[column])
        estimates.append(
            replace(
                shown,
                statistic_name=Statistic.KRUSKAL_WALLIS_H,
                statistic=h,
                df=1.0,
                p_value=p,
                alternative=Alternative.TWO_SIDED,
            )
        )
    return estimates


def _by_pair(responses: Responses, pair: tuple[int, int], estimates: Sequence[Estimate]) -> list[Row]:
    contrast = contrast_name(responses.batches, pair)
    return [Row(ANALYSIS, item, contrast, estimate) for item, estimate in zip(responses.items, estimates, strict=True)]


def _class_rows(data: StudyData, responses: Responses, counts: ClusterCounts) -> list[Row]:
    """Return deltas and differences of class means; tests only where the item's omnibus survives."""
    deltas, differences = [], []
    for pair in responses.pairs:
        deltas += _by_pair(responses, pair, _deltas(data, responses, counts, pair))
        differences += _by_pair(responses, pair, _differences(data, responses, counts, pair))
    survives = dict(zip(responses.items, survivors(data, counts), strict=True))
    family = sum(row.estimate.p_value is not None for row in differences)
    detectable = [
        replace(row, estimate=estimate)
        for row in differences
        for estimate in detectable_beside(row.estimate, data.settings.alpha, family)
    ]
    tested = [
        row
        if survives[row.subject] or row.estimate.p_value is None
        else replace(row, estimate=_without_test(row.estimate, Reason.OMNIBUS_NOT_SIGNIFICANT))
        for row in deltas + _adjusted(differences)
    ]
    return tested + detectable + _attainable_rows(data, responses, counts)


def _attainable_rows(data: StudyData, responses: Responses, counts: ClusterCounts) -> list[Row]:
    """Return the smallest p that permuting a pair's classes can give, and what the pairs leave of it."""
    rows = []
    for pair in responses.pairs:
        if not _has_classes(counts, pair, FEWEST_CLASSES_TO_PERMUTE):
            continue
        classes = counts.clusters_per_group[list(pair)]
        value = smallest_p(classes, is_ordered=True, is_two_sided=True, resamples=data.settings.resamples)
        people = int(np.isin(responses.batch, pair).sum())
        estimate = plain_estimate(ATTAINABLE, batch_sample(people, people, classes.sum()), value)
        adjusted = min(1.0, value * len(responses.pairs))
        estimate = estimate.with_adjustment(adjusted, Adjustment.STEP_DOWN_MAXT_TIMES_PAIRS, ANALYSIS)
        rows.append(Row(ANALYSIS, "all", contrast_name(responses.batches, pair), estimate))
    return rows


def _unclassed_rows(responses: Responses) -> list[Row]:
    """Return the point values of a study that recorded no classes, without limits or tests."""
    counts = person_counts(responses)
    rows = []
    for pair in responses.pairs:
        of_pair = counts.by_group()[list(pair)]
        deltas = cliffs_delta(of_pair[0], of_pair[1])
        people = int(np.isin(responses.batch, pair).sum())
        for column, item in enumerate(responses.items):
            sample = batch_sample(of_pair[:, column].sum(), people, None, SamplingUnit.CLASS)
            estimate = plain_estimate(DELTA, sample, deltas[column], reason=Reason.CLASS_NOT_RECORDED)
            rows.append(Row(ANALYSIS, item, contrast_name(responses.batches, pair), estimate))
    return rows


def _effects_table(responses: Responses, rows: Sequence[Row]) -> pd.DataFrame:
    """Return one row per item and contrast with its delta and limits, for the effect-size figure."""
    aspect = dict(zip(responses.items, responses.aspect_of_item, strict=True))
    subjects = [
        row for row in rows if row.estimate.effect_name is Effect.CLIFFS_DELTA and row.estimate.method != NAIVE.method
    ]
    shown = [row.estimate for row in subjects]
    return pd.DataFrame(
        {
            "item": [row.subject for row in subjects],
            "aspect": [aspect[row.subject] for row in subjects],
            "contrast": [row.contrast for row in subjects],
            "delta": pd.array([estimate.estimate for estimate in shown], dtype="Float64"),
            "delta_low": pd.array([estimate.estimate_low for estimate in shown], dtype="Float64"),
            "delta_high": pd.array([estimate.estimate_high for estimate in shown], dtype="Float64"),
        }
    )


def pairs(data: StudyData) -> Outcome:
    """Contrast pairs of batches on every indicator (with more than four batches: neighbours and last against first).

    Rows of analysis ``reaction.pairs`` per item and contrast: Cliff's delta with its class jackknife interval (each by
    itself, from six classes against six on all together; ``assumes`` says which) and a permutation p from four classes
    against four on, the difference of class means with Welch's t (Holm over all pairs
    of all items), and Mann-Whitney as if people were independent. Tests of the class stand only where the item's
    omnibus survives its adjustment; elsewhere the row says so and keeps estimate and interval. Beside each difference
    stands the smallest one that its test finds, and for each contrast (subject ``all``) the smallest p that permuting
    its classes can give, ``p_adjusted`` what is left of it over the pairs.

    ``details``: ``effects`` (item, aspect, contrast, delta, delta_low, delta_high).
    """
    responses = responses_of(data)
    if responses is None:
        return without_responses(data, ANALYSIS, DELTA)
    if len(responses.batches) < 2:
        return without_responses(data, ANALYSIS, DELTA, Reason.FEWER_THAN_TWO_BATCHES)
    counts = class_counts(responses)
    rows = _unclassed_rows(responses) if counts is None else _class_rows(data, responses, counts)
    for pair in responses.pairs:
        rows += _by_pair(responses, pair, _naive(responses, pair))
    return outcome(data.identity, rows, {"effects": _effects_table(responses, rows)})
