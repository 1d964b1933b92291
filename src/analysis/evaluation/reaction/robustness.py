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
from analysis.stats.groups import centred_ranks, side_by_side
from analysis.stats.means import cluster_sums, person_weighted_difference, welch_t
from analysis.stats.ordinal import cliffs_delta, gamma_without_ties, jackknife_of_counts, permute_ranks

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


@dataclass(frozen=True, slots=True)
class FormSet:
    """One set of forms: its name, its responses, and their scores, also counted by class and by village.

    counts: by (unit, score), the score's distinct values as levels; units that are not recorded are absent. cells: each
    person's cell of role x regency, None where neither is recorded.
    """

    name: str
    responses: Responses
    scores: dict[str, Floats]
    counts: dict[tuple[str, str], ClusterCounts]
    cells: Codes | None


def _units(responses: Responses) -> dict[str, tuple[Codes, Codes]]:
    """Return the recorded units: code of each person's cluster and batch of each cluster."""
    units = {
        "class": (responses.class_code, responses.batch_of_class),
        "village": (responses.village, responses.batch_of_village),
    }
    return {unit: (code, batch) for unit, (code, batch) in units.items() if code is not None}


def _score_counts(score: Floats, cluster: Codes, group: Codes, groups: int) -> ClusterCounts:
    """Return a score counted by cluster, its distinct values as levels; clusters without a score are left out."""
    kept = (cluster >= 0) & ~np.isnan(score)
    rounded = np.round(score[kept], 9)
    counts = count_clusters(rounded[:, None], cluster[kept], group, np.unique(rounded), groups)
    used = counts.counts.sum(axis=(1, 2)) > 0
    return ClusterCounts(counts.counts[used], counts.group[used], counts.levels, counts.groups)


def _form_set(name: str, responses: Responses) -> FormSet:
    scores, batches = responses.scores, len(responses.batches)
    counts = {
        (unit, subject): _score_counts(score, code, batch_of, batches)
        for unit, (code, batch_of) in _units(responses).items()
        for subject, score in scores.items()
    }
    return FormSet(name, responses, scores, counts, mix_cells(responses))


def form_sets(responses: Responses) -> list[FormSet]:
    """Return all forms and, where some are straight-lined, those without them."""
    careless = careless_forms(responses)
    sets = [_form_set("all", responses)]
    if careless.any():
        sets.append(_form_set("without_straight_lined", responses.where(~careless)))
    return sets


def _first(interval: Interval) -> tuple[float, float]:
    return float(np.ravel(interval.estimate)[0]), float(np.ravel(interval.p_value)[0])


def permutation_p_values(data: StudyData, sets: list[FormSet], pair: tuple[int, int]) -> dict[tuple[str, str], float]:
    """Return p of Cliff's delta by permuting classes, by (set of forms, score), where there are enough classes.

    Tables of the same classes share one set of permutations: drawing them is what takes time.
    """
    designs: dict[bytes, dict[tuple[str, str], ClusterCounts]] = {}
    for forms in sets:
        for (unit, score), counts in forms.counts.items():
            if unit == "class" and counts.clusters_per_group[list(pair)].min() >= FEWEST_CLASSES_TO_PERMUTE:
                of_pair = counts.of_groups(pair)
                designs.setdefault(of_pair.group.tobytes(), {})[forms.name, score] = of_pair
    found: dict[tuple[str, str], float] = {}
    for tables in designs.values():
        ranks = side_by_side([centred_ranks(counts) for counts in tables.values()])
        group = next(iter(tables.values())).group
        permuted = permute_ranks(ranks, group, resamples=data.settings.resamples, seed=data.settings.seed)
        found |= dict(zip(tables, permuted.p_value.tolist(), strict=True))
    return found


def _rank_tests(
    counts: ClusterCounts, pair: tuple[int, int], level: float, p_permuted: float | None
) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the rank tests of one score by (test, ties): jackknife t with both readings of ties, permutation."""
    effects: dict[str, Callable[[Floats, Floats], Floats]] = {"half": cliffs_delta, "left_out": gamma_without_ties}
    found = {
        ("rank_jackknife", ties): _first(
            jackknife_of_counts(counts, *pair, effect, level=level, forward=np.arctanh, backward=np.tanh)
        )
        for ties, effect in effects.items()
    }
    if p_permuted is not None:
        found["rank_permutation", "half"] = (found["rank_jackknife", "half"][0], p_permuted)
    return found


def _unit_analyses(
    forms: FormSet, unit: str, name: str, pair: tuple[int, int], level: float, p_permuted: float | None
) -> list[Analysis]:
    """Return the analyses of one score that take the clusters of one unit."""
    if (unit, name) not in forms.counts:
        return []
    code, batch_of = _units(forms.responses)[unit]
    sums = cluster_sums(np.where(code >= 0, forms.scores[name], np.nan), np.maximum(code, 0), batch_of)
    earlier, later = (sums.of_group(batch) for batch in pair)
    if min(earlier.n.size, later.n.size) < 2:
        return []
    found = {
        ("mean_unweighted", "none"): _first(welch_t(earlier.means, later.means, level=level)),
        ("mean_person_weighted", "none"): _first(person_weighted_difference(earlier, later, level=level)),
        **_rank_tests(forms.counts[unit, name], pair, level, p_permuted),
    }
    return [Analysis(unit, test, ties, forms.name, "raw", *values) for (test, ties), values in found.items()]


def _are_present(responses: Responses, pair: tuple[int, int]) -> bool:
    classes = responses.classes_per_batch[list(pair)]
    return bool((classes > 0).all())


def defensible_analyses(
    sets: list[FormSet],
    name: str,
    pair: tuple[int, int],
    p_permuted: dict[tuple[str, str], float],
    level: float,
) -> list[Analysis]:
    """Return every defensible analysis of one score and pair that the data allow; the first is the headline.

    Units: class; village (holds only if classes had no effect of their own; never permuted). Tests: class means
    unweighted (the headline) or person-weighted; ranks with ties counted one half or left out, by jackknife t or by
    permutation. With all forms or without straight-lined ones. Raw or standardised to the common mix.
    """
    found: list[Analysis] = []
    for forms in sets:
        found += _unit_analyses(forms, "class", name, pair, level, p_permuted.get((forms.name, name)))
        found += _unit_analyses(forms, "village", name, pair, level, None)
        if forms.cells is not None and forms.responses.class_code is not None and _are_present(forms.responses, pair):
            contrast = standardised(forms.responses, forms.scores[name], forms.cells, pair, level).contrast
            values = _first(contrast)
            found.append(Analysis("class", "mean_person_weighted", "none", forms.name, "standardised", *values))
    return [analysis for analysis in found if number(analysis.p_value) is not None]


def _headline_rows(
    forms: FormSet, name: str, pair: tuple[int, int], found: list[Analysis], alpha: float
) -> tuple[list[Row], pd.DataFrame]:
    """Return the share of agreeing analyses of one score and pair, and the analyses one by one."""
    responses, contrast = forms.responses, contrast_name(forms.responses.batches, pair)
    people = int(np.isin(responses.batch, pair).sum())
    classes = int(responses.classes_per_batch[list(pair)].sum()) if responses.class_code is not None else None
    scored = int((np.isin(responses.batch, pair) & ~np.isnan(forms.scores[name])).sum())
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


def _careless_rows(responses: Responses, kept: FormSet, level: float) -> list[Row]:
    """Return the headline contrasts of the total score and aspects without straight-lined forms."""
    rows = []
    for name, score in kept.scores.items():
        sums = score_sums(kept.responses, score)
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
    alpha, sets = data.settings.alpha, form_sets(responses)
    p_permuted = {pair: permutation_p_values(data, sets, pair) for pair in responses.pairs}
    rows: list[Row] = []
    tables: list[pd.DataFrame] = []
    for name in sets[0].scores:
        for pair in responses.pairs:
            analyses_made = defensible_analyses(sets, name, pair, p_permuted[pair], 1 - alpha)
            found, table = _headline_rows(sets[0], name, pair, analyses_made, alpha)
            rows += found
            tables.append(table)
    made = [table for table in tables if not table.empty]
    analyses = pd.concat(made, ignore_index=True) if made else pd.DataFrame()
    details = {"analyses": analyses, "disagreeing": _disagreeing(analyses)}
    return outcome(data.identity, rows + _careless_rows(responses, sets[-1], 1 - alpha), details)


def _disagreeing(analyses: pd.DataFrame) -> pd.DataFrame:
    """Return the analyses of the total score that do not say what the headline says."""
    if analyses.empty:
        return pd.DataFrame()
    chosen = analyses[~analyses["agrees"] & (analyses["subject"] == TOTAL)].drop(columns=["subject", "agrees"])
    return chosen.rename(columns={"unit": "sampling_unit", "test": "analysis_test"}).reset_index(drop=True)
