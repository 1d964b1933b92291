"""Who came in which batch: roles and regencies compared, and contrasts standardised to the mix both batches hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import contrast_name
from analysis.evaluation.reaction.responses import Floats, Responses, responses_of
from analysis.evaluation.reaction.rows import (
    CLASS_CONDITIONS,
    Quantity,
    batch_sample,
    interval_estimate,
    missing_estimate,
    pair_reason,
    plain_estimate,
    without_responses,
)
from analysis.stats.assumptions import Assumption, join
from analysis.stats.codes import Effect, EstimateName, Method, Reason, SamplingUnit, Unit
from analysis.stats.composition import LEAST_OVERLAP, StandardisedContrast, normalised_difference, standardised_contrast

ANALYSIS = "reaction.composition"
SHARE = Quantity(
    name=EstimateName.SHARE_DIFFERENCE,
    unit=Unit.SHARE,
    method=Method.NORMALISED_DIFFERENCE,
    effect=Effect.NORMALISED_DIFFERENCE,
)
STANDARDISED = Quantity(
    name=EstimateName.STANDARDISED_MEAN_DIFFERENCE,
    unit=Unit.SCALE_POINTS,
    method=Method.STANDARDISED_CLASS_JACKKNIFE,
    assumes=join(CLASS_CONDITIONS, Assumption.SAME_MIX),
)
OUTSIDE = Quantity(
    name=EstimateName.SHARE_OUTSIDE_COMMON_SUPPORT,
    unit=Unit.SHARE,
    method=Method.STANDARDISED_CLASS_JACKKNIFE,
)
VILLAGES = Quantity(name=EstimateName.VILLAGES_PRESENT, unit=Unit.VILLAGES, method=Method.COUNT)


def _difference_row(responses: Responses, subject: str, is_category: NDArray[np.bool_], pair: tuple[int, int]) -> Row:
    """Return later minus earlier share of one category, with the normalised difference as its effect."""
    members = [responses.batch == batch for batch in pair]
    sample = batch_sample(sum(m.sum() for m in members), int(sum(m.sum() for m in members)), None, SamplingUnit.PERSON)
    contrast = contrast_name(responses.batches, pair)
    if not all(m.any() for m in members):
        return Row(ANALYSIS, subject, contrast, missing_estimate(SHARE, sample, Reason.BATCH_NOT_ANSWERED))
    earlier, later = (float(is_category[m].mean()) for m in members)
    effect = normalised_difference(earlier, later)
    is_finite = np.isfinite(effect)
    shown = plain_estimate(SHARE, sample, later - earlier, reason=None if is_finite else Reason.NO_VARIATION)
    estimate = replace(shown, effect=effect if is_finite else None)
    return Row(ANALYSIS, subject, contrast, estimate)


def _village_rows(responses: Responses) -> list[Row]:
    """Return the number of villages whose people answered, by batch."""
    rows = []
    for batch, name in enumerate(responses.batches):
        people = int((responses.batch == batch).sum())
        if responses.village is None:
            sample = batch_sample(0, people, None, SamplingUnit.VILLAGE)
            estimate = missing_estimate(VILLAGES, sample, Reason.VILLAGE_NOT_RECORDED)
        else:
            known = responses.village[(responses.batch == batch) & (responses.village >= 0)]
            count = np.unique(known).size
            sample = batch_sample(known.size, people, count, SamplingUnit.VILLAGE)
            estimate = plain_estimate(VILLAGES, sample, count)
        rows.append(Row(ANALYSIS, "villages", name, estimate))
    return rows


def mix_cells(responses: Responses) -> NDArray[np.int64] | None:
    """Return each person's cell of role x regency (of what is recorded), None where neither is."""
    if not responses.attributes:
        return None
    joined = pd.DataFrame(responses.attributes)
    numbers = joined.groupby(list(joined.columns), sort=True).ngroup()
    return np.asarray(numbers, dtype=np.int64)


def standardised(
    responses: Responses, score: Floats, cells: NDArray[np.int64], pair: tuple[int, int], level: float
) -> StandardisedContrast:
    """Return the contrast of two batches standardised to the cells that both hold."""
    if responses.class_code is None:
        raise ValueError("a standardised contrast needs recorded classes")
    kept = np.isin(responses.batch, pair) & (responses.class_code >= 0) & ~np.isnan(score)
    group = (responses.batch[kept] == pair[1]).astype(np.int64)
    return standardised_contrast(score[kept], cells[kept], responses.class_code[kept], group, level=level)


def _standardised_rows(data: StudyData, responses: Responses, name: str, score: Floats) -> list[Row]:
    """Return the standardised contrasts of one score and the share of people outside the common support."""
    cells, level = mix_cells(responses), 1 - data.settings.alpha
    rows = []
    for pair in responses.pairs:
        contrast = contrast_name(responses.batches, pair)
        people = int(np.isin(responses.batch, pair).sum())
        is_present = all((responses.batch == batch).any() for batch in pair)
        if cells is None or responses.class_code is None or not is_present:
            reason = Reason.COLUMN_ABSENT if cells is None else pair_reason(responses, pair, Reason.BATCH_NOT_ANSWERED)
            estimate = missing_estimate(STANDARDISED, batch_sample(0, people, None), reason)
            rows.append(Row(ANALYSIS, name, contrast, estimate))
            continue
        found = standardised(responses, score, cells, pair, level)
        sample = batch_sample(found.n, people, found.classes)
        is_thin = 1 - found.share_outside < LEAST_OVERLAP
        reason = Reason.LITTLE_OVERLAP if is_thin else pair_reason(responses, pair, Reason.EFFECT_AT_LIMIT)
        estimate = interval_estimate(STANDARDISED, sample, found.contrast, level=level, reason=reason)
        rows += [
            Row(ANALYSIS, name, contrast, estimate),
            Row(ANALYSIS, name, contrast, plain_estimate(OUTSIDE, sample, found.share_outside)),
        ]
    return rows


def _shares_table(responses: Responses) -> pd.DataFrame:
    """Return people by batch and category of each attribute: attribute, category, batch, people, share."""
    tables = []
    for attribute, values in responses.attributes.items():
        table = pd.crosstab(values, responses.batch).reindex(columns=range(len(responses.batches)), fill_value=0)
        shares = table / table.sum().where(table.sum() > 0, 1)
        for number, batch in enumerate(responses.batches):
            tables.append(
                pd.DataFrame(
                    {
                        "attribute": attribute,
                        "category": table.index.astype(str),
                        "batch": batch,
                        "people": table[number].to_numpy(),
                        "share": shares[number].to_numpy(),
                    }
                )
            )
    if not tables:
        return pd.DataFrame(columns=["attribute", "category", "batch", "people", "share"])
    return pd.concat(tables, ignore_index=True)


def composition(data: StudyData) -> Outcome:
    """Compare who answered in each batch, and standardise the contrasts of all scores to the common mix.

    Rows of analysis ``reaction.composition``: per role and regency (subject ``role=...``, ``regency=...``) the
    difference of shares with the normalised difference as effect; villages per batch; per score the mean difference
    standardised to the role x regency cells that both batches hold, and the share of people outside them (below half
    inside, it is not estimable). Standardising removes the mix, not class, hotel or date.

    ``details``: ``composition`` (attribute, category, batch, people, share).
    """
    responses = responses_of(data)
    if responses is None:
        return without_responses(data, ANALYSIS, SHARE)
    rows = _village_rows(responses)
    pairs = responses.pairs if len(responses.batches) > 1 else []
    for attribute, values in responses.attributes.items():
        for category in np.unique(values):
            subject = f"{attribute}={category}"
            rows += [_difference_row(responses, subject, values == category, pair) for pair in pairs]
    if pairs:
        for name, score in responses.scores.items():
            rows += _standardised_rows(data, responses, name, score)
    return outcome(data.identity, rows, {"composition": _shares_table(responses)})
