"""The tables made from rows of people: answers, scores, delivery, follow-up."""

from __future__ import annotations

from analysis.report.content.delivery_tables import DeliveryTables
from analysis.report.content.learning_tables import LearningTables
from analysis.report.content.reaction_tables import ReactionTables
from analysis.report.tables import ReportTable


class PeopleTables(ReactionTables, LearningTables, DeliveryTables):
    """Tables of responses, scores, delivery and follow-up; None where the study has no such rows."""

    def people(self) -> list[ReportTable | None]:
        """Return all of them."""
        return [*self.reaction(), *self.learning(), *self.given()]
