"""The tables made from rows of people: answers, scores, delivery, follow-up."""

from __future__ import annotations

from analysis.report.content.reaction_tables import ReactionTables
from analysis.report.tables import ReportTable
from analysis.stats.codes import EstimateName

SHARES = (
    "attended/invited",
    "attended/registered",
    "completed/attended",
    "in_person/attended",
    "both_tests/attended",
    "forms/attended",
    "plans/attended",
)


class PeopleTables(ReactionTables):
    """Tables of responses, scores, delivery and follow-up; None where the study has no such rows."""

    def people(self) -> list[ReportTable | None]:
        """Return all of them."""
        return [
            *self.reaction(),
            self.matching(),
            self.change_of_people(),
            self.subgroups(),
            self.delivery(),
            self.followup(),
        ]

    def matching(self) -> ReportTable | None:
        """Return who has both tests, one of them, or none."""
        rows = self.rows(
            "learning.matching",
            lambda frame: (frame["unit"] == "people") & ~frame["subject"].str.contains("=", regex=False),
        )
        columns = [self.result_column("people_counted", ["estimate"], "count", 14)]
        return self.from_rows("matching", rows, [self.subjects(rows, 44)], columns)

    def change_of_people(self) -> ReportTable | None:
        """Return the mean change with classes, villages and people as units."""
        rows = self.rows("learning.change", lambda frame: frame["estimate_name"] == EstimateName.MEAN_CHANGE)
        methods = (self.column("method", 44, left=True), self.codes("method", rows["method"]))
        columns = [
            self.result_column("change", ["estimate"], "signed2", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "signed_range2", 24),
            self.result_column("p", ["p_value"], "p_cell", 12),
            self.result_column("n", ["n"], "count", 8),
        ]
        return self.from_rows("change_of_people", rows, [methods], columns)

    def subgroups(self) -> ReportTable | None:
        """Return the mean change of roles, regencies, batches and sexes; small groups are left out."""
        rows = self.rows(
            "learning.subgroups",
            lambda frame: (frame["estimate_name"] == EstimateName.MEAN_CHANGE) & frame["estimate"].notna(),
        )
        columns = [
            self.result_column("change", ["estimate"], "signed2", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "signed_range2", 24),
            self.result_column("p_adjusted", ["p_adjusted"], "p_cell", 14),
            self.result_column("n", ["n"], "count", 8),
        ]
        return self.from_rows("subgroups", rows, [self.subjects(rows, 40)], columns)

    def delivery(self) -> ReportTable | None:
        """Return the shares of the whole training and of each batch."""
        rows = self.rows(
            "delivery",
            lambda frame: (
                frame["contrast"].isin(SHARES)
                & frame["estimate"].notna()
                & (frame["subject"].str.startswith("batch=") | (frame["subject"] == "people"))
            ),
        )
        shares = (self.column("share", 36, left=True), self.codes("share", rows["contrast"]))
        columns = [
            self.result_column("percent", ["estimate"], "percent1", 14),
            self.result_column("of", ["n"], "count", 12),
        ]
        return self.from_rows("delivery", rows, [self.subjects(rows, 26), shares], columns)

    def followup(self) -> ReportTable | None:
        """Return the share of action plans that were carried out, by kind, regency and batch."""
        rows = self.rows("behaviour", lambda frame: (frame["contrast"] == "done/plans") & frame["estimate"].notna())
        columns = [
            self.result_column("percent", ["estimate"], "percent1", 14),
            self.result_column("interval", ["estimate_low", "estimate_high"], "percent_range1", 24),
            self.result_column("plans", ["n"], "count", 12),
        ]
        return self.from_rows("followup", rows, [self.subjects(rows, 40)], columns)
