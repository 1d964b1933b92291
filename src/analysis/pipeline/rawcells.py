"""Which cells of a raw file changed since the last complete run, without keeping what stood in them.

A cell is kept as a keyed hash of eight bytes; the key is made once per reports folder. That tells a changed cell
from an unchanged one and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.cleaning.reading import reader_for
from analysis.cleaning.sheet import Sheet, column_letters

# More changed cells than this are counted, not listed.
LISTED_CELLS = 5

Matrix = NDArray[np.uint64]
Prints = dict[str, dict[str, Matrix]]


def fingerprint(folder: Path, files: Sequence[str], key: str) -> Prints:
    """Return the hashes of the cells of each readable file: by file and sheet, a matrix of the sheet's cells."""
    prints: Prints = {}
    for file in files:
        reader = reader_for(file)
        if reader is None:
            continue
        sheets = reader(folder / file, file).sheets
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
