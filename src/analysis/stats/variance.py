"""Variance between classes and villages: nested random intercepts by profile REML on sums, ICC, design effect.

Score of a person = mean of the batch + class + village in the class + person. Only the number of people, sum and sum
of squares of each village are needed, so that time does not grow with people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from analysis.stats.clusters import ClusterCounts
from analysis.stats.multiplicity import Floats

Codes = NDArray[np.int64]

# Upper end of the searched ratio of a standard deviation to that of people: an intraclass correlation of .9999.
_LARGEST_RATIO = 100.0
# Ratios from which the search starts.
_STARTS = (0.1, 0.3, 1.0)


@dataclass(frozen=True, slots=True)
class NestedSums:
    """Sums of a score in villages nested in classes nested in groups.

    n, mean: shape (villages,). within_squares: squares of people around their village's mean, in total.
    class_of_village: shape (villages,). group_of_class: shape (classes,), codes 0..groups-1 that all occur.
    has_villages: False where villages were not recorded, which leaves the village variance at 0.
    """

    n: Floats
    mean: Floats
    within_squares: float
    class_of_village: Codes
    group_of_class: Codes
    has_villages: bool


def nested_sums(score: Floats, village: Codes | None, class_code: Codes, group_of_class: Codes) -> NestedSums:
    """Return the sums of a score; people without a score are left out, classes and groups renumbered.

    Parameters
    ----------
    score
        Shape (people,), NaN missing.
    village
        Shape (people,): code of the village, or None where villages are not recorded (then one per class stands
        in). The same village in two classes counts as two.
    class_code
        Shape (people,): code of the class.
    group_of_class
        Shape (classes,): code of each class's group.
    """
    kept = ~np.isnan(score)
    value, classes = score[kept], class_code[kept]
    cell = np.stack([classes, np.zeros_like(classes) if village is None else village[kept]])
    cells, code = np.unique(cell, axis=1, return_inverse=True)
    code = code.ravel()
    used, class_of_village = np.unique(cells[0], return_inverse=True)
    n = np.bincount(code).astype(np.float64)
    mean = np.bincount(code, weights=value) / n
    squares = float(((value - mean[code]) ** 2).sum())
    groups = np.unique(group_of_class[used], return_inverse=True)[1]
    return NestedSums(n, mean, squares, class_of_village.ravel(), groups.ravel(), village is not None)


def _reml_deviance(data: NestedSums, class_ratio: float, village_ratio: float) -> tuple[float, float]:
    """Return minus twice the profiled REML log likelihood (up to a constant) and the person variance.

    ``class_ratio`` and ``village_ratio`` are variances over the variance of people.
    """
    weight = data.n / (1 + village_ratio * data.n)
    class_weight = np.bincount(data.class_of_village, weights=weight)
    class_sum = np.bincount(data.class_of_village, weights=weight * data.mean)
    shrink = 1 / (1 + class_ratio * class_weight)
    precision = np.bincount(data.group_of_class, weights=class_weight * shrink)
    group_mean = np.bincount(data.group_of_class, weights=class_sum * shrink) / precision
    # Around the group's mean, so that nothing cancels: the quadratic form of the residuals.
    expected = group_mean[data.group_of_class]
    residual = data.mean - expected[data.class_of_village]
    residual_sum = class_sum - class_weight * expected
    squares = data.within_squares + (weight * residual**2).sum() - (class_ratio * shrink * residual_sum**2).sum()
    df = data.n.sum() - precision.size
    determinants = np.log1p(village_ratio * data.n).sum() - np.log(shrink).sum() + np.log(precision).sum()
    return float(df * np.log(squares / df) + determinants), float(squares / df)


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """Variances of a score by level, and what follows from them.

    icc_class: correlation of two people of one class from different villages; its limits by profile REML
    likelihood (chi-squared with one degree of freedom, approximate with few classes). icc_village: correlation of
    two people of one village. design_effect: 1 + (m_village - 1) icc_village + (m_class - m_village) icc_class with m
    = sum m_i^2 / sum m_i, at least 1: how much wider than for independent people the variance of a batch mean is.
    """

    variance_class: float
    variance_village: float
    variance_person: float
    icc_class: float
    icc_class_low: float
    icc_class_high: float
    icc_village: float
    design_effect: float
    people_per_class: float
    people_per_village: float
    n: int
    classes: int


def _minimise(objective: Callable[[Floats], float], size: int) -> Floats:
    """Return the minimum over ``size`` ratios of standard deviations, each from 0 to 100.

    At a ratio of 0 the slope is 0 whatever lies beside it, so a search that touches 0 stays there: several starts
    are tried, and the best end is polished from inside.
    """
    bounds = [(0.0, _LARGEST_RATIO)] * size
    options = {"ftol": 1e-14, "gtol": 1e-9, "maxiter": 500}
    starts = [np.array(start) for start in product(_STARTS, repeat=size)]
    ends = [optimize.minimize(objective, start, method="L-BFGS-B", bounds=bounds, options=options) for start in starts]
    found = min(ends, key=lambda end: float(end.fun))
    inside = np.maximum(found.x, min(_STARTS) / 2)
    polished = optimize.minimize(
        objective, inside, method="Nelder-Mead", bounds=bounds, options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 2000}
    )
    return np.asarray(polished.x if polished.fun <= found.fun else found.x, dtype=np.float64)


def _profile(data: NestedSums, icc_class: float) -> float:
    """Return the deviance at a class correlation, smallest over the village variance."""

    def at(share_village: float) -> float:
        rest = (1 - icc_class) * (1 - share_village)
        return _reml_deviance(data, icc_class / rest, share_village * (1 - icc_class) / rest)[0]

    if not data.has_villages:
        return at(0.0)
    inner = optimize.minimize_scalar(at, bounds=(0.0, 0.999), method="bounded", options={"xatol": 1e-7})
    return min(float(inner.fun), at(0.0))


def _icc_limits(data: NestedSums, icc: float, lowest: float, level: float) -> tuple[float, float]:
    """Return where the profile lies a chi-squared quantile above its minimum; 0 where it never does below."""
    height = lowest + float(stats.chi2.ppf(level, 1))

    def above(candidate: float) -> float:
        return _profile(data, candidate) - height

    low = 0.0 if above(0.0) <= 0 else float(optimize.brentq(above, 0.0, icc, xtol=1e-7))
    top = 0.999
    high = 1.0 if above(top) <= 0 else float(optimize.brentq(above, max(icc, 1e-9), top, xtol=1e-7))
    return low, high


def _people_per(n: Floats) -> float:
    return float((n**2).sum() / n.sum())


def variance_components(data: NestedSums, *, level: float) -> VarianceComponents | None:
    """Fit the nested random intercepts, or return None where the design does not identify them.

    Needs more classes than groups, more people than villages (or classes) and a score that varies between people.
    Equal to ``lme4::lmer(score ~ batch + (1 | class/village), REML = TRUE)``: Bates et al. (2015), Journal of
    Statistical Software 67(1), eq. 41.
    """
    classes, groups = data.group_of_class.size, int(data.group_of_class.max(initial=-1)) + 1
    if classes <= groups or data.n.sum() <= data.n.size or data.within_squares <= 1e-12:
        return None

    def objective(ratios: Floats) -> float:
        return _reml_deviance(data, float(ratios[0]) ** 2, float(ratios[1]) ** 2 if ratios.size > 1 else 0.0)[0]

    found = _minimise(objective, 2 if data.has_villages else 1)
    class_ratio, village_ratio = float(found[0]) ** 2, float(found[1]) ** 2 if found.size > 1 else 0.0
    lowest, person = _reml_deviance(data, class_ratio, village_ratio)
    total = 1 + class_ratio + village_ratio
    icc_class, icc_village = class_ratio / total, (class_ratio + village_ratio) / total
    low, high = _icc_limits(data, icc_class, lowest, level)
    per_class = _people_per(np.bincount(data.class_of_village, weights=data.n).astype(np.float64))
    per_village = _people_per(data.n) if data.has_villages else 1.0
    effect = 1 + (per_village - 1) * icc_village + (per_class - per_village) * icc_class
    return VarianceComponents(
        class_ratio * person, village_ratio * person, person, icc_class, low, high, icc_village, max(1.0, effect),
        per_class, per_village, int(data.n.sum()), classes,
    )  # fmt: skip


def class_design_effects(data: ClusterCounts) -> Floats:
    """Return the design effect of classes for every item, shape (items,), at least 1; 1 where it is not estimable.

    From the analysis-of-variance intraclass correlation of the answers as scores, classes within groups:
    1 + (m - 1) ICC with m = sum m_i^2 / sum m_i.
    """
    n = data.counts.sum(axis=-1)
    total = data.counts @ data.levels
    squares = (data.counts @ data.levels**2).sum(axis=0)
    mean_squares = np.divide(total**2, n, out=np.zeros_like(n), where=n > 0)
    by_group = np.stack(
        [(n[data.group == g].sum(axis=0), total[data.group == g].sum(axis=0)) for g in range(data.groups)]
    )
    group_n, group_total = by_group[:, 0], by_group[:, 1]
    group_squares = np.divide(group_total**2, group_n, out=np.zeros_like(group_n), where=group_n > 0)
    classes, groups = (n > 0).sum(axis=0), (group_n > 0).sum(axis=0)
    people = n.sum(axis=0)
    per_group = np.divide(
        np.stack([(n[data.group == g] ** 2).sum(axis=0) for g in range(data.groups)]),
        group_n, out=np.zeros_like(group_n), where=group_n > 0,
    )  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mean_squares.sum(axis=0) - group_squares.sum(axis=0)) / (classes - groups)
        within = (squares - mean_squares.sum(axis=0)) / (people - classes)
        size = (people - per_group.sum(axis=0)) / (classes - groups)
        icc = (between - within) / (between + (size - 1) * within)
        effect = 1 + ((n**2).sum(axis=0) / people - 1) * icc
    return np.where(np.isfinite(effect), np.maximum(effect, 1.0), 1.0)
