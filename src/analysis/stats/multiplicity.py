"""Multiplicity: Holm's step-down p-values and the step-down maxT of Westfall and Young.

What cannot be tested (NaN) is kept out of a family: it neither receives an adjusted p-value nor makes the
others larger.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# A permuted statistic that equals the observed one may differ from it in the last bits, because its sums run in
# another order; a tie must count as "at least as large", else an exact p-value comes out too small.
RELATIVE_TIE_TOLERANCE = 1e-9


def tie_margin(observed: Floats) -> Floats:
    """Return how far below ``observed`` a resampled statistic still counts as equal to it."""
    margin: Floats = RELATIVE_TIE_TOLERANCE * np.maximum(np.abs(observed), 1.0)
    return margin


def holm(p_values: Sequence[float | None] | Floats) -> Floats:
    """Return Holm's adjusted p-values, NaN where the input is NaN or None.

    Parameters
    ----------
    p_values
        One p-value per hypothesis. NaN or None marks a hypothesis that could not be tested: it stays out of
        the family, whose size is the number of the others.

    Returns
    -------
    ndarray of float, same length
        Adjusted p-values, monotone in the raw ones and at most 1.

    Raises
    ------
    ValueError
        If a p-value lies outside 0..1.

    Notes
    -----
    Holm, S. (1979), Scandinavian Journal of Statistics 6, 65-70. Equal to ``p.adjust(p, "holm")`` in R, which
    also keeps NA out of the family.
    """
    raw = np.asarray(p_values, dtype=np.float64)
    is_tested = ~np.isnan(raw)
    tested = raw[is_tested]
    if ((tested < 0) | (tested > 1)).any():
        raise ValueError(f"p-values lie between 0 and 1, found {tested[(tested < 0) | (tested > 1)][0]}")
    adjusted = np.full(raw.shape, np.nan)
    order = np.argsort(tested, kind="stable")
    multiplied = tested[order] * np.arange(tested.size, 0, -1)
    stepped = np.empty_like(tested)
    stepped[order] = np.minimum(np.maximum.accumulate(multiplied), 1.0)
    adjusted[is_tested] = stepped
    return adjusted


class ExceedanceCounter:
    """Counts, over permutations handed in piece by piece, how often they reach the observed statistics.

    Memory does not depend on the number of permutations: a piece is used and forgotten.

    Parameters
    ----------
    observed
        One statistic per item, larger means further from the null hypothesis; NaN marks an item that could
        not be tested and stays out of the family.

    Notes
    -----
    The step-down maxT adjusts for all items at once with the dependence between items that the same
    permutation leaves intact: Westfall, P. H. and Young, S. S. (1993), Resampling-Based Multiple Testing,
    algorithm 4.1.
    """

    __slots__ = (
        "_margin",
        "_observed",
        "_order",
        "_raw_counts",
        "_step_counts",
        "resamples",
    )

    def __init__(self, observed: Floats) -> None:
        self._observed = np.asarray(observed, dtype=np.float64)
        tested = np.flatnonzero(~np.isnan(self._observed))
        self._order = tested[np.argsort(-self._observed[tested], kind="stable")]
        self._margin = tie_margin(self._observed[self._order])
        self._raw_counts = np.zeros(self._order.size, dtype=np.int64)
        self._step_counts = np.zeros(self._order.size, dtype=np.int64)
        self.resamples = 0

    def add(self, permuted: Floats) -> None:
        """Count a piece of permutations: shape (permutations, items), items as in ``observed``."""
        in_order = permuted[:, self._order]
        threshold = self._observed[self._order] - self._margin
        self._raw_counts += np.count_nonzero(in_order >= threshold, axis=0)
        successive_maxima = np.maximum.accumulate(in_order[:, ::-1], axis=1)[:, ::-1]
        self._step_counts += np.count_nonzero(successive_maxima >= threshold, axis=0)
        self.resamples += permuted.shape[0]

    def _shares(self, counts: NDArray[np.int64], is_complete: bool) -> Floats:
        observed_itself = 0 if is_complete else 1
        shares: Floats = (counts + observed_itself) / (self.resamples + observed_itself)
        return shares

    def p_values(self, *, is_complete: bool) -> Floats:
        """Return the unadjusted p-value of each item, NaN where it was not tested.

        ``is_complete`` says that the permutations were all distinct ones, the observed among them: then the
        p-value is their share; otherwise it is (b + 1)/(B + 1).
        """
        p_values = np.full(self._observed.shape, np.nan)
        p_values[self._order] = self._shares(self._raw_counts, is_complete)
        return p_values

    def step_down_p_values(self, *, is_complete: bool) -> Floats:
        """Return the p-value of each item adjusted by the step-down maxT, NaN where it was not tested."""
        adjusted = np.full(self._observed.shape, np.nan)
        adjusted[self._order] = np.maximum.accumulate(self._shares(self._step_counts, is_complete))
        return adjusted
