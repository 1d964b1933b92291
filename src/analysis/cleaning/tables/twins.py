"""Tables that share most of their rows: the same list sent twice under two names, or a sheet and its copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.cleaning.participant_rules import problem
from analysis.cleaning.problems import Problem
from analysis.cleaning.sheet import Sheet

MOST = 0.5  # of the different rows of the smaller table
LEAST_ROWS = 3  # two forms with the same few answers are no copy


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The data rows of a sheet as indices in ``sheet.rows``; ``ignored`` is the column of running numbers, if any."""

    sheet: Sheet
    rows: Sequence[int]
    ignored: int | None = None


def twin_problems(read: Sequence[ReadRows]) -> list[Problem]:
    """Return a doubt at each table most of whose rows stand, cell by cell, in an earlier one too."""
    holders: dict[int, list[int]] = defaultdict(list)  # by hash of a row: the tables that hold it
    different: list[int] = []
    for number, table in enumerate(read):
        hashes = {_row_hash(table, row) for row in table.rows}
        different.append(len(hashes))
        for one in hashes:
            holders[one].append(number)
    problems = []
    for (earlier, later), shared in sorted(_shared(holders.values()).items()):
        rows = min(different[earlier], different[later])
        if shared >= LEAST_ROWS and shared > MOST * rows:
            problems.append(_told(read[later].sheet, read[earlier].sheet, shared, rows))
    return problems


def _shared(holders: Collection[list[int]]) -> dict[tuple[int, int], int]:
    """Return how many rows each two tables share."""
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for tables in holders:
        for place, later in enumerate(tables[1:], start=1):
            for earlier in tables[:place]:
                shared[earlier, later] += 1
    return shared


def _row_hash(table: ReadRows, row: int) -> int:
    cells = table.sheet.rows[row]
    if table.ignored is not None:
        cells = [*cells[: table.ignored], *cells[table.ignored + 1 :]]
    return hash(tuple(cells))


def _told(later: Sheet, earlier: Sheet, shared: int, rows: int) -> Problem:
    place = ", ".join(part for part in (earlier.file, earlier.name) if part)
    return problem(
        "file_twin", later.file, sheet=later.name, value=f"{shared} of {rows} different rows stand in {place} too"
    )
