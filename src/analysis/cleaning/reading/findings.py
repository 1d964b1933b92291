"""What a scan of a workbook finds, in plain tuples that travel between two processes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Finding(NamedTuple):
    """Something to tell about a workbook: ``rule`` is a code of :mod:`analysis.cleaning.problems.rules`."""

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
    """One sheet as its reader gives it; ``name`` is None for the only table of a file that has no sheets."""

    name: str | None
    rows: list[list[object]]
    first_row: int
    first_column: int
    merged: tuple[Range, ...]


class Request(NamedTuple):
    """What the reader process is asked: all sheets of a file, or (``sheet``) the number formats of one column."""

    path: str
    sheet: str | None = None
    column: int = 0
    holding: str = ""


# Far above any list of people (134,000 in 30 columns, a form of 600 questions) and low enough that whatever is read
# of one sheet is gone through in seconds.
MOST_ROWS = 250_000
MOST_COLUMNS = 4_000
MOST_CELLS = 5_000_000  # of the rectangle, blank ones included


def refuse_sizes(rows: int, columns: int, sheet: str | None = None) -> None:
    """Raise Refused where a table of so many rows and columns is more than can be a list of people."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise Refused(Finding("used_range_too_large", sheet, value=f"{rows:,} x {columns:,} cells"))


def rectangle(rows: Sequence[Sequence[str]], sheet: str | None = None) -> list[list[object]]:
    """Return rows of texts filled up to the longest; raises Refused where that is too much."""
    width = max(map(len, rows), default=0)
    refuse_sizes(len(rows), width, sheet)
    return [[*row, *[""] * (width - len(row))] for row in rows]
