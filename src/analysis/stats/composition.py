"""Composition of groups: normalised differences of shares, and a contrast standardised to what both groups hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.stats.group_jackknife import Interval, jackknife_variance, t_interval
from analysis.stats.multiplicity import Floats

# Below this share of people in cells that both groups hold, a standardised contrast describes too few of them.
LEAST_OVERLAP = 0.5


def normalised_difference(share_earlier: float, share_later: float) -> float:
    """Return (later - earlier) / sqrt of the mean of the two variances p(1 - p); NaN where both are 0 or 1 alike.

    Imbens, G. W. and Rubin, D. B. (2015), Causal Inference, eq. 14.1. It does not grow with n, unlike a test.
    """
    spread = (share_earlier * (1 - share_earlier) + share_later * (1 - share_later)) / 2
    if spread <= 0:
        return 0.0 if share_earlier == share_later else float(np.copysign(np.inf, share_later - share_earlier))
    return float((share_later - share_earlier) / np.sqrt(spread))


@dataclass(frozen=True, slots=True)
class StandardisedContrast:
    """Later minus earlier with the same mix of cells in both groups.

    contrast: its class jackknife interval, NaN where fewer than half of the people are in common cells.
    share_outside: share of people of both groups in cells that only one of them holds. n, classes: used.
    """

    contrast: Interval
    share_outside: float
    n: int
    classes: int


def _cell_sums(
    score: Floats, cell: NDArray[np.int64], class_code: NDArray[np.int64], classes: int, cells: int
) -> tuple[Floats, Floats]:
    """Return numbers and sums of shape (classes, cells)."""
    flat = class_code * cells + cell
    n = np.bincount(flat, minlength=classes * cells).reshape(classes, cells).astype(np.float64)
    total = np.bincount(flat, weights=score, minlength=classes * cells).reshape(classes, cells).astype(np.float64)
    return n, total


def _difference(n: tuple[Floats, Floats], total: tuple[Floats, Floats], weight: Floats) -> Floats:
    """Return the weighted mean over cells of later minus earlier; cells that lost a group lose their weight."""
    is_held = (n[0] > 0) & (n[1] > 0)
    means = [np.divide(t, m, out=np.zeros(is_held.shape), where=is_held) for t, m in zip(total, n, strict=True)]
    held = weight * is_held
    with np.errstate(invalid="ignore"):
        difference: Floats = (held * (means[1] - means[0])).sum(axis=-1) / held.sum(axis=-1)
    return difference


def standardised_contrast(
    score: Floats,
    cell: NDArray[np.int64],
    class_code: NDArray[np.int64],
    group: NDArray[np.int64],
    *,
    level: float,
) -> StandardisedContrast:
    """Standardise the difference of two groups to the cells (such as role x regency) that both hold.

    Parameters
    ----------
    score
        Shape (people,), without missing values.
    cell, class_code
        Shape (people,): codes from 0 of the person's cell and class.
    group
        Shape (people,): 0 earlier, 1 later. A class belongs to one group.
    level
        Level of the interval.

    Notes
    -----
    Direct standardisation with the weights of the pooled people in common cells. It removes the mix of the cells,
    nothing else: not class, hotel or date.
    """
    cells, classes = int(cell.max(initial=-1)) + 1, int(class_code.max(initial=-1)) + 1
    n, total = _cell_sums(score, cell, class_code, classes, cells)
    group_of_class = np.zeros(classes, dtype=np.int64)
    group_of_class[class_code] = group
    has_people = n.sum(axis=1) > 0
    sides = [np.flatnonzero(has_people & (group_of_class == side)) for side in (0, 1)]
    sums = [(n[side].sum(axis=0), total[side].sum(axis=0)) for side in sides]
    is_common = (sums[0][0] > 0) & (sums[1][0] > 0)
    weight = np.where(is_common, sums[0][0] + sums[1][0], 0.0)
    share_outside = 1 - weight.sum() / max(score.size, 1)
    nothing = np.array(np.nan)
    used = int(weight.sum()), int((n[:, is_common].sum(axis=1) > 0).sum())
    if 1 - share_outside < LEAST_OVERLAP:
        return StandardisedContrast(t_interval(nothing, nothing, nothing, level=level), float(share_outside), *used)
    left = [(sums[i][0] - n[side], sums[i][1] - total[side]) for i, side in enumerate(sides)]
    first = _difference((left[0][0], sums[1][0]), (left[0][1], sums[1][1]), weight)
    second = _difference((sums[0][0], left[1][0]), (sums[0][1], left[1][1]), weight)
    estimate = _difference((sums[0][0], sums[1][0]), (sums[0][1], sums[1][1]), weight)
    variance, df = jackknife_variance([first, second])
    return StandardisedContrast(t_interval(estimate, variance, df, level=level), float(share_outside), *used)
