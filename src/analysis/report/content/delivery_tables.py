"""The tables of delivery and follow-up: shares by batch, role and sex, the guide, action plans."""

from __future__ import annotations

import pandas as pd

from analysis.report.content.table_maker import TableMaker, said_once
from analysis.report.tables import Cell, ReportTable, result_cell, words
from analysis.stats.codes import EstimateName, Unit

SHARES = (
    "attended/invited",
    "attended/registered",
    "completed/attended",
    "in_person/attended",
    "both_tests/attended",
    "forms/attended",
    "plans/attended",
)
# Steps that are known of single people, so that roles and sexes can be told apart.
_STEPS = ("attended/registered", "completed/attended", "in_person/attended", "both_tests/attended", "plans/attended")


class DeliveryTables(TableMaker):
    """Tables of delivery and behaviour; None where the study has no such rows."""

    def given(self) -> list[ReportTable | None]:
        """Return all of them."""
        return [self.delivery(), self.delivery_groups(), self.guide(), self.followup()]

    def delivery(self) -> ReportTable | None:
        """Return the shares of the whole training and of each batch."""
        rows = self.shown(
            "delivery",
            lambda frame: (
                frame["contrast"].isin(SHARES)
                & (frame["subject"].str.startswith("batch=") | (frame["subject"] == "people"))
            ),
        )
        shares = (self.column("share", 36, left=True), self.codes("share", rows["contrast"]))
        columns = [
            self.result_column("percent", ["estimate"], "percent1", 14),
            self.result_column("of", ["n"], "count", 12),
        ]
        return self.from_rows("delivery", rows, [self.groups(rows, 26), shares], columns)

    def delivery_groups(self) -> ReportTable | None:
        """Return the steps of each role and sex, a column per step; suppressed groups say so."""
        rows = self.shown(
            "delivery",
            lambda frame: frame["contrast"].isin(_STEPS) & frame["subject"].str.contains(r"^(?:role|sex)=", regex=True),
        )
        steps = [step for step in _STEPS if rows.loc[rows["contrast"] == step, "estimate"].notna().any()]
        if not steps:
            return None
        lines = []
        for subject in dict.fromkeys(rows["subject"]):
            own = rows[rows["subject"] == subject]
            lines.append((words(self.subject(str(subject))), *(_step_cell(own, step) for step in steps)))
        heads = [self.column("group", 34, left=True), *(self.column(step, 14) for step in steps)]
        title = self.title("delivery_groups")
        return said_once(ReportTable(name="delivery_groups", title=title, columns=tuple(heads), rows=tuple(lines)))

    def guide(self) -> ReportTable | None:
        """Return what was counted minus what the training's guide requires, where it states a threshold."""
        rows = self.rows("delivery", lambda frame: frame["estimate_name"] == EstimateName.GUIDE_THRESHOLD)
        if rows.empty:
            return None
        lines = [
            (
                words(self.subject(str(row["subject"]).removeprefix("guide|"))),
                result_cell(row, ["estimate"], "percent1" if row["unit"] == Unit.SHARE else "signed1"),
                words(self.code("unit", row["unit"])),
                words(self.code("reason", row["reason"])),
            )
            for _, row in rows.iterrows()
        ]
        columns = (
            self.column("requirement", 44, left=True),
            self.column("measured_minus_guide", 18),
            self.column("unit_of_value", 20, left=True),
            self.column("answer", 20, left=True),
        )
        return ReportTable(name="guide", title=self.title("guide"), columns=columns, rows=tuple(lines))

    def followup(self) -> ReportTable | None:
        """Return the share of action plans that were carried out, by kind, regency and batch."""
        rows = self.shown("behaviour", lambda frame: frame["contrast"] == "done/plans")
        columns = [
            self.result_column("percent", ["estimate"], "percent1", 14),
            self.result_column("interval", ["estimate_low", "estimate_high"], "percent_range1", 24),
            self.result_column("plans", ["n"], "count", 12),
        ]
        return self.from_rows("followup", rows, [self.groups(rows, 40)], columns)


def _step_cell(rows: pd.DataFrame, step: str) -> Cell:
    own = rows[rows["contrast"] == step]
    return result_cell(own.iloc[0], ["estimate"], "percent1") if len(own) else Cell(value=None)
