"""Was the training given as its guide says? Counts, shares and one card per batch."""

from analysis.evaluation.delivery.questions import batch_cards, delivery

__all__ = ["batch_cards", "delivery"]
