"""The national report: counts, provinces side by side, synthesis."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.report.catalogue import catalogue
from analysis.report.subjects import subject_in_words
from analysis.report.tables import Cell, Column, ReportTable, result_cell, words
from analysis.stats.codes import Status
from analysis.study.training import load_training

NATION = "national"
_SHARES = ("share", "test_share")


def national_facts(results: pd.DataFrame, language: str) -> dict[str, Any]:
    """Return the groups (training and year) that the nation consists of."""
    keys = results[["training", "year", "simulated"]].drop_duplicates()
    groups = [
        {
            "training": str(row["training"]),
            "title": _title(str(row["training"]), language),
            "year": int(row["year"]),
            "simulated": bool(row["simulated"]),
        }
        for row in keys.to_dict("records")
    ]
    return {"groups": groups}


def _title(training: str, language: str) -> str:
    definition = load_training(training)
    return definition.title_id if language == "id" else definition.title_en


def _group(row: pd.Series, language: str) -> str:
    """Return training and year of a row, with the mark where it is simulated."""
    mark = f" ({catalogue(language).text('simulated mark')})" if row["simulated"] else ""
    return f"{_title(str(row['training']), language)}, {row['year']}{mark}"


def national_tables(results: pd.DataFrame, language: str) -> dict[str, ReportTable]:
    """Return the tables of coverage, of provinces and of the synthesis; a line says why a number is missing."""
    made = [
        _table("participation", results[results["analysis"] == "national.participation"], language),
        _table("provinces", results[results["analysis"] == "national.provinces"], language),
        _table("synthesis", results[results["analysis"] == "national.synthesis"], language),
    ]
    return {table.name: table for table in made if table is not None}


def _table(name: str, rows: pd.DataFrame, language: str) -> ReportTable | None:
    if rows.empty:
        return None
    texts = catalogue(language)

    def column(key: str, width: int, *, left: bool = False) -> Column:
        return Column(
            heading=texts.text(key, "heading"),
            meaning=texts.text(key, "meaning"),
            width=width,
            align="left" if left else "right",
        )

    lines = []
    for _, row in rows.iterrows():
        form = "percent1" if row["unit"] in _SHARES else "count" if name == "participation" else "decimal1"
        is_missing = row["status"] == Status.NOT_ESTIMABLE
        remark = texts.text(str(row["reason"]), "reason") if is_missing else ""
        subject = subject_in_words(str(row["subject"]), language)
        lines.append(
            (
                words(_group(row, language)),
                words(subject[:1].upper() + subject[1:]),
                Cell(value=None) if is_missing else result_cell(row, ["estimate"], form),
                Cell(value=None) if is_missing else result_cell(row, ["estimate_low", "estimate_high"], _range(form)),
                result_cell(row, ["n"], "count"),
                words(remark),
            )
        )
    heads = (
        column("training", 30, left=True),
        column("subject", 22, left=True),
        column("value", 12),
        column("limits", 18),
        column("n", 8),
        column("remark", 26, left=True),
    )
    return ReportTable(name=name, title=texts.text(name, "table"), columns=heads, rows=tuple(lines))


def _range(form: str) -> str:
    return {"percent1": "percent_range1", "count": "count_range", "decimal1": "range1"}[form]
