"""Dates: the order of day and month is decided once per file, from the largest first part, never per row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.reading.sheet import cell_text

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januari january", "feb februari february peb pebruari", "mar maret march mrt", "apr april", "mei may",
         "jun juni june", "jul juli july", "agu agt agustus aug august ags", "sep september sept",
         "okt oktober oct october",
         "nov november nopember nop", "des desember dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ZONE = r"(?: ?(?:wib|wita|wit|gmt[+-]?\d*|z|[+-]\d\d:?\d\d))?"
_CLOCK = r"(?:[ ,T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?(?: ?([ap]\.?m\.?))?" + _ZONE + ")?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK, re.IGNORECASE)
_NUMERIC = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})" + _CLOCK, re.IGNORECASE)
_WORDED = re.compile(r"(?:[a-z']+, ?)?(\d{1,2})[- ./]([a-z]+)\.?[- ./,]+(\d{4})" + _CLOCK, re.IGNORECASE)
_WORD_FIRST = re.compile(r"(?:[a-z]+, ?)?([a-z]+)\.? (\d{1,2}),? (\d{4})" + _CLOCK, re.IGNORECASE)
_BLANK = frozenset({"", "-"})


@dataclass(frozen=True, slots=True)
class Order:
    """Whether dates such as 3/4/2024 begin with the day; ``is_assumed`` says that nothing in the file tells it."""

    day_first: bool
    is_assumed: bool


def decide_order(texts: Iterable[object]) -> Order:
    """Return the order of day and month in all dates of a file.

    The largest parts decide: a first part above 12 is a day, a second part above 12 says that the month stands first.
    Where neither or both happen, the day stands first, as Indonesians write, which is assumed.
    """
    first = second = 0
    is_open = False
    for text in texts:
        match = _NUMERIC.fullmatch(cell_text(text)) if isinstance(text, str) else None
        if match:
            is_open = is_open or match.group(1) != match.group(2)
            first, second = max(first, int(match.group(1))), max(second, int(match.group(2)))
    if (first > 12) == (second > 12):
        return Order(True, is_assumed=is_open)
    return Order(first > 12, is_assumed=False)


def clean_dates(values: Sequence[object], *, day_first: bool) -> Cleaned:
    """Return ``datetime`` values; a cell that is not understood or impossible is missing and told."""

    def clean(value: object) -> tuple[object, str | None]:
        if isinstance(value, dt.datetime):
            return value, None
        if isinstance(value, dt.date):
            return dt.datetime(value.year, value.month, value.day), None
        if not isinstance(value, str):
            return None, "date_unreadable"
        return _clean_text(cell_text(value), day_first)

    return clean_distinct(values, clean)


def _clean_text(text: str, day_first: bool) -> tuple[object, str | None]:
    if text in _BLANK:
        return None, None
    if match := _YEAR_FIRST.fullmatch(text):
        return _moment(match.group(1), match.group(2), match.group(3), match.groups()[3:])
    if match := _NUMERIC.fullmatch(text):
        first, second, year = match.groups()[:3]
        day, month = (first, second) if day_first else (second, first)
        return _moment(year if len(year) == 4 else f"20{year}", month, day, match.groups()[3:])
    match = _WORDED.fullmatch(text)
    worded = match.groups() if match else None
    if worded is None and (match := _WORD_FIRST.fullmatch(text)):
        worded = (match.group(2), match.group(1), *match.groups()[2:])
    if worded is None or (worded[1] or "").casefold() not in _MONTHS:
        return None, "date_unreadable"
    return _moment(worded[2], str(_MONTHS[(worded[1] or "").casefold()]), worded[0], worded[3:])


def _moment(
    year: str | None, month: str | None, day: str | None, clock: Sequence[str | None]
) -> tuple[object, str | None]:
    hour, minute, second, half = clock
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0].casefold() == "p" else 0)
    try:
        return dt.datetime(
            int(year or 0), int(month or 0), int(day or 0), hours, int(minute or 0), int(second or 0)
        ), None
    except ValueError:
        return None, "date_impossible"
