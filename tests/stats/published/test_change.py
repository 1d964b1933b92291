"""Bounds of the change against every set of small test results, and the figures of a published report."""

from collections import defaultdict
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from scipy import stats

from analysis.errors import ParameterError
from analysis.stats.published.change import (
    MeanInterval,
    change_bounds,
    change_sensitivity,
    enough_units,
    largest_change_variance,
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
