"""All contrasts of a printed table at once hold those of every set of answers that prints it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from analysis.stats.published.contrasts import contrast, item_ranges, person_mean_ranges

N, LOW, HIGH = 4, 1, 4


def samples(total):
    """Return every sorted set of answers of N people with this sum."""
    levels = range(LOW, HIGH + 1)
    return [np.array(one) for one in itertools.combinations_with_replacement(levels, N) if sum(one) == total]


def bounds_of(earlier, later):
    first = np.array([[earlier[0], later[0]]])
    last = np.array([[earlier[1], later[1]]])
    return contrast(item_ranges(first, last, np.array([N, N]), LOW, HIGH), 0, 1)


@pytest.mark.filterwarnings("ignore:Precision loss")  # of groups whose answers are all alike
@pytest.mark.parametrize(("earlier", "later"), [((7, 7), (12, 12)), ((6, 8), (11, 12)), ((9, 10), (10, 11))])
def test_no_answers_that_print_the_means_leave_the_bounds(earlier, later):
    bounds = bounds_of(earlier, later)
    p_values, differences = [], []
    for total_a, total_b in itertools.product(range(earlier[0], earlier[1] + 1), range(later[0], later[1] + 1)):
        for a, b in itertools.product(samples(total_a), samples(total_b)):
            differences.append(b.mean() - a.mean())
            if a.var() + b.var() > 0:
                p_values.append(stats.ttest_ind(b, a, equal_var=False).pvalue)
    assert bounds.difference_low[0] == pytest.approx(min(differences))
    assert bounds.difference_high[0] == pytest.approx(max(differences))
    assert bounds.p_low[0] <= min(p_values) + 1e-12
    assert bounds.p_high[0] == pytest.approx(max(p_values))


def test_the_exchange_of_groups_turns_the_difference_and_keeps_p():
    ranges = item_ranges(np.array([[7, 12]]), np.array([[8, 12]]), np.array([N, N]), LOW, HIGH)
    there, back = contrast(ranges, 0, 1), contrast(ranges, 1, 0)
    assert there.difference_low == pytest.approx(-back.difference_high)
    assert (there.p_high, there.d_high) == (pytest.approx(back.p_high), pytest.approx(-back.d_low))


def test_a_score_without_an_admitted_sum_has_no_bounds():
    ranges = item_ranges(np.array([[8, 9], [9, 9]]), np.array([[7, 9], [9, 9]]), np.array([N, N]), LOW, HIGH)
    bounds = contrast(ranges, 0, 1)
    assert np.isnan([bounds.p_high[0], bounds.difference_low[0]]).all()
    assert bounds.difference_low[1] == 0


def test_a_mean_over_one_item_is_the_item():
    first, last, n = np.array([[7, 11]]), np.array([[8, 12]]), np.array([N, N])
    one = person_mean_ranges(first, last, n, LOW, HIGH, [np.array([0])])
    item = item_ranges(first, last, n, LOW, HIGH)
    assert one.mean_low.ravel() == pytest.approx(np.nanmin(item.mean_low, axis=1).ravel())
    assert (one.variance_high.ravel() >= np.nanmax(item.variance_high, axis=1).ravel() - 1e-12).all()
