"""The tables made from single scores: who took which test, change, effects, gain, groups, other explanations."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.report.content.table_maker import TableMaker
from analysis.report.tables import Column, ReportTable, result_cell, words
from analysis.stats.codes import EstimateName, Method, Unit

# How the numbers of a table of several units are printed.
_FORMATS = {Unit.SHARE: "percent1", Unit.TEST_POINTS: "signed1"}
# One row each of what else could explain the gain; the regression to the mean at each correlation is in results.csv.
_EXPLANATIONS = (
    EstimateName.TIPPING_POINT_ESTIMATE_ZERO,
    EstimateName.TIPPING_POINT_INTERVAL_ZERO,
    EstimateName.POSSIBLE_CHANGE_OF_MISSING,
    EstimateName.CHANGE_WITH_ALL_MISSING,
    EstimateName.RHO_EXPLAINING_GAIN,
    EstimateName.RETEST_GAIN_EXPLAINING,
)


class LearningTables(TableMaker):
    """Tables of scores; None where the study has no such rows."""

    def learning(self) -> list[ReportTable | None]:
        """Return all of them."""
        return [
            self.matching(),
            self.change_of_people(),
            self.effects_of_people(),
            self.gain_bands(),
            self.subgroups(),
            self.batches_of_people(),
            self.explanations(),
        ]

    def matching(self) -> ReportTable | None:
        """Return who has both tests, one of them, or none."""
        rows = self.shown(
            "learning.matching",
            lambda frame: (frame["unit"] == "people") & ~frame["subject"].str.contains("=", regex=False),
        )
        columns = [self.result_column("people_counted", ["estimate"], "count", 14)]
        return self.from_rows("matching", rows, [self.groups(rows, 44)], columns)

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

    def effects_of_people(self) -> ReportTable | None:
        """Return the standardised changes with the class as unit, each named by what it is divided by."""
        rows = self.rows("learning.effects", lambda frame: frame["method"] == Method.CLASS_JACKKNIFE_T)
        divisors = (self.column("divided_by", 48, left=True), self.codes("effect", rows["effect_name"]))
        columns = [
            self.result_column("effect_size", ["estimate"], "signed2", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "signed_range2", 24),
            self.result_column("n", ["n"], "count", 8),
            self.result_column("classes", ["clusters"], "count", 8),
        ]
        return self.from_rows("effects_of_people", rows, [divisors], columns)

    def gain_bands(self) -> ReportTable | None:
        """Return the share of people in each band of individual N-gain."""
        rows = self.shown(
            "learning.gain",
            lambda frame: (frame["estimate_name"] == EstimateName.SHARE) & frame["subject"].str.startswith("band="),
        )
        columns = [
            self.result_column("percent", ["estimate"], "percent1", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "percent_range1", 24),
            self.result_column("of", ["n"], "count", 10),
        ]
        return self.from_rows("gain_bands", rows, [self.groups(rows, 44)], columns)

    def subgroups(self) -> ReportTable | None:
        """Return the mean change of roles, regencies, batches and sexes; suppressed groups say so."""
        rows = self.shown("learning.subgroups", lambda frame: frame["estimate_name"] == EstimateName.MEAN_CHANGE)
        columns = [
            self.result_column("change", ["estimate"], "signed2", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "signed_range2", 24),
            self.result_column("p_adjusted", ["p_adjusted"], "p_cell", 14),
            self.result_column("n", ["n"], "count", 8),
            self.result_column("classes", ["clusters"], "count", 8),
        ]
        return self.from_rows("subgroups", rows, [self.groups(rows, 40)], columns)

    def batches_of_people(self) -> ReportTable | None:
        """Return contrasts of batches in both ways, difference in change and ANCOVA, the class as unit."""
        ways = (EstimateName.DIFFERENCE_IN_CHANGE, EstimateName.ADJUSTED_POST_DIFFERENCE)
        rows = self.shown(
            "learning.batches", lambda frame: (frame["subject"] == "batch") & frame["estimate_name"].isin(ways)
        )
        columns = [
            self.result_column("difference", ["estimate"], "signed2", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "signed_range2", 24),
            self.result_column("p_adjusted", ["p_adjusted"], "p_cell", 14),
            self.result_column("n", ["n"], "count", 8),
        ]
        leading = [self.contrasts_of(rows), self._measures(rows, 40)]
        return self.from_rows("batches_of_people", rows, leading, columns)

    def explanations(self) -> ReportTable | None:
        """Return what else could explain the gain: missing people, regression to the mean, retest."""
        rows = self.rows("learning.alternatives", lambda frame: frame["estimate_name"].isin(_EXPLANATIONS))
        if rows.empty:
            return None
        measures = self._measures(rows, 44)
        lines = []
        for place, (_, row) in enumerate(rows.iterrows()):
            form = _FORMATS.get(row["unit"], "decimal2")
            limits = {"percent1": "percent_range1", "signed1": "signed_range1"}.get(form, "range2")
            lines.append(
                (
                    words(self.subject(str(row["subject"]))),
                    words(measures[1][place]),
                    result_cell(row, ["estimate"], form),
                    result_cell(row, ["estimate_low", "estimate_high"], limits),
                    result_cell(row, ["n"], "count"),
                )
            )
        columns = (
            self.column("explanation", 34, left=True),
            measures[0],
            self.column("value", 12),
            self.column("limits", 20),
            self.column("n", 8),
        )
        return ReportTable(name="explanations", title=self.title("explanations"), columns=columns, rows=tuple(lines))

    def _measures(self, rows: pd.DataFrame, width: int) -> tuple[Column, Sequence[str]]:
        return self.column("measure", width, left=True), self.codes("estimate_name", rows["estimate_name"])
