"""Choosing rows of the results table from a template, and counting them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_string_dtype

from analysis.errors import DesignError, ParameterError
from analysis.evaluation.findings import Finding
from analysis.report.claims.claim import content_hash
from analysis.stats.codes import Status

Choice = str | Sequence[str] | None
# Asks for rows whose adjusted p-value lies below this level; not a column of the results table.
P_BELOW = "p_adjusted_below"
# Asks for rows whose p-value before adjustment lies below this level.
RAW_P_BELOW = "p_value_below"
# Asks for rows whose largest possible p-value lies below this level.
BOUND_BELOW = "p_high_below"
_LEVELS = {P_BELOW: "p_adjusted", RAW_P_BELOW: "p_value", BOUND_BELOW: "p_high"}


def chosen(results: pd.DataFrame, wanted: Mapping[str, Choice]) -> pd.DataFrame:
    """Return the result rows whose columns have the wanted value (or one of several), in the table's order.

    None leaves a column free. Raises :class:`ParameterError` for a column that the table does not have.
    """
    fits = np.ones(len(results), dtype=bool)
    for column, choice in _asked(wanted):
        fits &= _fits(results, column, choice)
    return results[fits]


def estimable(
    results: pd.DataFrame, analysis: str, wanted: Mapping[str, Choice] = MappingProxyType({})
) -> pd.DataFrame:
    """Return the rows of an analysis that :func:`chosen` chooses and that gave a result, also a suppressed one."""
    rows = chosen(results, {"analysis": analysis, **wanted})
    return rows[rows["status"] != Status.NOT_ESTIMABLE]


def _asked(wanted: Mapping[str, Choice]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the columns that are not left free, each with its choices."""
    choices = {column: (choice,) if isinstance(choice, str) else choice for column, choice in wanted.items()}
    return [(column, tuple(choice)) for column, choice in choices.items() if choice is not None]


def _fits(results: pd.DataFrame, column: str, choices: tuple[str, ...]) -> NDArray[np.bool_]:
    if column in _LEVELS:
        return (results[_LEVELS[column]] < float(choices[0])).fillna(False).to_numpy(dtype=bool)
    if column not in results.columns:
        raise ParameterError(f"The results table has no column {column!r}.")
    values = results[column]
    texts = values if is_string_dtype(values) else values.astype("string")
    return texts.isin(choices).fillna(False).to_numpy(dtype=bool)


def selected_findings(findings: Sequence[Finding], wanted: Mapping[str, Choice]) -> list[Finding]:
    """Return the findings whose fields have the wanted value (or one of several), in their order."""
    asked = _asked(wanted)
    return [one for one in findings if all(str(getattr(one, name)) in choices for name, choices in asked)]


class ResultRows:
    """The rows of one results table, by what they are about; a question asked again costs nothing.

    A document asks hundreds of times, and each time twice: its first pass only finds the numbers of tables.
    """

    def __init__(self, results: pd.DataFrame) -> None:
        self.results = results
        self._masks: dict[tuple[str, tuple[str, ...]], NDArray[np.bool_]] = {}
        self._rows: dict[int, pd.Series] = {}
        self._hashes: dict[int, tuple[pd.Series, str]] = {}

    def selected(self, wanted: Mapping[str, Choice]) -> list[pd.Series]:
        """Return the rows that :func:`chosen` chooses, one by one."""
        fits = np.ones(len(self.results), dtype=bool)
        for asked in _asked(wanted):
            if asked not in self._masks:
                self._masks[asked] = _fits(self.results, *asked)
            fits &= self._masks[asked]
        return [self._row(int(place)) for place in np.flatnonzero(fits)]

    def single(self, wanted: Mapping[str, Choice]) -> pd.Series:
        """Return the one result row that fits, or raise :class:`DesignError` naming what was asked and found."""
        rows = self.selected(wanted)
        if len(rows) != 1:
            asked = ", ".join(f"{column} = {choice!r}" for column, choice in wanted.items() if choice is not None)
            raise DesignError(f"The text needs exactly one result with {asked}; the results table has {len(rows)}.")
        return rows[0]

    def content_hash(self, row: pd.Series) -> str:
        """Return the SHA-256 of a row's content, computed once."""
        key = id(row)
        if key not in self._hashes:
            self._hashes[key] = row, content_hash(row)  # the row is kept, so no other object takes its identity
        return self._hashes[key][1]

    def _row(self, place: int) -> pd.Series:
        if place not in self._rows:
            self._rows[place] = self.results.iloc[place]
        return self._rows[place]
