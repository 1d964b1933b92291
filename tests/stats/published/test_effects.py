"""Effect bounds against every pair of small data sets."""

from itertools import combinations_with_replacement

import numpy as np
import pytest

from analysis.stats.published.effects import cliffs_delta_bounds, cohens_d_bounds
from analysis.stats.published.variances import largest_variance, smallest_variance


def cliffs_delta(a, b) -> float:
    return float(np.mean(np.sign(np.subtract.outer(b, a))))


@pytest.mark.parametrize(("sum_a", "sum_b"), [(15, 22), (14, 15), (18, 18), (7, 29)])
def test_cliffs_delta_of_all_samples_lies_inside(sum_a, sum_b):
    n = 6
    every = list(combinations_with_replacement(range(1, 6), n))
    deltas = [cliffs_delta(a, b) for a in every if sum(a) == sum_a for b in every if sum(b) == sum_b]
    low, high = cliffs_delta_bounds(sum_a / n, sum_b / n, 1, 5)
    assert low <= min(deltas) + 1e-12
    assert high >= max(deltas) - 1e-12
    assert max(deltas) - min(deltas) > 0.7 * (high - low) - 0.1


def test_means_at_the_ends_determine_delta():
    low, high = cliffs_delta_bounds([1.0, 5.0, 3.0], [5.0, 5.0, 3.0], 1, 5)
    np.testing.assert_allclose(low, [1, 0, -1 / 3])
    np.testing.assert_allclose(high, [1, 0, 1 / 3])


def test_delta_is_antisymmetric():
    forward, backward = (
        cliffs_delta_bounds(3.89, 4.46, 1, 5),
        cliffs_delta_bounds(4.46, 3.89, 1, 5),
    )
    assert forward[0] == pytest.approx(-backward[1])
    assert forward[1] == pytest.approx(-backward[0])


@pytest.mark.parametrize(("sum_a", "sum_b"), [(15, 22), (22, 15), (18, 18)])
def test_cohens_d_of_all_samples_lies_inside_and_reaches_the_smaller_end(sum_a, sum_b):
    n = 6
    every = list(combinations_with_replacement(range(1, 6), n))
    d = []
    for a in (s for s in every if sum(s) == sum_a):
        for b in (s for s in every if sum(s) == sum_b):
            pooled = np.sqrt((np.var(a, ddof=1) + np.var(b, ddof=1)) / 2)
            d.append((np.mean(b) - np.mean(a)) / pooled if pooled else np.nan)
    difference = (sum_b - sum_a) / n
    spread = [(smallest_variance(s, n), largest_variance(s, n, 1, 5)) for s in (sum_a, sum_b)]
    low, high = cohens_d_bounds(difference, difference, *spread, n, n)
    assert low <= np.nanmin(d) + 1e-12
    assert high >= np.nanmax(d) - 1e-12
    nearest = np.nanmin(np.abs(d))
    assert min(abs(float(low)), abs(float(high))) == pytest.approx(nearest)
