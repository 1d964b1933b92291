"""The problem list as entries that a person can work through: one a file, column, rule and remedy."""

from __future__ import annotations

import pandas as pd

SHOWN_CELLS = 3  # addresses of an entry; all of them stand in the list itself
KEY = ("severity", "file", "sheet", "column", "rule", "done", "remedy")
_SEVERITIES = ("error", "doubt", "note")


def problem_entries(problems: pd.DataFrame) -> pd.DataFrame:
    """Return the list with one row for all cells of a file, sheet and column that break one rule alike.

    Columns: those of :data:`KEY`, ``count``, ``cells`` (the first addresses) and ``value`` (of the first; None where
    the values differ). Errors come first, then doubts, then notes, each in the order of the list.
    """
    if problems.empty:
        return pd.DataFrame(columns=[*KEY, "count", "cells", "value"])
    keys = list(KEY)
    grouped = problems.groupby(keys, sort=False, dropna=False)
    entries = grouped.agg(count=("rule", "size"), cells=("cell", _first_cells), value=("value", _common)).reset_index()
    rank = entries["severity"].map({name: place for place, name in enumerate(_SEVERITIES)})
    return entries.assign(rank=rank).sort_values("rank", kind="stable").drop(columns="rank").reset_index(drop=True)


def _first_cells(cells: pd.Series) -> str | None:
    known = [str(cell) for cell in cells.dropna()]
    more = " ..." if len(known) > SHOWN_CELLS else ""
    return ", ".join(known[:SHOWN_CELLS]) + more if known else None


def _common(values: pd.Series) -> str | None:
    known = values.dropna().unique()
    return str(known[0]) if len(known) == 1 else None
