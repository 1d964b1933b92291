"""What the pre and post means of the same people say about their change, without a single score.

For means a and b on 0..M the change varies most when both tests are all-or-nothing and as few people as
possible pass both: E[(Y - X)^2] = M (a + b) - 2 M^2 max(0, a/M + b/M - 1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.errors import ParameterError
from analysis.stats.published.clustering import breakdown_design_effect, breakdown_icc

FloatArray = NDArray[np.float64]

# Above this number of pairs the search for "enough" stops: no training has more participants.
_MOST_PAIRS = 10**9


@dataclass(frozen=True, slots=True)
class MeanInterval:
    """A mean known up to rounding: the unrounded value lies between ``low`` and ``high``."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChangeBounds:
    """What two means of n pairs admit; points are those of the test, positive means post is higher.

    ``change_low``/``change_high``: the mean change. ``sd_high``: the largest SD of the change at the
    least favourable means. ``t_worst``/``p_high``: the paired t test there. ``breakdown``: design effect at
    which it stops being significant, with n - 1 degrees of freedom. ``gain_low``/``gain_high``: N-gain of the
    means.
    """

    change_low: float
    change_high: float
    sd_high: float
    t_worst: float
    p_high: float
    breakdown: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True, slots=True)
class AlikeBounds:
    """What two means admit when all people of a unit (class, village) change alike, every unit being of one size.

    ``t_worst``/``p_high``: the t test on the units' changes at the least favourable ones. ``breakdown`` and
    ``breakdown_icc``: the design effect and the likeness within units that undo it; ``t_independent``: t of people
    without any likeness, with the variance of as many units. p is below alpha if and only if the likeness that undoes
    it is above 1.
    """

    t_worst: float
    p_high: float
    t_independent: float
    breakdown: float
    breakdown_icc: float


def largest_change_variance(pre: ArrayLike, post: ArrayLike, maximum: float, n: ArrayLike) -> FloatArray:
    """Return the largest sample variance of the change for means on 0..maximum of n pairs."""
    a, b, n = (np.asarray(value, dtype=np.float64) for value in (pre, post, n))
    both = np.maximum(0.0, a / maximum + b / maximum - 1)
    return n / (n - 1) * (maximum * (a + b) - 2 * maximum**2 * both - (b - a) ** 2)


def smallest_change_variance(pre: ArrayLike, post: ArrayLike, n: ArrayLike, *, is_integer_scale: bool) -> FloatArray:
    """Return the smallest sample variance of the change: 0, or f(1 - f) n/(n - 1) when scores are integers."""
    change = np.asarray(post, dtype=np.float64) - np.asarray(pre, dtype=np.float64)
    fraction = change - np.floor(change)
    n = np.asarray(n, dtype=np.float64)
    return n / (n - 1) * fraction * (1 - fraction) * float(is_integer_scale)


def n_gain(pre: float, post: float, maximum: float) -> float:
    """Return Hake's normalised gain of means (post - pre) / (maximum - pre); NaN when pre is the maximum.

    Source: Hake (1998), American Journal of Physics 66, 64-74.
    """
    return (post - pre) / (maximum - pre) if pre < maximum else float("nan")


def _least_favourable(pre: MeanInterval, post: MeanInterval) -> tuple[float, float]:
    """Return the means in the rectangle with the smallest |t|.

    t falls in pre and rises in post wherever post > pre (and the reverse), so the corner nearest to no
    change is the worst; where the intervals overlap there is a point without change.
    """
    if pre.high < post.low:
        return pre.high, post.low
    if post.high < pre.low:
        return pre.low, post.high
    shared = max(pre.low, post.low)
    return shared, shared


def change_bounds(pre: MeanInterval, post: MeanInterval, maximum: float, n: int, alpha: float) -> ChangeBounds:
    """Return the bounds for n pairs with means in the given intervals on a test from 0 to ``maximum``.

    Raises :class:`ParameterError` for fewer than two pairs or means outside the test.
    """
    if n < 2:
        raise ParameterError(f"a change needs at least two pairs, not {n}")
    if min(pre.low, post.low) < 0 or max(pre.high, post.high) > maximum:
        raise ParameterError(f"the means reach outside the test, which runs from 0 to {maximum:g}")
    a, b = _least_favourable(pre, post)
    variance = float(largest_change_variance(a, b, maximum, n))
    change = b - a
    t = change / np.sqrt(variance / n) if change else 0.0
    return ChangeBounds(
        change_low=post.low - pre.high,
        change_high=post.high - pre.low,
        sd_high=float(np.sqrt(variance)),
        t_worst=float(t),
        p_high=float(2 * special.stdtr(n - 1, -abs(t))),
        breakdown=float(breakdown_design_effect(t, n - 1, alpha)),
        gain_low=n_gain(pre.high, post.low, maximum),
        gain_high=n_gain(pre.low, post.high, maximum),
    )


def largest_standard_error(pre: MeanInterval, post: MeanInterval, maximum: float, units: int) -> float:
    """Return an upper limit of the standard error of the mean change when only ``units`` (2 or more) units vary.

    Over all means in the intervals: the largest variance falls with the distance of the two means and is highest where
    they add up to the maximum; each part is taken at its own worst.
    """
    if units < 2:
        raise ParameterError(f"a standard error needs at least two units, not {units}")
    total = min(max(pre.low + post.low, maximum), pre.high + post.high)
    nearest = max(0.0, post.low - pre.high, pre.low - post.high)
    passing_both = max(0.0, total / maximum - 1)
    variance = maximum * total - 2 * maximum**2 * passing_both - nearest**2
    return float(np.sqrt(variance / (units - 1)))


def alike_bounds(
    pre: MeanInterval, post: MeanInterval, maximum: float, units: int, size: float, alpha: float
) -> AlikeBounds:
    """Return the bounds when people of a unit change alike, so that the changes of the units are all that varies.

    Parameters
    ----------
    pre, post
        The printed means over rounding, in points of the test.
    maximum
        The highest score.
    units
        Number of classes or villages, two or more, each of ``size`` people (more than one).
    alpha
        Level of the two-sided test.

    Returns
    -------
    AlikeBounds
        The variance is that of ``units`` changes throughout, with divisor units - 1.

    Raises
    ------
    ParameterError
        For fewer than two units, a size of one or means outside the test.

    Examples
    --------
    Four classes that change by 0, 100, 100 and 100 points reach the bound of 25 to 100:

    >>> found = alike_bounds(MeanInterval(25, 25), MeanInterval(100, 100), 100, 4, 32, 0.05)
    >>> round(found.p_high, 4), round(found.breakdown_icc, 2)
    (0.0577, 0.89)
    """
    bounds = change_bounds(pre, post, maximum, units, alpha)
    undone = bounds.breakdown * size
    return AlikeBounds(
        t_worst=bounds.t_worst,
        p_high=bounds.p_high,
        t_independent=bounds.t_worst * float(np.sqrt(size)),
        breakdown=undone,
        breakdown_icc=float(breakdown_icc(undone, size)),
    )


def enough_units(pre: MeanInterval, post: MeanInterval, maximum: float, alpha: float) -> int | None:
    """Return the smallest number of independent pairs at which the change is significant whatever the scores.

    The same number counts classes when all people of a class change alike. None when no number is enough,
    because the means admit no change. |t| grows with n, so every larger number is enough too.
    """
    if change_bounds(pre, post, maximum, 2, alpha).t_worst == 0:
        return None
    low, high = 1, 2
    while change_bounds(pre, post, maximum, high, alpha).p_high >= alpha:
        low, high = high, 2 * high
        if high > _MOST_PAIRS:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if change_bounds(pre, post, maximum, middle, alpha).p_high < alpha:
            high = middle
        else:
            low = middle
    return high


def change_sensitivity(
    change: float, sds: ArrayLike, correlations: ArrayLike, n: int, alpha: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return t, d_z and breakdown design effect for every SD (of both tests) and pre-post correlation.

    ``sds`` (k,) in points and ``correlations`` (m,) give arrays (k, m): what would follow if they held.
    """
    spread = np.asarray(sds, dtype=np.float64)[:, None] * np.sqrt(2 * (1 - np.asarray(correlations, dtype=np.float64)))
    d_z = change / spread
    t = d_z * np.sqrt(n)
    return t, d_z, breakdown_design_effect(t, n - 1, alpha)
