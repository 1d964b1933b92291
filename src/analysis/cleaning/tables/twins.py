"""Tables that share most of their rows: the same list sent twice under two names, or a sheet and its copy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet

MOST = 0.5  # of the different rows of the smaller table
LEAST_ROWS = 3  # two forms with the same few answers are no copy
# What is told of each row that repeats another one's person.
_OF_A_ROW = frozenset({"person_twice", "attempt_repeated"})


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The data rows of a sheet as indices in ``sheet.rows``; ``ignored`` is the column of running numbers, if any."""

    sheet: Sheet
    rows: Sequence[int]
    ignored: int | None = None


@dataclass(frozen=True, slots=True)
class Twins:
    """Two sheets that share ``shared`` of the ``rows`` different rows of the smaller one."""

    earlier: Sheet
    later: Sheet
    shared: int
    rows: int


def find_twins(read: Sequence[ReadRows]) -> list[Twins]:
    """Return each two tables of which most rows of the smaller one stand, cell by cell, in the other too."""
    holders: dict[int, list[int]] = defaultdict(list)  # by hash of a row: the tables that hold it
    different = [0] * len(read)
    widths = Counter(map(_width, read))
    for number, table in enumerate(read):
        if widths[_width(table)] == 1:
            continue  # no other table can hold the same rows
        hashes = {_row_hash(table, row) for row in table.rows}
        different[number] = len(hashes)
        for one in hashes:
            holders[one].append(number)
    twins = []
    for (earlier, later), shared in sorted(_shared(holders.values()).items()):
        rows = min(different[earlier], different[later])
        if shared >= LEAST_ROWS and shared > MOST * rows:
            twins.append(Twins(read[earlier].sheet, read[later].sheet, shared, rows))
    return twins


def twin_problems(twins: Sequence[Twins]) -> list[Problem]:
    """Return a doubt at the later table of each two twins."""
    return [
        problem(
            "file_twin",
            twin.later.file,
            sheet=twin.later.name,
            value=f"{twin.shared} of {twin.rows} different rows stand in {_named(twin.earlier)} too",
        )
        for twin in twins
    ]


def folded(problems: Sequence[Problem], twins: Sequence[Twins]) -> list[Problem]:
    """Return the problems with one note instead of one a row about the people whom a table and its twin repeat."""
    beside = {
        (here.file, here.name, f"compare with {_named(other)}")
        for twin in twins
        for here, other in ((twin.earlier, twin.later), (twin.later, twin.earlier))
    }
    kept: list[Problem] = []
    rows: dict[tuple[str, str | None, str], list[Problem]] = defaultdict(list)
    for one in problems:
        other = (one.value or "").rpartition(", ")[0]  # without the cell
        place = (one.file, one.sheet, other)
        if one.rule in _OF_A_ROW and place in beside:
            rows[place].append(one)
        else:
            kept.append(one)
    for (file, sheet, other), told in rows.items():
        note = problem("rows_of_twin", file, sheet=sheet, value=f"{counted(len(told), 'row')}; {other}")
        kept.append(replace(note, cell=told[0].cell))
    return kept


def _shared(holders: Collection[list[int]]) -> dict[tuple[int, int], int]:
    """Return how many rows each two tables share."""
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for tables in holders:
        for place, later in enumerate(tables[1:], start=1):
            for earlier in tables[:place]:
                shared[earlier, later] += 1
    return shared


def _width(table: ReadRows) -> int:
    rows = table.sheet.rows
    return (len(rows[0]) if rows else 0) - (table.ignored is not None)


def _row_hash(table: ReadRows, row: int) -> int:
    cells = table.sheet.rows[row]
    if table.ignored is not None:
        cells = [*cells[: table.ignored], *cells[table.ignored + 1 :]]
    return hash(tuple(cells))


def _named(sheet: Sheet) -> str:
    return ", ".join(part for part in (sheet.file, sheet.name) if part)
