"""Which numbers of respondents can have produced a table of printed means and totals.

Brown & Heathers (2017) test single means (GRIM); here a table is tested as a whole, with the printed
totals, and the power of each size is shown: where every printable value is reachable, passing says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from analysis.stats.published.rounding import IntArray, RoundingRule, admitted_sums


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of printed means: items in rows, groups (batches) in columns.

    ``units`` (items, groups) and ``total_units`` (items,) are in units of 10**-``decimals``; totals are the
    plain mean of the groups' means, -1 where none is printed. Answers are integers on ``low``..``high``.
    """

    units: IntArray
    total_units: IntArray
    decimals: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class SizeScan:
    """What each candidate size can reproduce; all arrays have one entry per size.

    ``means`` and ``totals`` count reproduced means and totals (a total counts only where all its means
    do), ``largest_choice`` is the largest number of sums that one mean admits, ``reachable`` the share of
    printable values between the scale's ends that some sum of n answers rounds to (1 = no power).
    """

    sizes: IntArray
    means: IntArray
    totals: IntArray
    largest_choice: IntArray
    reachable: NDArray[np.float64]
    n_means: int
    n_totals: int

    @property
    def fits(self) -> NDArray[np.bool_]:
        """Return which sizes reproduce every mean and every total."""
        return (self.means == self.n_means) & (self.totals == self.n_totals)


def total_is_reproduced(table: PrintedTable, item: int, sizes: IntArray, rule: RoundingRule) -> bool:
    """Return whether sums that the item's means admit give its printed total.

    ``sizes`` holds one number of respondents per group. The total is the plain mean of the groups' means,
    (1/k) sum S_g / n_g, rounded by the same rule as the means.
    """
    first, last = admitted_sums(table.units[item], table.decimals, sizes, table.low, table.high, rule)
    common = int(np.lcm.reduce(sizes))
    weights = common // sizes
    wanted = admitted_sums(
        table.total_units[item],
        table.decimals,
        np.asarray(common * len(sizes), dtype=np.int64),
        table.low,
        table.high,
        rule,
    )
    reach = [range(int(low), int(high) + 1) for low, high in zip(first, last, strict=True)]
    return any(wanted[0] <= int(np.dot(sums, weights)) <= wanted[1] for sums in product(*reach))


def _equal_totals(
    table: PrintedTable,
    first: IntArray,
    last: IntArray,
    sizes: IntArray,
    rule: RoundingRule,
) -> IntArray:
    """Count the totals reproduced at each equal size: with one n the sums of sums form an interval."""
    groups = table.units.shape[1]
    wanted_first, wanted_last = admitted_sums(
        table.total_units,
        table.decimals,
        groups * sizes[:, None],
        table.low,
        table.high,
        rule,
    )
    possible = np.all(first <= last, axis=2)
    overlap = (first.sum(axis=2) <= wanted_last) & (last.sum(axis=2) >= wanted_first) & (wanted_first <= wanted_last)
    return np.sum(possible & overlap & (table.total_units >= 0), axis=1)


def scan_equal_sizes(table: PrintedTable, sizes: IntArray, rule: RoundingRule) -> SizeScan:
    """Test every candidate size, the same in each group, against the whole table under one rounding rule."""
    sizes = np.asarray(sizes, dtype=np.int64)
    first, last = admitted_sums(table.units, table.decimals, sizes[:, None, None], table.low, table.high, rule)
    choice = last - first + 1
    return SizeScan(
        sizes=sizes,
        means=np.sum(choice > 0, axis=(1, 2)),
        totals=_equal_totals(table, first, last, sizes, rule),
        largest_choice=choice.max(axis=(1, 2)),
        reachable=reachable_share(sizes, table.decimals, table.low, table.high, rule),
        n_means=table.units.size,
        n_totals=int(np.sum(table.total_units >= 0)),
    )


def reachable_share(sizes: IntArray, decimals: int, low: int, high: int, rule: RoundingRule) -> NDArray[np.float64]:
    """Return, per size, the share of printable values between the scale's ends that n answers can give."""
    values = np.arange(low * 10**decimals, high * 10**decimals + 1, dtype=np.int64)
    first, last = admitted_sums(values, decimals, np.asarray(sizes)[:, None], low, high, rule)
    return np.mean(first <= last, axis=1)


def reachable_share_with_free_ties(n: int, decimals: int, low: int, high: int) -> float:
    """Return the share of printable values that n answers can give where a tie may go up or down."""
    values = np.arange(low * 10**decimals, high * 10**decimals + 1, dtype=np.int64)
    either = np.zeros(len(values), dtype=np.bool_)
    for rule in (RoundingRule.HALF_UP, RoundingRule.HALF_DOWN):
        first, last = admitted_sums(values, decimals, np.asarray(n), low, high, rule)
        either |= first <= last
    return float(either.mean())


def fitting_triples(table: PrintedTable, sizes: IntArray, rule: RoundingRule, most_people: int) -> IntArray:
    """Return every combination of unequal or equal group sizes that reproduces means and totals.

    Only sizes that reproduce their own group's means are combined; combinations of more than
    ``most_people`` in all are left out. The result is (combinations, groups), sorted.
    """
    first, last = admitted_sums(
        table.units,
        table.decimals,
        np.asarray(sizes)[:, None, None],
        table.low,
        table.high,
        rule,
    )
    alone = np.all(first <= last, axis=1)
    candidates = [sizes[alone[:, group]] for group in range(table.units.shape[1])]
    with_total = np.flatnonzero(table.total_units >= 0)
    found = [
        combination
        for combination in _combinations_within(candidates, most_people)
        if all(total_is_reproduced(table, int(item), np.array(combination), rule) for item in with_total)
    ]
    return np.array(found, dtype=np.int64).reshape(-1, table.units.shape[1])


def _combinations_within(candidates: list[IntArray], most: int) -> Iterator[tuple[int, ...]]:
    """Yield every choice of one size per group whose sum is at most ``most``, without trying the others."""
    if not candidates:
        yield ()
        return
    if any(len(sizes) == 0 for sizes in candidates):
        return
    least_of_rest = sum(int(sizes.min()) for sizes in candidates[1:])
    for size in candidates[0][candidates[0] <= most - least_of_rest]:
        for rest in _combinations_within(candidates[1:], most - int(size)):
            yield (int(size), *rest)
