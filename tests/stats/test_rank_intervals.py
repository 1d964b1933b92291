"""The Hodges-Lehmann estimate and the limits of the rank-biserial, against all averages written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.codes import Reason, Status
from analysis.stats.matching import pair_scores
from analysis.stats.rank_intervals import hodges_lehmann, hodges_lehmann_change, rank_biserial_limits

CHANGES = st.lists(st.integers(-20, 20), min_size=1, max_size=25)


@given(CHANGES)
def test_it_is_the_median_of_all_walsh_averages(changes):
    values = np.array(changes, dtype=float)
    first, second = np.triu_indices(values.size)
    assert hodges_lehmann(values) == np.median((values[first] + values[second]) / 2)


@given(CHANGES, st.integers(-9, 9))
def test_a_shift_of_all_changes_shifts_it(changes, shift):
    values = np.array(changes, dtype=float)
    assert hodges_lehmann(values + shift) == pytest.approx(hodges_lehmann(values) + shift)


def test_limits_hold_the_estimate_and_turn_with_its_sign():
    rng = np.random.default_rng(5)
    change, classes = rng.integers(-3, 6, 60).astype(float), np.repeat(np.arange(6), 10)
    low, high = rank_biserial_limits(change, classes, 0.95)
    assert -1 < low < high < 1
    assert rank_biserial_limits(-change, classes, 0.95) == pytest.approx((-high, -low))


def test_where_all_rose_there_are_no_limits():
    assert rank_biserial_limits(np.ones(6), np.repeat([0, 1, 2], 2), 0.95) is None


def test_without_pairs_nothing_is_estimated():
    estimate = hodges_lehmann_change(pair_scores([np.nan, 1.0], [2.0, np.nan]))
    assert (estimate.status, estimate.reason, estimate.n_missing) == (Status.NOT_ESTIMABLE, Reason.TOO_FEW_PEOPLE, 2)
