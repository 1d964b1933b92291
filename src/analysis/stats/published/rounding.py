"""Printed numbers as what they are: intervals of the unrounded value, and sets of possible sums.

All arithmetic is on integers or fractions: a bound that misses by 1e-16 would be a wrong answer.
Source of the test: Brown & Heathers (2017), The GRIM test, SPPS 8(4), 363-369.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from analysis.errors import ParameterError

IntArray = NDArray[np.int64]

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


class RoundingRule(StrEnum):
    """How a table's author rounded; one rule holds for a whole table."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    HALF_DOWN = "half_down"
    CUT_OFF = "cut_off"
    BINARY_FLOAT = "binary_float"


@dataclass(frozen=True, slots=True)
class Printed:
    """A non-negative number as printed: ``units`` whole units of 10**-``decimals`` ("4,00" is 400 and 2)."""

    units: int
    decimals: int

    @property
    def value(self) -> float:
        """Return the printed value as a float."""
        return self.units / 10**self.decimals

    def interval(self, rule: RoundingRule) -> tuple[Fraction, Fraction]:
        """Return the lower and upper limit of the unrounded value; the ends' openness is left aside.

        The limits are the closure: an optimum over them bounds the optimum over the exact interval.
        """
        scale = 10**self.decimals
        if rule is RoundingRule.CUT_OFF:
            return Fraction(self.units, scale), Fraction(self.units + 1, scale)
        return Fraction(2 * self.units - 1, 2 * scale), Fraction(2 * self.units + 1, 2 * scale)


def parse_printed(text: str) -> Printed:
    """Read a printed number with a decimal comma or point, keeping its number of decimals.

    Raises :class:`ParameterError` when the text is not one plain non-negative number.

    >>> parse_printed("4,00")
    Printed(units=400, decimals=2)
    """
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped) or stripped.startswith("-"):
        raise ParameterError(f"{text!r} is not a printed number; write it like 4,18")
    whole, _, fraction = stripped.removeprefix("+").replace(",", ".").partition(".")
    return Printed(int(whole + fraction), len(fraction))


def printed_arrays(printed: list[Printed]) -> tuple[IntArray, int]:
    """Return the units of numbers that were printed with the same number of decimals, and those decimals.

    Numbers with fewer decimals would have wider intervals; mixing them raises :class:`ParameterError`.
    """
    decimals = {number.decimals for number in printed}
    if len(decimals) != 1:
        raise ParameterError(f"the printed means have different numbers of decimals: {sorted(decimals)}")
    return np.array([number.units for number in printed], dtype=np.int64), decimals.pop()


def _first_and_last_sum(units: IntArray, scale: int, n: IntArray, rule: RoundingRule) -> tuple[IntArray, IntArray]:
    """Return the smallest and largest integer S with round(S / n) = units / scale; first > last if none."""
    if rule is RoundingRule.CUT_OFF:
        return -(-n * units // scale), -(-n * (units + 1) // scale) - 1
    below, above, twice = n * (2 * units - 1), n * (2 * units + 1), 2 * scale
    closed_first, open_first = -(-below // twice), below // twice + 1
    closed_last, open_last = above // twice, -(-above // twice) - 1
    if rule is RoundingRule.HALF_UP:
        return closed_first, open_last
    if rule is RoundingRule.HALF_DOWN:
        return open_first, closed_last
    even = units % 2 == 0
    if rule is RoundingRule.HALF_EVEN:
        return np.where(even, closed_first, open_first), np.where(even, closed_last, open_last)
    return _binary_first_and_last(units, scale, n, closed_first, closed_last)


def _binary_first_and_last(
    units: IntArray, scale: int, n: IntArray, first: IntArray, last: IntArray
) -> tuple[IntArray, IntArray]:
    """Drop an end sum whose quotient, as a binary float, does not round to the printed value.

    Only the ends can be ties: a decimal tie is decided by the float that stands for it.
    """
    shape = np.broadcast_shapes(units.shape, n.shape)
    units, n = np.broadcast_to(units, shape), np.broadcast_to(n, shape)
    first, last = np.array(np.broadcast_to(first, shape)), np.array(np.broadcast_to(last, shape))
    for ends, step, half in ((first, 1, -1), (last, -1, 1)):
        is_tie = (2 * scale * ends == n * (2 * units + half)) & (first <= last)
        for index in map(tuple, np.argwhere(is_tie)):  # a single mean has no axis
            if _as_printed(int(ends[index]), int(n[index]), scale) != units[index]:
                ends[index] += step
    return first, last


def _as_printed(total: int, n: int, scale: int) -> int:
    """Return the mean of ``n`` answers, rounded as Python rounds floats, in units of 1 / ``scale``."""
    return round(round(total / n, len(str(scale)) - 1) * scale)


def admitted_sums(
    units: IntArray, decimals: int, n: IntArray, low: int, high: int, rule: RoundingRule
) -> tuple[IntArray, IntArray]:
    """Return the first and last sum of n integer answers on low..high that a printed mean admits.

    ``units`` (printed means in units of 10**-``decimals``) and ``n`` (numbers of answers) broadcast
    against each other. Every integer between first and last is admitted; first > last means that the
    mean cannot be reproduced from n answers.
    """
    units, n = np.asarray(units, dtype=np.int64), np.asarray(n, dtype=np.int64)
    if np.any(n < 1):
        raise ParameterError("a mean needs at least one answer: n must be 1 or more")
    first, last = _first_and_last_sum(units, 10**decimals, n, rule)
    return np.maximum(first, n * low), np.minimum(last, n * high)
