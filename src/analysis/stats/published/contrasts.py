"""All contrasts between the groups of a table of printed means, bounded at once.

A *score* is one item or the mean of several items per person; a *unit* is what is taken as independent,
a person or a class. Both are described by ranges: the means and variances that the printed table admits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.stats.published.clustering import class_mean_slack, class_mean_variances, class_score_variances
from analysis.stats.published.effects import cohens_d_bounds
from analysis.stats.published.p_bounds import welch_p_bounds
from analysis.stats.published.rounding import IntArray
from analysis.stats.published.variances import (
    largest_variance,
    person_mean_variances_outer,
    single_peaked_variances,
    smallest_variance,
)

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ScoreRanges:
    """What a table admits for scores of groups; arrays are (scores, choices, groups).

    ``choices`` runs over the sums that a printed mean admits (padded with NaN); ``n`` (groups,) is the number
    of independent units of each group.
    """

    mean_low: FloatArray
    mean_high: FloatArray
    variance_low: FloatArray
    variance_high: FloatArray
    n: IntArray


@dataclass(frozen=True, slots=True)
class ContrastBounds:
    """Bounds of one pair of groups, later minus earlier; arrays are (scores,), NaN where nothing is admitted.

    ``t_worst``/``df_worst`` belong to the largest p-value; ``sd_high`` is the larger of the two groups'
    largest standard deviations.
    """

    difference_low: FloatArray
    difference_high: FloatArray
    p_low: FloatArray
    p_high: FloatArray
    t_worst: FloatArray
    df_worst: FloatArray
    d_low: FloatArray
    d_high: FloatArray
    sd_high: FloatArray


def _admitted_choices(first: IntArray, last: IntArray) -> tuple[IntArray, NDArray[np.bool_]]:
    """Return every admitted sum as (items, choices, groups) with a mask of what is admitted."""
    width = max(int((last - first).max()) + 1, 1)
    sums = first[:, None, :] + np.arange(width)[None, :, None]
    return sums, sums <= last[:, None, :]


def item_ranges(
    first: IntArray,
    last: IntArray,
    n: IntArray,
    low: int,
    high: int,
    *,
    is_single_peaked: bool = False,
) -> ScoreRanges:
    """Return the ranges of single items from their admitted sums ``first``..``last`` (items, groups).

    ``n`` (groups,) people answered on low..high. ``is_single_peaked`` assumes answers that rise to one mode
    and fall after it.
    """
    sums, is_admitted = _admitted_choices(first, last)
    inside = np.clip(sums, n * low, n * high)
    if is_single_peaked:
        smallest, largest = single_peaked_variances(inside, n, low, high)
    else:
        smallest, largest = (
            smallest_variance(inside, n),
            largest_variance(inside, n, low, high),
        )
    mean = np.where(is_admitted, inside / n, np.nan)
    return ScoreRanges(
        mean,
        mean,
        np.where(is_admitted, smallest, np.nan),
        np.where(is_admitted, largest, np.nan),
        n,
    )


def person_mean_ranges(
    first: IntArray,
    last: IntArray,
    n: IntArray,
    low: int,
    high: int,
    members: Sequence[IntArray],
) -> ScoreRanges:
    """Return the ranges of persons' means over the items of each score (``members``: item indices per score)."""
    shape = (len(members), 1, len(n))
    mean_low, mean_high, smallest, largest = (np.full(shape, np.nan) for _ in range(4))
    for score, items in enumerate(members):
        for group, size in enumerate(n):
            start, stop = first[items, group], last[items, group]
            if np.any(start > stop):
                continue
            mean_low[score, 0, group] = start.sum() / (size * len(items))
            mean_high[score, 0, group] = stop.sum() / (size * len(items))
            smallest[score, 0, group], largest[score, 0, group] = person_mean_variances_outer(
                start, stop, int(size), low, high
            )
    return ScoreRanges(mean_low, mean_high, smallest, largest, n)


def class_ranges(
    first: IntArray,
    last: IntArray,
    n: IntArray,
    classes: IntArray,
    low: int,
    high: int,
    members: Sequence[IntArray],
) -> ScoreRanges:
    """Return what a table admits for class means of each score, the class being the unit.

    Parameters
    ----------
    first, last
        Ends of the admitted sums, shape (items, groups).
    n, classes
        People and classes of each group, shape (groups,); classes are as equal in size as whole people allow.
    low, high
        Ends of the scale.
    members
        Item indices of each score. A single item keeps each admitted sum as a choice of its own; means of several items
        get outer limits over all their sums.
    """
    width = max(int((last - first).max()) + 1, 1) if all(len(items) == 1 for items in members) else 1
    filled = np.full((4, len(members), width, len(n)), np.nan)
    for score, items in enumerate(members):
        for group, (people, count) in enumerate(zip(n.tolist(), classes.tolist(), strict=True)):
            start, stop = first[items, group], last[items, group]
            if np.all(start <= stop):
                found = _limits_of_classes(start, stop, people, count, low, high)
                filled[:, score, : found.shape[1], group] = found
    mean_low, mean_high, smallest, largest = filled
    return ScoreRanges(mean_low, mean_high, smallest, largest, classes)


def _limits_of_classes(start: IntArray, stop: IntArray, people: int, classes: int, low: int, high: int) -> FloatArray:
    """Return the ends of the mean and of the variance of class means, shape (4, choices)."""
    slack = class_mean_slack(people, classes, low, high)
    if len(start) == 1:
        first = last = np.arange(start[0], stop[0] + 1)
        smallest, largest = class_mean_variances(first, people, classes, low, high)
    else:
        first, last = np.array([start.sum()]), np.array([stop.sum()])
        limits = class_score_variances(start, stop, people, classes, low, high)
        smallest, largest = np.array([limits[0]]), np.array([limits[1]])
    answers = people * len(start)
    lower, upper = np.clip(first / answers - slack, low, high), np.clip(last / answers + slack, low, high)
    return np.stack([lower, upper, smallest, largest])


def contrast(ranges: ScoreRanges, earlier: int, later: int) -> ContrastBounds:
    """Return the bounds of every score for the groups with these indices, over all admitted choices."""
    low, high = _differences(ranges, earlier, later)
    near = np.where((low <= 0) & (high >= 0), 0.0, np.where(np.abs(low) < np.abs(high), low, high))
    far = np.where(np.abs(low) > np.abs(high), low, high)
    variances_a = _pick(ranges.variance_low, ranges.variance_high, earlier, axis=2)
    variances_b = _pick(ranges.variance_low, ranges.variance_high, later, axis=1)
    n_a, n_b = ranges.n[earlier], ranges.n[later]
    bounds = welch_p_bounds(near, far, variances_a, variances_b, n_a, n_b)
    d_low, d_high = cohens_d_bounds(low, high, variances_a, variances_b, n_a, n_b)
    worst = _worst(bounds.p_high)
    largest = np.sqrt(np.fmax(np.nanmax(ranges.variance_high[..., earlier], axis=1, initial=0), 0))
    other = np.sqrt(np.fmax(np.nanmax(ranges.variance_high[..., later], axis=1, initial=0), 0))
    return ContrastBounds(
        difference_low=_least(low),
        difference_high=-_least(-high),
        p_low=_least(bounds.p_low),
        p_high=-_least(-bounds.p_high),
        t_worst=_at(bounds.t_worst, worst),
        df_worst=_at(bounds.df_worst, worst),
        d_low=_least(d_low),
        d_high=-_least(-d_high),
        sd_high=np.maximum(largest, other),
    )


def _differences(ranges: ScoreRanges, earlier: int, later: int) -> tuple[FloatArray, FloatArray]:
    """Return the admitted differences of every choice of both groups: (scores, choices, choices)."""
    low = ranges.mean_low[:, None, :, later] - ranges.mean_high[:, :, None, earlier]
    high = ranges.mean_high[:, None, :, later] - ranges.mean_low[:, :, None, earlier]
    return low, high


def _pick(low: FloatArray, high: FloatArray, group: int, *, axis: int) -> tuple[FloatArray, FloatArray]:
    return np.expand_dims(low[..., group], axis), np.expand_dims(high[..., group], axis)


def _least(values: FloatArray) -> FloatArray:
    """Return the smallest value over all choices, NaN where no choice is admitted."""
    flat = values.reshape(len(values), -1)
    smallest = np.where(np.isnan(flat), np.inf, flat).min(axis=1)
    return np.where(np.isnan(flat).all(axis=1), np.nan, smallest)


def _worst(p_high: FloatArray) -> IntArray:
    flat = p_high.reshape(len(p_high), -1)
    return np.where(np.isnan(flat), -np.inf, flat).argmax(axis=1)


def _at(values: FloatArray, index: IntArray) -> FloatArray:
    return values.reshape(len(values), -1)[np.arange(len(values)), index]
