"""What a test could have found: the smallest true effect that it finds with a chosen power.

Of a t test the noncentral t (Johnson, N. L. and Welch, B. L. (1940), Biometrika 31, 362-389), of Welch's F the
noncentral F; with the standard error that was observed, at the level that the test had after adjustment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from analysis.errors import ParameterError

FloatArray = NDArray[np.float64]

POWER = 0.8
_NODES = 400
# Beyond this no root is looked for: the series of the noncentral distributions no longer converge.
_FARTHEST = 1e4


def _checked(level: float, power: float) -> None:
    if not 0 < level < 1 or not level < power < 1:
        raise ParameterError(f"a level lies between 0 and 1 and below the power, found {level:g} and {power:g}")


@lru_cache(maxsize=1)
def _nodes() -> tuple[FloatArray, FloatArray]:
    """Return nodes and weights for an integral from 0 to 1."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return (nodes + 1) / 2, weights / 2


def _power(df: float, level: float) -> Callable[[float], float]:
    """Return the power as a function of the noncentrality, by integrating over the estimated error.

    Given the chi-square of the error, t is normal. (Library series for the distribution give NaN far in its tails.)
    """
    shares, weights = _nodes()
    limits = float(special.stdtrit(df, 1 - level / 2)) * np.sqrt(special.chdtri(df, shares) / df)
    return lambda noncentrality: float(weights @ special.ndtr(noncentrality - limits))


def t_power(noncentrality: float, df: float, level: float) -> float:
    """Return the power of a two-sided t test whose estimate lies so many standard errors from 0 in truth.

    The chance of t beyond the critical value on the effect's side; the other side adds nothing that matters.
    """
    return _power(df, level)(noncentrality)


def detectable_in_errors(df: float, level: float, *, power: float = POWER) -> float:
    """Return the true effect, in standard errors, that a two-sided t test finds with the given power.

    Parameters
    ----------
    df
        Degrees of freedom of the test, above 0.
    level
        Two-sided level after adjustment.
    power
        Chance of finding the effect, above the level.

    Returns
    -------
    float
        In standard errors of the estimate; infinite where it lies beyond 10,000.

    Raises
    ------
    ParameterError
        For a level, power or degrees of freedom outside their range.

    Examples
    --------
    >>> round(detectable_in_errors(4, 0.05), 2)
    3.76
    """
    _checked(level, power)
    if not df > 0:
        raise ParameterError(f"degrees of freedom are positive, not {df:g}")
    found = _power(df, level)
    if found(_FARTHEST) < power:
        return float("inf")
    return float(optimize.brentq(lambda effect: found(effect) - power, 0, _FARTHEST, xtol=1e-10))


def smallest_detectable(standard_error: float, df: float, level: float, *, power: float = POWER) -> float:
    """Return the smallest true effect that a t test with this standard error finds, in the estimate's unit."""
    return standard_error * detectable_in_errors(df, level, power=power)


def smallest_detectable_difference(
    standard_errors: Sequence[float], df_error: float, level: float, *, power: float = POWER
) -> float:
    """Return the difference of two group means that Welch's F over all groups finds, whichever two they are.

    Parameters
    ----------
    standard_errors
        Of the group means, two or more, above 0.
    df_error
        Denominator degrees of freedom of F, above 0.
    level
        Level after adjustment.
    power
        Chance of finding the difference.

    Returns
    -------
    float
        In the unit of the means; the other groups lie where they add nothing to the spread, the hardest case.

    Raises
    ------
    ParameterError
        For fewer than two groups, or a number outside its range.
    """
    _checked(level, power)
    errors = np.asarray(standard_errors, dtype=np.float64)
    if errors.size < 2 or not (errors > 0).all() or not df_error > 0:
        raise ParameterError("a spread between groups needs two or more standard errors and degrees of freedom above 0")
    df_groups = errors.size - 1
    critical = float(special.fdtri(df_groups, df_error, 1 - level))

    def lack(noncentrality: float) -> float:
        return float(1 - special.ncfdtr(df_groups, df_error, noncentrality, critical)) - power

    high = 1.0
    while lack(high) < 0:
        high *= 2
        if high > _FARTHEST**2:
            return float("inf")
    noncentrality = float(optimize.brentq(lack, 0, high, xtol=1e-10))
    widest = max(first**2 + second**2 for first, second in combinations(errors, 2))
    return float(np.sqrt(noncentrality * widest))
