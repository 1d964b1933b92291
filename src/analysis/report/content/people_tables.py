"""The tables made from rows of people: answers, scores, delivery, follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.evaluation.subject import Subject
from analysis.report.claims.tables import Cell, Column, ReportTable, result_cell, words
from analysis.report.content.table_maker import TableFunction, TableMaker, has_part, said_once
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.paired import CLASS_METHODS

CLASS_TESTS = (Method.KRUSKAL_WALLIS_CLASS_PERMUTATION_EXACT, Method.KRUSKAL_WALLIS_CLASS_PERMUTATION_MONTE_CARLO)
# What ignoring classes would have claimed.
NAIVE_TEST = Method.KRUSKAL_WALLIS_CHI_SQUARED


class ReactionTables(TableMaker):
    """Tables of responses; None where the study has no such rows."""

    def reaction(self) -> tuple[TableFunction, ...]:
        """Return what makes each of them; its name is the table's."""
        return (
            self.response_means,
            self.omnibus,
            self.aspect_means,
            self.reliability,
            self.deltas,
            self.without_careless,
        )

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
                (frame["estimate_name"] == EstimateName.MEAN_DIFFERENCE) & (frame["sampling_unit"] == "class")
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

    def given(self) -> tuple[TableFunction, ...]:
        """Return what makes each of them; its name is the table's."""
        return (
            self.delivery,
            self.delivery_groups,
            self.guide,
            self.followup,
        )

    def delivery(self) -> ReportTable | None:
        """Return the shares of the whole training and of each batch."""
        rows = self.shown(
            "delivery",
            lambda frame: frame["contrast"].isin(SHARES) & (has_part(frame, "batch") | (frame["subject"] == "people")),
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
            lambda frame: frame["contrast"].isin(_STEPS) & (has_part(frame, "role") | has_part(frame, "sex")),
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
                words(self.subject(Subject.parse(str(row["subject"])).detail)),
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


# How the numbers of a table of several units are printed.
_FORMATS = {Unit.SHARE: "percent1", Unit.TEST_POINTS: "signed1"}
# Who has which test, of the whole training.
_MATCHED = ("both", "pre_only", "post_only", "not_linkable", "no_test", "no_class")
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

    def learning(self) -> tuple[TableFunction, ...]:
        """Return what makes each of them; its name is the table's."""
        return (
            self.matching,
            self.change_of_people,
            self.effects_of_people,
            self.gain_bands,
            self.subgroups,
            self.batches_of_people,
            self.explanations,
        )

    def matching(self) -> ReportTable | None:
        """Return who has both tests, one of them, or none."""
        rows = self.shown(
            "learning.matching",
            lambda frame: (frame["unit"] == "people") & frame["subject"].isin(_MATCHED),
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
        rows = self.rows(
            "learning.effects",
            lambda frame: frame["method"].isin(CLASS_METHODS) & frame["effect_name"].notna(),
        )
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
            lambda frame: (frame["estimate_name"] == EstimateName.SHARE) & has_part(frame, "band"),
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


class PeopleTables(ReactionTables, LearningTables, DeliveryTables):
    """Tables of responses, scores, delivery and follow-up; None where the study has no such rows."""

    def people(self) -> tuple[TableFunction, ...]:
        """Return what makes each of them."""
        return (*self.reaction(), *self.learning(), *self.given())
