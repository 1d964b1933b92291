"""Bounds of the change against every set of small test results, and the figures of a published report."""

from collections import defaultdict
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from scipy import stats

from analysis.errors import ParameterError
from analysis.stats.published.change import (
    MeanInterval,
    alike_bounds,
    change_bounds,
    change_sensitivity,
    enough_units,
    largest_change_variance,
    largest_standard_error,
    n_gain,
    smallest_change_variance,
)

MAXIMUM, PAIRS = 2, 5


@pytest.fixture(scope="module")
def variances_by_means():
    """Every multiset of five pairs of scores on 0..2: variances of the change by (pre sum, post sum)."""
    found = defaultdict(list)
    for pairs in combinations_with_replacement(product(range(MAXIMUM + 1), repeat=2), PAIRS):
        scores = np.array(pairs)
        found[tuple(int(s) for s in scores.sum(axis=0))].append(float(np.var(scores[:, 1] - scores[:, 0], ddof=1)))
    return found


def test_no_set_of_scores_varies_more(variances_by_means):
    for (pre, post), variances in variances_by_means.items():
        bound = largest_change_variance(pre / PAIRS, post / PAIRS, MAXIMUM, PAIRS)
        assert max(variances) <= bound + 1e-9
        if pre % MAXIMUM == 0 and post % MAXIMUM == 0:  # all-or-nothing scores can give these means
            assert max(variances) == pytest.approx(float(bound))


def test_the_smallest_variance_on_an_integer_scale_is_reached(variances_by_means):
    for (pre, post), variances in variances_by_means.items():
        bound = smallest_change_variance(pre / PAIRS, post / PAIRS, PAIRS, is_integer_scale=True)
        assert min(variances) == pytest.approx(float(bound), abs=1e-9)


def test_the_worst_case_of_an_interval_is_worse_than_every_point_in_it():
    pre, post = MeanInterval(40, 47), MeanInterval(49, 62)
    bounds = change_bounds(pre, post, 100, 40, 0.05)
    for a, b in product(np.linspace(40, 47, 15), np.linspace(49, 62, 15)):
        t = (b - a) / np.sqrt(largest_change_variance(a, b, 100, 40) / 40)
        assert bounds.t_worst <= t + 1e-9
        assert bounds.gain_low - 1e-12 <= n_gain(a, b, 100) <= bounds.gain_high + 1e-12


def test_a_fall_is_the_mirror_of_a_rise():
    rise = change_bounds(MeanInterval(40, 42), MeanInterval(60, 61), 100, 50, 0.05)
    fall = change_bounds(MeanInterval(58, 60), MeanInterval(39, 40), 100, 50, 0.05)
    assert fall.t_worst == pytest.approx(-rise.t_worst)
    assert (fall.change_low, fall.change_high) == (-rise.change_high, -rise.change_low)


def test_overlapping_means_admit_no_change_at_all():
    bounds = change_bounds(MeanInterval(62.5, 63.5), MeanInterval(63, 64), 100, 500, 0.05)
    assert bounds.t_worst == 0
    assert bounds.p_high == 1
    assert enough_units(MeanInterval(62.5, 63.5), MeanInterval(63, 64), 100, 0.05) is None


def test_whole_percents_of_1956_pairs():
    """63 to 79 percent: the figures that hand calculation gives at the printed values and over their rounding."""
    at_print = change_bounds(MeanInterval(63, 63), MeanInterval(79, 79), 100, 1956, 0.05)
    assert at_print.sd_high == pytest.approx(74.477, abs=5e-4)
    assert at_print.t_worst == pytest.approx(9.501, abs=5e-4)
    assert at_print.breakdown == pytest.approx(23.47, abs=5e-3)
    rounded = change_bounds(MeanInterval(62.5, 63.5), MeanInterval(78.5, 79.5), 100, 1956, 0.05)
    assert rounded.t_worst == pytest.approx(8.883, abs=5e-4)
    assert rounded.breakdown == pytest.approx(20.5, abs=0.05)


def test_enough_is_the_smallest_number_that_is_always_significant():
    pre, post = MeanInterval(62.5, 63.5), MeanInterval(78.5, 79.5)
    enough = enough_units(pre, post, 100, 0.05)
    assert change_bounds(pre, post, 100, enough, 0.05).p_high < 0.05
    assert change_bounds(pre, post, 100, enough - 1, 0.05).p_high >= 0.05


def test_the_bound_is_the_p_value_of_data_that_reach_it():
    """20 pairs: 5 pass only the first test, 10 only the second, 5 both; as few as possible pass both."""
    pre = np.array([10] * 5 + [0] * 10 + [10] * 0 + [10] * 5)
    post = np.array([0] * 5 + [10] * 10 + [10] * 5)
    a, b = float(pre.mean()), float(post.mean())
    bounds = change_bounds(MeanInterval(a, a), MeanInterval(b, b), 10, 20, 0.05)
    assert bounds.p_high >= stats.ttest_rel(post, pre).pvalue
    pre, post = np.array([10] * 8 + [0] * 12), np.array([0] * 8 + [10] * 12)
    bounds = change_bounds(MeanInterval(4, 4), MeanInterval(6, 6), 10, 20, 0.05)
    assert bounds.p_high == pytest.approx(stats.ttest_rel(post, pre).pvalue)


def test_classes_that_are_wholly_alike_reach_their_bound():
    """25 to 100 with four classes: all people of a class go from 0, or stay at 100."""
    bounds = alike_bounds(MeanInterval(25, 25), MeanInterval(100, 100), 100, 4, 32, 0.05)
    attained = stats.ttest_1samp([0, 100, 100, 100], 0).pvalue
    assert bounds.p_high == pytest.approx(attained)
    assert attained == pytest.approx(0.0577, abs=5e-5)
    assert bounds.breakdown_icc < 1  # a likeness of 1 undoes it, so a smaller one does


def test_no_classes_that_whole_percents_admit_pass_their_bound():
    """61 equal classes, 63 to 79 in whole percents: 13 fall by 100, 22 rise by 100, 25 stay, one goes 73 to 89."""
    pre = np.array([100] * 13 + [0] * 22 + [100] * 25 + [73])
    post = np.array([0] * 13 + [100] * 22 + [100] * 25 + [89])
    assert 62.5 <= pre.mean() < 63.5
    assert 78.5 <= post.mean() < 79.5
    attained = float(stats.ttest_rel(post, pre).pvalue)
    bound = alike_bounds(MeanInterval(62.5, 63.5), MeanInterval(78.5, 79.5), 100, 61, 1956 / 61, 0.05)
    assert attained == pytest.approx(0.1226, abs=5e-5)
    assert bound.p_high == pytest.approx(0.1249, abs=5e-5)
    assert attained <= bound.p_high


@pytest.mark.parametrize(
    ("pre", "post"), [((40, 47), (49, 62)), ((45, 52), (47, 55)), ((10, 12), (90, 95)), ((62.5, 63.5), (78.5, 79.5))]
)
def test_the_largest_standard_error_holds_for_every_mean_in_the_intervals(pre, post):
    found = largest_standard_error(MeanInterval(*pre), MeanInterval(*post), 100, 9)
    every = [
        np.sqrt(largest_change_variance(a, b, 100, 9) / 9)
        for a, b in product(np.linspace(*pre, 21), np.linspace(*post, 21))
    ]
    assert max(every) <= found + 1e-9
    assert found < 1.1 * max(every)


@pytest.mark.parametrize("seed", range(3))
def test_a_change_is_undone_by_no_likeness_exactly_where_it_holds_for_wholly_alike_classes(seed):
    generator = np.random.default_rng(seed)
    verdicts = set()
    for _ in range(200):
        a, b = np.sort(generator.uniform(0, 100, 2))
        classes, size = int(generator.integers(2, 40)), int(generator.integers(2, 40))
        found = alike_bounds(MeanInterval(a, a), MeanInterval(b, b), 100, classes, size, 0.05)
        assert (found.p_high < 0.05) == (found.breakdown_icc > 1)
        verdicts.add(found.p_high < 0.05)
    assert verdicts == {True, False}


def test_sensitivity_is_the_paired_t_of_the_assumed_spread():
    t, d_z, breakdown = change_sensitivity(16, [10, 20], [0.0, 0.5], 100, 0.05)
    assert t.shape == d_z.shape == breakdown.shape == (2, 2)
    assert d_z[0, 1] == pytest.approx(1.6)
    assert t[0, 1] == pytest.approx(16)
    assert t[1, 0] == pytest.approx(16 / (20 * np.sqrt(2)) * 10)


@pytest.mark.parametrize(
    ("pre", "n", "message"),
    [(MeanInterval(-1, 2), 10, "from 0 to 100"), (MeanInterval(1, 2), 1, "two pairs")],
)
def test_impossible_input_is_refused(pre, n, message):
    with pytest.raises(ParameterError, match=message):
        change_bounds(pre, MeanInterval(79, 79), 100, n, 0.05)


def test_gain_is_undefined_at_the_maximum():
    assert np.isnan(n_gain(100, 100, 100))
