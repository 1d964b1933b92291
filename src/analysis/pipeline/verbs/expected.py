"""``data/raw/sasaran.csv``: who is expected to send data, and who has not."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import SourceError
from analysis.notebook.folders import Folders, province_folders
from analysis.pipeline.records import EXPECTED_FILE

COLUMNS = ("province", "training", "year", "due")
_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")


@dataclass(frozen=True, slots=True)
class Expected:
    """One study that is expected, and the last day for its data."""

    province: str
    training: str
    year: int
    due: dt.date

    @property
    def label(self) -> str:
        """Return how lists name it."""
        return f"{self.province}, {self.training}, {self.year} ({self.due.isoformat()})"


@dataclass(frozen=True, slots=True)
class Absent:
    """What is not there yet: ``late`` after its day, ``missing`` before it."""

    late: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def absent_studies(folders: Folders, today: dt.date) -> Absent:
    """Return the expected studies that no folder under ``data/raw`` is about.

    Raises ``SourceError`` naming line and column if ``sasaran.csv`` cannot be read.
    """
    path = folders.raw / EXPECTED_FILE
    if not path.is_file():
        return Absent()
    there = {_identity(folders.raw_of(name)) for name in province_folders(folders)}
    absent = [each for each in read_expected(path) if (_key(each.province), each.training, each.year) not in there]
    return Absent(
        late=tuple(each.label for each in absent if each.due < today),
        missing=tuple(each.label for each in absent if each.due >= today),
    )


def read_expected(path: Path) -> list[Expected]:
    """Return the rows of ``sasaran.csv``: commas, semicolons or tabs between columns; further columns are free."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SourceError(f'{path.name} is not UTF-8 text; save it as "CSV UTF-8"') from error
    if not lines:
        raise SourceError(f"{path.name} is empty; its first line names the columns {', '.join(COLUMNS)}")
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.DictReader(lines, delimiter=delimiter)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise SourceError(f"{path.name}, line 1: no column {', '.join(missing)}; needed: {', '.join(COLUMNS)}")
    return [_row(path.name, reader.line_num, row) for row in reader if any(row.values())]


def _row(file: str, line: int, row: dict[str, str]) -> Expected:
    texts = {name: (row[name] or "").strip() for name in COLUMNS}
    empty = [name for name, text in texts.items() if not text]
    if empty:
        raise SourceError(f"{file}, line {line}: {', '.join(empty)} is empty; fill it in")
    if not texts["year"].isdecimal():
        raise SourceError(f"{file}, line {line}, column year: found {texts['year']!r}; write a year such as 2023")
    return Expected(texts["province"], texts["training"], int(texts["year"]), _date(file, line, texts["due"]))


def _date(file: str, line: int, text: str) -> dt.date:
    for form in _DATE_FORMATS:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError as error:
            last = error
    raise SourceError(f"{file}, line {line}, column due: found {text!r}; write a day such as 2024-01-31") from last


def _identity(folder: Path) -> tuple[str, str, int] | None:
    """Return what a province folder is about; its notebooks say what is wrong with a folder that does not tell."""
    content = _province_file(folder)
    try:
        return _key(content["name"]), content["training"], content["year"]
    except (KeyError, AttributeError):
        return None


def is_simulated(folder: Path) -> bool:
    """Return whether a province folder is marked as simulated."""
    return _province_file(folder).get("simulated") is True


def _province_file(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / "province.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
