"""The table of the annex that names the method of every analysis, with the work behind it."""

from __future__ import annotations

import pandas as pd

from analysis.report.catalogue import catalogue
from analysis.report.claims import Kind
from analysis.report.content.references import works_behind
from analysis.report.content.table_maker import named_column
from analysis.report.tables import Cell, ReportTable, words
from analysis.stats.codes import Status

_COLUMNS = (("analysis", 30), ("method", 46), ("reference", 24))


def methods_table(results: pd.DataFrame, language: str) -> ReportTable | None:
    """Return the method of every analysis that gave a number, None where nothing did."""
    rows = results[results["status"] != Status.NOT_ESTIMABLE].drop_duplicates(["analysis", "method"])
    if rows.empty:
        return None
    texts = catalogue(language)
    lines = [
        (
            words(texts.text(str(row["analysis"]), "analysis")),
            words(texts.text(str(row["method"]), "method")),
            Cell(value="; ".join(work.short for work in works_behind(str(row["method"]))), kind=Kind.QUOTED),
        )
        for row in rows.to_dict("records")
    ]
    heads = tuple(named_column(texts, key, width, left=True) for key, width in _COLUMNS)
    return ReportTable(name="methods", title=texts.text("methods", "table"), columns=heads, rows=tuple(lines))
