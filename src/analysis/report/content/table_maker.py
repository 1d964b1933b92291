"""What all tables of a report share: headings from the catalogues, rows of an analysis, words for codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.subject import Contrast, part_values
from analysis.report.claims.tables import Column, ReportTable, ResultColumn, result_table
from analysis.report.content.subjects import capitalised, instrument_names, subject_in_words
from analysis.stats.codes import Status
from analysis.words.catalogue import Catalogue, catalogue

HEADING, MEANING = "heading", "meaning"


def named_column(texts: Catalogue, name: str, width: int, *, left: bool = False) -> Column:
    """Return a column by the key of its heading."""
    heading, meaning = texts.text(name, HEADING), texts.text(name, MEANING)
    return Column(heading=heading, meaning=meaning, width=width, align="left" if left else "right")


# Makes one table, None where the study has nothing for it.
TableFunction = Callable[[], ReportTable | None]


class TableMaker:
    """Makes tables of one study in one language; each method of the classes on it returns None for nothing to show."""

    def __init__(self, data: StudyData, results: pd.DataFrame, language: str) -> None:
        self.data = data
        self.results = results[results["status"] != Status.NOT_ESTIMABLE]
        self.language = language
        self.catalogue = catalogue(language)
        self.names = instrument_names(data.instrument, language)

    # parts ------------------------------------------------------------------------------------------

    def column(self, name: str, width: int, *, left: bool = False) -> Column:
        """Return a column by the key of its heading."""
        return named_column(self.catalogue, name, width, left=left)

    def result_column(self, name: str, fields: Sequence[str], form: str, width: int) -> ResultColumn:
        """Return a column of results by the key of its heading."""
        return ResultColumn(fields=tuple(fields), format=form, column=self.column(name, width))

    def title(self, name: str) -> str:
        """Return the title of a table's worksheet."""
        return self.catalogue.text(name, "table")

    def rows(self, analysis: str, wanted: Callable[[pd.DataFrame], pd.Series] | None = None) -> pd.DataFrame:
        """Return the estimable rows of an analysis that fit."""
        rows = self.results[self.results["analysis"] == analysis]
        return rows if wanted is None else rows[wanted(rows)]

    def subject(self, subject: str) -> str:
        """Return a subject in words with a capital first."""
        return capitalised(subject_in_words(subject, self.language, self.names))

    def subjects(self, rows: pd.DataFrame, width: int) -> tuple[Column, Sequence[str]]:
        """Return the leading column of subjects in words."""
        return self.column("subject", width, left=True), [self.subject(str(value)) for value in rows["subject"]]

    def contrasts_of(self, rows: pd.DataFrame) -> tuple[Column, Sequence[str]]:
        """Return the leading column of pairs of batches."""
        return self.column("contrast", 20, left=True), [self.contrast_name(str(value)) for value in rows["contrast"]]

    def contrast_name(self, contrast: str) -> str:
        """Return a pair of batches ("7-5") in words."""
        pair = Contrast.parse(contrast)
        return self.catalogue.filled(
            "{later} against {earlier}", {"later": pair.later, "earlier": pair.earlier}, HEADING
        )

    def groups(self, rows: pd.DataFrame, width: int) -> tuple[Column, Sequence[str]]:
        """Return the leading column of groups of people in words."""
        return self.column("group", width, left=True), [self.subject(str(value)) for value in rows["subject"]]

    def code(self, context: str, value: object) -> str:
        """Return a code in words."""
        return self.catalogue.text(str(value), context)

    def from_rows(
        self,
        name: str,
        rows: pd.DataFrame,
        leading: Sequence[tuple[Column, Sequence[str]]],
        columns: Sequence[ResultColumn],
    ) -> ReportTable | None:
        """Return a table with a line per result row, None without rows."""
        return said_once(result_table(name, self.title(name), rows, leading, columns)) if len(rows) else None

    def shown(self, analysis: str, wanted: Callable[[pd.DataFrame], pd.Series]) -> pd.DataFrame:
        """Return the rows of an analysis that fit and have an estimate, or are suppressed: a table says so."""
        rows = self.rows(analysis, wanted)
        return rows[rows["estimate"].notna() | (rows["status"] == Status.SUPPRESSED)]

    def codes(self, context: str, values: pd.Series) -> list[str]:
        """Return codes in words."""
        return [self.code(context, value) for value in values]


def has_part(rows: pd.DataFrame, name: str) -> pd.Series:
    """Return which rows are about a group that this part of their subject names ("role" of "role=bpd")."""
    return part_values(rows["subject"], name).notna()


def said_once(table: ReportTable) -> ReportTable:
    """Return the table with "suppressed" once per line, in its first hidden cell: narrow cells have no room."""
    lines = []
    for row in table.rows:
        first = next((place for place, cell in enumerate(row) if cell.hidden), None)
        lines.append(tuple(replace(cell, hidden=cell.hidden and place == first) for place, cell in enumerate(row)))
    return replace(table, rows=tuple(lines))
