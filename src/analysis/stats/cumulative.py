"""Cumulative logit of ordered answers on groups, fitted on counts by Fisher scoring.

logit P(answer <= level l | group k) = threshold_l - log_odds_k: a positive log odds ratio means that the later
group answers higher, as in R's ``ordinal::clm``. Many tables are fitted at once, since the class jackknife needs
one fit per class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from analysis.stats.multiplicity import Floats

_MOST_STEPS = 60
_MOST_HALVINGS = 20
# Score per answer at which the fit has converged; the estimates then agree with R to 1e-7 and better.
_SCORE_TOLERANCE = 1e-10
# Beyond this log odds ratio (an odds ratio of 160,000) the likelihood is flat: the groups are separated.
_SEPARATED_LOG_ODDS = 12.0


@dataclass(frozen=True, slots=True)
class CumulativeFit:
    """Fits of tables of counts.

    thresholds: shape (tables, levels - 1), NaN above a level that the table does not use (it joins its lower
    neighbour's threshold) and where the fit failed. log_odds: shape (tables, groups), relative to the first group
    with answers, NaN for a group without. log_likelihood, log_likelihood_saturated: shape (tables,), the second with
    one free distribution per group. converged: shape (tables,), False for separated groups or a single used level.
    """

    thresholds: Floats
    log_odds: Floats
    log_likelihood: Floats
    log_likelihood_saturated: Floats
    converged: NDArray[np.bool_]


def _probabilities(thresholds: Floats, log_odds: Floats) -> tuple[Floats, Floats]:
    """Return the probabilities (tables, groups, levels) and the densities at the thresholds, padded with 0."""
    cumulative = expit(thresholds[:, None, :] - log_odds[:, :, None])
    density = np.pad(cumulative * (1 - cumulative), ((0, 0), (0, 0), (1, 1)))
    padded = np.pad(cumulative, ((0, 0), (0, 0), (1, 0)))
    closed = np.concatenate([padded, np.ones_like(padded[..., :1])], axis=-1)
    return np.diff(closed, axis=-1), density


def _log_likelihood(tables: Floats, probabilities: Floats) -> Floats:
    """Return the log likelihood of each table, minus infinity where the thresholds are out of order."""
    is_valid = (probabilities > 0).all(axis=(1, 2))
    logs = np.log(np.where(probabilities > 0, probabilities, 1.0))
    total: Floats = np.where(is_valid, (tables * logs).sum(axis=(1, 2)), -np.inf)
    return total


def _score_and_information(tables: Floats, probabilities: Floats, density: Floats) -> tuple[Floats, Floats]:
    """Return the score (tables, parameters) and the expected information of thresholds and log odds 1..."""
    count, groups, levels = tables.shape
    thresholds = levels - 1
    slope = np.zeros((count, groups, levels, thresholds + groups - 1))
    for position in range(thresholds):
        slope[:, :, position, position] = density[:, :, position + 1]
        slope[:, :, position + 1, position] = -density[:, :, position + 1]
    for group in range(1, groups):
        slope[:, group, :, thresholds + group - 1] = -np.diff(density[:, group], axis=-1)
    score = np.einsum("rkl,rklp->rp", tables / probabilities, slope)
    weight = tables.sum(axis=-1, keepdims=True) / probabilities
    flat = slope.reshape(count, groups * levels, -1)
    information = np.swapaxes(flat * weight.reshape(count, -1, 1), 1, 2) @ flat
    return score, information


def _fit_dense(tables: Floats) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Fit tables in which every level and every group is used; see :class:`CumulativeFit`."""
    count, groups, levels = tables.shape
    n = tables.sum(axis=(1, 2))
    shares = tables.sum(axis=1).cumsum(axis=-1)[:, :-1] / n[:, None]
    parameters = np.concatenate([logit(shares), np.zeros((count, groups - 1))], axis=1)
    converged = np.zeros(count, dtype=bool)

    def unpack(values: Floats) -> tuple[Floats, Floats]:
        return values[:, : levels - 1], np.pad(values[:, levels - 1 :], ((0, 0), (1, 0)))

    probabilities, density = _probabilities(*unpack(parameters))
    height = _log_likelihood(tables, probabilities)
    for _ in range(_MOST_STEPS):
        score, information = _score_and_information(tables, probabilities, density)
        converged = np.abs(score).max(axis=1) <= _SCORE_TOLERANCE * n
        is_flat = np.abs(unpack(parameters)[1]).max(axis=1) > _SEPARATED_LOG_ODDS
        moving = ~(converged | is_flat)
        if not moving.any():
            break
        step = np.zeros_like(parameters)
        step[moving] = np.linalg.solve(information[moving], score[moving][..., None])[..., 0]
        for _ in range(_MOST_HALVINGS):
            proposed, proposed_density = _probabilities(*unpack(parameters + step))
            is_worse = _log_likelihood(tables, proposed) < height - 1e-9 * np.abs(height)
            if not is_worse.any():
                break
            step[is_worse] /= 2
        parameters = parameters + step
        probabilities, density = proposed, proposed_density
        height = _log_likelihood(tables, probabilities)
    thresholds, log_odds = unpack(parameters)
    return thresholds, log_odds, height, converged & (np.abs(log_odds).max(axis=1) <= _SEPARATED_LOG_ODDS)


def _saturated(tables: Floats) -> Floats:
    """Return the log likelihood with one free distribution per group."""
    n = np.broadcast_to(tables.sum(axis=-1, keepdims=True), tables.shape)
    shares = np.divide(tables, n, out=np.ones_like(tables), where=tables > 0)
    total: Floats = (tables * np.log(shares)).sum(axis=(1, 2))
    return total


def fit_cumulative_logit(tables: Floats) -> CumulativeFit:
    """Fit the cumulative logit of every table of counts, shape (tables, groups, levels).

    Levels and groups that a table does not use are left out of its fit: a level never used has no threshold of its
    own. Tables with fewer than two used levels or groups are not fitted.

    McCullagh, P. (1980), Journal of the Royal Statistical Society B 42, 109-142.
    """
    count, groups, levels = tables.shape
    uses_level, uses_group = tables.sum(axis=1) > 0, tables.sum(axis=2) > 0
    thresholds = np.full((count, levels - 1), np.nan)
    log_odds = np.full((count, groups), np.nan)
    height = np.full(count, np.nan)
    converged = np.zeros(count, dtype=bool)
    patterns, which = np.unique(np.concatenate([uses_level, uses_group], axis=1), axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        used_levels, used_groups = np.flatnonzero(pattern[:levels]), np.flatnonzero(pattern[levels:])
        if used_levels.size < 2 or used_groups.size < 2:
            continue
        rows = np.flatnonzero(which.ravel() == number)
        fit = _fit_dense(tables[np.ix_(rows, used_groups, used_levels)])
        is_good = fit[3]
        thresholds[np.ix_(rows[is_good], used_levels[:-1])] = fit[0][is_good]
        log_odds[np.ix_(rows[is_good], used_groups)] = fit[1][is_good]
        height[rows[is_good]] = fit[2][is_good]
        converged[rows] = is_good
    return CumulativeFit(thresholds, log_odds, height, _saturated(tables), converged)
