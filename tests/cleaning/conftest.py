"""What the tests of cleaning share: a shipped folder that a test may spoil, and workbooks written, read and cleaned."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from analysis.cleaning.clean import Cleaned, clean_province
from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.printed.schemas import check_table
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.process import WorkbookReader
from analysis.cleaning.tables.kinds import Cleaning
from analysis.study.province import AttemptRule
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import KEY, make_context, write_xlsx

Workbooks = dict[str, dict[str, Sequence[Sequence[object]]]]  # file -> sheet -> rows
RAW = Path(__file__).parents[2] / "data" / "raw"
PROVINCE = """
name = "Lampung"
code = "18"
training = "kerja_sama_desa"
year = 2023
test_maximum = 10
batch = [{ id = "5" }, { id = "6" }]
source = [{ file = "*", description = "made by a test" }]
"""


@dataclass(frozen=True, slots=True)
class Spoilable:
    """A copy of a shipped province folder, with verbs to spoil it and to clean it."""

    folder: Path

    def replace(self, file: str, old: str, new: str, count: int = 1) -> Spoilable:
        """Replace text in a file, which must hold it."""
        path = self.folder / file
        text = path.read_bytes().decode("utf-8-sig")
        if old not in text:
            raise ValueError(f"{file} does not hold {old!r}")
        path.write_bytes(text.replace(old, new, count).encode("utf-8"))
        return self

    def write(self, file: str, content: str | bytes) -> Spoilable:
        """Write a file and name its source, where none is named yet."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        if is_new and path.suffix != ".toml":
            self.add(f'[[source]]\nfile = "{file}"\ndescription = "a test"\n')
        return self

    def add(self, toml: str) -> Spoilable:
        """Add tables at the end of province.toml."""
        path = self.folder / "province.toml"
        path.write_text(path.read_text("utf-8") + "\n" + toml, encoding="utf-8")
        return self

    def clean(self) -> Cleaned:
        """Clean the folder as it is now."""
        return clean_province(self.folder)

    def problems(self, rule: str) -> pd.DataFrame:
        """Return the problems of one rule after cleaning."""
        problems = self.clean().problems
        return problems[problems["rule"] == rule].reset_index(drop=True)


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Spoilable]:
    """Return a maker of spoilable copies of shipped provinces."""

    def _copy(name: str) -> Spoilable:
        shutil.copytree(RAW / name, tmp_path / name)
        return Spoilable(tmp_path / name)

    return _copy


@pytest.fixture
def lampung(copy_of: Callable[[str], Spoilable]) -> Spoilable:
    return copy_of("lampung")


@pytest.fixture
def gorontalo(copy_of: Callable[[str], Spoilable]) -> Spoilable:
    return copy_of("gorontalo")


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[[dict[str, dict[str, by_code.Rows]]], Spoilable]:
    """Return a maker of folders of an imaginary study in Lampung with these workbooks (file -> sheet -> rows)."""

    def _make(workbooks: dict[str, dict[str, by_code.Rows]]) -> Spoilable:
        folder = tmp_path / "lampung-2023"
        folder.mkdir()
        (folder / "province.toml").write_text(PROVINCE, encoding="utf-8")
        for file, sheets in workbooks.items():
            write_xlsx(folder / file, sheets)
        return Spoilable(folder)

    return _make


@pytest.fixture(scope="session")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader(time_limit_seconds=60) as shared:
        yield shared


@pytest.fixture
def clean(reader: WorkbookReader, tmp_path: Path) -> Callable[..., tuple[Cleaning, list[Problem]]]:
    """Write workbooks (file -> sheets -> rows), read and clean them; return the cleaning and all problems."""

    def run(
        workbooks: Workbooks,
        *,
        key: bytes = KEY,
        attempts: AttemptRule | None = None,
        **changes: object,
    ) -> tuple[Cleaning, list[Problem]]:  # fmt: skip
        sheets, problems = [], []
        context = make_context(tmp_path, **changes)
        for file, content in workbooks.items():
            found, told = reader.read(write_xlsx(tmp_path / Path(file).name, content), file)
            sheets += found
            problems += told
        cleaning = clean_participants(sheets, context, key=key, attempts=attempts)
        for name, table in cleaning.tables.items():
            check_table(name, table, context)
        return cleaning, [*problems, *cleaning.problems]

    return run


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Cleaned]:
    """Return a reader of an imaginary study in Lampung (batches 1 and 2) from rows of text files by their names."""

    def _read(files: dict[str, list[list[object]]], settings: str = "", **definition: object) -> Cleaned:
        folder = tmp_path / f"lampung-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        batches = definition.pop("batches", ("1", "2"))
        lines = ['name = "Lampung"', 'code = "18"', 'training = "kerja_sama_desa"', "year = 2024"]
        lines += [f"{name} = {value}" for name, value in definition.items()]
        lines += ["batch = [" + ", ".join(f'{{ id = "{batch}" }}' for batch in batches) + "]"]
        lines += ['source = [{ file = "*", description = "made by a test" }]', settings]
        (folder / "province.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for file, rows in files.items():
            width = max(map(len, rows))
            texts = (";".join(map(str, [*row, *[""] * (width - len(row))])) for row in rows)
            (folder / file).write_text("\n".join(texts) + "\n", encoding="utf-8")
        return clean_province(folder)

    return _read
