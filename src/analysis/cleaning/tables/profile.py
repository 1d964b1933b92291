"""What the values of a column look like as a whole: told once a column, never once a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.cleaning.reading.sheet import cell_text
from analysis.cleaning.tables.pattern import as_number

_LEAST_RUNNING = 3
_RUNNING_SHARE = 0.9  # of the steps from one filled cell to the next go up by one
_CLOCK_RANGE = re.compile(
    r"\d{1,2}[.:]\d{2}(?: ?(?:wib|wita|wit))? ?(?:-|\u2013|s ?/ ?d|s\.d\.?|sd|sampai|hingga) ?"
    r"(?:\d{1,2}[.:]\d{2}|selesai).*",
    re.IGNORECASE,
)
_SEEN_ROWS = 400


def is_running(values: Sequence[object]) -> bool:
    """Tell whether a column counts its rows: 1, 2, 3 and so on, or 3, 2, 1, from any number."""
    numbers = [as_number(value) for value in values[:_SEEN_ROWS] if value != ""]
    found = [number for number in numbers if number is not None]
    if len(found) < max(_LEAST_RUNNING, _RUNNING_SHARE * len(numbers)):
        return False
    steps = [after - before for before, after in pairwise(found)]
    return max(steps.count(1.0), steps.count(-1.0)) >= _RUNNING_SHARE * len(steps)


def holds_clock_ranges(values: Sequence[object]) -> bool:
    """Tell whether a column is that of a timetable: "08.00 - 09.30" in most of its filled cells."""
    texts = [text for value in values[:_SEEN_ROWS] if (text := cell_text(value))]
    ranges = sum(bool(_CLOCK_RANGE.fullmatch(text)) for text in texts)
    return ranges > 1 and ranges >= 0.5 * len(texts)


def share_between(values: Sequence[object], low: float, high: float) -> float:
    """Return the share of a column's filled cells that are whole numbers from ``low`` to ``high``."""
    filled = [value for value in values[:_SEEN_ROWS] if value != ""]
    numbers = [as_number(value) for value in filled]
    inside = sum(number is not None and number.is_integer() and low <= number <= high for number in numbers)
    return inside / len(filled) if filled else 0.0
