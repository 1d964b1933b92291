"""Break-down of a conclusion under clustering, and class means by enumeration."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from analysis.errors import ParameterError
from analysis.stats.published.clustering import (
    breakdown_design_effect,
    breakdown_icc,
    breakdown_sd,
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


def test_class_means_by_enumeration():
    """Three classes of two people on 1..3, one sum: every way to answer."""
    found: dict[int, list[float]] = {}
    for answers in product(range(1, 4), repeat=6):
        means = np.reshape(answers, (3, 2)).mean(axis=1)
        found.setdefault(sum(answers), []).append(float(np.var(means, ddof=1)))
    for total, variances in found.items():
        smallest, largest = class_mean_variances(total, 3, 2, 1, 3)
        assert float(smallest) == pytest.approx(min(variances), abs=1e-12)
        assert float(largest) == pytest.approx(max(variances), abs=1e-12)


def test_class_scores_with_classes_of_one_are_person_scores():
    sums = np.array([300, 310])
    assert class_score_variances(sums, 96, 1, 1, 5) == person_mean_variances(sums, 96, 1, 5)


def test_critical_t_agrees_with_the_quantile():
    np.testing.assert_allclose(critical_t([4, 190], 0.05), stats.t.ppf(0.975, [4, 190]))


def test_what_needs_clusters_says_so():
    with pytest.raises(ParameterError, match="more than one person"):
        breakdown_icc(2, 1)
    with pytest.raises(ParameterError, match="two or more classes"):
        class_mean_variances(100, 1, 32, 1, 5)
    with pytest.raises(ParameterError, match="two or more classes"):
        class_score_variances(np.array([100]), 1, 32, 1, 5)
