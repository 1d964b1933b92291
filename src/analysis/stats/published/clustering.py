"""How much likeness within classes undoes a conclusion drawn for independent people.

The design effect 1 + (m - 1) ICC (Kish 1965, Survey Sampling, sec. 5.4) multiplies the squared standard error.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.errors import ParameterError
from analysis.stats.published.rounding import IntArray
from analysis.stats.published.variances import (
    largest_variance,
    person_mean_variances_outer,
    smallest_variance,
)

FloatArray = NDArray[np.float64]


def critical_t(df: ArrayLike, alpha: float) -> FloatArray:
    """Return the two-sided critical value of Student's t with ``df`` degrees of freedom."""
    return np.asarray(special.stdtrit(np.asarray(df, dtype=np.float64), 1 - alpha / 2))


def breakdown_design_effect(t_worst: ArrayLike, df: ArrayLike, alpha: float) -> FloatArray:
    """Return the design effect at which the worst-case t stops being significant: (t / t_crit)^2.

    ``df`` belongs to the unit that is taken as independent (Welch's for persons, G_a + G_b - 2 for classes
    or villages). Below 1 the few units alone undo the conclusion.
    """
    return (np.asarray(t_worst, dtype=np.float64) / critical_t(df, alpha)) ** 2


def effective_cluster_size(sizes: IntArray) -> float:
    """Return m = sum m_i^2 / sum m_i, the cluster size that enters the design effect of unequal clusters."""
    sizes = np.asarray(sizes, dtype=np.int64)
    return float(np.sum(sizes**2) / np.sum(sizes))


def breakdown_icc(design_effect: ArrayLike, cluster_size: float) -> FloatArray:
    """Return the intraclass correlation that gives a design effect in clusters of this size.

    Negative: already undone without any correlation; above 1: no correlation can undo it.
    """
    if cluster_size <= 1:
        raise ParameterError(f"a cluster must hold more than one person, not {cluster_size}")
    return (np.asarray(design_effect, dtype=np.float64) - 1) / (cluster_size - 1)


def breakdown_sd(difference: ArrayLike, n: ArrayLike, df: ArrayLike, alpha: float) -> FloatArray:
    """Return the SD, common to both groups of n, at which a difference stops being significant."""
    return np.abs(np.asarray(difference)) / critical_t(df, alpha) * np.sqrt(np.asarray(n, dtype=np.float64) / 2)


def class_mean_variances(sums: ArrayLike, n: int, classes: int, low: int, high: int) -> tuple[FloatArray, FloatArray]:
    """Return the smallest and largest variance of class means that sums of answers admit.

    Parameters
    ----------
    sums
        Sums of the answers of all classes together, any shape.
    n
        People who answered on the whole numbers ``low`` .. ``high``, in ``classes`` classes as equal as whole people
        allow.

    Returns
    -------
    smallest, largest
        Sample variances (divisor classes - 1), shape of ``sums``. Where all classes are of one size both are attained:
        a class behaves like one person on the scale size * low .. size * high. Else the smallest is 0, a valid limit.

    Raises
    ------
    ParameterError
        For fewer than two classes, or more classes than people.
    """
    size, larger = _class_sizes(n, classes)
    sums = np.asarray(sums, dtype=np.int64)
    if larger:
        return np.zeros(sums.shape), _largest_of_unequal(sums - n * low, size, larger, classes, high - low)
    largest = largest_variance(sums, classes, size * low, size * high)
    return smallest_variance(sums, classes) / size**2, largest / size**2


def class_mean_slack(n: int, classes: int, low: int, high: int) -> float:
    """Return how far the plain mean of class means may lie from the mean of all people, classes as equal as can be."""
    _, larger = _class_sizes(n, classes)
    return (high - low) * larger * (classes - larger) / (classes * n)


def _class_sizes(n: int, classes: int) -> tuple[int, int]:
    """Return the size of the smaller classes and how many classes have one person more."""
    if classes < 2:
        raise ParameterError("class means vary only between two or more classes")
    if n < classes:
        raise ParameterError(f"{n} people do not fill {classes} classes")
    return divmod(n, classes)


def _largest_of_unequal(above: IntArray, size: int, larger: int, classes: int, span: int) -> FloatArray:
    """Return the largest variance of class means with ``larger`` classes of size + 1 and the others of ``size``.

    The variance is convex in the class means, so it is largest where all classes but one stand at the ends of the
    scale. ``above`` are sums over the lowest possible one.
    """
    best = np.zeros(above.shape)
    for at_top in range(larger + 1):
        for smaller_at_top in range(classes - larger + 1):
            rest = above - span * (at_top * (size + 1) + smaller_at_top * size)
            for people, is_left in ((size + 1, at_top < larger), (size, smaller_at_top < classes - larger)):
                mean = rest / people
                total = span * (at_top + smaller_at_top) + mean
                squares = span**2 * (at_top + smaller_at_top) + mean**2
                is_possible = (rest >= 0) & (rest <= span * people) & is_left
                variance = (squares - total**2 / classes) / (classes - 1)
                best = np.where(is_possible, np.maximum(best, variance), best)
    return best


def class_score_variances(
    first: IntArray, last: IntArray, n: int, classes: int, low: int, high: int
) -> tuple[float, float]:
    """Return outer limits of the variance of class means of a score that is the mean of several items.

    ``first``/``last`` (items,) are the ends of each item's admitted sums, the rest as in :func:`class_mean_variances`.
    """
    size, larger = _class_sizes(n, classes)
    if not larger:
        smallest, largest = person_mean_variances_outer(first, last, classes, size * low, size * high)
        return smallest / size**2, largest / size**2
    spreads = [
        np.sqrt(class_mean_variances(np.arange(start, stop + 1), n, classes, low, high)[1]).max()
        for start, stop in zip(first, last, strict=True)
    ]
    return 0.0, float(np.mean(spreads) ** 2)
