"""Closed lists of the codes that results carry; the report's catalogues translate each of them.

A code is added here first, then to every catalogue (a test compares the two).
"""

from analysis.stats.codes.estimates import EstimateName
from analysis.stats.codes.methods import Method
from analysis.stats.codes.reasons import Reason
from analysis.stats.codes.shared import Adjustment, Alternative, Effect, SamplingUnit, Statistic, Status, Unit, Verdict

__all__ = [
    "Adjustment",
    "Alternative",
    "Effect",
    "EstimateName",
    "Method",
    "Reason",
    "SamplingUnit",
    "Statistic",
    "Status",
    "Unit",
    "Verdict",
]
