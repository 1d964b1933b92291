"""One figure, one function: result rows in, Axes out. Never shows, saves or tests."""

from analysis.figures.attrition import attrition
from analysis.figures.batch_shares import batch_shares
from analysis.figures.batch_size import batch_size
from analysis.figures.change import change_bounds, change_sensitivity
from analysis.figures.clustered_p import clustered_p
from analysis.figures.composition import composition
from analysis.figures.followup import followup_shares
from analysis.figures.forest import province_forest
from analysis.figures.gains import individual_gains
from analysis.figures.indicators import indicators
from analysis.figures.intervals import subgroup_forest
from analysis.figures.ladder import ladder
from analysis.figures.p_ranges import p_ranges
from analysis.figures.paired_change import change_distribution
from analysis.figures.panels import effect_panels, odds_ratios
from analysis.figures.responses import diverging_bars
from analysis.figures.spread import spread_sensitivity
from analysis.figures.tipping import tipping_point

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
