"""Small tables to the right of a table: legends and frequency tables, parted from it by an empty column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet, column_letters
from analysis.cleaning.tables.headers import Header, Meanings

_MOST_ROWS = 0.5  # of the table's rows that what stands beside it may fill


def main_columns(sheet: Sheet, header: Header, meanings: Meanings) -> tuple[Header, list[Problem]]:
    """Return the header without the labels of tables beside it, and a problem that names their columns.

    What stands right of an empty column is another table where it fills fewer than half of the rows.
    """
    parts = _parts(sheet, header)
    if len(parts) < 2:
        return header, []
    known = [sum(bool(header.labels[column] and meanings(header.labels[column])) for column in part) for part in parts]
    main = parts[known.index(max(known))]
    rows = _filled_rows(sheet, header, main)
    others = [part for part in parts if part is not main and _filled_rows(sheet, header, part) < _MOST_ROWS * rows]
    apart = {column for part in others for column in part}
    if not apart:
        return header, []
    labels = tuple("" if column in apart else label for column, label in enumerate(header.labels))
    letters = [column_letters(sheet.first_column + column) for column in sorted(apart)]
    shown = f"{letters[0]} to {letters[-1]}" if len(letters) > 2 else ", ".join(letters)
    told = problem(
        "columns_beside",
        sheet.file,
        sheet=sheet.name,
        cell=sheet.address(header.label_row, min(apart)),
        value=f"{counted(len(letters), 'column')}: {shown}",
    )
    return replace(header, labels=labels), [told]


def _parts(sheet: Sheet, header: Header) -> list[list[int]]:
    """Return the columns of the header in groups between columns that are empty from the header on."""
    below = sheet.rows[header.row :]
    parts: list[list[int]] = [[]]
    for column in range(len(header.labels)):
        if all(row[column] == "" for row in below):
            parts.append([])
        else:
            parts[-1].append(column)
    return [part for part in parts if any(header.labels[column] for column in part)]


def _filled_rows(sheet: Sheet, header: Header, columns: Sequence[int]) -> int:
    rows = sheet.rows[header.first_data_row :]
    return sum(any(row[column] != "" for column in columns) for row in rows)
