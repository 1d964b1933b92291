"""Finding the header of any table: one to three rows, below titles, never a row of data.

A further row belongs to a header on evidence only: it stands below merged or blank cells of the row above it, repeats
its columns in other words, or is a service row of a form program. A filled cell below a known label is data.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.services import is_service_row, is_subheader
from analysis.study.regions import compared

SEARCHED_ROWS = 80  # letterheads and forms of request stand above the header, never more than a page
LEAST_KNOWN_COLUMNS = 2
TALLEST = 3  # rows that carry labels
_COMPARED_ROWS = 20  # below a row, to see whether its cells recur or are of another type
_LEAST_CONTRAST = 3  # columns of numbers below texts, for a row of questions
_CONTRAST_SHARE = 0.8
_SAME_SHARE = 0.6  # of the columns that a row names in other words, for it to be a header in another language
_MOST_NUMBERS = 0.3  # of the cells of a header, beside numbered questions and days
_WHOLE = re.compile(r"[0-9]{1,2}\.?")
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*%?")

Meanings = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its rows in ``sheet.rows`` and one label per column ("" for none).

    ``row`` is its first row, ``height`` counts all its rows, those of form programs included; ``label_row`` is the row
    to which messages about columns point. ``columns`` names the columns of kinds that declare them: those of
    ``missing`` are absent, those of ``twice`` stand twice, and a table with either is not read; ``unknown`` are the
    others.
    """

    row: int
    height: int
    labels: tuple[str, ...]
    label_row: int
    columns: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def first_data_row(self) -> int:
        """Return the row below the header."""
        return self.row + self.height

    @property
    def is_whole(self) -> bool:
        """Tell whether the table can be read."""
        return not (self.missing or self.twice)


def find_header(sheet: Sheet, meanings: Meanings) -> Header | None:
    """Return the header with the most labels that have ``meanings``, the first of equals; None where none has two.

    A header of several rows counts only where they have more known labels together than any of them alone.
    """
    meanings = cache(meanings)
    best: Header | None = None
    best_weight = LEAST_KNOWN_COLUMNS - 0.5
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        alone = 0.0
        for header in _candidates(sheet, row, meanings):
            below = _weight([cell_text(value) for value in sheet.rows[header.label_row]], meanings)
            alone = max(alone, below)
            weight = _weight(header.labels, meanings)
            is_shorter = weight == best_weight and best is not None and _is_end_of(header, best)
            if not (weight > best_weight or is_shorter) or (header.height > 1 and weight <= alone):
                continue
            if not _holds_values(sheet, header.label_row, header.labels, meanings):
                best, best_weight = header, weight
    return _with_service_rows(sheet, best, meanings) if best is not None else None


def _is_end_of(header: Header, other: Header) -> bool:
    """Tell whether a header is the lower part of another one, whose upper rows say nothing then."""
    return other.row < header.row and header.first_data_row == other.first_data_row


def _weight(labels: Sequence[str], meanings: Meanings) -> float:
    """Return how many labels are known; a numbered question ("Q5_1") says half as much as a name."""
    found = [meanings(label) for label in labels if label]
    return sum(0.5 if tuple(one) == ("question",) else 1.0 for one in found if one)


def _candidates(sheet: Sheet, row: int, meanings: Meanings) -> list[Header]:
    whole = [cell_text(value) for value in sheet.rows[row]]  # all that stands above a column, from top to bottom
    candidates = [Header(row, 1, tuple(whole), row)]
    for below in range(row + 1, min(row + TALLEST, len(sheet.rows))):
        if not _continues(sheet, below, whole, meanings):
            break
        lower = [cell_text(value) for value in sheet.rows[below]]
        spread = _spread(sheet, below - 1, whole, lower)
        parts = [[part for part in pair if part] for pair in zip(spread, lower, strict=True)]
        whole = [" ".join(texts) for texts in parts]
        labels = [_label(texts, meanings) for texts in parts]
        candidates.append(Header(row, below - row + 1, tuple(labels), below))
    return candidates


def _label(parts: Sequence[str], meanings: Meanings) -> str:
    """Return what names a column: all that stands above it, else its lowest part that is known, else all of it."""
    whole = " ".join(parts)
    return next((label for label in (whole, *parts[::-1]) if label and meanings(label)), whole)


def _continues(sheet: Sheet, row: int, upper: Sequence[str], meanings: Meanings) -> bool:
    """Tell whether a row may be a further row of the header whose labels above it are ``upper``."""
    cells = sheet.rows[row]
    lower = [cell_text(value) for value in cells]
    groups = _groups(sheet, row - 1, upper, lower)
    filled = [column for column, text in enumerate(lower) if text]
    own = [column for column in filled if upper[column] and column not in groups]
    grouped = [column for column in filled if column not in own]
    counting = [column for column in own if grouped and _is_number(cells[column]) and not meanings(upper[column])]
    others = [column for column in own if column not in counting]
    if not filled or any(not _says_the_same(upper[column], cells[column], meanings) for column in others):
        return False
    numbers = [lower[column] for column in filled if column not in others and _is_number(cells[column])]
    if numbers and not _counts_up(numbers):
        return False
    return bool(numbers) or not _recurring(sheet, row, grouped)


def _groups(sheet: Sheet, row: int, upper: Sequence[str], lower: Sequence[str]) -> set[int]:
    """Return the columns below a label that spans several: merged, or followed by blanks above filled cells."""
    groups: set[int] = set()
    for top, left, bottom, right in sheet.merged:
        if top - sheet.first_row == row and bottom == top and right > left:
            groups |= set(range(left - sheet.first_column, right - sheet.first_column + 1))
    if not sheet.merged:
        starts = [column for column, label in enumerate(upper) if label]
        for start, end in pairwise([*starts, len(upper)]):
            if any(lower[column] for column in range(start + 1, end)):
                groups |= set(range(start, end))
    return groups


def _says_the_same(label: str, value: object, meanings: Meanings) -> bool:
    """Tell whether a cell below a label names the same column in other words: "Name" below "Nama"."""
    if _is_number(value):
        return False
    text = cell_text(value)
    if is_subheader(text):
        return True
    return bool(set(meanings(label)) & set(meanings(text))) or compared(label) == compared(text)


def _is_number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float) or (isinstance(value, str) and bool(NUMBER.fullmatch(value.strip())))


def _counts_up(numbers: Sequence[str]) -> bool:
    """Tell whether the numbers of a row count days or meetings: 1 2 3, or several such runs."""
    if not all(_WHOLE.fullmatch(text) for text in numbers):
        return False
    whole = [int(text.rstrip(".")) for text in numbers]
    steps = pairwise(whole)
    return len(whole) > 1 and all(after == before + 1 or after == whole[0] for before, after in steps)


def _recurring(sheet: Sheet, row: int, columns: Sequence[int]) -> list[int]:
    """Return the columns in which a row's cell stands again below it, as values do and labels do not."""
    whole = sheet.rows[row]
    below = [cells for cells in sheet.rows[row + 1 : row + 1 + _COMPARED_ROWS] if cells != whole]
    filled = [column for column in columns if whole[column] != ""]
    return [column for column in filled if any(whole[column] == cells[column] for cells in below)]


def _holds_values(sheet: Sheet, row: int, labels: Sequence[str], meanings: Meanings) -> bool:
    """Tell whether most known labels of a row stand again in their columns: codes such as H and A are values there."""
    known = [column for column, label in enumerate(labels) if label and meanings(label)]
    filled = [cell for cell in sheet.rows[row] if cell != ""]
    numbers = [cell_text(cell) for cell in filled if _is_number(cell)]
    if len(numbers) > max(1, _MOST_NUMBERS * len(filled)) and not _counts_up(numbers):
        return True
    return 2 * len(_recurring(sheet, row, known)) > len(known)


def _spread(sheet: Sheet, row: int, upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return the upper labels, each repeated over its merged range, or over blanks that have a lower label."""
    spread = list(upper)
    for top, left, bottom, right in sheet.merged:
        if top - sheet.first_row == row and bottom == top:
            start = left - sheet.first_column
            for column in range(max(start, 0), min(right - sheet.first_column + 1, len(spread))):
                spread[column] = upper[start]
    last = ""
    for column, label in enumerate(spread if not sheet.merged else ()):
        last = label or last
        if lower[column]:
            spread[column] = last
    return spread


def _with_service_rows(sheet: Sheet, header: Header, meanings: Meanings) -> Header:
    """Return a header with the rows above and below it that a form program prints beside its labels."""
    labelled = [column for column, label in enumerate(header.labels) if label]
    found = header
    while found.row > 0 and _is_row_of_names(sheet.rows[found.row - 1], labelled):
        found = replace(found, row=found.row - 1, height=found.height + 1)
    while found.first_data_row < len(sheet.rows) and _serves(sheet, found, labelled, meanings):
        texts = [cell_text(value) for value in sheet.rows[found.first_data_row]]
        labels = [
            text if not meanings(label) and meanings(text) else label
            for label, text in zip(found.labels, texts, strict=True)
        ]
        found = replace(found, height=found.height + 1, labels=tuple(labels))
    return found


def _is_row_of_names(cells: Sequence[object], labelled: Sequence[int]) -> bool:
    """Tell whether the row above a header names nearly all of its columns too."""
    filled = [column for column in labelled if cell_text(cells[column])]
    texts = all(isinstance(cells[column], str) and not _is_number(cells[column]) for column in filled)
    different = len({cell_text(cells[column]) for column in filled})
    return texts and len(filled) > 3 and len(filled) >= 0.8 * len(labelled) and different > 0.8 * len(filled)


def _serves(sheet: Sheet, header: Header, labelled: Sequence[int], meanings: Meanings) -> bool:
    """Tell whether the row below a header is one of a form program, or holds the questions of coded columns."""
    row = header.first_data_row
    cells = sheet.rows[row]
    filled = [column for column in labelled if cell_text(cells[column])]
    if not filled:
        return False
    if is_service_row([cells[column] for column in filled]):
        return True
    known = [column for column in filled if meanings(header.labels[column])]
    named = [column for column in known if not _is_code(header.labels[column], meanings)]
    same = sum(_says_the_same(header.labels[column], cells[column], meanings) for column in named)
    if same >= max(2, _SAME_SHARE * len(named)) and not any(_is_number(cells[column]) for column in filled):
        return not _recurring(sheet, row, named)
    return same == len(named) and _stands_above_numbers(sheet, row, filled)


def _is_code(label: str, meanings: Meanings) -> bool:
    """Tell whether a label only numbers a question ("P7", "Q5_1"), so that its text may stand below it."""
    return any(one == "question" or one.startswith("item_number:") for one in meanings(label))


def _stands_above_numbers(sheet: Sheet, row: int, filled: Sequence[int]) -> bool:
    """Tell whether a row holds different texts where the rows below it hold numbers."""
    below = sheet.rows[row + 1 : row + 1 + _COMPARED_ROWS]
    numeric = [column for column in filled if _is_numeric([cells[column] for cells in below])]
    texts = [cell_text(sheet.rows[row][column]) for column in numeric if not _is_number(sheet.rows[row][column])]
    twice = Counter(texts).most_common(1)
    enough = max(_LEAST_CONTRAST, _CONTRAST_SHARE * len(numeric))
    return len(texts) >= enough and twice[0][1] <= max(1, len(texts) // 4)


def _is_numeric(values: Sequence[object]) -> bool:
    filled = [value for value in values if value != ""]
    numbers = sum(_is_number(value) or isinstance(value, dt.date) for value in filled)
    return bool(filled) and numbers >= _CONTRAST_SHARE * len(filled)
