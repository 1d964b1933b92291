"""One figure, one function: result rows in, Axes out. Never shows, saves or tests."""

from analysis.figures.batch_size import batch_size
from analysis.figures.change import change_bounds, change_sensitivity
from analysis.figures.indicators import indicators
from analysis.figures.ladder import ladder
from analysis.figures.p_ranges import p_ranges
from analysis.figures.spread import spread_sensitivity

__all__ = [
    "batch_size",
    "change_bounds",
    "change_sensitivity",
    "indicators",
    "ladder",
    "p_ranges",
    "spread_sensitivity",
]
