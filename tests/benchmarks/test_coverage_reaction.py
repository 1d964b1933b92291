"""Coverage in a reduced form; the full table is printed by benchmarks/coverage_reaction.py."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.coverage_reaction import BANDS, LEVEL, covers, of_answers, of_scores, of_uneven_classes

SETS = 120


@pytest.mark.parametrize(("classes", "icc"), [(3, 0.10), (9, 0.0), (9, 0.10)])
def test_each_interval_contains_the_truth_as_often_as_declared(classes, icc):
    rng = np.random.default_rng([5, classes, round(1000 * icc)])
    found = {}
    for part in (of_answers, of_scores, of_uneven_classes):
        found |= part(rng, classes, icc, SETS)
    outside = {}
    for name, flags in found.items():
        together = np.concatenate(flags)
        margin = 3.29 * np.sqrt(LEVEL * (1 - LEVEL) / together.size)
        if not BANDS[name].low - margin <= together.mean() <= BANDS[name].high + margin:
            outside[name] = float(together.mean())
    assert outside == {}
    assert set(BANDS) - set(found) == {"cliffs_delta, cluster bootstrap"}  # from 20 classes on


def test_an_interval_that_cannot_be_computed_does_not_count_as_holding_the_truth():
    low, high = np.array([0.0, np.nan, 2.0]), np.array([1.0, np.nan, 3.0])
    assert covers(low, high, 0.5).tolist() == [True, False]
