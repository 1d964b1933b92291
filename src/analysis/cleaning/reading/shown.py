"""What cells of numbers show to a person who opens the workbook: printed averages and percents."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.cleaning.reading.formats import is_percent, shown_by, shown_text
from analysis.cleaning.reading.sheet import Sheet, cell_text


def shown(sheet: Sheet, row: int, column: int) -> str | None:
    """Return the text that a cell shows: 4.0 in the format 0.00 is "4,00", .984 in 0.0% is "98,4%".

    None for a number whose format does not fix its decimals, so that nobody can tell what was printed. Formats are
    read from the file when the first number of a column asks for them.
    """
    value = sheet.rows[row][column]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell_text(value)
    code = sheet.format_of(row, column)
    return None if code is None else shown_text(value, code)


def percents_as_text(sheet: Sheet, column: int, rows: Sequence[int], values: Sequence[object]) -> list[object]:
    """Return the values of a column with each number that its cell shows as a percent as such a text: .6 is "60%".

    ``rows`` are the rows of ``values`` inside ``sheet.rows``. The number keeps all its digits, more than are shown.
    """
    if not any(isinstance(value, int | float) for value in values):
        return list(values)
    codes = {row: code for row, code in sheet.format_codes(column, "%").items() if is_percent(code)}
    if not codes:
        return list(values)
    return [_as_percent(value, codes.get(row)) for row, value in zip(rows, values, strict=True)]


def _as_percent(value: object, code: str | None) -> object:
    if code is None or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    shown_as = shown_by(code)
    if not math.isfinite(value):
        return value
    points = value * 100 if shown_as is None or shown_as.is_scaled else value
    # More than three decimals, which tell a decimal mark from one of thousands.
    return f"{points:.0f}%" if abs(points - round(points)) < 1e-9 else f"{points:.6f}%"
