"""The tables made from single responses: batches compared with the class as unit, reliability, robustness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.report.content.table_maker import TableMaker
from analysis.report.tables import ReportTable, result_cell
from analysis.stats.codes import EstimateName, Method, Reason

CLASS_TESTS = (Method.KRUSKAL_WALLIS_CLASS_PERMUTATION_EXACT, Method.KRUSKAL_WALLIS_CLASS_PERMUTATION_MONTE_CARLO)
# What ignoring classes would have claimed.
NAIVE_TEST = Method.KRUSKAL_WALLIS_CHI_SQUARED


class ReactionTables(TableMaker):
    """Tables of responses; None where the study has no such rows."""

    def reaction(self) -> list[ReportTable | None]:
        """Return all of them."""
        return [
            self.response_means(),
            self.omnibus(),
            self.aspect_means(),
            self.reliability(),
            self.deltas(),
            self.without_careless(),
        ]

    def response_means(self) -> ReportTable | None:
        """Return the mean of each aspect and in total per batch, from class means, with its interval."""
        rows = self.rows(
            "reaction.aspects",
            lambda frame: (
                (frame["estimate_name"] == EstimateName.MEAN) & (frame["method"] == Method.MEAN_OF_CLASS_MEANS_T)
            ),
        )
        batches = (self.column("batch", 12, left=True), [str(value) for value in rows["contrast"]])
        columns = [
            self.result_column("n", ["n"], "count", 8),
            self.result_column("mean", ["estimate"], "decimal2", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "range2", 22),
        ]
        return self.from_rows("response_means", rows, [self.subjects(rows, 30), batches], columns)

    def omnibus(self) -> ReportTable | None:
        """Return the comparison of all batches by indicator, classes as units, the naive p beside the adjusted one."""
        rows = self._omnibus_rows(CLASS_TESTS)
        naive = self._omnibus_rows((NAIVE_TEST,))
        naive = naive.set_index("subject", drop=False)
        columns = [
            self.result_column("statistic_h", ["statistic"], "decimal2", 12),
            self.result_column("epsilon_squared", ["estimate"], "decimal3", 14),
            self.result_column("p", ["p_value"], "p_cell", 12),
            self.result_column("p_maxt", ["p_adjusted"], "p_cell", 14),
            self.result_column("n", ["n"], "count", 8),
            self.result_column("classes", ["clusters"], "count", 8),
        ]
        table = self.from_rows("omnibus", rows, [self.subjects(rows, 42)], columns)
        if table is None or not set(rows["subject"]) <= set(naive["subject"]):
            return table
        cells = [result_cell(naive.loc[subject], ["p_value"], "p_cell") for subject in rows["subject"]]
        lines = tuple((*line, cell) for line, cell in zip(table.rows, cells, strict=True))
        return replace(table, columns=(*table.columns, self.column("p_independent", 16)), rows=lines)

    def _omnibus_rows(self, methods: Sequence[Method]) -> pd.DataFrame:
        return self.rows(
            "reaction.items",
            lambda frame: frame["method"].isin(methods) & (frame["estimate_name"] == EstimateName.EPSILON_SQUARED),
        )

    def aspect_means(self) -> ReportTable | None:
        """Return differences of class means between batches, by aspect."""
        rows = self.rows(
            "reaction.aspects",
            lambda frame: (
                (frame["estimate_name"] == EstimateName.MEAN_DIFFERENCE)
                & (frame["sampling_unit"] == "class")
                & frame["contrast"].str.contains("-", regex=False)
            ),
        )
        columns = [
            self.result_column("difference", ["estimate"], "signed2", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "signed_range2", 24),
            self.result_column("p", ["p_value"], "p_cell", 12),
            self.result_column("p_adjusted", ["p_adjusted"], "p_cell", 14),
        ]
        return self.from_rows("aspect_means", rows, [self.subjects(rows, 26), self.contrasts_of(rows)], columns)

    def reliability(self) -> ReportTable | None:
        """Return Cronbach's alpha of the whole and of each aspect, classes as units."""
        rows = self.rows(
            "reaction.reliability",
            lambda frame: (frame["estimate_name"] == "cronbachs_alpha") & (frame["sampling_unit"] == "class"),
        )
        columns = [
            self.result_column("alpha", ["estimate"], "decimal2", 12),
            self.result_column("interval", ["estimate_low", "estimate_high"], "range2", 20),
            self.result_column("n", ["n"], "count", 10),
        ]
        rows = rows.drop_duplicates("subject")
        return self.from_rows("reliability", rows, [self.subjects(rows, 36)], columns)

    def deltas(self) -> ReportTable | None:
        """Return Cliff's delta of every pair of batches, for indicators that survive the comparison of all batches."""
        weak = self.results["reason"] == Reason.OMNIBUS_NOT_SIGNIFICANT
        hidden = set(self.results[(self.results["analysis"] == "reaction.pairs") & weak]["subject"])
        rows = self.rows(
            "reaction.pairs",
            lambda frame: (
                (frame["estimate_name"] == EstimateName.CLIFFS_DELTA)
                & frame["estimate_low"].notna()
                & ~frame["subject"].isin(hidden)
            ),
        )
        columns = [
            self.result_column("delta", ["estimate"], "signed2", 14),
            self.result_column("interval", ["estimate_low", "estimate_high"], "signed_range2", 24),
            self.result_column("n", ["n"], "count", 8),
            self.result_column("classes", ["clusters"], "count", 8),
        ]
        return self.from_rows("deltas", rows, [self.subjects(rows, 42), self.contrasts_of(rows)], columns)

    def without_careless(self) -> ReportTable | None:
        """Return the contrasts of the total score without careless forms, and the share of analyses that agree."""
        rows = self._robust(EstimateName.MEAN_DIFFERENCE_WITHOUT_CARELESS)
        shares = self._robust(EstimateName.AGREEING_SHARE).set_index("contrast", drop=False)
        rows = rows[rows["contrast"].isin(shares["contrast"])]
        columns = [
            self.result_column("difference", ["estimate"], "signed2", 14),
            self.result_column("interval", ["estimate_low", "estimate_high"], "signed_range2", 24),
            self.result_column("p", ["p_value"], "p_cell", 12),
            self.result_column("n", ["n"], "count", 8),
        ]
        table = self.from_rows("without_careless", rows, [self.contrasts_of(rows)], columns)
        if table is None:
            return None
        cells = [result_cell(shares.loc[contrast], ["estimate"], "percent1") for contrast in rows["contrast"]]
        lines = tuple((*line, cell) for line, cell in zip(table.rows, cells, strict=True))
        return replace(table, columns=(*table.columns, self.column("agreeing", 16)), rows=lines)

    def _robust(self, name: EstimateName) -> pd.DataFrame:
        return self.rows(
            "reaction.robustness", lambda frame: (frame["subject"] == "total") & (frame["estimate_name"] == name)
        )
