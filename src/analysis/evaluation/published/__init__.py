"""What can be concluded from published averages alone, one module a question."""

from analysis.evaluation.published.audit import audit
from analysis.evaluation.published.batch_size import batch_size
from analysis.evaluation.published.change import change
from analysis.evaluation.published.class_unit import breakdown, class_unit
from analysis.evaluation.published.contrasts import (
    all_pairs,
    aspects,
    effects,
    pairs,
    single_peaked,
    total,
)
from analysis.evaluation.published.description import concordance, index, means
from analysis.evaluation.published.ladder import change_ladder, ladder
from analysis.evaluation.published.sensitivity import change_sensitivity, sensitivity
from analysis.evaluation.published.statements import statements

__all__ = [
    "all_pairs",
    "aspects",
    "audit",
    "batch_size",
    "breakdown",
    "change",
    "change_ladder",
    "change_sensitivity",
    "class_unit",
    "concordance",
    "effects",
    "index",
    "ladder",
    "means",
    "pairs",
    "sensitivity",
    "single_peaked",
    "statements",
    "total",
]
