"""Adjusted p-values of a family: Holm and the step-down maxT."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.multiplicity import ExceedanceCounter, holm


def test_holm_multiplies_the_smallest_by_the_family_size_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_keeps_what_could_not_be_tested_out_of_the_family() -> None:
    adjusted = holm([0.01, np.nan, 0.04, None])

    assert adjusted[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(adjusted[[1, 3]]).all()


def test_holm_of_an_empty_family_is_empty() -> None:
    assert holm([]).size == 0
    assert np.isnan(holm([np.nan])).all()


def test_holm_refuses_what_is_no_p_value() -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1, found 1\.2"):
        holm([0.2, 1.2])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_is_monotone_and_at_least_the_raw_value(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    order = np.argsort(p_values, kind="stable")

    assert (adjusted >= np.asarray(p_values)).all()
    assert (np.diff(adjusted[order]) >= 0).all()
    assert adjusted.max() <= 1


def test_step_down_maxt_by_hand() -> None:
    # Four permutations of two items; the first row is the observed one. Item 0 reaches 5 once in the maximum
    # over both; item 1, alone after item 0, reaches 2 in two of four rows.
    permuted = np.array([[5.0, 2.0], [1.0, 3.0], [4.0, 1.0], [0.0, 0.0]])
    counter = ExceedanceCounter(permuted[0])
    counter.add(permuted[:1])
    counter.add(permuted[1:])

    assert counter.p_values(is_complete=True) == pytest.approx([1 / 4, 2 / 4])
    assert counter.step_down_p_values(is_complete=True) == pytest.approx([1 / 4, 2 / 4])
    assert counter.step_down_p_values(is_complete=False) == pytest.approx([2 / 5, 3 / 5])


def test_step_down_maxt_leaves_an_untested_item_out() -> None:
    counter = ExceedanceCounter(np.array([3.0, np.nan]))
    counter.add(np.array([[3.0, 99.0], [1.0, 99.0]]))

    adjusted = counter.step_down_p_values(is_complete=True)

    assert adjusted[0] == pytest.approx(0.5)
    assert np.isnan(adjusted[1])


def test_a_tie_in_the_last_bits_counts_as_reached() -> None:
    counter = ExceedanceCounter(np.array([0.1 + 0.2]))
    counter.add(np.array([[0.3], [0.0]]))

    assert counter.p_values(is_complete=True) == pytest.approx([0.5])
