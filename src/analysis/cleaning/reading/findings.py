"""What a scan of a workbook finds, in plain tuples that travel between two processes."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """Something to tell about a workbook: ``rule`` is a code of :mod:`analysis.cleaning.problems.participant_rules`."""

    rule: str
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None


class Refused(Exception):
    """The workbook is not read; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


# First row, first column, last row and last column of merged cells, from 0, both ends included.
Range = tuple[int, int, int, int]


class Scan(NamedTuple):
    """What the scan of a workbook finds: what to tell, sheets not to be read, and merged cells by sheet.

    ``merged`` is empty for formats whose merged cells the reader gives itself.
    """

    findings: list[Finding]
    hidden: set[str]
    merged: dict[str, tuple[Range, ...]]


class RawSheet(NamedTuple):
    """One sheet as calamine gives it."""

    name: str
    rows: list[list[object]]
    first_row: int
    first_column: int
    merged: tuple[Range, ...]
