"""The change from pretest to posttest, its standardised size and the normalised gain; unlinkable forms apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData, guarded
from analysis.evaluation.detectable import detectable_beside
from analysis.evaluation.learning.tables import CONTRAST, LearningTable, analysable, learning_table, nothing, rows
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.stats.change_model import model_of_change
from analysis.stats.codes import Effect, EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.equivalence import equivalence_of_change
from analysis.stats.gain import (
    GainBand,
    bands_of,
    floor_and_ceiling,
    gain_of_means,
    individual_gains,
    is_in_range,
    mean_individual_gain,
    reliable_change,
)
from analysis.stats.matching import PairedScores
from analysis.stats.paired import change_over_classes, describe_scores, mean_change
from analysis.stats.paired_effects import corrected, standardised_change
from analysis.stats.rank_intervals import hodges_lehmann_change
from analysis.stats.result import Estimate
from analysis.stats.shares import count, share_of_people
from analysis.stats.signflip import rank_and_sign_tests
from analysis.stats.unlinked import unlinked_change

CHANGE, EFFECTS, EQUIVALENCE = "learning.change", "learning.effects", "learning.equivalence"
UNITS = (SamplingUnit.CLASS, SamplingUnit.VILLAGE, SamplingUnit.PERSON)
EFFECT_FAMILY = (Effect.D_Z, Effect.D_AV, Effect.D_RM, Effect.GLASS_DELTA_PRE)


def change(data: StudyData) -> Outcome:
    """Return the mean change with class, village and naive interval, rank and sign tests, shares who rose.

    Subjects: ``all``; ``improved``, ``equal``, ``worse`` (shares); ``unlinked`` where forms cannot be linked: the
    paired test is refused (a row says so) and the class-linked, unpaired and bounded answers stand instead.
    Details: ``pairs`` (pre, post, change; no ids) and ``change_counts`` for figures.
    """
    table = learning_table(data)
    if table is None:
        return nothing(data, CHANGE)
    if table.why_no_pairs is Reason.UNLINKABLE_FORMS:
        return _unlinked(data, table)
    if table.why_no_pairs is not None:
        return nothing(data, CHANGE, table.why_no_pairs)
    pairs, level = table.pairs(), 1 - data.settings.alpha
    estimates = [mean_change(pairs, unit=unit, level=level) for unit in UNITS]
    estimates += detectable_beside(estimates[0], data.settings.alpha)
    estimates += [*change_over_classes(pairs, level=level), *describe_scores(pairs)]
    estimates += rank_and_sign_tests(pairs, level=level, resamples=data.settings.resamples, seed=data.settings.seed)
    estimates += [hodges_lehmann_change(pairs), _probability_higher(pairs, level), *model_of_change(pairs, level=level)]
    minimum = data.settings.minimum_cell
    result = rows(CHANGE, "all", CONTRAST, guarded(estimates, pairs.n, minimum), table.condition)
    for subject, mask in _directions(pairs).items():
        share = share_of_people(mask, classes=pairs.classes, level=level, n_missing=pairs.n_missing)
        result += rows(CHANGE, subject, CONTRAST, guarded([share], pairs.n, minimum), table.condition)
    return outcome(data.identity, result, _details(pairs, minimum))


def _directions(pairs: PairedScores) -> dict[str, np.ndarray]:
    return {"improved": pairs.change > 0, "equal": pairs.change == 0, "worse": pairs.change < 0}


def _probability_higher(pairs: PairedScores, level: float) -> Estimate:
    """Return P(post > pre) within person, ties one half."""
    values = np.where(pairs.change > 0, 1.0, np.where(pairs.change == 0, 0.5, 0.0))
    name = EstimateName.PROBABILITY_POST_HIGHER
    return share_of_people(values, classes=pairs.classes, level=level, name=name, n_missing=pairs.n_missing)


def _details(pairs: PairedScores, minimum_cell: int) -> dict[str, pd.DataFrame]:
    frame = pd.DataFrame({"pre": pairs.pre, "post": pairs.post, "change": pairs.change})
    if pairs.n < minimum_cell:
        frame = frame.iloc[:0]
    frame = frame.sort_values(["pre", "post"], ignore_index=True)
    counts = frame["change"].value_counts().sort_index().rename_axis("change").reset_index(name="people")
    return {"pairs": frame, "change_counts": counts}


def _unlinked(data: StudyData, table: LearningTable) -> Outcome:
    """Return the refusal of the paired test and what may be said without pairs."""
    frame, level = table.people, 1 - data.settings.alpha
    before, after = frame[frame["pre"].notna()], frame[frame["post"].notna()]
    has_classes = bool(before["class_id"].notna().any() and after["class_id"].notna().any())
    answer = unlinked_change(
        before["pre"].to_numpy(),
        after["post"].to_numpy(),
        pre_classes=before["class_id"].to_numpy(dtype=object) if has_classes else None,
        post_classes=after["class_id"].to_numpy(dtype=object) if has_classes else None,
        level=level,
    )
    minimum, people = data.settings.minimum_cell, min(len(before), len(after))
    estimates = guarded([answer.by_class, answer.welch, answer.bounds], people, minimum)
    refused = nothing(data, CHANGE, Reason.UNLINKABLE_FORMS)
    honest = outcome(data.identity, rows(CHANGE, "unlinked", CONTRAST, estimates, table.condition))
    return Outcome(pd.concat([refused.results, honest.results], ignore_index=True), {})


def effects(data: StudyData) -> Outcome:
    """Return d_z, d_av, d_rm and Glass's delta, each by class, by village and as if people were independent.

    Uncorrected and, but for d_rm, with Hedges's factor. Subject ``all``; ``effect_name`` says what the change is
    divided by.
    """
    found = analysable(data)
    if isinstance(found, Reason):
        return nothing(data, EFFECTS, found)
    pairs, level = found.pairs(), 1 - data.settings.alpha
    estimates: list[Estimate] = []
    for effect in EFFECT_FAMILY:
        for unit in UNITS:
            plain = standardised_change(pairs, effect, unit=unit, level=level)
            hedges = corrected(plain, pairs, effect)
            estimates += [plain] if hedges is None else [plain, hedges]
    shown = guarded(estimates, pairs.n, data.settings.minimum_cell)
    return outcome(data.identity, rows(EFFECTS, "all", CONTRAST, shown, found.condition))


def equivalence(data: StudyData) -> Outcome:
    """Return whether the change is smaller than the smallest that matters (a share of the test's maximum)."""
    found = analysable(data)
    if isinstance(found, Reason):
        return nothing(data, EQUIVALENCE, found)
    pairs = found.pairs()
    margin = None if found.maximum is None else data.settings.equivalence_test_share * found.maximum
    units = (SamplingUnit.CLASS, SamplingUnit.PERSON)
    estimates = [equivalence_of_change(pairs, margin, unit=unit, alpha=data.settings.alpha) for unit in units]
    shown = guarded(estimates, pairs.n, data.settings.minimum_cell)
    result: list[Row] = rows(EQUIVALENCE, "all", CONTRAST, shown, found.condition)
    return outcome(data.identity, result)


ANALYSIS = "learning.gain"


def gain(data: StudyData, *, reliability: float | None = None) -> Outcome:
    """Return N-gain of the means, of individuals with bands, floor and ceiling shares, reliable change.

    Subjects: ``all``; ``maximum`` (the highest score); ``band=high`` ... ``band=undefined`` (count and share of
    people); ``floor_pre``, ``ceiling_pre``, ``floor_post``, ``ceiling_post``; ``reliably_improved``,
    ``reliably_worse``. Details: ``individual_gain`` (sorted, no ids).

    Parameters
    ----------
    reliability
        Reliability of the pretest, strictly between 0 and 1; None leaves reliable change not estimable.
    """
    found = analysable(data)
    if isinstance(found, Reason):
        return nothing(data, ANALYSIS, found)
    pairs, level, minimum = found.pairs(), 1 - data.settings.alpha, data.settings.minimum_cell
    means = [gain_of_means(pairs, found.maximum, level=level), *mean_individual_gain(pairs, found.maximum, level=level)]
    result = rows(ANALYSIS, "all", CONTRAST, guarded(means, pairs.n, minimum), found.condition)
    if found.maximum is not None:
        result += rows(ANALYSIS, "maximum", None, [_highest_score(found.maximum)], found.condition)
    result += _bands(found, pairs, level, minimum)
    edges = floor_and_ceiling(pairs, found.maximum, level=level)
    named = {
        "floor_pre": edges.floor_pre,
        "ceiling_pre": edges.ceiling_pre,
        "floor_post": edges.floor_post,
        "ceiling_post": edges.ceiling_post,
        **reliable_change(pairs, reliability, level=level),
    }
    for subject, estimate in named.items():
        result += rows(ANALYSIS, subject, None, guarded([estimate], pairs.n, minimum), found.condition)
    return outcome(data.identity, result, {"individual_gain": _distribution(found, pairs, minimum)})


def _highest_score(maximum: float) -> Estimate:
    return Estimate(
        estimate_name=EstimateName.TEST_MAXIMUM,
        unit=Unit.TEST_POINTS,
        method=Method.DECLARED,
        status=Status.ESTIMATED,
        estimate=float(maximum),
    )


def _bands(table: LearningTable, pairs: PairedScores, level: float, minimum: int) -> list[Row]:
    if table.maximum is None or not is_in_range(pairs, table.maximum):
        return []
    bands = bands_of(individual_gains(pairs, table.maximum))
    result = []
    for band in GainBand:
        is_in = bands == str(band)
        share = share_of_people(is_in, classes=pairs.classes, level=level, n_missing=pairs.n_missing)
        estimates = [count(int(is_in.sum()), Unit.PEOPLE, n=pairs.n), share]
        result += rows(ANALYSIS, f"band={band}", CONTRAST, guarded(estimates, pairs.n, minimum), table.condition)
    return result


def _distribution(table: LearningTable, pairs: PairedScores, minimum: int) -> pd.DataFrame:
    is_shown = table.maximum is not None and is_in_range(pairs, table.maximum) and pairs.n >= minimum
    values = individual_gains(pairs, table.maximum) if is_shown and table.maximum is not None else np.array([])
    return pd.DataFrame({"individual_gain": np.sort(values[~np.isnan(values)])})
