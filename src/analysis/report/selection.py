"""Choosing rows of the results table from a template, and counting them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from pandas.api.types import is_string_dtype

from analysis.errors import DesignError, ParameterError

Choice = str | Sequence[str] | None
# Asks for rows whose adjusted p-value lies below this level; not a column of the results table.
P_BELOW = "p_adjusted_below"
# Asks for rows whose p-value before adjustment lies below this level.
RAW_P_BELOW = "p_value_below"
_LEVELS = {P_BELOW: "p_adjusted", RAW_P_BELOW: "p_value"}


def selected(results: pd.DataFrame, wanted: Mapping[str, Choice]) -> pd.DataFrame:
    """Return the result rows whose columns have the wanted value (or one of several); None leaves a column free."""
    rows = results
    for column, choice in wanted.items():
        if choice is None:
            continue
        if column in _LEVELS:
            rows = rows[rows[_LEVELS[column]] < float(str(choice))]
            continue
        if column not in results.columns:
            raise ParameterError(f"The results table has no column {column!r}.")
        choices = [choice] if isinstance(choice, str) else list(choice)
        values = rows[column] if is_string_dtype(rows[column]) else rows[column].astype("string")
        rows = rows[values.isin(choices).fillna(False)]
    return rows


def single(results: pd.DataFrame, wanted: Mapping[str, Choice]) -> pd.Series:
    """Return the one result row that fits, or raise :class:`DesignError` naming what was asked and found."""
    rows = selected(results, wanted)
    if len(rows) != 1:
        asked = ", ".join(f"{column} = {choice!r}" for column, choice in wanted.items() if choice is not None)
        raise DesignError(f"The text needs exactly one result with {asked}; the results table has {len(rows)}.")
    return rows.iloc[0]
