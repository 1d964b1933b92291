"""``changes.csv``: every result that differs from the last complete run, old, new, and what changed before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.evaluation.outcome import RESULT_COLUMNS

# What names a result; the other columns are what it says.
KEY_COLUMNS = (
    "study", "analysis", "subject", "contrast", "estimate_name", "method", "sampling_unit", "family",
)  # fmt: skip
CHANGE_COLUMNS = (*KEY_COLUMNS, "number", "column", "old", "new", "cause")

ADDED = "added"
REMOVED = "removed"


def compare_results(old: pd.DataFrame | None, new: pd.DataFrame, cause: str) -> pd.DataFrame:
    """Return one row per value that differs between two results tables.

    ``old`` None means that there was no complete run before: nothing has changed then. Values are compared
    exactly. A result that only one table has is one row with column "row". ``number`` counts results with
    the same key.
    """
    if old is None:
        return pd.DataFrame(columns=list(CHANGE_COLUMNS))
    before, after = _keyed(old), _keyed(new)
    rows = []
    for key, values in after.items():
        former = before.get(key)
        if former is None:
            rows.append((*key, "row", "", ADDED, cause))
        else:
            rows += [(*key, name, former[name], values[name], cause) for name in values if former[name] != values[name]]
    rows += [(*key, "row", "", REMOVED, cause) for key in before if key not in after]
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))


def _keyed(results: pd.DataFrame) -> dict[tuple[Any, ...], dict[str, str]]:
    texts = results.reindex(columns=list(RESULT_COLUMNS)).astype(object)
    texts = texts.where(texts.notna(), "").map(_text)
    counted: dict[tuple[Any, ...], int] = {}
    keyed = {}
    for record in texts.to_dict("records"):
        key = tuple(record[name] for name in KEY_COLUMNS)
        counted[key] = counted.get(key, 0) + 1
        values = {str(name): value for name, value in record.items() if name not in KEY_COLUMNS}
        keyed[*key, str(counted[key])] = values
    return keyed


def _text(value: Any) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def cause_of(before: Mapping[str, Any], now: Mapping[str, Any], cells: Mapping[str, str]) -> str:
    """Return in words which inputs differ between two runs.

    ``before`` and ``now`` hold digests under "raw" (by file), "notebooks" (by title), "provinces" (raw files of each),
    "code" and "versions" (by library); ``cells`` says which cells of a raw file differ.
    """
    found = [_file_cause(name, kind, cells) for name, kind in _differing(before, now, "raw")]
    found += [f"data of {name} {kind}" for name, kind in _differing(before, now, "provinces")]
    found += [f"notebook {name} {kind}" for name, kind in _differing(before, now, "notebooks")]
    if before.get("settings") != now.get("settings"):
        found.append("setting changed")
    if before.get("code") != now.get("code"):
        found.append("code changed")
    old, new = before.get("versions", {}), now.get("versions", {})
    found += [
        f"version of {name} {old.get(name, 'none')} to {new.get(name, 'none')}"
        for name, _ in _differing(before, now, "versions")
    ]
    return "; ".join(found) or "nothing that is recorded"


def _differing(before: Mapping[str, Any], now: Mapping[str, Any], part: str) -> list[tuple[str, str]]:
    old, new = before.get(part, {}), now.get(part, {})
    kinds = []
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            kinds.append((name, ADDED if name not in old else REMOVED if name not in new else "changed"))
    return kinds


def _file_cause(name: str, kind: str, cells: Mapping[str, str]) -> str:
    where = f" ({cells[name]})" if cells.get(name) else ""
    return f"raw file {name} {kind}{where}"
