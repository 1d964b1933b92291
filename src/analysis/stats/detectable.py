"""The smallest difference that a test of a study's size finds with a stated probability: said beside "not found"."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special, stats

POWER = 0.80


def smallest_detectable(standard_error: float, df: float, level: float, *, power: float = POWER) -> float | None:
    """Return the true difference that a two-sided t-test finds with probability ``power``.

    Parameters
    ----------
    standard_error
        Standard error of the estimate, in its unit.
    df
        Degrees of freedom of the test.
    level
        Level of the test, after adjustment.
    power
        Probability of finding the difference.

    Returns
    -------
    float or None
        In the unit of the standard error; None without a finite positive standard error or at least one degree of
        freedom.

    References
    ----------
    Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, 2nd ed. Erlbaum. Chapter 2.

    Examples
    --------
    >>> round(smallest_detectable(1.0, 4, 0.05), 2)
    3.76
    """
    if not (np.isfinite(standard_error) and standard_error > 0 and df >= 1 and 0 < level < 1):
        return None
    critical = float(special.stdtrit(df, 1 - level / 2))

    def missing(shift: float) -> float:
        return float(stats.nct.sf(critical, df, shift)) - power

    return standard_error * float(optimize.brentq(missing, 0.0, 3 * critical + 10))
