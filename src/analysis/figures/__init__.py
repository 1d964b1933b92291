"""One figure, one function: result rows in, Axes out. Never shows, saves or tests."""

from analysis.figures.delivery import batch_shares, followup_shares
from analysis.figures.forest import province_forest
from analysis.figures.indicators import indicators
from analysis.figures.intervals import subgroup_forest
from analysis.figures.learning import attrition, change_distribution, individual_gains, tipping_point
from analysis.figures.p_ranges import p_ranges
from analysis.figures.published import batch_size, change_bounds, change_sensitivity, ladder, spread_sensitivity
from analysis.figures.reaction import clustered_p, composition, diverging_bars, effect_panels, odds_ratios

__all__ = [
    "attrition",
    "batch_shares",
    "batch_size",
    "change_bounds",
    "change_distribution",
    "change_sensitivity",
    "clustered_p",
    "composition",
    "diverging_bars",
    "effect_panels",
    "followup_shares",
    "indicators",
    "individual_gains",
    "ladder",
    "odds_ratios",
    "p_ranges",
    "province_forest",
    "spread_sensitivity",
    "subgroup_forest",
    "tipping_point",
]
