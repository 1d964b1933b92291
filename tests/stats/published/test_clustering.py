"""Break-down of a conclusion under clustering, and class means by enumeration."""

from itertools import pairwise, product

import numpy as np
import pytest
from scipy import stats

from analysis.errors import ParameterError
from analysis.stats.published.clustering import (
    breakdown_design_effect,
    breakdown_icc,
    breakdown_sd,
    class_mean_slack,
    class_mean_variances,
    class_score_variances,
    critical_t,
    effective_cluster_size,
)
from analysis.stats.published.variances import person_mean_variances


def test_at_the_breakdown_the_p_value_is_alpha():
    design_effect = breakdown_design_effect(8.883, 60, 0.05)
    t = 8.883 / np.sqrt(design_effect)
    assert 2 * stats.t.sf(t, 60) == pytest.approx(0.05)


def test_breakdown_correlation_gives_the_breakdown_design_effect():
    icc = breakdown_icc(19.72, 32)
    assert 1 + 31 * icc == pytest.approx(19.72)
    assert breakdown_icc(0.9, 32) < 0


def test_at_the_breakdown_sd_the_p_value_is_alpha():
    sd = float(breakdown_sd(0.57, 96, 190, 0.05))
    t = 0.57 / (sd * np.sqrt(2 / 96))
    assert 2 * stats.t.sf(t, 190) == pytest.approx(0.05)


def test_effective_size_of_equal_and_unequal_clusters():
    assert effective_cluster_size(np.array([32, 32, 32])) == 32
    assert effective_cluster_size(np.array([10, 30])) == 25


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 2), (2, 2, 1)])
def test_class_means_by_enumeration(sizes):
    """Classes as equal as can be on 1..3, one sum: every way to answer."""
    edges = np.cumsum((0, *sizes))
    found: dict[int, list[np.ndarray]] = {}
    for answers in product(range(1, 4), repeat=int(edges[-1])):
        means = [np.mean(answers[start:stop]) for start, stop in pairwise(edges)]
        found.setdefault(sum(answers), []).append(np.array(means))
    slack = class_mean_slack(int(edges[-1]), len(sizes), 1, 3)
    for total, every in found.items():
        variances = [float(np.var(means, ddof=1)) for means in every]
        smallest, largest = class_mean_variances(total, int(edges[-1]), len(sizes), 1, 3)
        assert float(largest) == pytest.approx(max(variances), abs=1e-12)
        assert float(smallest) <= min(variances) + 1e-12
        if len(set(sizes)) == 1:
            assert float(smallest) == pytest.approx(min(variances), abs=1e-12)
        shifts = [abs(means.mean() - total / edges[-1]) for means in every]
        assert max(shifts) <= slack + 1e-12
    most = max(abs(means.mean() - total / edges[-1]) for total, every in found.items() for means in every)
    assert most == pytest.approx(slack)


def test_class_scores_with_classes_of_one_are_person_scores():
    sums = np.array([300, 310])
    assert class_score_variances(sums, sums, 96, 96, 1, 5) == person_mean_variances(sums, 96, 1, 5)


@pytest.mark.parametrize(("n", "classes"), [(6, 3), (7, 3)])
def test_class_scores_of_two_items_with_several_sums_stay_inside(n, classes):
    """Random answers to two items whose sums are only known to lie in a range."""
    generator = np.random.default_rng(n)
    first, last = np.array([12, 10]), np.array([14, 13])
    low, high = class_score_variances(first, last, n, classes, 1, 3)
    labels = np.sort(np.arange(n) % classes)
    inside = 0
    for _ in range(3000):
        answers = generator.integers(1, 4, size=(2, n))
        if ((answers.sum(axis=1) >= first) & (answers.sum(axis=1) <= last)).all():
            scores = answers.mean(axis=0)
            variance = float(np.var([scores[labels == k].mean() for k in range(classes)], ddof=1))
            assert low - 1e-12 <= variance <= high + 1e-12
            inside += 1
    assert inside > 100


def test_an_inner_sum_may_be_the_one_with_the_smallest_variance():
    """Three classes of two people: sums of 8 and 10 cannot be split into thirds, the 9 between them can."""
    smallest, _ = class_score_variances(np.array([8]), np.array([10]), 6, 3, 1, 3)
    ends = [float(class_mean_variances(total, 6, 3, 1, 3)[0]) for total in (8, 10)]
    assert smallest == 0 < min(ends)


def test_critical_t_agrees_with_the_quantile():
    np.testing.assert_allclose(critical_t([4, 190], 0.05), stats.t.ppf(0.975, [4, 190]))


def test_what_needs_clusters_says_so():
    with pytest.raises(ParameterError, match="more than one person"):
        breakdown_icc(2, 1)
    with pytest.raises(ParameterError, match="two or more classes"):
        class_mean_variances(100, 32, 1, 1, 5)
    with pytest.raises(ParameterError, match="two or more classes"):
        class_score_variances(np.array([100]), np.array([100]), 32, 1, 1, 5)
    with pytest.raises(ParameterError, match="2 people do not fill 3 classes"):
        class_mean_variances(6, 2, 3, 1, 5)
