"""The ordered trend over the batches on every indicator: Jonckheere-Terpstra with whole classes permuted."""

from __future__ import annotations

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import contrast_name
from analysis.evaluation.reaction.items import batches_with, smallest_p_row
from analysis.evaluation.reaction.responses import Responses, class_counts, person_counts, responses_of
from analysis.evaluation.reaction.rows import (
    PERMUTATION_CONDITIONS,
    Quantity,
    batch_sample,
    missing_estimate,
    number,
    without_responses,
)
from analysis.stats.assumptions import Assumption, join
from analysis.stats.clusters import ClusterCounts
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
from analysis.stats.ordinal import Trend, jonckheere_terpstra
from analysis.stats.result import Estimate

ANALYSIS = "reaction.trend"


def _quantity(unit: SamplingUnit, is_complete: bool = True) -> Quantity:
    if unit is SamplingUnit.PERSON:
        method = Method.JONCKHEERE_TERPSTRA_NORMAL
        assumes = join(Assumption.PEOPLE_INDEPENDENT, Assumption.PLACE_AND_DATE_IN_BATCH)
    else:
        exact = Method.JONCKHEERE_TERPSTRA_CLASS_PERMUTATION_EXACT
        method = exact if is_complete else Method.JONCKHEERE_TERPSTRA_CLASS_PERMUTATION_MONTE_CARLO
        assumes = PERMUTATION_CONDITIONS
    return Quantity(
        name=EstimateName.KENDALLS_TAU_B, unit=Unit.NONE, method=method, assumes=assumes, effect=Effect.KENDALLS_TAU_B
    )


def _estimate(found: Trend, column: int, responses: Responses, unit: SamplingUnit, clusters: int | None) -> Estimate:
    sample = batch_sample(found.n[column], responses.people, clusters, unit)
    quantity = _quantity(unit, found.is_complete)
    tau, is_class = number(found.tau_b[column]), unit is SamplingUnit.CLASS
    if tau is None:
        reason = Reason.NO_VARIATION if sample.n else Reason.ITEM_NOT_ANSWERED
        return missing_estimate(quantity, sample, reason)
    return Estimate(
        estimate_name=quantity.name,
        unit=quantity.unit,
        method=quantity.method,
        status=Status.ESTIMATED,
        estimate=tau,
        statistic_name=Statistic.JONCKHEERE_TERPSTRA_J,
        statistic=number(found.j[column]),
        p_value=number(found.p_value[column] if is_class else found.p_if_independent[column]),
        p_adjusted=number(found.p_adjusted[column]) if is_class else None,
        adjustment=Adjustment.STEP_DOWN_MAXT if is_class else None,
        family=ANALYSIS if is_class else None,
        effect_name=quantity.effect,
        effect=tau,
        n=sample.n,
        n_missing=sample.n_missing,
        sampling_unit=unit,
        clusters=sample.clusters,
        assumes=quantity.assumes,
        alternative=Alternative.TWO_SIDED,
    )


def why_no_trend(counts: ClusterCounts | None) -> Reason | None:
    """Return why classes cannot be permuted over ordered batches, None where they can."""
    if counts is None:
        return Reason.CLASS_NOT_RECORDED
    if batches_with(counts) < 2:
        return Reason.BATCH_NOT_ANSWERED
    return Reason.ONE_CLASS_IN_BATCH if (counts.clusters_per_group <= 1).all() else None


def trend(data: StudyData) -> Outcome:
    """Test every indicator for a trend over the batches in their order.

    Rows of analysis ``reaction.trend`` per item (contrast last-first): Kendall's tau-b of batch and answer with
    Jonckheere-Terpstra's J, by permuting classes (two-sided, step-down maxT over the items) and, labelled, as if people
    were independent; the smallest p of the design.
    """
    responses = responses_of(data)
    if responses is None:
        return without_responses(data, ANALYSIS, _quantity(SamplingUnit.CLASS))
    if len(responses.batches) < 2:
        return without_responses(data, ANALYSIS, _quantity(SamplingUnit.CLASS), Reason.FEWER_THAN_TWO_BATCHES)
    contrast = contrast_name(responses.batches, (0, len(responses.batches) - 1))
    counts = class_counts(responses)
    reason = why_no_trend(counts)
    rows: list[Row] = []
    if counts is not None and reason is None:
        found = jonckheere_terpstra(counts, resamples=data.settings.resamples, seed=data.settings.seed)
        for column, item in enumerate(responses.items):
            clusters = int((counts.counts[:, column].sum(axis=-1) > 0).sum())
            estimate = _estimate(found, column, responses, SamplingUnit.CLASS, clusters)
            rows.append(Row(ANALYSIS, item, contrast, estimate))
        rows.append(smallest_p_row(data, ANALYSIS, responses, counts, is_ordered=True))
    elif reason is not None:
        for column, item in enumerate(responses.items):
            n = person_counts(responses).counts[:, column].sum()
            sample = batch_sample(n, responses.people, None)
            estimate = missing_estimate(_quantity(SamplingUnit.CLASS), sample, reason)
            rows.append(Row(ANALYSIS, item, contrast, estimate))
    naive = jonckheere_terpstra(person_counts(responses), resamples=1, seed=0)
    rows += [
        Row(ANALYSIS, item, contrast, _estimate(naive, column, responses, SamplingUnit.PERSON, None))
        for column, item in enumerate(responses.items)
    ]
    return outcome(data.identity, rows)
