"""A sheet as it was read: a rectangle of raw values that knows where each cell stood."""

from __future__ import annotations

from dataclasses import dataclass


def column_letters(index: int) -> str:
    """Return the spreadsheet letters of a column counted from 0 (0 is "A", 26 is "AA")."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of one raw file.

    ``file`` is the path inside the province folder, ``name`` the sheet's name (None for text files).
    ``rows`` is rectangular; text files hold ``str`` only, spreadsheets ``str | float | int | bool | date |
    datetime | time``; an empty cell is ``""``. ``first_row``/``first_column`` (from 0) say where
    ``rows[0][0]`` stands in the file. ``merged`` holds merged ranges where the format tells them, as (first
    row, first column, last row, last column) in the file, from 0, both ends included.
    """

    file: str
    name: str | None
    rows: list[list[object]]
    first_row: int = 0
    first_column: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def address(self, row: int, column: int) -> str:
        """Return the address of ``rows[row][column]``, such as "F17"."""
        return f"{column_letters(self.first_column + column)}{self.first_row + row + 1}"
