"""The smallest and largest sample variance (n - 1) that a known sum of integer answers admits.

Single answers: the variance is smallest with two neighbouring values and largest with all answers but one
at the ends of the scale. Means of several items per person: largest when the items are comonotone at their
own extremes (the sorted sums of persons then majorise every other arrangement), smallest from the integer
total spread evenly (Marshall, Olkin & Arnold 2011, Inequalities, ch. 1-2).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import ParameterError
from analysis.stats.published.rounding import IntArray

FloatArray = NDArray[np.float64]


def _require_two(n: IntArray) -> None:
    if np.any(n < 2):
        raise ParameterError("a sample variance needs at least two answers: n must be 2 or more")


def smallest_variance(sums: ArrayLike, n: ArrayLike) -> FloatArray:
    """Return the smallest sample variance of n integers with the given sum (arrays broadcast)."""
    sums, n = np.asarray(sums, dtype=np.int64), np.asarray(n, dtype=np.int64)
    _require_two(n)
    rest = sums % n
    return rest * (n - rest) / (n * (n - 1))


def largest_variance(sums: ArrayLike, n: ArrayLike, low: int, high: int) -> FloatArray:
    """Return the largest sample variance of n integers on low..high with the given sum (arrays broadcast).

    k = (S - n low) div (high - low) answers stand at ``high``, one takes the remainder, the rest at ``low``.
    """
    sums, n = np.asarray(sums, dtype=np.int64), np.asarray(n, dtype=np.int64)
    _require_two(n)
    span = high - low
    above = sums - n * low
    at_high, remainder = above // span, above % span
    squares = at_high * span**2 + remainder**2
    return (squares - above**2 / n) / (n - 1)


def person_mean_variances(sums: IntArray, n: int, low: int, high: int) -> tuple[float, float]:
    """Return the smallest and largest variance of persons' means over items with known sums.

    ``sums`` (items,) holds the sum of n answers on low..high of each item.

    >>> person_mean_variances(np.array([4, 4]), 2, 1, 5)
    (0.0, 2.0)
    """
    items = len(sums)
    smallest = float(smallest_variance(int(sums.sum()), n)) / items**2
    span = high - low
    at_high, remainder = np.divmod(sums - n * low, span)
    ordinal = np.arange(n)[:, None]
    above = np.where(ordinal < at_high, span, np.where(ordinal == at_high, remainder, 0))
    return smallest, float(np.var(above.mean(axis=1), ddof=1))


def person_mean_variances_outer(first: IntArray, last: IntArray, n: int, low: int, high: int) -> tuple[float, float]:
    """Return outer limits of the variance of persons' means when each item admits several sums.

    ``first``/``last`` (items,) are the ends of each item's admitted sums. The upper limit lets every item
    take its own largest standard deviation at once, all perfectly correlated; the lower one lets the total
    take whichever admitted value spreads most evenly. Both are valid, not always attained.
    """
    if np.array_equal(first, last):
        return person_mean_variances(first, n, low, high)
    items = len(first)
    total_first, total_last = int(first.sum()), int(last.sum())
    has_multiple = total_last // n > (total_first - 1) // n
    ends = smallest_variance(np.array([total_first, total_last]), n)
    smallest = 0.0 if has_multiple else float(ends.min()) / items**2
    candidates = [
        np.sqrt(largest_variance(np.arange(start, stop + 1), n, low, high)).max()
        for start, stop in zip(first, last, strict=True)
    ]
    return smallest, float(np.mean(candidates) ** 2)


@lru_cache(maxsize=32)
def _uniforms(low: int, high: int, mode: int) -> tuple[FloatArray, FloatArray]:
    """Return mean and second moment of every uniform distribution on consecutive levels around ``mode``."""
    ranges = [np.arange(start, stop + 1) for start in range(low, mode + 1) for stop in range(mode, high + 1)]
    return np.array([levels.mean() for levels in ranges]), np.array([(levels**2).mean() for levels in ranges])


def single_peaked_variances(sums: ArrayLike, n: ArrayLike, low: int, high: int) -> tuple[FloatArray, FloatArray]:
    """Return the smallest and largest variance when the answers rise to one mode and fall after it.

    An assumption, to be labelled. A distribution with mode m is a mixture of uniform distributions on runs
    of levels that contain m (Khinchine's representation on a grid), so at a fixed mean the extremes of the
    second moment lie at mixtures of two of them. Whole numbers of people are not required (outer limits), but
    the limits never pass those of free answers.
    """
    sums, n = np.asarray(sums, dtype=np.int64), np.asarray(n, dtype=np.int64)
    _require_two(n)
    mean = sums / n
    smallest, largest = np.full(mean.shape, np.inf), np.full(mean.shape, -np.inf)
    for mode in range(low, high + 1):
        means, seconds = _uniforms(low, high, mode)
        left, right = means[:, None], means[None, :]
        width = right - left
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = np.where(width > 0, (mean[..., None, None] - left) / width, 0.0)
        inside = (
            (left <= mean[..., None, None])
            & (mean[..., None, None] <= right)
            & ((width > 0) | (left == mean[..., None, None]))
        )
        second = (1 - weight) * seconds[:, None] + weight * seconds[None, :]
        smallest = np.minimum(smallest, np.where(inside, second, np.inf).min(axis=(-2, -1)))
        largest = np.maximum(largest, np.where(inside, second, -np.inf).max(axis=(-2, -1)))
    factor = n / (n - 1)
    return (
        np.maximum(factor * (smallest - mean**2), smallest_variance(sums, n)),
        np.minimum(factor * (largest - mean**2), largest_variance(sums, n, low, high)),
    )
