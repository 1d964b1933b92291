"""A small imaginary study in Lampung, and workbooks made by code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from analysis.cleaning.kinds import Cleaning, Context
from analysis.cleaning.participants import clean_participants
from analysis.cleaning.people.testing import AttemptRule
from analysis.cleaning.problems import Problem
from analysis.cleaning.readers.process import WorkbookReader
from analysis.cleaning.schemas import check_table
from analysis.study.instrument import load_instrument
from analysis.study.province import Batch, Province, Source
from analysis.study.training import load_training

KEY = bytes(range(32))


def make_context(folder: Path = Path(), **changes: object) -> Context:
    values: dict[str, object] = {
        "study": "lampung",
        "name": "Lampung",
        "code": "18",
        "training": "kerja_sama_desa",
        "year": 2023,
        "test_maximum": 10.0,
        "batch": (Batch(id="5"), Batch(id="6", spellings=("Enam",))),
        "source": (Source(file="*", description="made by a test"),),
        **changes,
    }
    return Context(folder, Province(**values), load_training("kerja_sama_desa"), load_instrument())  # type: ignore[arg-type]


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    with xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "default_date_format": "d-mmm"}
    ) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, list(row))
    return path


@pytest.fixture(scope="session")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader(time_limit_seconds=60) as shared:
        yield shared


@pytest.fixture
def clean(reader: WorkbookReader, tmp_path: Path) -> Callable[..., tuple[Cleaning, list[Problem]]]:
    """Write workbooks (file -> sheets -> rows), read and clean them; return the cleaning and all problems."""

    def run(
        workbooks: dict[str, dict[str, Sequence[Sequence[object]]]], *, key: bytes = KEY, attempts: AttemptRule | None = None,
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
