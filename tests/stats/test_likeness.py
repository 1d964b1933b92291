"""Tests of people once more with the likeness of classes: simulated error rates, bounds of the rule."""

import numpy as np
import pytest
from scipy import stats

from analysis.errors import ParameterError
from analysis.stats.likeness import holds_with_clustering, p_with_likeness, unrecorded_classes

SIZE, CLASSES, WORLDS = 32, 3, 3000


def t_without_effect(icc, seed=0):
    """Return Welch's t on people of two batches of three classes, nothing planted."""
    rng = np.random.default_rng(seed)
    batches = []
    for _ in range(2):
        between = np.sqrt(icc) * rng.normal(size=(WORLDS, CLASSES, 1))
        people = between + np.sqrt(1 - icc) * rng.normal(size=(WORLDS, CLASSES, SIZE))
        batches.append(people.reshape(WORLDS, -1))
    return stats.ttest_ind(batches[0], batches[1], axis=1, equal_var=False)


@pytest.mark.parametrize(("icc", "plain"), [(0.05, 0.22), (0.10, 0.33), (0.14, 0.40)])
def test_people_taken_as_independent_reject_far_too_often_and_the_deflated_test_does_not(icc, plain):
    found = t_without_effect(icc)
    assert np.mean(found.pvalue < 0.05) == pytest.approx(plain, abs=0.035)
    held = [
        holds_with_clustering(float(t), classes=2 * CLASSES, class_size=SIZE, icc=0.14, alpha=0.05)
        for t in found.statistic
    ]
    assert np.mean(held) < 0.065


def test_without_likeness_and_with_many_classes_it_is_the_test_itself():
    assert p_with_likeness(2.5, classes=100_000, class_size=1, icc=0.14) == pytest.approx(
        2 * stats.norm.sf(2.5), rel=1e-3
    )


def test_a_strong_difference_still_holds_and_a_weak_one_does_not():
    assert holds_with_clustering(18.0, classes=6, class_size=32, icc=0.14, alpha=0.05)
    assert not holds_with_clustering(4.0, classes=6, class_size=32, icc=0.14, alpha=0.05)
    assert holds_with_clustering(-18.0, classes=6, class_size=32, icc=0.14, alpha=0.05)


def test_too_few_classes_never_hold():
    assert not holds_with_clustering(1e6, classes=2, class_size=32, icc=0.14, alpha=0.05)
    assert not holds_with_clustering(1e6, classes=1, class_size=32, icc=0.14, alpha=0.05, samples=1)


def test_unrecorded_classes_are_rounded_down():
    assert [unrecorded_classes(people, 32) for people in (31, 32, 95, 1956)] == [0, 1, 2, 61]


@pytest.mark.parametrize(("size", "icc"), [(0.5, 0.1), (32, -0.1), (32, 1.2)])
def test_impossible_numbers_are_refused(size, icc):
    with pytest.raises(ParameterError):
        p_with_likeness(2.0, classes=6, class_size=size, icc=icc)
