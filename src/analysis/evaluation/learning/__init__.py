"""What people knew before and after: matching first, then change, and what else could explain it."""

from analysis.evaluation.learning.alternatives import alternatives
from analysis.evaluation.learning.change import change, effects, equivalence, gain
from analysis.evaluation.learning.confrontation import confrontation
from analysis.evaluation.learning.contrasts import batches, comparison
from analysis.evaluation.learning.subgroups import subgroups
from analysis.evaluation.learning.tables import matching

__all__ = [
    "alternatives",
    "batches",
    "change",
    "comparison",
    "confrontation",
    "effects",
    "equivalence",
    "gain",
    "matching",
    "subgroups",
]
