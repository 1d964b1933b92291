"""Reaction: what participants answered in the end evaluation, compared between batches on single responses."""

from __future__ import annotations

from analysis.evaluation.reaction.aspects import aspects
from analysis.evaluation.reaction.composition import composition
from analysis.evaluation.reaction.confrontation import confrontation
from analysis.evaluation.reaction.items import items
from analysis.evaluation.reaction.model import model
from analysis.evaluation.reaction.pairs import pairs
from analysis.evaluation.reaction.reliability import reliability
from analysis.evaluation.reaction.robustness import robustness
from analysis.evaluation.reaction.trend import trend

__all__ = [
    "aspects",
    "composition",
    "confrontation",
    "items",
    "model",
    "pairs",
    "reliability",
    "robustness",
    "trend",
]
