"""Odds ratios between groups of classes: cumulative logit where odds are proportional, else the top two boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats

from analysis.stats.clusters import ClusterCounts
from analysis.stats.cumulative import CumulativeFit, fit_cumulative_logit
from analysis.stats.group_jackknife import Interval, jackknife_variance, t_interval
from analysis.stats.multiplicity import Floats


class OddsModel(StrEnum):
    """The model that the odds ratios come from, and why where it is not the first choice."""

    CUMULATIVE = "cumulative"
    TOP_TWO_NOT_PROPORTIONAL = "top_two_not_proportional"
    TOP_TWO_SEPARATED = "top_two_separated"


@dataclass(frozen=True, slots=True)
class ProportionalOdds:
    """Check of one item: does one odds ratio describe every cut of the scale?

    likelihood_ratio: against one free distribution per group, df degrees of freedom (0: nothing to check).
    p_if_independent: chi-squared for independent people. p_value: the ratio divided by the design effect first
    (Rao and Scott 1984, first order). All NaN where the cumulative logit has no maximum.
    """

    likelihood_ratio: float
    df: int
    p_if_independent: float
    p_value: float
    design_effect: float


@dataclass(frozen=True, slots=True)
class OddsRatios:
    """Log odds ratios of one item for every pair, later against earlier, with class jackknife t intervals.

    thresholds: of the cumulative model, shape (levels - 1,), NaN where a level is not used or the fallback ran.
    """

    model: OddsModel
    log_odds: Interval
    check: ProportionalOdds
    thresholds: Floats


def proportional_odds_check(fit: CumulativeFit, table: Floats, design_effect: float) -> ProportionalOdds:
    """Compare the first fit with the free distributions of its table of counts, shape (groups, levels)."""
    used_groups = int((table.sum(axis=1) > 0).sum())
    used_levels = int((table.sum(axis=0) > 0).sum())
    df = max(0, (used_levels - 2) * (used_groups - 1))
    if not fit.converged[0]:
        return ProportionalOdds(np.nan, df, np.nan, np.nan, design_effect)
    ratio = max(0.0, float(2 * (fit.log_likelihood_saturated[0] - fit.log_likelihood[0])))
    if df == 0:
        return ProportionalOdds(ratio, 0, np.nan, np.nan, design_effect)
    scaled = ratio / max(1.0, design_effect)
    return ProportionalOdds(ratio, df, float(stats.chi2.sf(ratio, df)), float(stats.chi2.sf(scaled, df)), design_effect)


def _top_two_log_odds(tables: Floats) -> Floats:
    """Return the log odds of the two highest levels, shape (tables, groups); infinite where all or none."""
    top = tables[..., -2:].sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_odds: Floats = np.log(top) - np.log(tables.sum(axis=-1) - top)
    return log_odds


def _contrasts(log_odds: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Return later minus earlier, shape (..., pairs); NaN instead of infinite values."""
    earlier, later = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    with np.errstate(invalid="ignore"):
        difference = log_odds[..., later] - log_odds[..., earlier]
    return np.where(np.isfinite(difference), difference, np.nan)


def odds_ratios(
    data: ClusterCounts,
    item: int,
    pairs: Sequence[tuple[int, int]],
    *,
    level: float,
    design_effect: float,
) -> OddsRatios:
    """Return the log odds ratios of one item between pairs of groups.

    The cumulative logit is fitted on all groups; where proportional odds are rejected at 1 - ``level`` (with the
    design effect), or groups are separated so that it has no maximum, the log odds of the two highest levels stand in.
    Standard errors leave one class out at a time; t with Satterthwaite's degrees of freedom, never z. Every group
    should have at least two classes, else all limits are NaN.
    """
    counts = data.counts[:, item]
    table = data.by_group()[:, item]
    without = np.stack([table] * counts.shape[0])
    without[np.arange(counts.shape[0]), data.group] -= counts
    tables = np.concatenate([table[None], without])
    fit = fit_cumulative_logit(tables)
    check = proportional_odds_check(fit, table, design_effect)
    is_rejected = check.p_value < 1 - level
    if fit.converged[0] and not is_rejected:
        model, log_odds, thresholds = OddsModel.CUMULATIVE, fit.log_odds, fit.thresholds[0]
    else:
        model = OddsModel.TOP_TWO_NOT_PROPORTIONAL if is_rejected else OddsModel.TOP_TWO_SEPARATED
        log_odds, thresholds = _top_two_log_odds(tables), np.full(data.levels.size - 1, np.nan)
    contrasts = _contrasts(log_odds, pairs)
    left_out = [contrasts[1:][data.group == group] for group in range(data.groups)]
    interval = t_interval(contrasts[0], *jackknife_variance(left_out), level=level)
    return OddsRatios(model, interval, check, thresholds)
