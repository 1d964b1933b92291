"""The tables and the figure of the national report, under the name of their group of provinces."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import matplotlib as mpl
import pandas as pd

from analysis import figures
from analysis.evaluation.national import PARTICIPATION, PROVINCES, SYNTHESIS
from analysis.evaluation.subject import Subject
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.tables import Cell, ReportTable, group_row, result_cell, words
from analysis.report.claims.writer import Figure
from analysis.report.content.nation import (
    SHARES,
    Group,
    group_label,
    groups_of,
    province_names,
)
from analysis.report.content.pictures import data_hash, written_figure
from analysis.report.content.references import methods_table
from analysis.report.content.subjects import capitalised, figure_words, subject_in_words
from analysis.report.content.table_maker import TableFunction, named_column
from analysis.stats.codes import Status
from analysis.study.instrument import load_instrument
from analysis.words.catalogue import catalogue

Lines = Callable[[pd.DataFrame, str], list[tuple[Cell, ...]]]


def national_tables(results: pd.DataFrame, language: str, guard: Guard | None = None) -> dict[str, ReportTable]:
    """Return the tables of coverage, of provinces, of the synthesis and of methods; a line says what is missing.

    ``guard`` leaves out those that fail, and notes them; without one the first error is raised.
    """
    guard = guard or Guard(language, is_strict=True)
    groups = groups_of(results, language)
    names = province_names(groups, language)
    functions: dict[str, TableFunction] = {
        "participation": lambda: _table(
            "participation", PARTICIPATION, results, groups, language, _counts,
            (("subject_of_count", 36), ("value", 14), ("publishing", 18), ("not_publishing", 18), ("remark", 26))),
        "provinces": lambda: _table(
            "provinces", PROVINCES, results, groups, language, lambda rows, tongue: _changes(rows, tongue, names),
            (("province", 26), ("change", 12), ("share_of_maximum", 16), ("limits", 22), ("people_counted", 12),
             ("remark", 30))),
        "synthesis": lambda: _table(
            "synthesis", SYNTHESIS, results, groups, language, lambda rows, tongue: _pooled(rows, tongue, names),
            (("measure", 40), ("share_of_maximum", 16), ("limits", 22), ("provinces", 12), ("remark", 30))),
        "methods": lambda: methods_table(results, language),
    }  # fmt: skip
    made = {name: guard.attempt(Part.TABLE, name, function, None) for name, function in functions.items()}
    return {name: table for name, table in made.items() if table is not None}


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
    details = Subject.parse(subject).details
    kind, left_out = (details[0].name, details[0].value) if details else ("mean", None)
    parts = {} if left_out is None else {"province": names[left_out]}
    return texts.filled(f"synthesis: {kind}", parts, "measure")


FOREST = "national_forest"


def _rows(results: pd.DataFrame) -> pd.DataFrame:
    own = results[(results["analysis"] == PROVINCES) & (results["contrast"] == SHARES)]
    return pd.concat([own, results[results["analysis"] == SYNTHESIS]])


def national_figure_hashes(results: pd.DataFrame) -> dict[str, str]:
    """Return, by name, the hash of what each figure of the nation shows, without drawing it."""
    has_changes = bool(((results["analysis"] == PROVINCES) & results["estimate"].notna()).any())
    return {FOREST: data_hash(_rows(results))} if has_changes else {}


def national_figures(results: pd.DataFrame, language: str, folder: Path, alpha: float) -> dict[str, Figure]:
    """Draw the figures of the nation into ``folder``; return them by name, none without a change."""
    if not national_figure_hashes(results):
        return {}
    mpl.use("Agg")
    groups = groups_of(results, language)
    names = province_names(groups, language)
    panels = {group_label(group, language): _rows(group.rows_of(results)) for group in groups}
    words = figure_words(language, load_instrument())
    drawing = partial(figures.province_forest, panels, names=names, alpha=alpha, words=words)
    return {FOREST: written_figure(FOREST, drawing, _rows(results), folder / f"{FOREST}.png", language)}
