"""How reliable the questionnaire is, and how many forms were filled in without care."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.reaction.responses import TOTAL, Codes, Floats, Responses, responses_of
from analysis.evaluation.reaction.rows import (
    Quantity,
    Sample,
    batch_sample,
    interval_estimate,
    missing_estimate,
    number,
    plain_estimate,
    without_responses,
)
from analysis.stats.assumptions import Assumption, join
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Unit
from analysis.stats.description import wilson_with_effective_n
from analysis.stats.means import cluster_sums, mean_interval
from analysis.stats.multiplicity import Floats as FloatArray
from analysis.stats.reliability import (
    ClassProducts,
    alpha_if_dropped,
    alpha_interval,
    carelessness,
    class_products,
    cronbach_alpha,
    feldt_interval,
    item_rest_intervals,
    omega_interval,
    total_covariance,
)

ANALYSIS = "reaction.reliability"
ALPHA = Quantity(
    name=EstimateName.CRONBACHS_ALPHA,
    unit=Unit.NONE,
    method=Method.ALPHA_CLASS_JACKKNIFE,
    assumes=Assumption.CLASSES_INDEPENDENT,
)
FELDT = Quantity(
    name=EstimateName.CRONBACHS_ALPHA,
    unit=Unit.NONE,
    method=Method.ALPHA_FELDT,
    assumes=join(Assumption.PEOPLE_INDEPENDENT, Assumption.EQUAL_COVARIANCES),
)
OMEGA = Quantity(
    name=EstimateName.OMEGA_TOTAL,
    unit=Unit.NONE,
    method=Method.OMEGA_MINRES_CLASS_JACKKNIFE,
    assumes=Assumption.CLASSES_INDEPENDENT,
)
ITEM_REST = Quantity(
    name=EstimateName.ITEM_REST_CORRELATION,
    unit=Unit.NONE,
    method=Method.ITEM_REST_CLASS_JACKKNIFE,
    assumes=Assumption.CLASSES_INDEPENDENT,
)
DROPPED = replace(ALPHA, name=EstimateName.ALPHA_IF_DROPPED)
FEWEST_ITEMS_OF_A_FACTOR = 3


def _classes(responses: Responses) -> tuple[Codes, Codes]:
    """Return class codes for the sums, with everybody in one class where classes are not recorded."""
    if responses.class_code is None:
        return np.zeros(responses.people, dtype=np.int64), np.zeros(1, dtype=np.int64)
    return responses.class_code, responses.batch_of_class


def _products(responses: Responses, answers: Floats) -> ClassProducts:
    codes, groups = _classes(responses)
    kept = codes >= 0
    return class_products(answers[kept], codes[kept], groups)


def _sample(responses: Responses, products: ClassProducts) -> Sample:
    clusters = None if responses.class_code is None else products.n.size
    return batch_sample(products.n.sum(), responses.people, clusters)


def _why_no_limits(responses: Responses, products: ClassProducts) -> Reason:
    if responses.class_code is None:
        return Reason.CLASS_NOT_RECORDED
    return Reason.TOO_FEW_CLASSES if products.n.size < 2 else Reason.NO_VARIATION


def _feldt_row(name: str, products: ClassProducts, sample: Sample, level: float) -> Row:
    """Return alpha with Feldt's interval, as if people were independent."""
    n, items = int(products.n.sum()), products.sums.shape[1]
    sample = replace(sample, unit=SamplingUnit.PERSON, clusters=None)
    alpha = number(cronbach_alpha(total_covariance(products)))
    if alpha is None:
        return Row(ANALYSIS, name, None, missing_estimate(FELDT, sample, Reason.NO_VARIATION))
    low, high = feldt_interval(alpha, n, items, level=level)
    return Row(ANALYSIS, name, None, plain_estimate(FELDT, sample, alpha, low=low, high=high, level=level))


def _omega_row(
    responses: Responses, name: str, products: ClassProducts, sample: Sample, factors: int, level: float
) -> Row:
    if products.sums.shape[1] < FEWEST_ITEMS_OF_A_FACTOR * factors:
        return Row(ANALYSIS, name, None, missing_estimate(OMEGA, sample, Reason.TOO_FEW_ITEMS))
    found = omega_interval(products, factors, level=level)
    reason = _why_no_limits(responses, products)
    reason = Reason.FIT_FAILED if np.isnan(found.estimate) and reason is Reason.TOO_FEW_CLASSES else reason
    estimate = interval_estimate(OMEGA, sample, found, level=level, reason=reason, has_test=False)
    return Row(ANALYSIS, name, None, estimate)


def _item_rows(
    responses: Responses, names: list[str], products: ClassProducts, sample: Sample, level: float, contrast: str
) -> list[Row]:
    """Return item-rest correlation and alpha if dropped of each item of a scale; ``contrast`` names the scale."""
    rests = item_rest_intervals(products, level=level)
    reason = _why_no_limits(responses, products)
    rows = []
    for column, item in enumerate(names):
        rest = interval_estimate(ITEM_REST, sample, rests, level=level, reason=reason, position=column, has_test=False)
        if rest.estimate is not None and rest.estimate < 0:
            rest = replace(rest, reason=Reason.REVERSE_CODED)
        dropped = missing_estimate(DROPPED, sample, Reason.TOO_FEW_ITEMS)
        if len(names) > 2:
            found = alpha_if_dropped(products, column, level=level)
            dropped = interval_estimate(DROPPED, sample, found, level=level, reason=reason, has_test=False)
        rows += [Row(ANALYSIS, item, contrast, rest), Row(ANALYSIS, item, contrast, dropped)]
    return rows


def _scale_rows(data: StudyData, responses: Responses, name: str, factors: int) -> list[Row]:
    """Return alpha (two intervals), omega and the items of one scale: an aspect, or the whole form."""
    level = 1 - data.settings.alpha
    members = zip(responses.items, responses.aspect_of_item, strict=True)
    names = [item for item, aspect in members if name in (TOTAL, aspect)]
    products = _products(responses, responses.aspect_answers(name))
    sample = _sample(responses, products)
    if len(names) < 2 or sample.n < 3:
        reason = Reason.TOO_FEW_ITEMS if len(names) < 2 else Reason.ITEM_NOT_ANSWERED
        return [Row(ANALYSIS, name, None, missing_estimate(quantity, sample, reason)) for quantity in (ALPHA, OMEGA)]
    reason = _why_no_limits(responses, products)
    alpha = interval_estimate(
        ALPHA, sample, alpha_interval(products, level=level), level=level, reason=reason, has_test=False
    )
    rows = [
        Row(ANALYSIS, name, None, alpha),
        _feldt_row(name, products, sample, level),
        _omega_row(responses, name, products, sample, factors, level),
    ]
    return rows + _item_rows(responses, names, products, sample, level, name)


def careless_forms(responses: Responses) -> np.ndarray:
    """Return which forms are straight-lined: the same answer to all of at least six answered items."""
    return carelessness(responses.answers).is_straight_lined


def _share_estimate(
    responses: Responses, values: FloatArray, kept: np.ndarray, quantity: Quantity, level: float
) -> Row:
    """Return a share of forms with Wilson's limits and the effective number that classes leave."""
    codes, groups = _classes(responses)
    known = kept & (codes >= 0)
    sums = cluster_sums(np.where(known, values, np.nan), np.maximum(codes, 0), groups)
    used = sums.n > 0
    n, clusters, people = float(sums.n.sum()), int(used.sum()), int(kept.sum())
    has_classes = responses.class_code is not None
    sample = batch_sample(n, people, clusters if has_classes else None)
    if n == 0:
        return Row(ANALYSIS, FORMS, None, missing_estimate(quantity, sample, Reason.ITEM_NOT_ANSWERED))
    share = sums.total.sum() / n
    if clusters < 2:
        reason = Reason.TOO_FEW_CLASSES if has_classes else Reason.CLASS_NOT_RECORDED
        return Row(ANALYSIS, FORMS, None, plain_estimate(quantity, sample, share, reason=reason))
    left_out = (sums.total.sum() - sums.total[used]) / (n - sums.n[used])
    error = np.sqrt((clusters - 1) / clusters * ((left_out - left_out.mean()) ** 2).sum())
    low, high = wilson_with_effective_n(
        np.array(share), np.array(error), np.array(n), np.array(float(clusters)), level=level
    )
    return Row(ANALYSIS, FORMS, None, plain_estimate(quantity, sample, share, low=low, high=high, level=level))


FORMS = "forms"


def _careless_rows(responses: Responses, level: float) -> list[Row]:
    """Return shares of straight-lined forms and of long strings (half the form or more), and the mean longest run."""
    found = carelessness(responses.answers)
    is_returned = found.answered > 0
    is_long = found.longest_run >= np.maximum(len(responses.items) / 2, 2)
    rows = [
        _share_estimate(
            responses,
            flags.astype(np.float64),
            is_returned,
            Quantity(
                name=name, unit=Unit.SHARE, method=Method.WILSON_EFFECTIVE_N, assumes=Assumption.CLASSES_INDEPENDENT
            ),
            level,
        )
        for name, flags in (
            (EstimateName.STRAIGHT_LINING_SHARE, found.is_straight_lined),
            (EstimateName.LONG_STRING_SHARE, is_long),
        )
    ]
    return [*rows, _run_row(responses, np.where(is_returned, found.longest_run, np.nan), level)]


def _run_row(responses: Responses, runs: FloatArray, level: float) -> Row:
    """Return the mean longest run of equal answers, class means with t."""
    codes, groups = _classes(responses)
    sums = cluster_sums(np.where(codes >= 0, runs, np.nan), np.maximum(codes, 0), groups)
    means = sums.means[sums.n > 0] if (sums.n > 0).all() else (sums.total[sums.n > 0] / sums.n[sums.n > 0])
    has_classes = responses.class_code is not None
    quantity = Quantity(
        name=EstimateName.LONGEST_RUN_MEAN,
        unit=Unit.ITEMS,
        method=Method.MEAN_OF_CLASS_MEANS_T,
        assumes=Assumption.CLASSES_INDEPENDENT,
    )
    sample = batch_sample(sums.n.sum(), responses.people, means.size if has_classes else None)
    reason = Reason.TOO_FEW_CLASSES if has_classes else Reason.CLASS_NOT_RECORDED
    found = mean_interval(means, level=level)
    return Row(
        ANALYSIS, FORMS, None, interval_estimate(quantity, sample, found, level=level, reason=reason, has_test=False)
    )


def _runs_table(responses: Responses) -> pd.DataFrame:
    """Return how many forms have which longest run of equal answers, by batch."""
    found = carelessness(responses.answers)
    frame = pd.DataFrame(
        {
            "batch": pd.Categorical(
                np.array(responses.batches, dtype=object)[responses.batch], list(responses.batches), ordered=True
            ),
            "longest_run": found.longest_run,
            "is_straight_lined": found.is_straight_lined,
        }
    )
    grouped = frame.groupby(["batch", "longest_run", "is_straight_lined"], observed=True)
    return grouped.size().rename("forms").reset_index()


def reliability(data: StudyData) -> Outcome:
    """Measure the reliability of every aspect and of the whole form, and count careless forms.

    Rows of analysis ``reaction.reliability``: per aspect and ``total`` Cronbach's alpha with the class jackknife
    interval and, labelled, Feldt's; McDonald's omega total (one factor for an aspect, as many as aspects for the
    total); per item (contrast = its scale) the corrected item-rest correlation (negative: reason ``reverse_coded``) and
    alpha if it is dropped; for the forms the shares of straight-lining and of long strings and the mean longest run.

    ``details``: ``runs`` (batch, longest_run, is_straight_lined, forms).
    """
    responses = responses_of(data)
    if responses is None:
        return without_responses(data, ANALYSIS, ALPHA)
    aspects = list(dict.fromkeys(responses.aspect_of_item))
    rows = _scale_rows(data, responses, TOTAL, len(aspects))
    if len(aspects) > 1:
        for aspect in aspects:
            rows += _scale_rows(data, responses, aspect, 1)
    rows += _careless_rows(responses, 1 - data.settings.alpha)
    return outcome(data.identity, rows, {"runs": _runs_table(responses)})
