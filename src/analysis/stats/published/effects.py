"""The range of effect sizes that two published means admit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def cohens_d_bounds(
    difference_low: ArrayLike,
    difference_high: ArrayLike,
    variances_a: tuple[ArrayLike, ArrayLike],
    variances_b: tuple[ArrayLike, ArrayLike],
    n_a: ArrayLike,
    n_b: ArrayLike,
) -> tuple[FloatArray, FloatArray]:
    """Return the smallest and largest Cohen's d (difference over the pooled SD) that the means admit.

    ``difference_low``/``difference_high`` are the ends of the admitted difference (later minus earlier),
    variances are (smallest, largest) sample variances. A pooled SD of 0 gives an infinite limit.
    Source: Cohen (1988), Statistical Power Analysis, eq. 2.5.1.
    """
    low, high = (
        np.asarray(difference_low, dtype=np.float64),
        np.asarray(difference_high, dtype=np.float64),
    )
    weight_a, weight_b = (
        np.asarray(n_a, dtype=np.float64) - 1,
        np.asarray(n_b, dtype=np.float64) - 1,
    )
    pooled = [
        np.sqrt((weight_a * np.asarray(a) + weight_b * np.asarray(b)) / (weight_a + weight_b))
        for a, b in zip(variances_a, variances_b, strict=True)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        smallest = np.where(low == 0, 0.0, low / np.where(low < 0, pooled[0], pooled[1]))
        largest = np.where(high == 0, 0.0, high / np.where(high > 0, pooled[0], pooled[1]))
    return smallest, largest


@dataclass(frozen=True, slots=True)
class _TwoPoints:
    """Every distribution on at most two levels with a given mean: probabilities (..., supports, levels)."""

    probabilities: FloatArray
    is_possible: NDArray[np.bool_]


def _two_point_distributions(mean: FloatArray, low: int, high: int) -> _TwoPoints:
    levels = np.arange(low, high + 1)
    pairs = np.array([(i, j) for i in range(len(levels)) for j in range(i, len(levels))])
    left, right = levels[pairs[:, 0]], levels[pairs[:, 1]]
    value = mean[..., None]
    possible = np.where(left == right, value == left, (left <= value) & (value <= right))
    weight = np.where(left == right, 0.0, (value - left) / np.where(left == right, 1, right - left))
    probabilities = np.zeros((*possible.shape, len(levels)))
    index = np.arange(len(pairs))
    probabilities[..., index, pairs[:, 0]] += 1 - weight
    probabilities[..., index, pairs[:, 1]] += weight
    return _TwoPoints(probabilities, possible)


def cliffs_delta_bounds(mean_a: ArrayLike, mean_b: ArrayLike, low: int, high: int) -> tuple[FloatArray, FloatArray]:
    """Return the range of Cliff's delta, P(b > a) - P(b < a), over all distributions with these means.

    Delta is linear in each distribution, so its extremes lie at two-point distributions. Whole numbers of
    people are not required: outer limits for n people. Not for means over several items.
    Source of delta: Cliff (1993), Psychological Bulletin 114, 494-509.
    """
    a, b = np.broadcast_arrays(np.asarray(mean_a, dtype=np.float64), np.asarray(mean_b, dtype=np.float64))
    first, second = (
        _two_point_distributions(a, low, high),
        _two_point_distributions(b, low, high),
    )
    levels = np.arange(low, high + 1)
    sign = np.sign(levels[None, :] - levels[:, None]).astype(np.float64)
    delta = np.einsum(
        "...si,ij,...tj->...st",
        first.probabilities,
        sign,
        second.probabilities,
        optimize=True,
    )
    possible = first.is_possible[..., :, None] & second.is_possible[..., None, :]
    smallest = np.where(possible, delta, np.inf).min(axis=(-2, -1))
    return smallest, np.where(possible, delta, -np.inf).max(axis=(-2, -1))
