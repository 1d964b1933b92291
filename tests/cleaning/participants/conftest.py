"""A reader shared by all tests, and a fixture that writes, reads and cleans workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.printed.schemas import check_table
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.process import WorkbookReader
from analysis.cleaning.tables.kinds import Cleaning
from analysis.study.province import AttemptRule
from tests.cleaning.participants.workbooks_by_code import KEY, make_context, write_xlsx

Workbooks = dict[str, dict[str, Sequence[Sequence[object]]]]  # file -> sheet -> rows


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
