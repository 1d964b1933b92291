"""Which sizes can have produced a table, against tables that were made and against brute force."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from analysis.stats.published.granularity import (
    PrintedTable,
    fitting_triples,
    reachable_share,
    reachable_share_with_free_ties,
    scan_equal_sizes,
    total_is_reproduced,
)
from analysis.stats.published.rounding import RoundingRule

HALF_UP = RoundingRule.HALF_UP


def made_table(sizes: tuple[int, ...], items: int, seed: int) -> PrintedTable:
    """Return the table that an office would print from answers of groups of these sizes."""
    generator = np.random.default_rng(seed)
    means = np.array([[generator.integers(1, 6, n).mean() for n in sizes] for _ in range(items)])
    units = np.floor(100 * means + 0.5 + 1e-9).astype(np.int64)
    return PrintedTable(units, np.floor(100 * means.mean(axis=1) + 0.5 + 1e-9).astype(np.int64), 2, 1, 5)


@pytest.mark.parametrize("n", [23, 31, 64, 96])
def test_the_size_that_made_a_table_always_fits(n):
    table = made_table((n, n, n), 22, n)
    scan = scan_equal_sizes(table, np.arange(20, 151), HALF_UP)
    assert scan.fits[n - 20]
    assert (scan.means[n - 20], scan.totals[n - 20]) == (66, 22)


def test_the_sizes_that_made_an_unequal_table_are_found():
    table = made_table((30, 41, 37), 12, 3)
    found = fitting_triples(table, np.arange(25, 45), HALF_UP, 120)
    assert (30, 41, 37) in [tuple(row) for row in found]


def test_combinations_are_those_of_brute_force():
    table = made_table((12, 9, 11), 4, 5)
    sizes = np.arange(8, 16)
    expected = [
        combination
        for combination in product(sizes, repeat=3)
        if sum(combination) <= 34
        and all(total_is_reproduced(table, item, np.array(combination), HALF_UP) for item in range(4))
        and all(
            table.units[item, group] in {int(np.floor(100 * total / n + 0.5 + 1e-9)) for total in range(n, 5 * n + 1)}
            for item in range(4)
            for group, n in enumerate(combination)
        )
    ]
    assert [tuple(row) for row in fitting_triples(table, sizes, HALF_UP, 34)] == expected


def test_from_a_hundred_answers_on_two_decimals_have_no_power():
    shares = reachable_share(np.array([10, 50, 99, 100, 250]), 2, 1, 5, HALF_UP)
    assert shares[0] == pytest.approx(41 / 401)
    assert (np.diff(shares) >= 0).all()
    assert shares[3] == shares[4] == 1
    assert shares[2] < 1


@pytest.mark.parametrize("n", [7, 80, 95, 96])
def test_ties_that_go_both_ways_reach_every_mean_within_half_a_unit(n):
    means = [Fraction(total, n) for total in range(n, 5 * n + 1)]
    reached = [any(abs(100 * mean - units) <= Fraction(1, 2) for mean in means) for units in range(100, 501)]
    assert reachable_share_with_free_ties(n, 2, 1, 5) == pytest.approx(sum(reached) / 401)
    assert (n in {80, 96}) == all(reached)


def test_without_totals_only_means_decide():
    table = made_table((40, 40, 40), 5, 1)
    without = PrintedTable(table.units, np.full(5, -1), 2, 1, 5)
    scan = scan_equal_sizes(without, np.array([40]), HALF_UP)
    assert scan.n_totals == 0
    assert scan.fits.all()


def test_a_total_off_by_one_is_not_reproduced_where_each_mean_admits_one_sum():
    table = made_table((40, 40, 40), 5, 1)
    wrong = PrintedTable(table.units, table.total_units + 2, 2, 1, 5)
    assert scan_equal_sizes(wrong, np.array([40]), HALF_UP).totals[0] == 0
