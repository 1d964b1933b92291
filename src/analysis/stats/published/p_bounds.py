"""The smallest and largest p-value of Welch's t test that two published means admit.

Welch (1947), Biometrika 34, 28-35; degrees of freedom after Satterthwaite (1946). With x = s_a^2/n_a and
y = s_b^2/n_b, p depends on x + y and on the ratio x : y only through the degrees of freedom. Shrinking both
in proportion keeps the ratio and lowers p, so the smallest p lies on the two edges nearest the origin and
the largest on the two farthest from it. The largest is at a corner; the smallest may lie inside an edge,
because the degrees of freedom change along it, and is searched there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.stats.codes import Verdict

FloatArray = NDArray[np.float64]

# Points per search step along an edge, and steps: each later step zooms into the best interval.
_POINTS = 17
_ZOOMS = 5


@dataclass(frozen=True, slots=True)
class PBounds:
    """Bounds of a two-sided Welch test; arrays of one shape.

    ``t_worst`` is the t statistic (signed, later minus earlier) at the smallest admitted difference and the
    largest standard error; ``df_worst`` its degrees of freedom.
    """

    p_low: FloatArray
    p_high: FloatArray
    t_worst: FloatArray
    df_worst: FloatArray


def welch(
    difference: FloatArray,
    x: FloatArray,
    y: FloatArray,
    df_a: FloatArray,
    df_b: FloatArray,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return t, degrees of freedom and two-sided p of Welch's test from squared standard errors x and y.

    Where both are 0, t is infinite with df ``df_a + df_b`` and p is 0, or p is 1 when the difference is 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(difference == 0, 0.0, difference / np.sqrt(x + y))
        df = (x + y) ** 2 / (x**2 / df_a + y**2 / df_b)
    df = np.where(x + y > 0, df, df_a + df_b)
    return t, df, 2 * special.stdtr(df, -np.abs(t))


def _edge_minimum(
    difference: FloatArray,
    fixed: FloatArray,
    start: FloatArray,
    stop: FloatArray,
    df_fixed: FloatArray,
    df_moving: FloatArray,
) -> FloatArray:
    """Return the smallest p while one squared standard error stays and the other moves from start to stop."""
    steps = np.linspace(0, 1, _POINTS)
    best = np.full(difference.shape, np.inf)
    for _ in range(_ZOOMS):
        moving = start[..., None] + (stop - start)[..., None] * steps
        _, _, p = welch(
            difference[..., None],
            fixed[..., None],
            moving,
            df_fixed[..., None],
            df_moving[..., None],
        )
        at = p.argmin(axis=-1)
        best = np.minimum(best, p.min(axis=-1))
        left = np.take_along_axis(moving, np.maximum(at - 1, 0)[..., None], -1)[..., 0]
        right = np.take_along_axis(moving, np.minimum(at + 1, _POINTS - 1)[..., None], -1)[..., 0]
        start, stop = left, right
    return best


def welch_p_bounds(
    difference_nearest: ArrayLike,
    difference_farthest: ArrayLike,
    variances_a: tuple[ArrayLike, ArrayLike],
    variances_b: tuple[ArrayLike, ArrayLike],
    n_a: ArrayLike,
    n_b: ArrayLike,
) -> PBounds:
    """Return the range of the two-sided p of Welch's t over rectangles of variances (arrays broadcast).

    ``difference_nearest`` and ``difference_farthest`` are the admitted differences (later minus earlier)
    nearest to and farthest from 0; ``variances_a``/``variances_b`` are (smallest, largest) sample variances
    in squared units of the difference; ``n_a``/``n_b`` the numbers of independent units.
    """
    arrays = np.broadcast_arrays(
        *(
            np.asarray(value, dtype=np.float64)
            for value in (
                difference_nearest,
                difference_farthest,
                *variances_a,
                *variances_b,
                n_a,
                n_b,
            )
        )
    )
    near, far, low_a, high_a, low_b, high_b, size_a, size_b = arrays
    df_a, df_b = size_a - 1, size_b - 1
    x_low, x_high, y_low, y_high = (
        low_a / size_a,
        high_a / size_a,
        low_b / size_b,
        high_b / size_b,
    )
    p_low = np.minimum(
        _edge_minimum(far, y_low, x_low, x_high, df_b, df_a),
        _edge_minimum(far, x_low, y_low, y_high, df_a, df_b),
    )
    corners = [welch(near, x, y, df_a, df_b)[2] for x in (x_low, x_high) for y in (y_low, y_high)]
    t_worst, df_worst, _ = welch(near, x_high, y_high, df_a, df_b)
    return PBounds(p_low, np.max(corners, axis=0), t_worst, df_worst)


def verdict(p_low: float, p_high: float, alpha: float) -> Verdict:
    """Return what a range of p-values says at level alpha: always, never or undetermined."""
    if p_high < alpha:
        return Verdict.ALWAYS
    return Verdict.NEVER if p_low >= alpha else Verdict.UNDETERMINED
