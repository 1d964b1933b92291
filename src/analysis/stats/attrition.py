"""Missing tests: which mean change of the missing would undo the result, and whether it is possible at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.stats.matching import Floats


@dataclass(frozen=True, slots=True)
class TippingPoints:
    """Mean changes of the people with one test only, in points.

    ``estimate_zero``: at which the mean change of all is 0. ``interval_zero``: at which the interval of all just
    includes 0, None where no interval exists or that of the observed already includes 0. ``possible_low`` and
    ``possible_high``: what the scale leaves room for, given the one test that each of them took.
    ``all_low``/``all_high``: the mean change of all at these ends.
    """

    n_observed: int
    n_missing: int
    observed_change: float
    estimate_zero: float
    interval_zero: float | None
    possible_low: float | None
    possible_high: float | None
    all_low: float | None
    all_high: float | None

    @property
    def is_zero_possible(self) -> bool | None:
        """Tell whether the missing could make the estimate 0; None where the scale's maximum is unknown."""
        return _lies_between(self.estimate_zero, self.possible_low, self.possible_high)

    @property
    def is_interval_zero_possible(self) -> bool | None:
        """Tell whether the missing could make the interval include 0; None where that is not defined."""
        if self.interval_zero is None:
            return None
        return _lies_between(self.interval_zero, self.possible_low, self.possible_high)


def _lies_between(value: float, low: float | None, high: float | None) -> bool | None:
    if low is None or high is None:
        return None
    return low <= value <= high


def _possible_changes(pre_only: Floats, post_only: Floats, maximum: float) -> tuple[float, float]:
    """Return the lowest and highest mean change of people of whom one score is known, on a scale 0..maximum."""
    lows = np.concatenate([-pre_only, post_only - maximum])
    highs = np.concatenate([maximum - pre_only, post_only])
    return float(lows.mean()), float(highs.mean())


def tipping_points(
    change: Floats,
    pre_only: ArrayLike,
    post_only: ArrayLike,
    *,
    interval: tuple[float, float] | None,
    maximum: float | None,
) -> TippingPoints:
    """Return the tipping points of the people with one test only.

    Parameters
    ----------
    change
        Changes of the complete pairs, in points.
    pre_only, post_only
        Scores of the people with a pretest only, and with a posttest only.
    interval
        Limits of the mean change of the complete pairs, or None.
    maximum
        Highest possible score, or None where unknown (or contradicted by a score): then nothing is said about what is
        possible.

    Raises
    ------
    ValueError
        Nobody is missing, or there is no complete pair.
    """
    before, after = np.asarray(pre_only, dtype=np.float64), np.asarray(post_only, dtype=np.float64)
    missing, observed = before.size + after.size, change.size
    if missing == 0 or observed == 0:
        raise ValueError(f"{missing} people with one test and {observed} pairs: both must be at least 1")
    mean = float(change.mean())
    limit = None
    if interval is not None and (interval[0] > 0 or interval[1] < 0):
        limit = interval[0] if interval[0] > 0 else interval[1]
    low, high = (None, None) if maximum is None else _possible_changes(before, after, maximum)
    return TippingPoints(
        n_observed=observed,
        n_missing=missing,
        observed_change=mean,
        estimate_zero=-observed * mean / missing,
        interval_zero=None if limit is None else -observed * limit / missing,
        possible_low=low,
        possible_high=high,
        all_low=None if low is None else (observed * mean + missing * low) / (observed + missing),
        all_high=None if high is None else (observed * mean + missing * high) / (observed + missing),
    )
