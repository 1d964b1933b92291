"""The model view of every indicator: odds ratios between batches from a cumulative logit, class jackknife and t."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import contrast_name
from analysis.evaluation.reaction.responses import Responses, class_counts, responses_of
from analysis.evaluation.reaction.rows import (
    CLASS_CONDITIONS,
    Quantity,
    Sample,
    batch_sample,
    interval_estimate,
    missing_estimate,
    number,
    without_responses,
)
from analysis.stats.assumptions import Assumption, join
from analysis.stats.clusters import ClusterCounts
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
from analysis.stats.odds import OddsModel, OddsRatios, ProportionalOdds, odds_ratios
from analysis.stats.result import Estimate
from analysis.stats.variance import class_design_effects

ANALYSIS = "reaction.model"
# Below this many classes in a batch the odds ratios are description: no p-value stands beside them.
FEWEST_CLASSES_TO_TEST = 6
METHODS = {
    OddsModel.CUMULATIVE: Method.CUMULATIVE_LOGIT_CLASS_JACKKNIFE,
    OddsModel.TOP_TWO_NOT_PROPORTIONAL: Method.TOP_TWO_LOGIT_NOT_PROPORTIONAL,
    OddsModel.TOP_TWO_SEPARATED: Method.TOP_TWO_LOGIT_SEPARATED,
}


def _quantity(model: OddsModel) -> Quantity:
    is_cumulative = model is OddsModel.CUMULATIVE
    assumes = join(CLASS_CONDITIONS, Assumption.PROPORTIONAL_ODDS) if is_cumulative else CLASS_CONDITIONS
    return Quantity(
        name=EstimateName.ODDS_RATIO, unit=Unit.RATIO, method=METHODS[model], assumes=assumes, effect=Effect.ODDS_RATIO
    )


ODDS = _quantity(OddsModel.CUMULATIVE)
CHECK = Quantity(name=EstimateName.PROPORTIONAL_ODDS, unit=Unit.NONE, method=Method.PROPORTIONAL_ODDS_RAO_SCOTT)


def _on_ratio_scale(log_odds: Interval) -> Interval:
    """Return odds ratios and their limits; t, df and p stay those of the log odds."""
    return replace(log_odds, estimate=np.exp(log_odds.estimate), low=np.exp(log_odds.low), high=np.exp(log_odds.high))


def _check_estimate(check: ProportionalOdds, sample: Sample) -> Estimate:
    """Return the check of proportional odds: likelihood ratio over the design effect."""
    ratio, p = number(check.likelihood_ratio), number(check.p_value)
    if ratio is None or p is None:
        reason = Reason.NOTHING_TO_CHECK if check.df == 0 else Reason.SEPARATED
        return missing_estimate(CHECK, sample, reason)
    scaled = ratio / check.design_effect
    return Estimate(
        estimate_name=CHECK.name,
        unit=CHECK.unit,
        method=CHECK.method,
        status=Status.ESTIMATED,
        estimate=scaled,
        statistic_name=Statistic.LIKELIHOOD_RATIO,
        statistic=ratio,
        df=float(check.df),
        p_value=p,
        n=sample.n,
        n_missing=sample.n_missing,
        sampling_unit=sample.unit,
        clusters=sample.clusters,
        assumes=Assumption.CLASSES_INDEPENDENT,
        alternative=Alternative.TWO_SIDED,
    )


def _modelled(counts: ClusterCounts) -> list[int]:
    """Return the batches with at least two classes: the jackknife needs them."""
    return [batch for batch, classes in enumerate(counts.clusters_per_group) if classes > 1]


def _why_no_limits(found: OddsRatios, sample: Sample, is_constant: bool) -> Reason:
    if sample.n == 0:
        return Reason.ITEM_NOT_ANSWERED
    if is_constant:
        return Reason.NO_VARIATION
    return Reason.SEPARATED if found.model is OddsModel.TOP_TWO_SEPARATED else Reason.EFFECT_AT_LIMIT


def _pair_rows(
    data: StudyData, responses: Responses, item: str, found: OddsRatios, pairs: list[tuple[int, int]],
    sample: Sample, has_test: bool, is_constant: bool,
) -> list[Row]:  # fmt: skip
    reason = _why_no_limits(found, sample, is_constant)
    rows = []
    for position, pair in enumerate(pairs):
        estimate = interval_estimate(
            _quantity(found.model),
            sample,
            _on_ratio_scale(found.log_odds),
            level=1 - data.settings.alpha,
            reason=reason,
            position=position,
            has_test=has_test,
        )
        if not has_test and estimate.reason is None:
            estimate = replace(estimate, reason=Reason.TOO_FEW_CLASSES)
        rows.append(Row(ANALYSIS, item, contrast_name(responses.batches, pair), estimate))
    return rows


def _item_rows(
    data: StudyData, responses: Responses, counts: ClusterCounts, column: int, design_effect: float
) -> tuple[list[Row], OddsRatios]:
    """Return the odds ratios of one item and its check of proportional odds."""
    modelled = _modelled(counts)
    kept = counts.of_groups(modelled)
    pairs = [pair for pair in responses.pairs if set(pair) <= set(modelled)]
    renumbered = [(modelled.index(earlier), modelled.index(later)) for earlier, later in pairs]
    item = responses.items[column]
    n = kept.counts[:, column].sum(axis=-1)
    people = int(np.isin(responses.batch, modelled).sum())
    sample = batch_sample(n.sum(), people, np.count_nonzero(n), SamplingUnit.CLASS)
    found = odds_ratios(kept, column, renumbered, level=1 - data.settings.alpha, design_effect=design_effect)
    has_test = bool(kept.clusters_per_group.min() >= FEWEST_CLASSES_TO_TEST)
    is_constant = bool((kept.counts[:, column].sum(axis=0) > 0).sum() == 1)
    rows = _pair_rows(data, responses, item, found, pairs, sample, has_test, is_constant)
    left = [pair for pair in responses.pairs if pair not in pairs]
    rows += [
        Row(ANALYSIS, item, contrast_name(responses.batches, pair), missing_estimate(ODDS, sample, _why(counts, pair)))
        for pair in left
    ]
    return [*rows, Row(ANALYSIS, item, "all", _check_estimate(found.check, sample))], found


def _why(counts: ClusterCounts, pair: tuple[int, int]) -> Reason:
    is_empty = (counts.clusters_per_group[list(pair)] == 0).any()
    return Reason.BATCH_NOT_ANSWERED if is_empty else Reason.ONE_CLASS_IN_BATCH


def _thresholds(responses: Responses, found: list[OddsRatios]) -> pd.DataFrame:
    """Return the thresholds on the cumulative scale (log odds of an answer at or below the level, first batch)."""
    return pd.DataFrame(
        [
            {"item": item, "level": int(level), "threshold": number(value), "model": str(ratios.model)}
            for item, ratios in zip(responses.items, found, strict=True)
            for level, value in zip(responses.levels[:-1], ratios.thresholds, strict=True)
        ],
        columns=["item", "level", "threshold", "model"],
    )


def model(data: StudyData) -> Outcome:
    """Model every indicator with a cumulative logit on the batch.

    Rows of analysis ``reaction.model`` per item and contrast: the odds ratio of a higher answer in the later batch with
    its class jackknife t interval (p from six classes per batch on, below it is description); per item (contrast
    ``all``) the check of proportional odds. Where that fails or an item separates, the odds of the two highest levels
    stand in, and ``method`` says so.

    ``details``: ``thresholds`` (item, level, threshold, model).
    """
    responses = responses_of(data)
    if responses is None:
        return without_responses(data, ANALYSIS, ODDS)
    counts = class_counts(responses)
    if counts is None:
        return without_responses(data, ANALYSIS, ODDS, Reason.CLASS_NOT_RECORDED)
    if len(responses.batches) < 2:
        return without_responses(data, ANALYSIS, ODDS, Reason.FEWER_THAN_TWO_BATCHES)
    if len(_modelled(counts)) < 2:
        return without_responses(data, ANALYSIS, ODDS, Reason.ONE_CLASS_IN_BATCH)
    effects = class_design_effects(counts)
    answered = [_item_rows(data, responses, counts, column, float(effects[column])) for column in range(len(effects))]
    rows = [row for item_rows, _ in answered for row in item_rows]
    return outcome(data.identity, rows, {"thresholds": _thresholds(responses, [found for _, found in answered])})
