"""Aspects and the total score: means of items per person, compared through class means; where they vary."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.detectable import detectable_beside, detectable_by_omnibus
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import contrast_name
from analysis.evaluation.reaction.responses import TOTAL, Floats, Responses, responses_of
from analysis.evaluation.reaction.rows import (
    CLASS_CONDITIONS,
    MEAN_DIFFERENCE,
    Quantity,
    batch_sample,
    interval_estimate,
    missing_estimate,
    number,
    pair_reason,
    plain_estimate,
    without_responses,
)
from analysis.stats.assumptions import Assumption, join
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
from analysis.stats.means import (
    ClusterSums,
    cluster_sums,
    hedges_g,
    mean_interval,
    person_weighted_difference,
    welch_anova,
    welch_t,
)
from analysis.stats.multiplicity import holm
from analysis.stats.result import Estimate
from analysis.stats.variance import VarianceComponents, nested_sums, variance_components

ANALYSIS = "reaction.aspects"
# Class sizes that differ by more than this make the weighting of classes matter: the person-weighted difference stands
# beside the unweighted one.
LARGEST_SIZE_RATIO = 2.0
OMNIBUS = Quantity(
    name=EstimateName.BATCH_DIFFERENCE,
    unit=Unit.NONE,
    method=Method.WELCH_ANOVA_CLASS_MEANS,
    assumes=CLASS_CONDITIONS,
)
WEIGHTED = Quantity(
    name=EstimateName.PERSON_WEIGHTED_MEAN_DIFFERENCE,
    unit=Unit.SCALE_POINTS,
    method=Method.PERSON_WEIGHTED_CLASS_JACKKNIFE,
    assumes=CLASS_CONDITIONS,
)
HEDGES = Quantity(
    name=EstimateName.HEDGES_G,
    unit=Unit.NONE,
    method=Method.HEDGES_G_CLASS_JACKKNIFE,
    assumes=CLASS_CONDITIONS,
    effect=Effect.HEDGES_G,
)
NAIVE = Quantity(
    name=EstimateName.MEAN_DIFFERENCE,
    unit=Unit.SCALE_POINTS,
    method=Method.WELCH_T_PERSONS,
    assumes=join(Assumption.PEOPLE_INDEPENDENT, Assumption.PLACE_AND_DATE_IN_BATCH),
)
MEAN = Quantity(
    name=EstimateName.MEAN,
    unit=Unit.SCALE_POINTS,
    method=Method.MEAN_CLASS_JACKKNIFE_T,
    assumes=Assumption.CLASSES_INDEPENDENT,
)


def score_sums(responses: Responses, score: Floats) -> ClusterSums | None:
    """Return a score summed by class (people without a recorded class left out), None where none is recorded."""
    if responses.class_code is None:
        return None
    kept = responses.class_code >= 0
    return cluster_sums(score[kept], responses.class_code[kept], responses.batch_of_class)


def _people(responses: Responses, batches: tuple[int, ...]) -> int:
    return int(np.isin(responses.batch, batches).sum())


def _mean_rows(data: StudyData, responses: Responses, name: str, sums: ClusterSums) -> list[Row]:
    """Return the unweighted mean of class means of every batch."""
    rows = []
    for batch, label in enumerate(responses.batches):
        of_batch = sums.of_group(batch)
        sample = batch_sample(of_batch.n.sum(), _people(responses, (batch,)), of_batch.n.size)
        level = 1 - data.settings.alpha
        reason = Reason.ONE_CLASS_IN_BATCH if of_batch.n.size == 1 else Reason.NO_VARIATION
        found = mean_interval(of_batch.means, level=level)
        estimate = interval_estimate(
            replace(MEAN, method=Method.MEAN_OF_CLASS_MEANS_T),
            sample,
            found,
            level=level,
            reason=reason if of_batch.n.size else Reason.BATCH_NOT_ANSWERED,
            has_test=False,
        )
        rows.append(Row(ANALYSIS, name, label, estimate))
    return rows


def _unclassed_mean_rows(responses: Responses, name: str, score: Floats) -> list[Row]:
    """Return means of people where no class is recorded: no limits."""
    rows = []
    for batch, label in enumerate(responses.batches):
        values = score[(responses.batch == batch) & ~np.isnan(score)]
        sample = batch_sample(values.size, _people(responses, (batch,)), None)
        value = values.mean() if values.size else np.nan
        quantity = replace(MEAN, method=Method.DESCRIPTION, assumes=None)
        estimate = plain_estimate(quantity, sample, value, reason=Reason.CLASS_NOT_RECORDED)
        rows.append(Row(ANALYSIS, name, label, estimate))
    return rows


def _omnibus(responses: Responses, sums: ClusterSums) -> Estimate:
    """Return Welch's ANOVA on class means over all batches."""
    by_batch = [sums.of_group(batch) for batch in range(len(responses.batches))]
    sample = batch_sample(sums.n.sum(), responses.people, np.count_nonzero(sums.n))
    found = welch_anova([of_batch.means for of_batch in by_batch])
    if number(found.f) is None:
        smallest = min(of_batch.n.size for of_batch in by_batch)
        reason = {0: Reason.BATCH_NOT_ANSWERED, 1: Reason.ONE_CLASS_IN_BATCH}.get(smallest, Reason.NO_VARIATION)
        return missing_estimate(OMNIBUS, sample, reason)
    return Estimate(
        estimate_name=OMNIBUS.name,
        unit=OMNIBUS.unit,
        method=OMNIBUS.method,
        status=Status.ESTIMATED,
        estimate=found.f,
        statistic_name=Statistic.WELCH_F,
        statistic=found.f,
        df=found.df_error,
        p_value=found.p_value,
        n=sample.n,
        n_missing=sample.n_missing,
        sampling_unit=sample.unit,
        clusters=sample.clusters,
        assumes=OMNIBUS.assumes,
        alternative=Alternative.TWO_SIDED,
    )


def are_sizes_unequal(sums: ClusterSums) -> bool:
    """Return whether the largest class has more than twice the people of the smallest."""
    sizes = sums.n[sums.n > 0]
    return bool(sizes.size and sizes.max() > LARGEST_SIZE_RATIO * sizes.min())


def _pair_estimates(data: StudyData, responses: Responses, sums: ClusterSums, pair: tuple[int, int]) -> list[Estimate]:
    """Return the unweighted difference, Hedges g and, with unequal classes, the person-weighted difference."""
    level = 1 - data.settings.alpha
    earlier, later = (sums.of_group(batch) for batch in pair)
    clusters = earlier.n.size + later.n.size
    sample = batch_sample(earlier.n.sum() + later.n.sum(), _people(responses, pair), clusters)
    reason = pair_reason(responses, pair, Reason.NO_VARIATION)
    found = [
        (MEAN_DIFFERENCE, welch_t(earlier.means, later.means, level=level), True),
        (HEDGES, hedges_g(earlier, later, level=level), False),
    ]
    if are_sizes_unequal(sums):
        found.append((WEIGHTED, person_weighted_difference(earlier, later, level=level), True))
    return [
        interval_estimate(quantity, sample, interval, level=level, reason=reason, has_test=has_test)
        for quantity, interval, has_test in found
    ]


def naive_estimate(responses: Responses, score: Floats, pair: tuple[int, int], level: float) -> Estimate:
    """Return Welch's t on people: what ignoring classes would claim."""
    values = [score[(responses.batch == batch) & ~np.isnan(score)] for batch in pair]
    sample = batch_sample(sum(v.size for v in values), _people(responses, pair), None, SamplingUnit.PERSON)
    found = welch_t(values[0], values[1], level=level)
    return interval_estimate(NAIVE, sample, found, level=level, reason=Reason.NO_VARIATION)


def _with_holm(rows: list[Row], name: EstimateName, family: str, is_headline: bool) -> list[Row]:
    """Return rows with Holm's p over one quantity by class: the total's contrasts, or those of all aspects."""
    chosen = [
        position
        for position, row in enumerate(rows)
        if row.estimate.estimate_name is name
        and row.estimate.sampling_unit is SamplingUnit.CLASS
        and (row.subject == TOTAL) is is_headline
        and row.estimate.p_value is not None
    ]
    adjusted = holm([rows[position].estimate.p_value for position in chosen])
    found = list(rows)
    for position, p in zip(chosen, adjusted, strict=True):
        estimate = rows[position].estimate.with_adjustment(number(p), Adjustment.HOLM, family)
        found[position] = replace(rows[position], estimate=estimate)
    return found


def adjusted_rows(rows: list[Row]) -> list[Row]:
    """Return rows with their families: contrasts and omnibus tests, of the total and of the aspects."""
    for name, label in ((EstimateName.MEAN_DIFFERENCE, "pairs"), (EstimateName.BATCH_DIFFERENCE, "omnibus")):
        for is_headline, group in ((True, TOTAL), (False, "aspects")):
            rows = _with_holm(rows, name, f"{ANALYSIS}.{group}.{label}", is_headline)
    return rows


def _score_rows(data: StudyData, responses: Responses, name: str, score: Floats) -> list[Row]:
    """Return every row of one score."""
    level, sums = 1 - data.settings.alpha, score_sums(responses, score)
    has_pairs, aspects_tested = len(responses.batches) > 1, len(responses.scores) - 1
    rows = _unclassed_mean_rows(responses, name, score) if sums is None else _mean_rows(data, responses, name, sums)
    if sums is not None and has_pairs:
        tested, alpha = _omnibus(responses, sums), data.settings.alpha
        means = [sums.of_group(batch).means for batch in range(len(responses.batches))]
        found = detectable_by_omnibus(tested, means, Unit.SCALE_POINTS, alpha, 1 if name == TOTAL else aspects_tested)
        rows += [Row(ANALYSIS, name, "all", estimate) for estimate in (tested, *found)]
    family = len(responses.pairs) * (1 if name == TOTAL else aspects_tested)
    for pair in responses.pairs if has_pairs else []:
        contrast = contrast_name(responses.batches, pair)
        if sums is None:
            sample = batch_sample(0, _people(responses, pair), None)
            estimates = [missing_estimate(MEAN_DIFFERENCE, sample, Reason.CLASS_NOT_RECORDED)]
        else:
            estimates = _pair_estimates(data, responses, sums, pair)
            estimates += detectable_beside(estimates[0], data.settings.alpha, family)
        estimates.append(naive_estimate(responses, score, pair, level))
        rows += [Row(ANALYSIS, name, contrast, estimate) for estimate in estimates]
    return rows + variance_rows(ANALYSIS, responses, name, score, level=level)


def class_means_table(responses: Responses) -> pd.DataFrame:
    """Return the mean score of every class for figures: subject, batch, number of the class, n and mean."""
    records = []
    for name, score in responses.scores.items():
        sums = score_sums(responses, score)
        if sums is None:
            continue
        for number_of_class in np.flatnonzero(sums.n > 0):
            records.append(
                {
                    "subject": name,
                    "batch": responses.batches[sums.group[number_of_class]],
                    "class_number": int(number_of_class) + 1,
                    "n": int(sums.n[number_of_class]),
                    "mean": float(sums.means[number_of_class]),
                }
            )
    return pd.DataFrame(records, columns=["subject", "batch", "class_number", "n", "mean"])


def aspects(data: StudyData) -> Outcome:
    """Compare the batches on the total score and on every aspect (means of the answered items per person).

    Rows of analysis ``reaction.aspects`` per score: mean of class means by batch (contrast = the batch); Welch's ANOVA
    on class means (contrast ``all``); per pair Welch's t on class means (Holm within the total's contrasts and within
    those of the aspects), Hedges g with its class jackknife interval, the person-weighted difference where class sizes
    differ by more than 2:1, and Welch's t as if people were independent; variance components, intraclass correlations
    and design effect by REML.

    ``details``: ``class_means`` (subject, batch, class_number, n, mean).
    """
    responses = responses_of(data)
    if responses is None:
        return without_responses(data, ANALYSIS, MEAN_DIFFERENCE)
    rows: list[Row] = []
    for name, score in responses.scores.items():
        rows += _score_rows(data, responses, name, score)
    return outcome(data.identity, adjusted_rows(rows), {"class_means": class_means_table(responses)})


VILLAGE_ONLY = frozenset([EstimateName.VARIANCE_VILLAGE, EstimateName.INTRACLASS_CORRELATION_VILLAGE])


def _quantity(name: EstimateName) -> Quantity:
    unit = Unit.RATIO if name is EstimateName.DESIGN_EFFECT else Unit.NONE
    return Quantity(name=name, unit=unit, method=Method.NESTED_REML, assumes=Assumption.CLASSES_INDEPENDENT)


def fitted_components(responses: Responses, score: Floats, *, level: float) -> VarianceComponents | None:
    """Return the variance components of a score, None where classes are not recorded or the design has none."""
    if responses.class_code is None:
        return None
    kept = responses.class_code >= 0
    if responses.village is not None:
        kept &= responses.village >= 0
    if not (kept & ~np.isnan(score)).any():
        return None
    village = None if responses.village is None else responses.village[kept]
    sums = nested_sums(score[kept], village, responses.class_code[kept], responses.batch_of_class)
    return variance_components(sums, level=level)


def variance_rows(analysis: str, responses: Responses, name: str, score: Floats, *, level: float) -> list[Row]:
    """Return variance components, intraclass correlations and the design effect of one score.

    Without villages there is no village component: its rows say so.
    """
    found = fitted_components(responses, score, level=level)
    sample = batch_sample(
        found.n if found else int((~np.isnan(score)).sum()), responses.people, found.classes if found else None
    )
    names = (
        EstimateName.INTRACLASS_CORRELATION_CLASS,
        EstimateName.INTRACLASS_CORRELATION_VILLAGE,
        EstimateName.DESIGN_EFFECT,
        EstimateName.VARIANCE_CLASS,
        EstimateName.VARIANCE_VILLAGE,
        EstimateName.VARIANCE_PERSON,
    )
    if found is None:
        reason = Reason.CLASS_NOT_RECORDED if responses.class_code is None else Reason.FIT_FAILED
        return [Row(analysis, name, None, missing_estimate(_quantity(each), sample, reason)) for each in names]
    values = (
        found.icc_class,
        found.icc_village,
        found.design_effect,
        found.variance_class,
        found.variance_village,
        found.variance_person,
    )
    rows = []
    for each, value in zip(names, values, strict=True):
        if each in VILLAGE_ONLY and responses.village is None:
            estimate = missing_estimate(_quantity(each), sample, Reason.VILLAGE_NOT_RECORDED)
        elif each is EstimateName.INTRACLASS_CORRELATION_CLASS:
            estimate = plain_estimate(
                _quantity(each), sample, value, low=found.icc_class_low, high=found.icc_class_high, level=level
            )
        else:
            estimate = plain_estimate(_quantity(each), sample, value)
        rows.append(Row(analysis, name, None, estimate))
    return rows
