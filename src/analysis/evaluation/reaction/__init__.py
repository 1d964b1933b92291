"""Reaction: what participants answered in the end evaluation, compared between batches on single responses."""

from __future__ import annotations

from analysis.evaluation.reaction.aspects import reaction_aspects
from analysis.evaluation.reaction.composition import reaction_composition
from analysis.evaluation.reaction.confrontation import reaction_confrontation
from analysis.evaluation.reaction.items import reaction_items
from analysis.evaluation.reaction.model import reaction_model
from analysis.evaluation.reaction.pairs import reaction_pairs
from analysis.evaluation.reaction.reliability import reaction_reliability
from analysis.evaluation.reaction.robustness import reaction_robustness
from analysis.evaluation.reaction.trend import reaction_trend

__all__ = [
    "reaction_aspects",
    "reaction_composition",
    "reaction_confrontation",
    "reaction_items",
    "reaction_model",
    "reaction_pairs",
    "reaction_reliability",
    "reaction_robustness",
    "reaction_trend",
]
