"""What followed the training: action plans and their results, activity in the learning system, links between levels."""

from analysis.evaluation.behaviour.followup import behaviour
from analysis.evaluation.behaviour.link import link

__all__ = ["behaviour", "link"]
