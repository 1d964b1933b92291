"""An imaginary study in Lampung, and workbooks made by code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from analysis.cleaning.tables.kinds import Context
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
