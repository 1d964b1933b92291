"""The tables of the national report: a line per count, province and synthesis, under the name of their group."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.evaluation.national import PARTICIPATION, PROVINCES, SYNTHESIS
from analysis.report.catalogue import catalogue
from analysis.report.content.methods_table import methods_table
from analysis.report.content.nation import (
    SHARES,
    Group,
    group_label,
    groups_of,
    province_names,
)
from analysis.report.content.table_maker import named_column
from analysis.report.subjects import capitalised, subject_in_words
from analysis.report.tables import Cell, ReportTable, group_row, result_cell, words
from analysis.stats.codes import Status

Lines = Callable[[pd.DataFrame, str], list[tuple[Cell, ...]]]


def national_tables(results: pd.DataFrame, language: str) -> dict[str, ReportTable]:
    """Return the tables of coverage, of provinces, of the synthesis and of methods; a line says what is missing."""
    groups = groups_of(results, language)
    names = province_names(groups, language)
    made = [
        _table("participation", PARTICIPATION, results, groups, language, _counts,
               (("subject_of_count", 36), ("value", 14), ("publishing", 18), ("not_publishing", 18), ("remark", 26))),
        _table("provinces", PROVINCES, results, groups, language, lambda rows, tongue: _changes(rows, tongue, names),
               (("province", 26), ("change", 12), ("share_of_maximum", 16), ("limits", 22), ("people_counted", 12),
                ("remark", 30))),
        _table("synthesis", SYNTHESIS, results, groups, language, lambda rows, tongue: _pooled(rows, tongue, names),
               (("measure", 40), ("share_of_maximum", 16), ("limits", 22), ("provinces", 12), ("remark", 30))),
        methods_table(results, language),
    ]  # fmt: skip
    return {table.name: table for table in made if table is not None}


def _table(
    name: str,
    analysis: str,
    results: pd.DataFrame,
    groups: list[Group],
    language: str,
    lines_of: Lines,
    columns: tuple[tuple[str, int], ...],
) -> ReportTable | None:
    texts = catalogue(language)
    lines: list[tuple[Cell, ...]] = []
    for group in groups:
        rows = group.rows_of(results)
        rows = rows[rows["analysis"] == analysis]
        if len(rows):
            lines += [group_row(group_label(group, language), len(columns)), *lines_of(rows, language)]
    if not lines:
        return None
    words_columns = (columns[0][0], "remark")
    heads = tuple(named_column(texts, key, width, left=key in words_columns) for key, width in columns)
    return ReportTable(name=name, title=texts.text(name, "table"), columns=heads, rows=tuple(lines))


def _remark(row: pd.Series, language: str) -> Cell:
    if row["status"] == Status.ESTIMATED:
        return words("")
    return words(catalogue(language).text(str(row["reason"]), "reason"))


def _counts(rows: pd.DataFrame, language: str) -> list[tuple[Cell, ...]]:
    return [
        (
            words(capitalised(subject_in_words(str(row["subject"]), language))),
            result_cell(row, ["estimate"], "count"),
            result_cell(row, ["n"], "count"),
            result_cell(row, ["n_missing"], "count"),
            _remark(row, language),
        )
        for _, row in rows.iterrows()
    ]


def _changes(rows: pd.DataFrame, language: str, names: dict[str, str]) -> list[tuple[Cell, ...]]:
    shares = {str(row["subject"]): row for _, row in rows[rows["contrast"] == SHARES].iterrows()}
    lines: list[tuple[Cell, ...]] = []
    for _, row in rows[rows["contrast"] != SHARES].iterrows():
        share = shares.get(str(row["subject"]), row)
        lines.append(
            (
                words(names[str(row["subject"])]),
                result_cell(row, ["estimate"], "signed1"),
                result_cell(share, ["estimate"], "percent1"),
                result_cell(share, ["estimate_low", "estimate_high"], "percent_range1"),
                result_cell(row, ["n"], "count"),
                _remark(row, language),
            )
        )
    return lines


def _pooled(rows: pd.DataFrame, language: str, names: dict[str, str]) -> list[tuple[Cell, ...]]:
    return [
        (
            words(_measure(str(row["subject"]), language, names)),
            result_cell(row, ["estimate"], "percent1"),
            result_cell(row, ["estimate_low", "estimate_high"], "percent_range1"),
            result_cell(row, ["n"], "count"),
            _remark(row, language),
        )
        for _, row in rows.iterrows()
    ]


def _measure(subject: str, language: str, names: dict[str, str]) -> str:
    """Return what a row of the synthesis is: the mean over provinces, or that mean under one condition."""
    texts = catalogue(language)
    kind, _, left_out = subject.partition("|")[2].partition("=")
    parts = {"province": names[left_out]} if left_out else {}
    return texts.filled(f"synthesis: {kind or 'mean'}", parts, "measure")
