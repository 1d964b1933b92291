import numpy as np
import pytest

from analysis.stats.matching import pair_scores
from analysis.stats.regression_to_mean import highest_quarter, lowest_quarter, regression_to_mean


def test_the_formula_and_the_correlation_that_explains_everything():
    pairs = pair_scores([20, 40, 60, 80], [45, 55, 70, 80])
    answer = regression_to_mean(pairs, pairs.pre <= 20, rhos=(0.5, 1.0))
    assert answer.subgroup_gain == 25
    assert answer.overall_gain == 12.5
    assert answer.expected_gains == (12.5 + 0.5 * 30, 12.5)
    again = regression_to_mean(pairs, pairs.pre <= 20, rhos=(answer.rho_explaining,))
    assert again.expected_gains[0] == pytest.approx(25)


def test_without_any_effect_the_formula_predicts_what_a_bivariate_normal_does():
    rng = np.random.default_rng(1)
    true = rng.normal(size=200_000)
    pre, post = (50 + 10 * (np.sqrt(0.7) * true + np.sqrt(0.3) * rng.normal(size=true.size)) for _ in range(2))
    pairs = pair_scores(pre, post)
    for choose, sign in ((lowest_quarter, 1), (highest_quarter, -1)):
        answer = regression_to_mean(pairs, choose(pairs.pre), rhos=(0.7,))
        assert answer.subgroup_gain * sign > 3
        assert answer.expected_gains[0] == pytest.approx(answer.subgroup_gain, abs=0.15)
        assert answer.rho_explaining == pytest.approx(0.7, abs=0.015)


def test_a_subgroup_like_all_has_no_explaining_correlation_and_wrong_input_is_refused():
    pairs = pair_scores([50, 50], [60, 70])
    assert regression_to_mean(pairs, np.array([True, False])).rho_explaining is None
    with pytest.raises(ValueError, match="nobody"):
        regression_to_mean(pairs, np.array([False, False]))
    with pytest.raises(ValueError, match="between 0 and 1"):
        regression_to_mean(pairs, np.array([True, False]), rhos=(1.2,))
