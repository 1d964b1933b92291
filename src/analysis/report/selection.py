"""Choosing rows of the results table from a template, and counting them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_string_dtype

from analysis.errors import DesignError, ParameterError
from analysis.report.claims import content_hash

Choice = str | Sequence[str] | None
# Asks for rows whose adjusted p-value lies below this level; not a column of the results table.
P_BELOW = "p_adjusted_below"
# Asks for rows whose p-value before adjustment lies below this level.
RAW_P_BELOW = "p_value_below"
_LEVELS = {P_BELOW: "p_adjusted", RAW_P_BELOW: "p_value"}


class ResultRows:
    """The rows of one results table, by what they are about; a question asked again costs nothing.

    A document asks hundreds of times, and each time twice: its first pass only finds the numbers of tables.
    """

    def __init__(self, results: pd.DataFrame) -> None:
        self.results = results
        self._masks: dict[tuple[str, tuple[str, ...]], NDArray[np.bool_]] = {}
        self._rows: dict[int, pd.Series] = {}
        self._hashes: dict[int, str] = {}

    def selected(self, wanted: Mapping[str, Choice]) -> list[pd.Series]:
        """Return the result rows whose columns have the wanted value (or one of several), in the table's order.

        None leaves a column free. Raises :class:`ParameterError` for a column that the table does not have.
        """
        fits = np.ones(len(self.results), dtype=bool)
        for column, choice in wanted.items():
            if choice is not None:
                fits &= self._mask(column, (choice,) if isinstance(choice, str) else tuple(choice))
        return [self._row(int(place)) for place in np.flatnonzero(fits)]

    def single(self, wanted: Mapping[str, Choice]) -> pd.Series:
        """Return the one result row that fits, or raise :class:`DesignError` naming what was asked and found."""
        rows = self.selected(wanted)
        if len(rows) != 1:
            asked = ", ".join(f"{column} = {choice!r}" for column, choice in wanted.items() if choice is not None)
            raise DesignError(f"The text needs exactly one result with {asked}; the results table has {len(rows)}.")
        return rows[0]

    def content_hash(self, row: pd.Series) -> str:
        """Return the SHA-256 of a row's content, computed once for a row that this object returned."""
        return self._hashes.get(id(row)) or content_hash(row)

    def _mask(self, column: str, choices: tuple[str, ...]) -> NDArray[np.bool_]:
        key = (column, choices)
        if key not in self._masks:
            self._masks[key] = self._fits(column, choices).fillna(False).to_numpy(dtype=bool)
        return self._masks[key]

    def _fits(self, column: str, choices: tuple[str, ...]) -> pd.Series:
        if column in _LEVELS:
            return self.results[_LEVELS[column]] < float(choices[0])
        if column not in self.results.columns:
            raise ParameterError(f"The results table has no column {column!r}.")
        values = self.results[column]
        return (values if is_string_dtype(values) else values.astype("string")).isin(choices)

    def _row(self, place: int) -> pd.Series:
        if place not in self._rows:
            row = self._rows[place] = self.results.iloc[place]
            self._hashes[id(row)] = content_hash(row)  # the row is kept, so no other object takes its identity
        return self._rows[place]
