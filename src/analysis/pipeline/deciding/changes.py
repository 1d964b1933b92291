"""``changes.csv``: every result that differs from the last complete run, and which raw cells changed before it.

A cell is kept as a keyed hash of eight bytes; the key is made once per reports folder. That tells a changed cell
from an unchanged one and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.cleaning.reading.process import read_file
from analysis.cleaning.reading.sheet import Sheet, column_letters
from analysis.evaluation.outcome import RESULT_COLUMNS

# More changed cells than this are counted, not listed.
LISTED_CELLS = 5

Matrix = NDArray[np.uint64]
Prints = dict[str, dict[str, Matrix]]


def fingerprint(folder: Path, files: Sequence[str], key: str) -> Prints:
    """Return the hashes of the cells of each readable file: by file and sheet, a matrix of the sheet's cells."""
    prints: Prints = {}
    for file in files:
        sheets = read_file(folder / file, file).sheets
        if sheets:
            prints[file] = {sheet.name or "": _matrix(sheet, key) for sheet in sheets if sheet.rows and sheet.rows[0]}
    return prints


def _matrix(sheet: Sheet, key: str) -> Matrix:
    """Return the hashes of a sheet's cells; the first row and column of the matrix are those of the file."""
    texts = np.array([[str(value) for value in row] for row in sheet.rows], dtype=object)
    hashes = pd.util.hash_array(texts.ravel(), hash_key=key).reshape(texts.shape)
    return np.pad(hashes.astype(np.uint64), ((sheet.first_row, 0), (sheet.first_column, 0)))


def changed_cells(before: Prints, now: Prints) -> dict[str, str]:
    """Return in words, by file, which cells differ; files without readable cells are absent."""
    words = {}
    for file, sheets in now.items():
        parts = [_sheet_change(name, before.get(file, {}).get(name), matrix) for name, matrix in sheets.items()]
        text = ", ".join(part for part in parts if part)
        if file in before and text:
            words[file] = text
    return words


def _sheet_change(name: str, old: Matrix | None, new: Matrix) -> str:
    prefix = f"{name}!" if name else ""
    if old is None:
        return f"{prefix} new sheet".strip()
    rows, columns = (min(pair) for pair in zip(old.shape, new.shape, strict=True))
    places = np.argwhere(old[:rows, :columns] != new[:rows, :columns])
    listed = [f"{prefix}{column_letters(int(column))}{int(row) + 1}" for row, column in places[:LISTED_CELLS]]
    if len(places) > LISTED_CELLS:
        listed.append(f"and {len(places) - LISTED_CELLS} more cells")
    if old.shape != new.shape:
        listed.append(f"{prefix}{old.shape[0]} x {old.shape[1]} cells became {new.shape[0]} x {new.shape[1]}")
    return ", ".join(listed)


def save_prints(prints: Prints, path: Path) -> None:
    """Keep fingerprints in one file."""
    names: list[list[str]] = []
    arrays: dict[str, NDArray[Any]] = {}
    for file, sheets in prints.items():
        for sheet, matrix in sheets.items():
            arrays[f"m{len(names)}"] = matrix
            names.append([file, sheet])
    arrays["names"] = np.frombuffer(json.dumps(names).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part.npz")
    np.savez_compressed(temporary, **arrays)  # type: ignore[arg-type]
    temporary.replace(path)


def load_prints(path: Path) -> Prints:
    """Return the fingerprints of the last complete run; empty before the first."""
    if not path.is_file():
        return {}
    with np.load(path) as arrays:
        names = json.loads(bytes(arrays["names"]))
        prints: Prints = {}
        for number, (file, sheet) in enumerate(names):
            prints.setdefault(file, {})[sheet] = arrays[f"m{number}"]
    return prints


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
