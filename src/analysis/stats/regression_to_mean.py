"""Regression to the mean of a subgroup that was chosen by its pretest.

Davis, C. E. (1976), American Journal of Epidemiology 104, 493-498: people chosen for low pretests gain, without any
effect of their own, (1 - rho)(mean of all - their mean) points more than everybody, rho being the correlation of two
tests without a training between them. The correlation of pretest and change is never interpreted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.stats.matching import Floats, PairedScores

# Correlations of two tests without training between them that are shown where none is known.
RHO_GRID = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class RegressionToMean:
    """What regression to the mean does to a subgroup; gains in points.

    ``expected_gains`` belongs to ``rhos``; ``rho_explaining`` is the correlation at which the expected gain equals the
    subgroup's: None where the subgroup's pretest equals that of all, outside 0..1 where no correlation explains it.
    """

    n: int
    subgroup_pre_mean: float
    overall_pre_mean: float
    subgroup_gain: float
    overall_gain: float
    rhos: tuple[float, ...]
    expected_gains: tuple[float, ...]
    rho_explaining: float | None


def lowest_quarter(pre: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return who scored at or below the first quartile of the pretest."""
    chosen: np.ndarray[tuple[int], np.dtype[np.bool_]] = pre <= np.quantile(pre, 0.25)
    return chosen


def highest_quarter(pre: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return who scored at or above the third quartile of the pretest."""
    chosen: np.ndarray[tuple[int], np.dtype[np.bool_]] = pre >= np.quantile(pre, 0.75)
    return chosen


def regression_to_mean(
    pairs: PairedScores, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]], *, rhos: tuple[float, ...] = RHO_GRID
) -> RegressionToMean:
    """Return the gain that the chosen people would show without an effect of their own, for each rho.

    Raises ValueError where nobody is chosen or a rho lies outside 0..1.
    """
    if not chosen.any():
        raise ValueError("nobody is in the subgroup")
    if any(not 0 <= rho <= 1 for rho in rhos):
        raise ValueError(f"a test-retest correlation lies between 0 and 1, found {rhos}")
    distance = float(pairs.pre.mean() - pairs.pre[chosen].mean())
    gain, overall = float(pairs.change[chosen].mean()), float(pairs.change.mean())
    return RegressionToMean(
        n=int(chosen.sum()),
        subgroup_pre_mean=float(pairs.pre[chosen].mean()),
        overall_pre_mean=float(pairs.pre.mean()),
        subgroup_gain=gain,
        overall_gain=overall,
        rhos=rhos,
        expected_gains=tuple(overall + (1 - rho) * distance for rho in rhos),
        rho_explaining=1 - (gain - overall) / distance if distance else None,
    )
