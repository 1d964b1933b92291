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
    person_mean_variances,
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


def class_mean_variances(
    sums: ArrayLike, classes: int, class_size: int, low: int, high: int
) -> tuple[FloatArray, FloatArray]:
    """Return the smallest and largest variance of class means, given the sum over all classes.

    ``classes`` classes of ``class_size`` people answered on low..high; ``sums`` are the sums of all answers.
    A class behaves like one "person" on the scale class_size * low .. class_size * high.
    """
    if classes < 2:
        raise ParameterError("class means vary only between two or more classes")
    largest = largest_variance(sums, classes, class_size * low, class_size * high)
    return smallest_variance(sums, classes) / class_size**2, largest / class_size**2


def class_score_variances(sums: IntArray, classes: int, class_size: int, low: int, high: int) -> tuple[float, float]:
    """Return the same for class means of a score that is the mean of several items with sums ``sums``."""
    if classes < 2:
        raise ParameterError("class means vary only between two or more classes")
    smallest, largest = person_mean_variances(sums, classes, class_size * low, class_size * high)
    return smallest / class_size**2, largest / class_size**2
