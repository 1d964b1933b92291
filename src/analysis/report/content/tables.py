"""The tables of a report, made from result rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from analysis.evaluation.bands import index_quality
from analysis.evaluation.data import StudyData, hidden_groups
from analysis.evaluation.subject import Subject, subjects
from analysis.report.claims.claim import Kind
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.tables import Cell, Column, ReportTable, group_row, result_cell, words
from analysis.report.content.facts import band_in_words, problem_counts, score_decimals
from analysis.report.content.people_tables import PeopleTables
from analysis.report.content.references import methods_table
from analysis.report.content.table_maker import HEADING, MEANING, TableFunction, TableMaker, has_part, said_once
from analysis.stats.codes import EstimateName, Verdict


def report_tables(
    data: StudyData, results: pd.DataFrame, language: str, guard: Guard | None = None
) -> dict[str, ReportTable]:
    """Return the tables that the study has results for, by name.

    ``guard`` leaves out those that fail, and notes them; without one the first error is raised.
    """
    guard = guard or Guard(language, is_strict=True)
    maker = _Tables(data, results, language)
    functions: dict[str, TableFunction] = {each.__name__: each for each in maker.of_averages()}
    no_functions: dict[str, TableFunction] = {}
    functions |= guard.attempt(Part.TABLE, "items", maker.items, no_functions)
    functions |= {each.__name__: each for each in (*maker.of_totals(), *maker.people(), maker.problems)}
    functions["methods"] = partial(methods_table, results, language)
    made = {name: guard.attempt(Part.TABLE, name, function, None) for name, function in functions.items()}
    return {name: table for name, table in made.items() if table is not None}


def _is_total(rows: pd.DataFrame) -> pd.Series:
    return pd.Series([subject.head.name == "total" for subject in subjects(rows["subject"])], index=rows.index)


class ContrastTables(TableMaker):
    """Total score, aspects, indicators, other sizes, class as unit."""

    def total(self) -> ReportTable | None:
        """Return the headline family."""
        return self._contrasts("total", self.rows("published.total"), with_subject=False)

    def aspects(self) -> ReportTable | None:
        """Return the aspects of every pair of batches."""
        return self._contrasts("aspects", self.rows("published.aspects"), with_subject=True)

    def other_size(self) -> ReportTable | None:
        """Return the total score if all invited people were one batch."""
        rows = self.rows("published.sensitivity", lambda frame: has_part(frame, "n") & _is_total(frame))
        return self._contrasts("other_size", rows, with_subject=False)

    def class_unit(self) -> ReportTable | None:
        """Return the total score and the aspects with the class as unit."""
        known = ["total", *(aspect.id for aspect in self.data.instrument.aspects)]
        rows = self.rows("published.class_unit", lambda frame: frame["subject"].isin(known))
        return self._contrasts("class_unit", rows, with_subject=True)

    def items(self) -> dict[str, TableFunction]:
        """Return what makes the table of indicators of each pair of batches, by the table's name."""
        contrasts = dict.fromkeys(self.rows("published.pairs")["contrast"].astype(str))
        return {f"items-{contrast}": partial(self._items, f"items-{contrast}", contrast) for contrast in contrasts}

    def _items(self, name: str, contrast: str) -> ReportTable | None:
        """Return the indicators of a pair of batches, with the range of Cliff's delta."""
        rows = self.rows("published.pairs", lambda frame: frame["contrast"] == contrast)
        table = self._contrasts(name, rows, with_subject=True, title="items", with_contrast=False)
        if table is None:
            return None
        deltas = self.rows("published.effects").set_index(["subject", "contrast"], drop=False)
        extra = [
            result_cell(deltas.loc[(row["subject"], row["contrast"])], ["estimate_low", "estimate_high"], "range2")
            for _, row in rows.iterrows()
        ]
        lines = tuple((*line[:-1], cell, line[-1]) for line, cell in zip(table.rows, extra, strict=True))
        heads = (*table.columns[:-1], self.column("delta", 24), table.columns[-1])
        title = f"{table.title}, {self.contrast_name(contrast)}"  # one worksheet a pair
        return ReportTable(name=name, title=title, columns=heads, rows=lines)

    def _contrasts(
        self, name: str, rows: pd.DataFrame, *, with_subject: bool, title: str | None = None, with_contrast: bool = True
    ) -> ReportTable | None:
        if rows.empty:
            return None
        heads = [self.column("subject", 28, left=True)] if with_subject else []
        heads += [self.column("contrast", 22, left=True)] if with_contrast else []
        heads += [self.column("difference", 11), self.column("p_range", 16)]
        adjusted = bool(rows["p_adjusted"].notna().any())
        heads += [self.column("p_adjusted", 14)] if adjusted else []
        heads.append(self.column("verdict_adjusted" if adjusted else "verdict", 28, left=True))
        lines = []
        for _, row in rows.iterrows():
            cells = [words(self.subject(str(Subject.parse(str(row["subject"])).head)))] if with_subject else []
            cells += [words(self.contrast_name(str(row["contrast"])))] if with_contrast else []
            cells += [result_cell(row, ["estimate"], "signed2"), result_cell(row, ["p_low", "p_high"], "p_range_cell")]
            cells += [result_cell(row, ["p_adjusted"], "p_most")] if adjusted else []
            lines.append((*cells, words(self.code("verdict in a table", self._verdict(row, adjusted=adjusted)))))
        return ReportTable(name=name, title=self.title(title or name), columns=tuple(heads), rows=tuple(lines))

    def _verdict(self, row: pd.Series, *, adjusted: bool) -> str:
        """Return the verdict of a row's bounds: after the adjustment of its family where it has one."""
        if not adjusted:
            return str(row["verdict"])
        if not pd.isna(row["p_adjusted"]) and float(row["p_adjusted"]) < self.data.settings.alpha:
            return str(Verdict.ALWAYS)
        return str(Verdict.NEVER if row["verdict"] == Verdict.NEVER else Verdict.UNDETERMINED)


class _Tables(ContrastTables, PeopleTables):
    """Participants, means, and what is published about tests, totals and statements."""

    def of_averages(self) -> tuple[TableFunction, ...]:
        """Return what makes the tables of participants and of printed means; the name of each is its table's."""
        return (self.invited, self.attendance, self.means, self.item_means, self.total, self.aspects)

    def of_totals(self) -> tuple[TableFunction, ...]:
        """Return what makes the tables of other units and sizes, of printed totals, scores and statements."""
        return (
            self.class_unit,
            self.other_size,
            self.index,
            self.audit,
            self.change,
            self.change_sensitivity,
            self.statements,
        )

    # participants -----------------------------------------------------------------------------------

    def invited(self) -> ReportTable | None:
        """Return invited villages and people per regency; small ones, and what would give them away, are hidden."""
        invited = self.data.tables.get("invited")
        if invited is None or invited.empty:
            return None
        sizes = dict(zip(invited["regency"].astype(str), invited["people"].astype(int), strict=True))
        hidden = hidden_groups(sizes, self.data.settings.minimum_cell)
        lines = []
        for row in invited.to_dict("records"):
            is_hidden = str(row["regency"]) in hidden
            counts = [None, None] if is_hidden else [int(row["villages"]), int(row["people"])]
            cells = (Cell(value=count, format="count", kind=Kind.QUOTED, hidden=is_hidden) for count in counts)
            lines.append((words(str(row["regency"])), *cells))
        columns = (self.column("regency", 40, left=True), self.column("villages", 15), self.column("people", 15))
        return said_once(ReportTable(name="invited", title=self.title("invited"), columns=columns, rows=tuple(lines)))

    def attendance(self) -> ReportTable | None:
        """Return printed and recomputed attendance."""
        rows = self.rows("published.audit", lambda frame: frame["estimate_name"] == EstimateName.PRINTED_PERCENT)
        leading = [
            (self.column("unit", 30, left=True), [self.subject(str(value)) for value in rows["subject"]]),
            (self.column("answer", 30, left=True), [self.code("reason", value) for value in rows["reason"]]),
        ]
        columns = [
            self.result_column("invited", ["n"], "count", 15),
            self.result_column("printed_percent", ["estimate"], "decimal1", 18),
            self.result_column("recomputed_percent", ["statistic"], "decimal1", 18),
        ]
        return self.from_rows("attendance", rows, leading, columns)

    # means ------------------------------------------------------------------------------------------

    def means(self) -> ReportTable | None:
        """Return the mean of each aspect and of all indicators per batch, with its category."""
        aspects = [aspect.id for aspect in self.data.instrument.aspects]
        return self._means("means", [*aspects, "total"], with_bands=True)

    def item_means(self) -> ReportTable | None:
        """Return the mean of each indicator per batch, under its aspect."""
        return self._means("item_means", list(self.data.instrument.item_ids), with_bands=False)

    def _means(self, name: str, subjects: Sequence[str], *, with_bands: bool) -> ReportTable | None:
        rows = self.rows("published.means")
        if rows.empty:
            return None
        batches = list(dict.fromkeys(rows["contrast"].astype(str)))
        by_key = {(str(row["subject"]), str(row["contrast"])): row for _, row in rows.iterrows()}
        width = 1 + len(batches) * (2 if with_bands else 1)
        lines: list[tuple[Cell, ...]] = []
        previous = ""
        aspect_of = {item.id: item.aspect for item in self.data.instrument.items}
        for subject in subjects:
            if subject in aspect_of and (not lines or aspect_of[subject] != aspect_of.get(previous)):
                lines.append(group_row(self.names[aspect_of[subject]], width))
            previous = subject
            cells = [words(self.subject(subject), strong=subject == "total")]
            for batch in batches:
                row = by_key.get((subject, batch))
                cells.append(Cell(value=None) if row is None else result_cell(row, ["estimate"], "decimal2"))
                if with_bands:
                    cells.append(words(None if row is None else self._band(row)))
            lines.append(tuple(cells))
        heads = [self.column("subject", 34, left=True)]
        for batch in batches:
            heading = self.catalogue.filled("batch {batch}", {"batch": batch}, HEADING)
            heads.append(Column(heading=heading, meaning=self.catalogue.text("mean", MEANING), width=14))
            if with_bands:
                heads.append(self.column("category", 18, left=True))
        return ReportTable(name=name, title=self.title(name), columns=tuple(heads), rows=tuple(lines))

    def _band(self, row: pd.Series) -> str:
        return band_in_words(self.data, float(row["estimate_low"]), float(row["estimate_high"]), self.language)

    # published totals, index, change, statements -------------------------------------------------------

    def index(self) -> ReportTable | None:
        """Return the satisfaction index under both conversions."""
        rows = self.rows("published.index")
        leading = [
            (self.column("conversion", 44, left=True), [self.code("method", value) for value in rows["method"]]),
            (self.column("batch", 12, left=True), [str(value) for value in rows["contrast"]]),
            (self.column("quality", 12, left=True), [self._quality(row) for _, row in rows.iterrows()]),
        ]
        columns = [
            self.result_column("index", ["estimate"], "decimal1", 12),
            self.result_column("limits", ["estimate_low", "estimate_high"], "range1", 20),
        ]
        return self.from_rows("index", rows, leading, columns)

    def _quality(self, row: pd.Series) -> str:
        return "/".join(index_quality(float(row["estimate_low"]), float(row["estimate_high"])))

    def audit(self) -> ReportTable | None:
        """Return every printed total with its recomputation."""
        rows = self.rows("published.audit", lambda frame: frame["contrast"] == "total")
        leading = [
            (self.column("subject", 40, left=True), [self.subject(str(value)) for value in rows["subject"]]),
            (self.column("answer", 26, left=True), [self.code("reason", value) for value in rows["reason"]]),
        ]
        columns = [
            self.result_column("printed_total", ["estimate"], "decimal2", 12),
            self.result_column("recomputed_total", ["statistic"], "decimal3", 14),
            self.result_column("limits", ["estimate_low", "estimate_high"], "range3", 20),
        ]
        return self.from_rows("audit", rows, leading, columns)

    def change(self) -> ReportTable | None:
        """Return the test of the change under each likeness, with as many decimals as the source prints."""
        decimals = max(score_decimals(self.data).values(), default=1)
        rows = self.rows("published.change", lambda frame: frame["estimate_name"] == EstimateName.MEAN_CHANGE)
        leading = [
            (self.column("assumption", 34, left=True), [self._likeness(str(value)) for value in rows["subject"]]),
            (
                self.column("verdict_alone", 30, left=True),
                [self.code("verdict in a table", value) for value in rows["verdict"]],
            ),
        ]
        columns = [
            self.result_column("change", ["estimate_low", "estimate_high"], f"signed_range{decimals}", 18),
            self.result_column("statistic", ["statistic"], "decimal2", 12),
            self.result_column("p_largest", ["p_high"], "p_most", 14),
            self.result_column("clusters", ["clusters"], "count", 12),
            self.result_column("breakdown", ["breakdown_design_effect"], "decimal1", 16),
        ]
        return self.from_rows("change", rows, leading, columns)

    def _likeness(self, subject: str) -> str:
        rung = Subject.parse(subject).detail or "people"
        return self.catalogue.text(rung, "likeness")

    def change_sensitivity(self) -> ReportTable | None:
        """Return the design effect that the rise survives, by assumed SD and correlation."""
        rows = self.rows("published.sensitivity", lambda frame: has_part(frame, "r"))
        leading = [
            (self.column("assumption", 40, left=True), [self._grid_point(str(value)) for value in rows["subject"]])
        ]
        columns = [
            self.result_column("effect_dz", ["effect"], "decimal2", 14),
            self.result_column("statistic", ["statistic"], "decimal1", 14),
            self.result_column("breakdown", ["breakdown_design_effect"], "count", 18),
        ]
        return self.from_rows("change_sensitivity", rows, leading, columns)

    def _grid_point(self, subject: str) -> str:
        return self.subject(Subject.parse(subject).detail)

    def statements(self) -> ReportTable | None:
        """Return what the source states and the answer."""
        rows = self.results[self.results["analysis"] == "published.statements"]
        answers = {str(row["subject"]): str(row["reason"]) for row in rows.to_dict("records")}
        texts = {statement.id: statement for statement in self.data.province.statements}
        if not texts:
            return None
        lines = [
            (
                words(self.code("subject", statement.about)),
                Cell(value=statement.words_in(self.language), kind=Kind.QUOTED),
                words(self.code("answer", answers.get(key, "not_checkable"))),
            )
            for key, statement in texts.items()
        ]
        columns = (
            self.column("about", 18, left=True),
            self.column("statement", 40, left=True),
            self.column("answer", 42, left=True),
        )
        return ReportTable(name="statements", title=self.title("statements"), columns=columns, rows=tuple(lines))

    def problems(self) -> ReportTable | None:
        """Return how often each rule of cleaning found something, the most serious first."""
        counted = problem_counts(self.data.problems)
        if not counted:
            return None
        lines = [
            (words(self.code("severity", severity)), words(self.code("rule", rule)), Cell(value=count, format="count"))
            for severity, rule, count in counted
        ]
        columns = (self.column("severity", 30, left=True), self.column("note", 44, left=True), self.column("times", 10))
        return ReportTable(name="problems", title=self.title("problems"), columns=columns, rows=tuple(lines))
