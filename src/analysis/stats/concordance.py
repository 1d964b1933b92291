"""Kendall's W: how far the indicators agree in ordering the batches. Its unit is the indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.errors import ParameterError


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W (0 to 1), Friedman's chi-squared with k - 1 degrees of freedom and its asymptotic p."""

    w: float
    chi_squared: float
    df: int
    p: float


def kendalls_w(values: ArrayLike) -> Concordance:
    """Return Kendall's W over rows (judges, here indicators) that order columns (here batches).

    ``values`` is (rows, columns), at least 2 by 3, no missing values. Ties within a row are corrected for.
    Source: Kendall & Babington Smith (1939), Annals of Mathematical Statistics 10, 275-287.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] < 2 or table.shape[1] < 3 or np.isnan(table).any():
        raise ParameterError("Kendall's W needs a complete table of at least 2 rows and 3 columns")
    friedman = stats.friedmanchisquare(*table.T)
    rows, columns = table.shape
    chi_squared = float(friedman.statistic)
    return Concordance(
        chi_squared / (rows * (columns - 1)),
        chi_squared,
        columns - 1,
        float(friedman.pvalue),
    )
