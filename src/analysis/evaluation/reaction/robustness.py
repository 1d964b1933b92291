"""Does a headline hold under other defensible analyses? The share that agree, and which do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import contrast_name
from analysis.evaluation.reaction.aspects import score_sums
from analysis.evaluation.reaction.composition import mix_cells, standardised
from analysis.evaluation.reaction.pairs import FEWEST_CLASSES_TO_PERMUTE
from analysis.evaluation.reaction.reliability import careless_forms
from analysis.evaluation.reaction.responses import TOTAL, Codes, Floats, Responses, responses_of
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
from analysis.stats.clusters import ClusterCounts, count_clusters
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.group_jackknife import Interval
from analysis.stats.means import cluster_sums, person_weighted_difference, welch_t
from analysis.stats.ordinal import cliffs_delta, gamma_without_ties, jackknife_of_counts, permute_pair

ANALYSIS = "reaction.robustness"
AGREEING = Quantity(
    name=EstimateName.AGREEING_SHARE,
    unit=Unit.SHARE,
    method=Method.DEFENSIBLE_ANALYSES,
    assumes=CLASS_CONDITIONS,
)
WITHOUT_CARELESS = replace(MEAN_DIFFERENCE, name=EstimateName.MEAN_DIFFERENCE_WITHOUT_CARELESS)


@dataclass(frozen=True, slots=True)
class Analysis:
    """One defensible analysis: its options by name, its estimate and p-value (NaN where it cannot be made)."""

    unit: str
    test: str
    ties: str
    forms: str
    mix: str
    estimate: float
    p_value: float

    def sign(self, alpha: float) -> int:
        """Return 1 or -1 for a significant rise or fall, else 0."""
        return int(np.sign(self.estimate)) if self.p_value < alpha else 0


def _score_counts(score: Floats, cluster: Codes, group: Codes, groups: int) -> ClusterCounts:
    """Return a score counted by cluster, its distinct values as levels."""
    kept = (cluster >= 0) & ~np.isnan(score)
    rounded = np.round(score[kept], 9)
    return count_clusters(rounded[:, None], cluster[kept], group, np.unique(rounded), groups)


def _clean(counts: ClusterCounts) -> ClusterCounts:
    kept = counts.counts.sum(axis=(1, 2)) > 0
    return ClusterCounts(counts.counts[kept], counts.group[kept], counts.levels, counts.groups)


def _first(interval: Interval) -> tuple[float, float]:
    return float(np.ravel(interval.estimate)[0]), float(np.ravel(interval.p_value)[0])


def _rank_tests(
    data: StudyData, counts: ClusterCounts, pair: tuple[int, int], unit: str
) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the rank tests of one score by (test, ties): jackknife t with both readings of ties, permutation."""
    effects: dict[str, Callable[[Floats, Floats], Floats]] = {"half": cliffs_delta, "left_out": gamma_without_ties}
    level = 1 - data.settings.alpha
    found = {
        ("rank_jackknife", ties): _first(
            jackknife_of_counts(counts, *pair, effect, level=level, forward=np.arctanh, backward=np.tanh)
        )
        for ties, effect in effects.items()
    }
    if unit == "class" and counts.clusters_per_group[list(pair)].min() >= FEWEST_CLASSES_TO_PERMUTE:
        permuted = permute_pair(counts, *pair, resamples=data.settings.resamples, seed=data.settings.seed)
        found["rank_permutation", "half"] = (found["rank_jackknife", "half"][0], float(permuted.p_value[0]))
    return found


def _cluster_tests(
    data: StudyData, responses: Responses, score: Floats, pair: tuple[int, int], unit: str
) -> list[tuple[str, str, float, float]]:
    """Return (test, ties, estimate, p) of the analyses that differ in unit and test."""
    code, group = (
        (responses.class_code, responses.batch_of_class)
        if unit == "class"
        else (responses.village, responses.batch_of_village)
    )
    if code is None:
        return []
    level = 1 - data.settings.alpha
    sums = cluster_sums(np.where(code >= 0, score, np.nan), np.maximum(code, 0), group)
    earlier, later = (sums.of_group(batch) for batch in pair)
    if min(earlier.n.size, later.n.size) < 2:
        return []
    found = [
        ("mean_unweighted", "none", *_first(welch_t(earlier.means, later.means, level=level))),
        ("mean_person_weighted", "none", *_first(person_weighted_difference(earlier, later, level=level))),
    ]
    counts = _clean(_score_counts(score, code, group, len(responses.batches)))
    found += [(*options, *values) for options, values in _rank_tests(data, counts, pair, unit).items()]
    return found


def _analyses_of_forms(
    data: StudyData, responses: Responses, name: str, pair: tuple[int, int], forms: str
) -> list[Analysis]:
    """Return all analyses of one set of forms."""
    score = responses.scores[name]
    found = [
        Analysis(unit, test, ties, forms, "raw", estimate, p)
        for unit in ("class", "village")
        for test, ties, estimate, p in _cluster_tests(data, responses, score, pair, unit)
    ]
    cells = mix_cells(responses)
    if cells is not None and responses.class_code is not None and _are_present(responses, pair):
        contrast = standardised(responses, score, cells, pair, 1 - data.settings.alpha).contrast
        found.append(Analysis("class", "mean_person_weighted", "none", forms, "standardised", *_first(contrast)))
    return [analysis for analysis in found if number(analysis.p_value) is not None]


def _are_present(responses: Responses, pair: tuple[int, int]) -> bool:
    classes = responses.classes_per_batch[list(pair)]
    return bool((classes > 0).all())


def defensible_analyses(data: StudyData, responses: Responses, name: str, pair: tuple[int, int]) -> list[Analysis]:
    """Return every defensible analysis of one score and pair that the data allow; the first is the headline.

    Units: class; village (holds only if classes had no effect of their own; never permuted). Tests: class means
    unweighted (the headline) or person-weighted; ranks with ties counted one half or left out, by jackknife t or by
    permutation. With all forms or without straight-lined ones. Raw or standardised to the common mix.
    """
    careless = careless_forms(responses)
    found = _analyses_of_forms(data, responses, name, pair, "all")
    if careless.any():
        found += _analyses_of_forms(data, responses.where(~careless), name, pair, "without_straight_lined")
    return found


def _headline_rows(
    data: StudyData, responses: Responses, name: str, pair: tuple[int, int]
) -> tuple[list[Row], pd.DataFrame]:
    """Return the share of agreeing analyses, and the analyses one by one."""
    alpha, contrast = data.settings.alpha, contrast_name(responses.batches, pair)
    found = defensible_analyses(data, responses, name, pair)
    people = int(np.isin(responses.batch, pair).sum())
    classes = int(responses.classes_per_batch[list(pair)].sum()) if responses.class_code is not None else None
    scored = int((np.isin(responses.batch, pair) & ~np.isnan(responses.scores[name])).sum())
    sample = batch_sample(scored, people, classes)
    is_headline_made = bool(found) and (found[0].unit, found[0].test) == ("class", "mean_unweighted")
    if not is_headline_made:
        reason = pair_reason(responses, pair, Reason.NO_VARIATION)
        return [Row(ANALYSIS, name, contrast, missing_estimate(AGREEING, sample, reason))], pd.DataFrame()
    table = pd.DataFrame(
        [
            {
                "subject": name,
                "contrast": contrast,
                "unit": analysis.unit,
                "test": analysis.test,
                "ties": analysis.ties,
                "forms": analysis.forms,
                "mix": analysis.mix,
                "estimate": analysis.estimate,
                "p_value": analysis.p_value,
                "agrees": analysis.sign(alpha) == found[0].sign(alpha),
            }
            for analysis in found
        ]
    )
    share = plain_estimate(AGREEING, sample, table["agrees"].mean())
    return [Row(ANALYSIS, name, contrast, share)], table


def _careless_rows(data: StudyData, responses: Responses) -> list[Row]:
    """Return the headline contrasts of the total score and aspects without straight-lined forms."""
    kept = responses.where(~careless_forms(responses))
    level = 1 - data.settings.alpha
    rows = []
    for name, score in kept.scores.items():
        sums = score_sums(kept, score)
        if sums is None:
            continue
        for pair in responses.pairs:
            earlier, later = (sums.of_group(batch) for batch in pair)
            people = int(np.isin(responses.batch, pair).sum())
            sample = batch_sample(earlier.n.sum() + later.n.sum(), people, earlier.n.size + later.n.size)
            found = welch_t(earlier.means, later.means, level=level)
            reason = pair_reason(responses, pair, Reason.NO_VARIATION)
            estimate = interval_estimate(WITHOUT_CARELESS, sample, found, level=level, reason=reason)
            rows.append(Row(ANALYSIS, name, contrast_name(responses.batches, pair), estimate))
    return rows


def robustness(data: StudyData) -> Outcome:
    """Repeat every headline (contrasts of the total score and the aspects) under all defensible analyses.

    Rows of analysis ``reaction.robustness`` per score and contrast: the share of analyses that say the same (a
    significant rise, a significant fall, or neither) as Welch's t on class means; and that contrast without straight-
    lined forms.

    ``details``: ``analyses`` (subject, contrast, unit, test, ties, forms, mix, estimate, p_value, agrees);
    ``disagreeing``: those of the total score that say something else, under the headings ``sampling_unit`` and
    ``analysis_test``.
    """
    responses = responses_of(data)
    if responses is None:
        return without_responses(data, ANALYSIS, AGREEING)
    if responses.class_code is None:
        return without_responses(data, ANALYSIS, AGREEING, Reason.CLASS_NOT_RECORDED)
    if len(responses.batches) < 2:
        return without_responses(data, ANALYSIS, AGREEING, Reason.FEWER_THAN_TWO_BATCHES)
    rows: list[Row] = []
    tables: list[pd.DataFrame] = []
    for name in responses.scores:
        for pair in responses.pairs:
            found, table = _headline_rows(data, responses, name, pair)
            rows += found
            tables.append(table)
    made = [table for table in tables if not table.empty]
    analyses = pd.concat(made, ignore_index=True) if made else pd.DataFrame()
    details = {"analyses": analyses, "disagreeing": _disagreeing(analyses)}
    return outcome(data.identity, rows + _careless_rows(data, responses), details)


def _disagreeing(analyses: pd.DataFrame) -> pd.DataFrame:
    """Return the analyses of the total score that do not say what the headline says."""
    if analyses.empty:
        return pd.DataFrame()
    chosen = analyses[~analyses["agrees"] & (analyses["subject"] == TOTAL)].drop(columns=["subject", "agrees"])
    return chosen.rename(columns={"unit": "sampling_unit", "test": "analysis_test"}).reset_index(drop=True)
