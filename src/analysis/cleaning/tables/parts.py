"""Several tables on one sheet, each with a header of its own: parted, so that each is read as itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.ledger import any_cell
from analysis.cleaning.tables.recognise import is_same_header

_MOST_BLOCKS = 40  # of a sheet that are looked at; more gaps are those of a list with blank rows
_DEEPEST = 6  # rows of titles above the header of a further table
_LEAST_COLUMNS = 3
_UNDERSTOOD = 0.6  # of the labels of a further table

HeaderOf = Callable[[Sheet], Header | None]


def parts_of(sheet: Sheet, header_of: HeaderOf) -> list[Sheet]:
    """Return a sheet as the tables that stand on it one below the other; itself where it holds one.

    ``header_of`` returns the header of a sheet that some kind of table can read, None for any other.
    """
    header = header_of(sheet)
    if header is None:
        return [sheet]
    above = _cut(sheet, 0, header.row)
    if header.row > 1 and header_of(above) is not None:
        start = _start_of_titles(sheet, header.row)
        return [*parts_of(_cut(sheet, 0, start), header_of), *parts_of(_cut(sheet, start, len(sheet.rows)), header_of)]
    for start in _blocks_below(sheet, header):
        further = _cut(sheet, start, len(sheet.rows))
        found = header_of(further)
        if found is not None and found.row < _DEEPEST and _is_another(header, found):
            return [_cut(sheet, 0, start), *parts_of(further, header_of)]
    return [sheet]


def _is_another(header: Header, found: Header) -> bool:
    """Tell a further table from the same header printed again, and from a row of values that look like labels."""
    labels = [label for label in found.labels if label]
    understood = len(found.columns) >= max(_LEAST_COLUMNS, _UNDERSTOOD * len(labels))
    return understood and not is_same_header(header.labels, found.labels)


def _cut(sheet: Sheet, first: int, end: int) -> Sheet:
    return replace(sheet, rows=sheet.rows[first:end], first_row=sheet.first_row + first)


def _start_of_titles(sheet: Sheet, header_row: int) -> int:
    """Return the first row of the titles above a header: the one below the last blank row, else the header's own."""
    for row in range(header_row - 1, max(header_row - 1 - _DEEPEST, 0), -1):
        if not any_cell(sheet.rows[row]):
            return row + 1
    return header_row


def _blocks_below(sheet: Sheet, header: Header) -> Iterator[int]:
    """Yield the rows below a blank row, where a further table may begin."""
    count = 0
    for row in range(header.first_data_row + 1, len(sheet.rows)):
        if any_cell(sheet.rows[row]) and not any_cell(sheet.rows[row - 1]):
            count += 1
            if count > _MOST_BLOCKS:
                return
            yield row
