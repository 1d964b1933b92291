"""Where a study has both single responses and printed averages: do the responses reproduce what is printed?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import printed_by_item, rounding_rule
from analysis.evaluation.reaction.responses import Responses, responses_of
from analysis.evaluation.reaction.rows import (
    Quantity,
    Sample,
    batch_sample,
    missing_estimate,
    plain_estimate,
    without_responses,
)
from analysis.stats.assumptions import rounded
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Unit
from analysis.stats.published.rounding import Printed, RoundingRule, admitted_sums

ANALYSIS = "reaction.confrontation"
DIFFERENCE = Quantity(name=EstimateName.MEAN_MINUS_PRINTED, unit=Unit.SCALE_POINTS, method=Method.COMPARED_WITH_PRINTED)
REPRODUCED = Quantity(name=EstimateName.SHARE_OF_MEANS_REPRODUCED, unit=Unit.SHARE, method=Method.COMPARED_WITH_PRINTED)


def is_reproduced(answers: np.ndarray, printed: Printed, responses: Responses, rule: RoundingRule) -> bool:
    """Return whether the sum of the answers is one that the printed mean admits for their number."""
    first, last = admitted_sums(
        np.array(printed.units),
        printed.decimals,
        np.array(answers.size),
        int(responses.levels[0]),
        int(responses.levels[-1]),
        rule,
    )
    return bool(first <= round(answers.sum()) <= last)


def _row(responses: Responses, column: int, batch: int, printed: Printed | None, rule: RoundingRule) -> Row:
    """Return the mean of one item and batch minus the printed one; ``reason`` says whether it is reproduced."""
    of_batch = responses.answers[responses.batch == batch, column]
    answers = of_batch[~np.isnan(of_batch)]
    sample = batch_sample(answers.size, of_batch.size, None, SamplingUnit.PERSON)
    item, name = responses.items[column], responses.batches[batch]
    quantity = replace(DIFFERENCE, assumes=rounded(rule))
    if printed is None or answers.size == 0:
        reason = Reason.MEAN_MISSING if printed is None else Reason.ITEM_NOT_ANSWERED
        return Row(ANALYSIS, item, name, missing_estimate(quantity, sample, reason))
    reason = Reason.REPRODUCED if is_reproduced(answers, printed, responses, rule) else Reason.CONTRADICTED
    return Row(ANALYSIS, item, name, plain_estimate(quantity, sample, answers.mean() - printed.value, reason=reason))


def confrontation(data: StudyData) -> Outcome:
    """Compare the means of the responses with the printed means, by the rounding rule of the study.

    Rows of analysis ``reaction.confrontation``: per item and batch the mean minus the printed mean (reason
    ``reproduced`` or ``contradicted``), and the share of printed means that are reproduced.
    """
    responses, printed = responses_of(data), printed_by_item(data)
    if responses is None or not any(printed.values()):
        return without_responses(data, ANALYSIS, REPRODUCED)
    rule = rounding_rule(data)
    rows = [
        _row(responses, column, batch, printed[item].get(name), rule)
        for column, item in enumerate(responses.items)
        for batch, name in enumerate(responses.batches)
    ]
    compared = [row for row in rows if row.estimate.estimate is not None]
    sample = Sample(n=len(compared), n_missing=len(rows) - len(compared), unit=SamplingUnit.INDICATOR, clusters=None)
    if not compared:
        summary = missing_estimate(REPRODUCED, sample, Reason.MEAN_MISSING)
    else:
        share = np.mean([row.estimate.reason is Reason.REPRODUCED for row in compared])
        summary = plain_estimate(replace(REPRODUCED, assumes=rounded(rule)), sample, share)
    return outcome(data.identity, [*rows, Row(ANALYSIS, "all", None, summary)])
