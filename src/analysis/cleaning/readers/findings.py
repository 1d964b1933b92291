"""What a scan of a workbook finds, in plain tuples that travel between two processes."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """Something to tell about a workbook: ``rule`` is a code of :mod:`analysis.cleaning.participant_rules`."""

    rule: str
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None


class Refused(Exception):
    """The workbook is not read; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


class RawSheet(NamedTuple):
    """One sheet as calamine gives it: ``merged`` holds (first row, first column, last row, last column) from 0."""

    name: str
    rows: list[list[object]]
    first_row: int
    first_column: int
    merged: tuple[tuple[int, int, int, int], ...]
