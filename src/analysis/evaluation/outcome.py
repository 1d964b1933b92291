"""What every question of the study returns: rows of the results table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

import pandas as pd

from analysis.stats import codes
from analysis.stats.result import Estimate

_IDENTITY = ("study", "province", "training", "year", "simulated")
_ABOUT = ("analysis", "subject", "contrast")
IDENTITY_COLUMNS = (*_IDENTITY, *_ABOUT)

# The contract of the results table: the columns and their order never change.
RESULT_COLUMNS = (
    *IDENTITY_COLUMNS,
    "estimate_name", "unit", "estimate", "estimate_low", "estimate_high", "interval_level",
    "statistic_name", "statistic", "df", "p_value", "p_low", "p_high", "p_adjusted", "adjustment", "family",
    "effect_name", "effect", "effect_low", "effect_high", "n", "n_missing", "sampling_unit", "clusters",
    "breakdown_design_effect", "verdict", "assumes", "method", "alternative", "status", "reason",
)  # fmt: skip

_FLOATS = frozenset(
    [
        "estimate", "estimate_low", "estimate_high", "interval_level", "statistic", "df", "p_value", "p_low", "p_high",
        "p_adjusted", "effect", "effect_low", "effect_high", "breakdown_design_effect",
    ]
)  # fmt: skip
_CODES: Mapping[str, type[StrEnum]] = {
    "estimate_name": codes.EstimateName,
    "unit": codes.Unit,
    "statistic_name": codes.Statistic,
    "adjustment": codes.Adjustment,
    "effect_name": codes.Effect,
    "sampling_unit": codes.SamplingUnit,
    "verdict": codes.Verdict,
    "method": codes.Method,
    "alternative": codes.Alternative,
    "status": codes.Status,
    "reason": codes.Reason,
}
_INTEGERS = frozenset(["year", "n", "n_missing", "clusters"])


@dataclass(frozen=True, slots=True)
class StudyIdentity:
    """Which study a row belongs to: folder name, province, training id, year and the simulated mark."""

    study: str
    province: str
    training: str
    year: int
    simulated: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the results table: an estimate and what it is about.

    ``analysis`` is a code such as ``published.pairs``; ``subject`` an item id, aspect, role or other thing
    described; ``contrast`` such as ``7-5`` or ``post-pre``, None where nothing is contrasted.
    """

    analysis: str
    subject: str
    contrast: str | None
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one question: rows of the results table, and what else its reader needs to see.

    ``results`` has exactly :data:`RESULT_COLUMNS`. ``details`` holds supporting tables by name (counts,
    curves) for display and figures; no number that a report states may stand there alone.
    """

    results: pd.DataFrame
    details: Mapping[str, pd.DataFrame]

    def detail(self, name: str) -> pd.DataFrame:
        """Return a supporting table, empty where the answer has none because there were no data."""
        return self.details.get(name, pd.DataFrame())


def _dtype(column: str) -> str:
    if column in _FLOATS:
        return "float64"
    if column in _INTEGERS:
        return "Int64"
    return "bool" if column == "simulated" else "string"


def results_frame(identity: StudyIdentity, rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as the results table: the contract's columns, in order, with fixed types."""
    filled = list(rows)
    values: dict[str, list[Any]] = {name: [getattr(identity, name)] * len(filled) for name in _IDENTITY}
    values |= {name: [getattr(row, name) for row in filled] for name in _ABOUT}
    values |= {
        name: [getattr(row.estimate, name) for row in filled] for name in RESULT_COLUMNS[len(IDENTITY_COLUMNS) :]
    }
    return pd.DataFrame({name: pd.Series(values[name], dtype=_dtype(name)) for name in RESULT_COLUMNS})


def rows_of(results: pd.DataFrame) -> list[Row]:
    """Return the rows of a results table, as they were before :func:`results_frame`."""
    return [_row(record) for record in results.to_dict("records")]


def _row(record: Mapping[Hashable, Any]) -> Row:
    values: dict[str, Any] = {
        field.name: None if pd.isna(record[field.name]) else _code(field.name, record[field.name])
        for field in fields(Estimate)
    }
    contrast = None if pd.isna(record["contrast"]) else str(record["contrast"])
    return Row(str(record["analysis"]), str(record["subject"]), contrast, Estimate(**values))


def _code(name: str, value: Any) -> Any:
    return _CODES[name](value) if name in _CODES else value


def outcome(
    identity: StudyIdentity,
    rows: Iterable[Row],
    details: Mapping[str, pd.DataFrame] | None = None,
) -> Outcome:
    """Return an :class:`Outcome` from rows and optional supporting tables."""
    return Outcome(results_frame(identity, rows), dict(details or {}))
