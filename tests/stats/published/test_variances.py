"""Variance bounds against every possible data set of a small size, and against linear programming."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.errors import ParameterError
from analysis.stats.published.variances import (
    largest_variance,
    person_mean_variances,
    person_mean_variances_outer,
    single_peaked_variances,
    smallest_variance,
)


@pytest.mark.parametrize(("n", "low", "high"), [(2, 1, 5), (5, 1, 5), (7, 1, 4), (6, 0, 3)])
def test_single_answers_by_enumeration(n, low, high):
    found: dict[int, list[float]] = {}
    for answers in combinations_with_replacement(range(low, high + 1), n):
        found.setdefault(sum(answers), []).append(float(np.var(answers, ddof=1)))
    sums = np.array(sorted(found))
    np.testing.assert_allclose(smallest_variance(sums, n), [min(found[s]) for s in sums], atol=1e-12)
    np.testing.assert_allclose(largest_variance(sums, n, low, high), [max(found[s]) for s in sums], atol=1e-12)


def test_person_means_by_enumeration():
    n, items, low, high = 3, 2, 1, 4
    found: dict[tuple[int, ...], list[float]] = {}
    for answers in product(range(low, high + 1), repeat=n * items):
        table = np.reshape(answers, (n, items))
        found.setdefault(tuple(table.sum(axis=0)), []).append(float(np.var(table.mean(axis=1), ddof=1)))
    for sums, variances in found.items():
        smallest, largest = person_mean_variances(np.array(sums), n, low, high)
        assert smallest == pytest.approx(min(variances), abs=1e-12)
        assert largest == pytest.approx(max(variances), abs=1e-12)


def test_outer_limits_contain_the_exact_ones_of_every_admitted_sum():
    first, last, n = np.array([300, 310, 299]), np.array([302, 311, 301]), 96
    low, high = person_mean_variances_outer(first, last, n, 1, 5)
    ranges = [range(a, b + 1) for a, b in zip(first, last, strict=True)]
    exact = [person_mean_variances(np.array(sums), n, 1, 5) for sums in product(*ranges)]
    assert low <= min(pair[0] for pair in exact) + 1e-12
    assert high >= max(pair[1] for pair in exact) - 1e-12
    assert high < 1.03 * max(pair[1] for pair in exact)


def test_outer_limits_are_exact_for_single_sums():
    sums = np.array([300, 311, 299])
    assert person_mean_variances_outer(sums, sums, 96, 1, 5) == person_mean_variances(sums, 96, 1, 5)


def programme(mean: float, mode: int, sign: int) -> float:
    """Return the optimum of E[X^2] over distributions on 1..5 with a mean and a mode, by linear programming."""
    levels = np.arange(1, 6)
    falls = [
        [1.0 if k == j else -1.0 if k == j + (1 if j + 1 <= mode else -1) else 0.0 for k in levels]
        for j in levels
        if (j < mode) or (j > mode)
    ]
    result = linprog(
        sign * levels**2,
        A_ub=falls,
        b_ub=[0] * len(falls),
        A_eq=[np.ones(5), levels],
        b_eq=[1, mean],
    )
    return sign * result.fun if result.success else np.nan


@pytest.mark.parametrize("total", [96, 120, 250, 288, 373, 428, 479, 480])
def test_single_peaked_by_linear_programming(total):
    n = 96
    smallest, largest = single_peaked_variances(total, n, 1, 5)
    mean = total / n
    factor = n / (n - 1)
    low = min(value for mode in range(1, 6) if not np.isnan(value := programme(mean, mode, 1)))
    high = max(value for mode in range(1, 6) if not np.isnan(value := programme(mean, mode, -1)))
    assert float(smallest) == pytest.approx(max(factor * (low - mean**2), float(smallest_variance(total, n))), abs=1e-9)
    assert float(largest) == pytest.approx(
        min(factor * (high - mean**2), float(largest_variance(total, n, 1, 5))),
        abs=1e-9,
    )


def test_single_peaked_answers_never_vary_more_than_free_ones():
    sums = np.arange(96, 481)
    low, high = single_peaked_variances(sums, 96, 1, 5)
    assert (high <= largest_variance(sums, 96, 1, 5) + 1e-9).all()
    assert (low <= high + 1e-12).all()


def test_one_answer_has_no_variance():
    with pytest.raises(ParameterError, match="at least two answers"):
        smallest_variance(4, 1)
