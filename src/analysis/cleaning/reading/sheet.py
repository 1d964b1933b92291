"""A sheet as it was read: a rectangle of raw values that knows where each cell stood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analysis.study.regions import INVISIBLE

_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


def column_letters(index: int) -> str:
    """Return the spreadsheet letters of a column counted from 0 (0 is "A", 26 is "AA")."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(cell: str) -> tuple[int, int]:
    """Return row and column (from 0) of an address such as "F17"; ValueError for what is none."""
    match = _ADDRESS.fullmatch(cell)
    if match is None:
        raise ValueError(f"{cell!r} is no cell address")
    column = 0
    for letter in match.group(1):
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match.group(2)) - 1, column - 1


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
    formats: Callable[[int, str], Mapping[int, str]] | None = field(default=None, repr=False, compare=False)

    def place(self, cell: str) -> tuple[int, int]:
        """Return row and column inside ``rows`` of an address such as "F17"; ValueError for what is none."""
        row, column = place_of(cell)
        return row - self.first_row, column - self.first_column

    def format_codes(self, column: int, holding: str = "") -> dict[int, str]:
        """Return the number format of the cells of a column by row inside ``rows``; none where it is "General".

        ``holding`` keeps only the formats with this text ("%"), which costs nothing in a workbook without one.
        """
        if self.formats is None:
            return {}
        codes = self.formats(self.first_column + column, holding)
        return {row - self.first_row: code for row, code in codes.items()}

    def format_of(self, row: int, column: int) -> str | None:
        """Return the number format of ``rows[row][column]``, None where it is "General" or the file has no formats."""
        codes = self.formats(self.first_column + column, "") if self.formats is not None else {}
        return codes.get(self.first_row + row)

    def address(self, row: int, column: int) -> str:
        """Return the address of ``rows[row][column]``, such as "F17"."""
        return f"{column_letters(self.first_column + column)}{self.first_row + row + 1}"


def cell_text(value: object) -> str:
    """Return a cell as text with single blanks, without invisible marks: 7.0 is "7", a date its ISO form."""
    if isinstance(value, str):
        return " ".join((value if value.isascii() else INVISIBLE.sub("", value)).split())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return str(value)
