"""Tables of a report that rests on published averages, from rows of the results table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from analysis.report.catalogue import catalogue
from analysis.report.selection import selected
from analysis.report.subjects import subject_in_words
from analysis.report.tables import (
    Cell,
    Column,
    ReportTable,
    ResultColumn,
    group_row,
    result_cell,
    result_table,
    words,
)

_CONTEXT = "table"


def _column(language: str, key: str, width: int, align: Literal["left", "right"] = "right") -> Column:
    texts = catalogue(language)
    return Column(
        heading=texts.text(key, _CONTEXT), meaning=texts.text(f"{key}: meaning", _CONTEXT), width=width, align=align
    )


def means_table(
    results: pd.DataFrame, language: str, names: Mapping[str, str], items_by_aspect: Mapping[str, Sequence[str]]
) -> ReportTable | None:
    """Return the printed mean of each indicator and aspect by batch, grouped by aspect; None without means."""
    means = selected(results, {"analysis": "published.means", "estimate_name": "mean"})
    batches = [batch for batch in dict.fromkeys(means["contrast"].dropna()) if batch]
    if not batches:
        return None
    by_key = {(row["subject"], row["contrast"]): row for _, row in means.iterrows()}
    rows: list[tuple[Cell, ...]] = []
    for aspect, items in items_by_aspect.items():
        rows.append(group_row(names[aspect], len(batches) + 1))
        for item in items:
            cells = [_mean_cell(by_key.get((item, batch))) for batch in batches]
            rows.append((words(names[item]), *cells))
    batch = catalogue(language).text("batch", _CONTEXT)
    meaning = catalogue(language).text("batch: meaning", _CONTEXT)
    columns = (
        _column(language, "indicator", 52, "left"),
        *(Column(heading=f"{batch} {name}", meaning=meaning, width=14) for name in batches),
    )
    return ReportTable(
        name="means", title=catalogue(language).text("means", _CONTEXT), columns=columns, rows=tuple(rows)
    )


def _mean_cell(row: pd.Series | None) -> Cell:
    return Cell(value=None, format="decimal2") if row is None else result_cell(row, ("estimate",), "decimal2")


def contrasts_table(
    name: str, results: pd.DataFrame, language: str, names: Mapping[str, str], analyses: Sequence[str]
) -> ReportTable | None:
    """Return differences between batches with their ranges of p, adjusted p and verdict; None without rows."""
    rows = selected(results, {"analysis": list(analyses), "estimate_name": "mean_difference"})
    rows = rows[rows["verdict"].notna()]
    if rows.empty:
        return None
    texts = catalogue(language)
    subjects = [_capital(subject_in_words(subject, language, dict(names))) for subject in rows["subject"]]
    verdicts = [texts.text(verdict, "verdict in a table") for verdict in rows["verdict"]]
    columns = [
        ResultColumn(fields=("estimate",), format="signed2", column=_column(language, "difference", 17)),
        ResultColumn(fields=("p_low", "p_high"), format="p_range_cell", column=_column(language, "p", 20)),
    ]
    if rows["p_adjusted"].notna().any():
        adjusted = _column(language, "adjusted p", 15)
        columns.append(ResultColumn(fields=("p_adjusted",), format="p_cell", column=adjusted))
    table = result_table(
        name,
        texts.text(name, _CONTEXT),
        rows,
        [
            (_column(language, "subject", 30, "left"), subjects),
            (_column(language, "contrast", 13, "left"), [str(value) for value in rows["contrast"]]),
        ],
        columns,
    )
    cells = tuple((*row, words(verdict)) for row, verdict in zip(table.rows, verdicts, strict=True))
    return ReportTable(
        name=name, title=table.title, columns=(*table.columns, _column(language, "verdict", 25, "left")), rows=cells
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
