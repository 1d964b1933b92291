"""Finding the header: one row or two, below titles and merged cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.cleaning.reading.sheet import Sheet, cell_text

SEARCHED_ROWS = 80  # letterheads and forms of request stand above the header, never more than a page
LEAST_KNOWN_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its first row and height in ``sheet.rows``, and one label per column ("" for none)."""

    row: int
    height: int
    labels: tuple[str, ...]

    @property
    def first_data_row(self) -> int:
        """Return the row below the header."""
        return self.row + self.height


def find_header(sheet: Sheet, known: Callable[[str], bool]) -> Header | None:
    """Return the header with the most labels that are ``known``, the first of equals; None where none has two.

    A header of two rows counts only where both rows together have more known labels than either alone.
    """
    known = cache(known)
    best: Header | None = None
    best_count = LEAST_KNOWN_COLUMNS - 1
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        single, *double = _candidates(sheet, row, known)
        alone = _count(single.labels, known)
        if alone > best_count:
            best, best_count = single, alone
        for header in double:
            count = _count(header.labels, known)
            below = _count([cell_text(value) for value in sheet.rows[row + 1]], known)
            if count > max(best_count, below):
                best, best_count = header, count
    return best


def _count(labels: Sequence[str], known: Callable[[str], bool]) -> int:
    return sum(1 for label in labels if label and known(label))


def _candidates(sheet: Sheet, row: int, known: Callable[[str], bool]) -> list[Header]:
    upper = [cell_text(value) for value in sheet.rows[row]]
    candidates = [Header(row, 1, tuple(upper))]
    if row + 1 < len(sheet.rows) and any(isinstance(value, str) and value.strip() for value in sheet.rows[row + 1]):
        lower = [cell_text(value) for value in sheet.rows[row + 1]]
        candidates.append(Header(row, 2, tuple(_joined(_spread(sheet, row, upper, lower), lower, known))))
    return candidates


def _spread(sheet: Sheet, row: int, upper: list[str], lower: list[str]) -> list[str]:
    """Return the upper labels, each repeated over its merged range, or over blanks that have a lower label."""
    spread = list(upper)
    for top, left, bottom, right in sheet.merged:
        if top - sheet.first_row == row and bottom == top:
            start = left - sheet.first_column
            for column in range(max(start, 0), min(right - sheet.first_column + 1, len(spread))):
                spread[column] = upper[start]
    for column in range(1, len(spread)):
        if not spread[column] and lower[column] and not sheet.merged:
            spread[column] = spread[column - 1]
    return spread


def _joined(upper: list[str], lower: list[str], known: Callable[[str], bool]) -> list[str]:
    labels = []
    for above, below in zip(upper, lower, strict=True):
        both = f"{above} {below}".strip()
        labels.append(next((label for label in (both, below, above) if label and known(label)), both))
    return labels
