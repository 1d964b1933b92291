"""Reliability of a questionnaire: Cronbach's alpha with two intervals, item-rest correlations, McDonald's omega."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from analysis.stats.group_jackknife import Interval, jackknife_variance, t_interval
from analysis.stats.multiplicity import Floats

# Smallest uniqueness that minres may reach, as in R's psych: below it an item would have no error at all.
_LEAST_UNIQUENESS = 0.005


@dataclass(frozen=True, slots=True)
class ClassProducts:
    """Complete answers summed per class: all that alpha and omega need.

    n: shape (classes,). sums: (classes, items). products: (classes, items, items), sums of products of answers.
    group: (classes,), code of the batch of each class.
    """

    n: Floats
    sums: Floats
    products: Floats
    group: NDArray[np.int64]


def class_products(answers: Floats, class_code: NDArray[np.int64], group_of_class: NDArray[np.int64]) -> ClassProducts:
    """Sum the products of answers per class; people with a missing answer are left out (listwise).

    ``answers`` has shape (people, items), NaN missing. Classes without a complete answer are left out.
    """
    is_complete = ~np.isnan(answers).any(axis=1)
    complete, codes = answers[is_complete], class_code[is_complete]
    used = np.unique(codes)
    rows = [complete[codes == code] for code in used]
    items = answers.shape[1]
    return ClassProducts(
        np.array([len(row) for row in rows], dtype=np.float64),
        np.array([row.sum(axis=0) for row in rows]).reshape(-1, items),
        np.array([row.T @ row for row in rows]).reshape(-1, items, items),
        group_of_class[used],
    )


def _covariance(n: Floats, sums: Floats, products: Floats) -> Floats:
    """Return covariance matrices (..., items, items) from sums, divisor n - 1; NaN for fewer than two people."""
    n = n[..., None, None]
    enough = np.where(n > 1, n, np.nan)
    covariance: Floats = (products - sums[..., :, None] * sums[..., None, :] / enough) / (enough - 1)
    return covariance


def total_covariance(data: ClassProducts) -> Floats:
    """Return the covariance matrix of the items over all people."""
    return _covariance(np.asarray(data.n.sum()), data.sums.sum(axis=0), data.products.sum(axis=0))


def _covariances_without_each_class(data: ClassProducts) -> Floats:
    return _covariance(
        data.n.sum() - data.n, data.sums.sum(axis=0) - data.sums, data.products.sum(axis=0) - data.products
    )


def cronbach_alpha(covariance: Floats) -> Floats:
    """Return Cronbach's alpha of covariance matrices (..., items, items); NaN where the total does not vary.

    Cronbach, L. J. (1951), Psychometrika 16, 297-334; ``psych::alpha`` (raw_alpha).
    """
    items = covariance.shape[-1]
    trace, total = np.trace(covariance, axis1=-2, axis2=-1), covariance.sum(axis=(-2, -1))
    is_usable = total > 1e-12
    alpha: Floats = np.where(is_usable, items / max(items - 1, 1) * (1 - trace / np.where(is_usable, total, 1)), np.nan)
    return alpha


def feldt_interval(alpha: float, n: int, items: int, *, level: float) -> tuple[float, float]:
    """Return Feldt's interval of alpha, which assumes independent people and equal covariances.

    Feldt, L. S. (1965), Psychometrika 30, 357-370; ``psych::alpha.ci``.
    """
    df_people, df_rest = n - 1, (n - 1) * (items - 1)
    low = 1 - (1 - alpha) * stats.f.ppf((1 + level) / 2, df_people, df_rest)
    high = 1 - (1 - alpha) * stats.f.ppf((1 - level) / 2, df_people, df_rest)
    return float(low), float(high)


def _log_error(reliability: Floats) -> Floats:
    """Return log(1 - reliability): the scale of the jackknife."""
    logs: Floats = np.log(1 - reliability)
    return logs


def _from_log_error(value: Floats) -> Floats:
    reliability: Floats = 1 - np.exp(value)
    return reliability


def _reliability_interval(estimate: Floats, left_out: Floats, group: NDArray[np.int64], *, level: float) -> Interval:
    """Return the class jackknife interval of a reliability: t(G - 1) on log(1 - reliability), all classes one group."""
    with np.errstate(divide="ignore", invalid="ignore"):
        variance, df = jackknife_variance([_log_error(left_out)])
    found = t_interval(estimate, variance, df, level=level, forward=_log_error, backward=_from_log_error)
    # log(1 - reliability) falls where reliability rises: the limits change places.
    return Interval(found.estimate, found.high, found.low, found.standard_error, found.df, found.t, found.p_value)


def alpha_interval(data: ClassProducts, *, level: float) -> Interval:
    """Return Cronbach's alpha with its class jackknife interval; needs at least two classes for limits."""
    estimate = cronbach_alpha(total_covariance(data))
    return _reliability_interval(
        estimate, cronbach_alpha(_covariances_without_each_class(data)), data.group, level=level
    )


def item_rest_correlations(covariance: Floats) -> Floats:
    """Return the correlation of each item with the sum of the others, shape (items,); NaN for a constant item."""
    variances = np.diag(covariance)
    with_total = covariance.sum(axis=1)
    with_rest = with_total - variances
    rest = covariance.sum() - 2 * with_total + variances
    scale = variances * rest
    correlation: Floats = np.divide(
        with_rest, np.sqrt(np.maximum(scale, 0)), out=np.full(variances.shape, np.nan), where=scale > 1e-12
    )
    return correlation


def item_rest_intervals(data: ClassProducts, *, level: float) -> Interval:
    """Return corrected item-rest correlations, shape (items,), with class jackknife intervals on the arctanh scale."""
    estimate = item_rest_correlations(total_covariance(data))
    left_out = np.array([item_rest_correlations(matrix) for matrix in _covariances_without_each_class(data)])
    with np.errstate(divide="ignore", invalid="ignore"):
        variance, df = jackknife_variance([np.arctanh(left_out)])
    return t_interval(estimate, variance, df, level=level, forward=np.arctanh, backward=np.tanh)


def alpha_if_dropped(data: ClassProducts, item: int, *, level: float) -> Interval:
    """Return alpha of the other items with its class jackknife interval."""
    kept = np.delete(np.arange(data.sums.shape[1]), item)
    rest = ClassProducts(data.n, data.sums[:, kept], data.products[:, kept][:, :, kept], data.group)
    return alpha_interval(rest, level=level)


def _minres_uniqueness(correlation: Floats, factors: int, start: Floats) -> Floats | None:
    """Return the uniqueness of each item by minimum residuals (unweighted least squares), or None without success."""

    def objective(uniqueness: Floats) -> tuple[float, Floats]:
        values, vectors = np.linalg.eigh(correlation - np.diag(uniqueness))
        values[-factors:] = np.minimum(values[-factors:], 0.0)
        return float((values**2).sum() / 2), -(vectors**2 @ values)

    bounds = [(_LEAST_UNIQUENESS, 1.0)] * start.size
    options = {"maxiter": 2000, "ftol": 1e-13, "gtol": 1e-7}
    found = optimize.minimize(objective, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return np.asarray(found.x, dtype=np.float64) if np.isfinite(found.fun) else None


def _standardised(covariance: Floats, factors: int) -> Floats | None:
    """Return the correlation matrix, None where an item is constant or there are too few items per factor."""
    variances = np.diag(covariance)
    if variances.size < 3 * factors or not (variances > 1e-12).all():
        return None
    scale = np.sqrt(variances)
    correlation: Floats = covariance / np.outer(scale, scale)
    return correlation


def _omega(covariance: Floats, factors: int, start: Floats | None) -> tuple[float, Floats | None]:
    """Return omega total and the uniquenesses, from a start or from the squared multiple correlations."""
    correlation = _standardised(covariance, factors)
    if correlation is None:
        return float("nan"), None
    if start is None:
        start = np.clip(1 / np.diag(np.linalg.pinv(correlation)), _LEAST_UNIQUENESS, 1.0)
    uniqueness = _minres_uniqueness(correlation, factors, start)
    if uniqueness is None:
        return float("nan"), None
    return float(1 - uniqueness.sum() / correlation.sum()), uniqueness


def omega_total(covariance: Floats, factors: int) -> float:
    """Return McDonald's omega total: 1 - sum of uniquenesses over the variance of the standardised total.

    Parameters
    ----------
    covariance
        Shape (items, items), at least three items per factor on average.
    factors
        Number of common factors (minimum residuals on the correlation matrix; rotation does not matter).

    Returns
    -------
    float
        NaN where an item is constant, there are fewer than three items per factor on average or the fit failed.

    Notes
    -----
    McDonald, R. P. (1999), Test Theory; ``psych::omega(nfactors, fm = "minres")$omega.tot``.
    """
    return _omega(covariance, factors, None)[0]


def omega_interval(data: ClassProducts, factors: int, *, level: float) -> Interval:
    """Return omega total with its class jackknife interval on log(1 - omega).

    Where there are more than 25 classes, they are left out in 25 blocks (delete-a-group jackknife, Kott 2001), since
    each replicate is a factor analysis.
    """
    blocks = _in_blocks(data)
    estimate, uniqueness = _omega(total_covariance(blocks), factors, None)
    matrices = _covariances_without_each_class(blocks)
    left_out = np.array([_omega(matrix, factors, uniqueness)[0] for matrix in matrices])
    return _reliability_interval(np.array(estimate), left_out, blocks.group, level=level)


MOST_BLOCKS = 25


def _in_blocks(data: ClassProducts) -> ClassProducts:
    """Return classes joined into at most 25 blocks, the batches spread evenly over the blocks."""
    classes = data.n.size
    if classes <= MOST_BLOCKS:
        return data
    block = np.empty(classes, dtype=np.int64)
    block[np.argsort(data.group, kind="stable")] = np.arange(classes) % MOST_BLOCKS
    joins = (block == np.arange(MOST_BLOCKS)[:, None]).astype(np.float64)
    return ClassProducts(
        joins @ data.n, joins @ data.sums, np.tensordot(joins, data.products, axes=1), np.zeros(MOST_BLOCKS, np.int64)
    )


@dataclass(frozen=True, slots=True)
class Carelessness:
    """Per person, shape (people,): answers given, longest run of equal neighbouring answers, all answers equal.

    A missing answer ends no run and starts none: it is skipped.
    """

    answered: NDArray[np.int64]
    longest_run: NDArray[np.int64]
    is_straight_lined: NDArray[np.bool_]


# With fewer answers than this, equal answers are no sign of carelessness.
FEWEST_ANSWERS_FOR_STRAIGHT_LINING = 6


def carelessness(answers: Floats) -> Carelessness:
    """Return how uniform each person's answers are, in the order of the form; shape (people, items), NaN missing."""
    people = answers.shape[0]
    answered, longest, run = (np.zeros(people, dtype=np.int64) for _ in range(3))
    last = np.full(people, np.nan)
    for column in answers.T:
        is_answered = ~np.isnan(column)
        run = np.where(is_answered, np.where(column == last, run + 1, 1), run)
        last = np.where(is_answered, column, last)
        longest = np.maximum(longest, run)
        answered += is_answered
    is_straight = (longest == answered) & (answered >= FEWEST_ANSWERS_FOR_STRAIGHT_LINING)
    return Carelessness(answered, longest, is_straight)
