"""Random-effects synthesis of study estimates: REML, Knapp-Hartung, prediction interval, leave-one-out.

Sources: Viechtbauer (2005), J. Educ. Behav. Stat. 30, 261-293 (REML); Knapp & Hartung (2003),
Stat. Med. 22, 2693-2710, with the variance never below the ordinary one (q at least 1); Higgins, Thompson &
Spiegelhalter (2009), J. R. Stat. Soc. A 172, 137-159 (prediction interval); Higgins & Thompson (2002), Stat. Med.
21, 1539-1558 (I^2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

from analysis.errors import ParameterError

FloatArray = NDArray[np.float64]

_TOLERANCE = 1e-14
# The grid on which the peak of the likelihood is looked for: up to this multiple of the variance of the estimates.
_LARGEST_RATIO, _SMALLEST_TAU2, _GRID_POINTS = 10.0, 1e-8, 150
# Starts of the search for the range of a pooled estimate; the extremes lie at corners, which these reach.
_STARTS = 6


@dataclass(frozen=True, slots=True)
class Synthesis:
    """A pooled estimate in the unit of the studies' estimates.

    ``se`` is Knapp-Hartung's with q at least 1, ``low``/``high`` use t with k - 1 degrees of freedom;
    ``prediction_low``/``prediction_high`` (t with k - 2) are NaN for fewer than three studies. ``i2`` is a share.
    """

    estimate: float
    se: float
    t: float
    df: int
    p: float
    low: float
    high: float
    tau2: float
    i2: float
    q: float
    prediction_low: float
    prediction_high: float
    k: int


def _checked(estimates: ArrayLike, standard_errors: ArrayLike) -> tuple[FloatArray, FloatArray]:
    y, se = np.asarray(estimates, dtype=np.float64), np.asarray(standard_errors, dtype=np.float64)
    if y.ndim != 1 or y.shape != se.shape or len(y) < 2:
        raise ParameterError("a synthesis needs two or more estimates, each with its standard error")
    if not (np.isfinite(y).all() and np.isfinite(se).all() and (se > 0).all()):
        raise ParameterError("estimates must be finite and standard errors finite and above 0")
    return y, se**2


def _restricted_log_likelihood(tau2: FloatArray, y: FloatArray, v: FloatArray) -> FloatArray:
    """Return the restricted log-likelihood, up to a constant, at each variance between studies."""
    w = 1 / (v + tau2[:, None])
    total = w.sum(axis=1)
    mean = (w @ y) / total
    misfit = np.sum(w * (y - mean[:, None]) ** 2, axis=1)
    return 0.5 * (np.log(w).sum(axis=1) - np.log(total) - misfit)


def _score(tau2: float, y: FloatArray, v: FloatArray) -> float:
    """Return twice the derivative of the restricted log-likelihood: y'PPy - trace(P)."""
    w = 1 / (v + tau2)
    projection = np.diag(w) - np.outer(w, w) / w.sum()
    residual = projection @ y
    return float(residual @ residual - np.trace(projection))


def reml_tau2(y: FloatArray, v: FloatArray) -> float:
    """Return the restricted maximum likelihood estimate of the variance between studies, at least 0.

    The likelihood may have several peaks: the highest point of a grid is taken and the root of the score beside
    it. (Fisher scoring can take thousands of steps where the peak lies near 0.)
    """
    largest = float(np.var(y, ddof=1)) * _LARGEST_RATIO + _SMALLEST_TAU2
    grid = np.concatenate([[0.0], np.geomspace(_SMALLEST_TAU2, largest, _GRID_POINTS)])
    best = int(np.argmax(_restricted_log_likelihood(grid, y, v)))
    left, right = grid[max(best - 1, 0)], grid[min(best + 1, _GRID_POINTS)]
    if best == 0 and _score(0.0, y, v) <= 0:
        return 0.0
    if _score(left, y, v) <= 0 or _score(right, y, v) >= 0:
        return float(grid[best])
    return float(optimize.brentq(_score, left, right, args=(y, v), xtol=_TOLERANCE, rtol=1e-14))


def synthesise(estimates: ArrayLike, standard_errors: ArrayLike, alpha: float = 0.05) -> Synthesis:
    """Return the random-effects synthesis of k studies (arrays of length k, k at least 2)."""
    y, v = _checked(estimates, standard_errors)
    k, tau2 = len(y), reml_tau2(y, v)
    w = 1 / (v + tau2)
    mean = float(np.sum(w * y) / w.sum())
    scale = max(1.0, float(np.sum(w * (y - mean) ** 2)) / (k - 1))
    plain_se = float(np.sqrt(1 / w.sum()))
    se = float(np.sqrt(scale)) * plain_se
    half = float(special.stdtrit(k - 1, 1 - alpha / 2)) * se
    reach = np.nan if k < 3 else float(special.stdtrit(k - 2, 1 - alpha / 2)) * float(np.sqrt(tau2 + se**2))
    fixed = 1 / v
    typical = (k - 1) * fixed.sum() / (fixed.sum() ** 2 - np.sum(fixed**2))
    t = mean / se
    return Synthesis(
        estimate=mean,
        se=se,
        t=t,
        df=k - 1,
        p=float(2 * special.stdtr(k - 1, -abs(t))),
        low=mean - half,
        high=mean + half,
        tau2=tau2,
        i2=float(tau2 / (tau2 + typical)),
        q=float(np.sum(fixed * (y - np.sum(fixed * y) / fixed.sum()) ** 2)),
        prediction_low=mean - reach,
        prediction_high=mean + reach,
        k=k,
    )


def leave_one_out(estimates: ArrayLike, standard_errors: ArrayLike, alpha: float = 0.05) -> list[Synthesis]:
    """Return the synthesis without each study in turn; needs three or more studies."""
    y, v = _checked(estimates, standard_errors)
    if len(y) < 3:
        raise ParameterError("leaving one out needs three or more studies")
    se = np.sqrt(v)
    return [synthesise(np.delete(y, i), np.delete(se, i), alpha) for i in range(len(y))]


def pooled_range(estimates: ArrayLike, smallest_se: ArrayLike, largest_se: ArrayLike) -> tuple[float, float]:
    """Return the range of the pooled estimate over all standard errors between the given limits.

    For studies that publish averages only: a standard error is then known up to an interval. The search
    runs over the logarithms of the standard errors from the corners where high or low estimates weigh most.
    """
    y, low = _checked(estimates, smallest_se)
    _, high = _checked(estimates, largest_se)
    if (low > high).any():
        raise ParameterError("a smallest standard error lies above the largest one")
    bounds = list(zip(np.log(low) / 2, np.log(high) / 2, strict=True))
    ends = np.array(bounds)
    generator = np.random.default_rng(0)

    def pooled(log_se: FloatArray, sign: float) -> float:
        variance = np.exp(2 * log_se)
        w = 1 / (variance + reml_tau2(y, variance))
        return sign * float(np.sum(w * y) / w.sum())

    found = []
    for sign in (1.0, -1.0):
        order = np.where(sign * (y - y.mean()) > 0, ends[:, 1], ends[:, 0])
        corners = [order, ends[:, 0], ends[:, 1]]
        corners += [np.where(generator.random(len(y)) < 0.5, ends[:, 0], ends[:, 1]) for _ in range(_STARTS)]
        best = min(
            optimize.minimize(pooled, start, args=(sign,), method="L-BFGS-B", bounds=bounds).fun for start in corners
        )
        found.append(sign * float(best))
    return found[0], found[1]


def unweighted_mean(estimates: ArrayLike, alpha: float = 0.05) -> tuple[float, float, float]:
    """Return the plain mean of k estimates with its t(k - 1) interval, which needs no standard errors."""
    y = np.asarray(estimates, dtype=np.float64)
    if y.ndim != 1 or len(y) < 2:
        raise ParameterError("an unweighted mean with an interval needs two or more estimates")
    half = float(special.stdtrit(len(y) - 1, 1 - alpha / 2) * np.std(y, ddof=1) / np.sqrt(len(y)))
    return float(y.mean()), float(y.mean()) - half, float(y.mean()) + half
