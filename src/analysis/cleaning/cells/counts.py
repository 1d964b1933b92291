"""Counts typed into cells: whole numbers of zero or more, up to what the column can mean."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.cells.numbers import read_number
from analysis.cleaning.tables.values import cell_text

MOST_DAYS = 366  # of one training
MOST_MODULES = 10_000  # of one course


def clean_counts(values: Sequence[object], largest: int) -> Cleaned:
    """Return counts up to ``largest``; blanks and "-" are missing, anything else is missing and told."""

    def clean(value: object) -> tuple[object, str | None]:
        text = cell_text(value)
        if not text or text == "-":
            return None, None
        number, _ = read_number(text, None)
        if number is None or not number.is_integer() or not 0 <= number <= largest:
            return None, "count_unreadable"
        return int(number), None

    return clean_distinct(values, clean)
