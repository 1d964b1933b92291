"""Bounds of Welch's p against every pair of small data sets, and properties."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.codes import Verdict
from analysis.stats.published.p_bounds import verdict, welch, welch_p_bounds
from analysis.stats.published.variances import largest_variance, smallest_variance

positive = st.floats(0.01, 9)
sizes = st.integers(2, 60)


def samples_with_sum(n: int, total: int) -> list[tuple[int, ...]]:
    return [answers for answers in combinations_with_replacement(range(1, 6), n) if sum(answers) == total]


@pytest.mark.parametrize(
    ("n_a", "sum_a", "n_b", "sum_b"),
    [(5, 14, 5, 21), (6, 20, 4, 17), (5, 13, 7, 28), (4, 9, 6, 27)],
)
def test_every_pair_of_samples_lies_inside_and_the_upper_end_is_reached(n_a, sum_a, n_b, sum_b):
    bounds = welch_p_bounds(
        sum_b / n_b - sum_a / n_a,
        sum_b / n_b - sum_a / n_a,
        (smallest_variance(sum_a, n_a), largest_variance(sum_a, n_a, 1, 5)),
        (smallest_variance(sum_b, n_b), largest_variance(sum_b, n_b, 1, 5)),
        n_a,
        n_b,
    )
    p = [
        stats.ttest_ind(b, a, equal_var=False).pvalue
        for a in samples_with_sum(n_a, sum_a)
        for b in samples_with_sum(n_b, sum_b)
        if len(set(a)) > 1 or len(set(b)) > 1
    ]
    assert bounds.p_low <= min(p) * (1 + 1e-9)
    assert max(p) == pytest.approx(float(bounds.p_high), rel=1e-9)


@given(st.floats(-3, 3), positive, positive, positive, positive, sizes, sizes)
def test_bounds_hold_over_the_whole_rectangle(difference, a, b, c, d, n_a, n_b):
    variances_a, variances_b = sorted((a, b)), sorted((c, d))
    bounds = welch_p_bounds(difference, difference, tuple(variances_a), tuple(variances_b), n_a, n_b)
    x, y = np.meshgrid(np.linspace(*variances_a, 25) / n_a, np.linspace(*variances_b, 25) / n_b)
    _, _, p = welch(np.float64(difference), x, y, np.float64(n_a - 1), np.float64(n_b - 1))
    assert p.max() <= bounds.p_high * (1 + 1e-9)
    assert p.min() >= bounds.p_low * (1 - 1e-5)


@given(st.floats(-3, 3), positive, positive, sizes, sizes)
def test_exchanging_the_groups_changes_only_the_sign(difference, a, b, n_a, n_b):
    forward = welch_p_bounds(difference, difference, (a / 2, a), (b / 2, b), n_a, n_b)
    backward = welch_p_bounds(-difference, -difference, (b / 2, b), (a / 2, a), n_b, n_a)
    assert forward.p_high == pytest.approx(float(backward.p_high))
    assert forward.p_low == pytest.approx(float(backward.p_low), rel=1e-6)
    assert forward.t_worst == pytest.approx(-float(backward.t_worst))


def test_no_difference_is_never_significant():
    bounds = welch_p_bounds(0.0, 0.0, (0.0, 1.0), (0.0, 1.0), 96, 96)
    assert bounds.p_low == bounds.p_high == 1


def test_a_difference_without_any_spread_has_p_zero():
    bounds = welch_p_bounds(1.0, 1.0, (0.0, 0.0), (0.0, 0.0), 10, 10)
    assert bounds.p_high == 0
    assert np.isinf(bounds.t_worst)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.0, 0.049, Verdict.ALWAYS),
        (0.05, 0.9, Verdict.NEVER),
        (0.01, 0.05, Verdict.UNDETERMINED),
    ],
)
def test_verdicts_at_the_level_itself(low, high, expected):
    assert verdict(low, high, 0.05) is expected
