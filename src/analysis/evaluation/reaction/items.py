"""Every indicator: answers described by batch, and the batches compared with the class as the unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.detectable import detectable_by_omnibus
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.reaction.responses import (
    Responses,
    class_counts,
    person_counts,
    responses_of,
    village_counts,
)
from analysis.evaluation.reaction.rows import (
    PERMUTATION_CONDITIONS,
    Quantity,
    Sample,
    batch_sample,
    missing_estimate,
    number,
    plain_estimate,
    without_responses,
)
from analysis.stats.assumptions import Assumption, join
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
    Status,
    Unit,
)
from analysis.stats.description import Description, describe
from analysis.stats.groups import KruskalWallis, kruskal_wallis
from analysis.stats.multiplicity import Floats
from analysis.stats.result import Estimate

ANALYSIS = "reaction.items"
ALL_BATCHES = "all"
EXACT, MONTE_CARLO = True, False
METHODS = {
    (SamplingUnit.CLASS, EXACT): Method.KRUSKAL_WALLIS_CLASS_PERMUTATION_EXACT,
    (SamplingUnit.CLASS, MONTE_CARLO): Method.KRUSKAL_WALLIS_CLASS_PERMUTATION_MONTE_CARLO,
    (SamplingUnit.VILLAGE, EXACT): Method.KRUSKAL_WALLIS_VILLAGE_PERMUTATION_EXACT,
    (SamplingUnit.VILLAGE, MONTE_CARLO): Method.KRUSKAL_WALLIS_VILLAGE_PERMUTATION_MONTE_CARLO,
}
CONDITIONS = {
    SamplingUnit.CLASS: PERMUTATION_CONDITIONS,
    SamplingUnit.VILLAGE: join(Assumption.CLASSES_WITHOUT_EFFECT, Assumption.PLACE_AND_DATE_IN_BATCH),
    SamplingUnit.PERSON: join(Assumption.PEOPLE_INDEPENDENT, Assumption.PLACE_AND_DATE_IN_BATCH),
}
EPSILON = Quantity(
    name=EstimateName.EPSILON_SQUARED,
    unit=Unit.NONE,
    method=Method.KRUSKAL_WALLIS_CLASS_PERMUTATION_EXACT,
    effect=Effect.EPSILON_SQUARED,
)


def batches_with(counts: ClusterCounts) -> int:
    """Return the number of batches that hold at least one cluster."""
    return int(np.count_nonzero(counts.clusters_per_group))


def omnibus(data: StudyData, counts: ClusterCounts | None) -> KruskalWallis | None:
    """Compare the batches by permuting clusters, or return None where the design has nothing to permute."""
    if counts is None or batches_with(counts) < 2:
        return None
    if (counts.clusters_per_group <= 1).all():
        return None
    return kruskal_wallis(counts, resamples=data.settings.resamples, seed=data.settings.seed)


def why_no_omnibus(responses: Responses, counts: ClusterCounts | None, unit: SamplingUnit) -> Reason:
    """Return why batches cannot be compared by permuting clusters."""
    if len(responses.batches) < 2:
        return Reason.FEWER_THAN_TWO_BATCHES
    if counts is None:
        return Reason.CLASS_NOT_RECORDED if unit is SamplingUnit.CLASS else Reason.VILLAGE_NOT_RECORDED
    return Reason.BATCH_NOT_ANSWERED if batches_with(counts) < 2 else Reason.ONE_CLASS_IN_BATCH


def _why_no_test(found: KruskalWallis, column: int) -> Reason:
    if found.n[column] == 0:
        return Reason.ITEM_NOT_ANSWERED
    return Reason.NO_VARIATION if found.df[column] > 0 else Reason.BATCH_NOT_ANSWERED


def _omnibus_estimate(
    found: KruskalWallis, column: int, sample: Sample, quantity: Quantity, family: str | None = None
) -> Estimate:
    """Return the omnibus of one item: p by permuting clusters, with people as the unit that of chi-squared.

    ``family`` names the maxT family whose p is shown, None for none.
    """
    if is_untested(found, column):
        return missing_estimate(quantity, sample, _why_no_test(found, column))
    p = found.p_if_independent if sample.unit is SamplingUnit.PERSON else found.p_value
    return Estimate(
        estimate_name=quantity.name,
        unit=quantity.unit,
        method=quantity.method,
        status=Status.ESTIMATED,
        estimate=number(found.epsilon_squared[column]),
        statistic_name=Statistic.KRUSKAL_WALLIS_H,
        statistic=number(found.h[column]),
        df=float(found.df[column]),
        p_value=number(p[column]),
        p_adjusted=number(found.p_adjusted[column]) if family else None,
        adjustment=Adjustment.STEP_DOWN_MAXT if family else None,
        family=family,
        effect_name=quantity.effect,
        effect=number(found.epsilon_squared[column]),
        n=sample.n,
        n_missing=sample.n_missing,
        sampling_unit=sample.unit,
        clusters=sample.clusters,
        assumes=quantity.assumes,
        alternative=Alternative.TWO_SIDED,
    )


def is_untested(found: KruskalWallis, column: int) -> bool:
    """Return whether an item has no test: nobody answered, all answers equal, or one batch alone answered."""
    return number(found.p_value[column]) is None


def epsilon_quantity(unit: SamplingUnit, is_complete: bool) -> Quantity:
    """Return how the omnibus effect is made with this unit."""
    method = METHODS.get((unit, is_complete), Method.KRUSKAL_WALLIS_CHI_SQUARED)
    return Quantity(
        name=EstimateName.EPSILON_SQUARED,
        unit=Unit.NONE,
        method=method,
        effect=Effect.EPSILON_SQUARED,
        assumes=CONDITIONS[unit],
    )


def class_means(counts: ClusterCounts, group: int, column: int) -> Floats:
    """Return the mean answer of each class of a batch that answered an item."""
    of_group = counts.counts[counts.group == group, column]
    n = of_group.sum(axis=-1)
    means: Floats = (of_group[n > 0] @ counts.levels) / n[n > 0]
    return means


def _omnibus_rows(
    responses: Responses, counts: ClusterCounts | None, found: KruskalWallis | None, unit: SamplingUnit
) -> list[Row]:
    """Return the omnibus of every item with one unit; the class carries the family and the permutation's own effect."""
    is_class = unit is SamplingUnit.CLASS
    quantity = epsilon_quantity(unit, found.is_complete if found else EXACT)
    rows = []
    for column, item in enumerate(responses.items):
        if found is None:
            n = int((~np.isnan(responses.answers[:, column])).sum())
            sample = batch_sample(n, responses.people, None, unit)
            estimate = missing_estimate(quantity, sample, why_no_omnibus(responses, counts, unit))
            rows.append(Row(ANALYSIS, item, ALL_BATCHES, estimate))
            continue
        sample = batch_sample(found.n[column], responses.people, found.clusters[column], unit)
        family = ANALYSIS if is_class else None
        estimate = _omnibus_estimate(found, column, sample, quantity, family)
        rows.append(Row(ANALYSIS, item, ALL_BATCHES, estimate))
        if is_class and not is_untested(found, column):
            rows += _null_rows(found, column, item, sample, quantity)
    return rows


def _detectable_rows(data: StudyData, responses: Responses, counts: ClusterCounts, tested: list[Row]) -> list[Row]:
    """Return the difference between two batches that Welch's F on class means finds, beside every item's omnibus."""
    by_class = [row for row in tested if row.estimate.method in METHODS.values() and row.estimate.adjustment]
    family, found = len(by_class), []
    for row in by_class:
        column = responses.items.index(row.subject)
        means = [class_means(counts, batch, column) for batch in range(len(responses.batches))]
        beside = detectable_by_omnibus(row.estimate, means, Unit.SCALE_POINTS, data.settings.alpha, family)
        found += [replace(row, estimate=estimate) for estimate in beside]
    return found


def _null_rows(found: KruskalWallis, column: int, item: str, sample: Sample, quantity: Quantity) -> list[Row]:
    """Return mean and 95 % quantile of epsilon-squared when batches differ by chance alone."""
    values = {
        EstimateName.EPSILON_SQUARED_NULL_MEAN: found.epsilon_squared_null_mean[column],
        EstimateName.EPSILON_SQUARED_NULL_Q95: found.epsilon_squared_null_q95[column],
    }
    return [
        Row(
            ANALYSIS,
            item,
            ALL_BATCHES,
            plain_estimate(
                Quantity(name=name, unit=Unit.NONE, method=quantity.method, assumes=quantity.assumes), sample, value
            ),
        )
        for name, value in values.items()
    ]


def _person_rows(responses: Responses) -> list[Row]:
    """Return the omnibus that treats people as independent: what ignoring classes would claim."""
    counts = person_counts(responses)
    if len(responses.batches) < 2:
        return []
    found = kruskal_wallis(counts, resamples=1, seed=0)
    quantity = epsilon_quantity(SamplingUnit.PERSON, EXACT)
    rows = []
    for column, item in enumerate(responses.items):
        sample = batch_sample(found.n[column], responses.people, None, SamplingUnit.PERSON)
        estimate = _omnibus_estimate(found, column, sample, quantity)
        rows.append(Row(ANALYSIS, item, ALL_BATCHES, estimate))
    return rows


def smallest_p_row(
    data: StudyData, analysis: str, responses: Responses, counts: ClusterCounts, *, is_ordered: bool
) -> Row:
    """Return the smallest p-value that permuting the classes of this design can give."""
    value = smallest_p(
        counts.clusters_per_group, is_ordered=is_ordered, is_two_sided=True, resamples=data.settings.resamples
    )
    quantity = Quantity(name=EstimateName.SMALLEST_ATTAINABLE_P, unit=Unit.NONE, method=Method.DESIGN_OF_PERMUTATIONS)
    is_counted = ~np.isnan(responses.answers).all(axis=1)
    if responses.class_code is not None:
        is_counted &= responses.class_code >= 0
    sample = batch_sample(is_counted.sum(), responses.people, counts.group.size)
    return Row(analysis, ALL_BATCHES, ALL_BATCHES, plain_estimate(quantity, sample, value))


def p_values_table(rows: list[Row]) -> pd.DataFrame:
    """Return the omnibus p-values side by side: one row per item and unit, for the naive-against-clustered figure."""
    records = [
        {
            "item": row.subject,
            "sampling_unit": str(row.estimate.sampling_unit),
            "p_value": row.estimate.p_value,
            "p_adjusted": row.estimate.p_adjusted,
            "clusters": row.estimate.clusters,
        }
        for row in rows
        if row.estimate.estimate_name is EstimateName.EPSILON_SQUARED
    ]
    return pd.DataFrame(records, columns=["item", "sampling_unit", "p_value", "p_adjusted", "clusters"])


def items(data: StudyData) -> Outcome:
    """Describe every indicator by batch and compare the batches on it.

    Rows of analysis ``reaction.items``: per item and batch (contrast = the batch) mean, standard deviation, median and
    top-two-box share; per item (contrast ``all``) rank epsilon-squared with Kruskal-Wallis by permuting classes (p
    adjusted by step-down maxT over the items), by permuting villages (if classes had no effect of their own) and by
    chi-squared (if people were independent); what epsilon-squared is by chance; the smallest p of the design.

    ``details``: ``counts`` (item, batch, level, count, n, share, aspect), ``p_values`` (item by sampling unit).
    """
    responses = responses_of(data)
    if responses is None:
        return without_responses(data, ANALYSIS, EPSILON)
    by_class, by_village = class_counts(responses), village_counts(responses)
    shown = describe(person_counts(responses) if by_class is None else by_class, level=1 - data.settings.alpha)
    tested = _omnibus_rows(responses, by_class, omnibus(data, by_class), SamplingUnit.CLASS)
    tested += _omnibus_rows(responses, by_village, omnibus(data, by_village), SamplingUnit.VILLAGE)
    tested += _person_rows(responses)
    if by_class is not None:
        tested += _detectable_rows(data, responses, by_class, tested)
    rows = described_rows(responses, shown, ANALYSIS, by_class is not None, 1 - data.settings.alpha) + tested
    if by_class is not None and batches_with(by_class) > 1:
        rows.append(smallest_p_row(data, ANALYSIS, responses, by_class, is_ordered=False))
    return outcome(data.identity, rows, {"counts": counts_table(responses, shown), "p_values": p_values_table(tested)})


def described_rows(
    responses: Responses, shown: Description, analysis: str, has_classes: bool, level: float
) -> list[Row]:
    """Return mean, SD, median and top-two-box share of every item and batch."""
    people = np.bincount(responses.batch, minlength=len(responses.batches))
    reason = Reason.ONE_CLASS_IN_BATCH if has_classes else Reason.CLASS_NOT_RECORDED
    conditions = Assumption.CLASSES_INDEPENDENT.value if has_classes else None
    quantities = [
        (EstimateName.MEAN, Unit.SCALE_POINTS, Method.MEAN_CLASS_JACKKNIFE_T, shown.mean),
        (EstimateName.STANDARD_DEVIATION, Unit.SCALE_POINTS, Method.DESCRIPTION, shown.standard_deviation),
        (EstimateName.MEDIAN, Unit.SCALE_POINTS, Method.DESCRIPTION, shown.median),
        (EstimateName.SHARE_TOP_TWO, Unit.SHARE, Method.WILSON_EFFECTIVE_N, shown.share_top_two),
    ]
    limits = {
        EstimateName.MEAN: (shown.mean_low, shown.mean_high),
        EstimateName.SHARE_TOP_TWO: (shown.share_low, shown.share_high),
    }
    rows = []
    for column, item in enumerate(responses.items):
        for batch, name in enumerate(responses.batches):
            clusters = shown.clusters[batch, column] if has_classes else None
            sample = batch_sample(shown.n[batch, column], int(people[batch]), clusters)
            no_limits = reason if clusters is None or clusters < 2 else Reason.NO_VARIATION
            for estimate_name, measured_in, method, values in quantities:
                has_limits = estimate_name in limits
                if estimate_name is EstimateName.MEAN and shown.is_dominated[batch, column]:
                    method = Method.MEAN_CLASS_CR2_T
                quantity = Quantity(
                    name=estimate_name, unit=measured_in, method=method, assumes=conditions if has_limits else None
                )
                low, high = (limit[batch, column] for limit in limits.get(estimate_name, (values, values)))
                estimate = plain_estimate(
                    quantity,
                    sample,
                    values[batch, column],
                    low=low if has_limits else np.nan,
                    high=high if has_limits else np.nan,
                    level=level,
                    reason=(no_limits if has_limits else None) if sample.n else Reason.ITEM_NOT_ANSWERED,
                )
                rows.append(Row(analysis, item, name, estimate))
    return rows


def counts_table(responses: Responses, shown: Description) -> pd.DataFrame:
    """Return the answers counted by item, batch and level, unused levels kept: n and share of the answers."""
    index = pd.MultiIndex.from_product(
        [responses.items, responses.batches, responses.levels.astype(int)], names=["item", "batch", "level"]
    )
    table = index.to_frame(index=False)
    table["batch"] = pd.Categorical(table["batch"], categories=list(responses.batches), ordered=True)
    table["count"] = shown.counts.transpose(1, 0, 2).ravel().astype(np.int64)
    table["n"] = np.repeat(shown.n.T.ravel(), responses.levels.size)
    table["share"] = np.where(table["n"] > 0, table["count"] / table["n"].where(table["n"] > 0, 1), np.nan)
    table["aspect"] = np.repeat(responses.aspect_of_item, len(responses.batches) * responses.levels.size)
    return table
