"""Clusters as counts and the enumeration of assignments."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stats.clusters import (
    all_assignments,
    assignment_count,
    count_clusters,
    permutations_of,
    smallest_p,
)


def test_three_batches_of_three_classes_have_280_assignments_and_1680_ordered_ones() -> None:
    assert len(all_assignments([3, 3, 3], is_ordered=False)) == 280
    assert len(all_assignments([3, 3, 3], is_ordered=True)) == 1680


@given(st.lists(st.integers(0, 3), min_size=1, max_size=4).filter(lambda sizes: 1 <= sum(sizes) <= 7))
@settings(max_examples=40, deadline=None)
def test_enumeration_is_complete_and_without_repetition(sizes: list[int]) -> None:
    labels = np.repeat(np.arange(len(sizes)), sizes)
    ordered = {tuple(labels[list(order)]) for order in itertools.permutations(range(labels.size))}

    def partition(assignment: tuple[int, ...]) -> frozenset[frozenset[int]]:
        return frozenset(frozenset(np.flatnonzero(np.array(assignment) == group).tolist()) for group in set(assignment))

    found = [tuple(row) for row in all_assignments(sizes, is_ordered=True).tolist()]
    assert len(found) == len(set(found)) == assignment_count(sizes, is_ordered=True)
    assert set(found) == ordered
    classes = [partition(tuple(row)) for row in all_assignments(sizes, is_ordered=False).tolist()]
    assert len(classes) == len(set(classes)) == assignment_count(sizes, is_ordered=False)
    assert set(classes) == {partition(assignment) for assignment in ordered}


def test_smallest_p_of_designs() -> None:
    assert smallest_p([3, 3, 3], is_ordered=False, is_two_sided=True, resamples=9_999) == pytest.approx(1 / 280)
    assert smallest_p([3, 3, 3], is_ordered=True, is_two_sided=True, resamples=9_999) == pytest.approx(2 / 1680)
    assert smallest_p([3, 3], is_ordered=True, is_two_sided=True, resamples=9_999) == pytest.approx(0.1)
    assert smallest_p([12, 12, 12], is_ordered=False, is_two_sided=True, resamples=9_999) == pytest.approx(1e-4)


def test_random_permutations_are_reproducible_and_keep_the_sizes() -> None:
    group = np.repeat(np.arange(4), 6)
    drawn = [
        np.concatenate(list(permutations_of(group, 4, is_ordered=True, resamples=500, seed=3).pieces(10_000)))
        for _ in range(2)
    ]

    np.testing.assert_array_equal(drawn[0], drawn[1])
    assert drawn[0].shape == (500, 24)
    assert (np.sort(drawn[0], axis=1) == group).all()


def test_counts_keep_unused_levels_and_leave_missing_answers_out() -> None:
    answers = np.array([[5.0, np.nan], [4.0, 1.0], [5.0, 1.0]])
    data = count_clusters(answers, np.array([0, 0, 1]), np.array([0, 1]), np.arange(1.0, 6.0), 2)

    assert data.counts[0, 0].tolist() == [0, 0, 0, 1, 1]
    assert data.counts[0, 1].tolist() == [1, 0, 0, 0, 0]
    assert data.counts[1].tolist() == [[0, 0, 0, 0, 1], [1, 0, 0, 0, 0]]


@pytest.mark.parametrize("wrong", [0.0, 6.0, 4.5])
def test_an_answer_outside_the_scale_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match=f"answer {wrong:g} is not a value of the scale"):
        count_clusters(np.array([[wrong]]), np.array([0]), np.array([0]), np.arange(1.0, 6.0), 1)
