"""Normalised gain of the means and of individuals, floor and ceiling, reliable change."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.learning.tables import CONTRAST, LearningTable, analysable, nothing, rows
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.small_cells import guarded
from analysis.stats.codes import Reason, Unit
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
from analysis.stats.shares import count, share_of_people

ANALYSIS = "learning.gain"


def gain(data: StudyData, *, reliability: float | None = None) -> Outcome:
    """Return N-gain of the means, of individuals with bands, floor and ceiling shares, reliable change.

    Subjects: ``all``; ``band=high`` ... ``band=undefined`` (count and share of people); ``floor_pre``, ``ceiling_pre``,
    ``floor_post``, ``ceiling_post``; ``reliably_improved``, ``reliably_worse``. Details: ``individual_gain`` (sorted,
    no ids).

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
