"""Test scores: "7 / 10", "7,0", "26.00 / 29", "60 %" (60 of 100), and the dates that Excel makes of them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.cells.numbers import decide_decimal_mark, read_number
from analysis.cleaning.reading.sheet import cell_text
from analysis.study.regions import compared

_OF = re.compile(r"(\S+) ?(?:/|dari|of) ?(\S+)", re.IGNORECASE)
_PERCENT = re.compile(r"([+-]?[0-9]+(?:[.,][0-9]+)?) ?%")
_HEADER_MAXIMUM = re.compile(r"/ ?([0-9]+(?:[.,][0-9]{1,2})?)\s*\)?\s*$")
_TEXT_DATE = re.compile(
    r"(\d{1,2}[-/ ](?:jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|okt|oct|nov|des|dec)[a-z]*)"
    r"|((?:jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|okt|oct|nov|des|dec)[a-z]*[-/ ]\d{1,2})",
    re.IGNORECASE,
)
_DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
_NOT_GRADED = frozenset({"belum dinilai", "not yet graded", "tidak ikut", "tidak ikut tes", "tidak mengikuti",
                         "tidak hadir", "absen", "belum", "kosong", "n a", "na"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scores:
    """Cleaned points, and the maximum of the test where header or cells say it (None: they do not)."""

    points: Cleaned
    maximum: float | None


LARGEST_FRACTION_MAXIMUM = 5.0  # a test of so few points may well give all of them between 0 and 1
_SMALL, _LARGE = 10.0, 30.0  # between which no score of either scale of a mixed column lies
_LEAST_SHARE = 0.05


def suspect_sizes(points: Sequence[object], maximum: float | None) -> str | None:
    """Return the rule that the sizes of a column's points break as a whole, or None.

    Points between 0 and 1 of a far larger maximum are shares; where no maximum is known, points up to 10 beside points
    from 30 are points of two scales.
    """
    known = [one for one in points if isinstance(one, float)]
    if not known:
        return None
    is_share = max(known) <= 1 and any(not one.is_integer() for one in known)
    if maximum is not None:
        return "score_fraction" if is_share and maximum > LARGEST_FRACTION_MAXIMUM else None
    small = sum(0 < one <= _SMALL for one in known)
    large = sum(one >= _LARGE for one in known)
    filled = sum(one > 0 for one in known)
    is_mixed = small + large == filled and min(small, large) >= max(2, _LEAST_SHARE * filled)
    return "score_magnitudes_mixed" if is_mixed else None


def clean_scores(
    values: Sequence[object], header: str, test_maximum: float | None, column_maximum: float | None = None
) -> Scores:
    """Return points of a score column; ``test_maximum`` is the study's own maximum where it names one,
    ``column_maximum`` that of a column beside the points.

    The column's maximum is that of the study, else of the header ("Nilai/10,00"), else of the column beside it, else
    the most frequent one in the cells. Scores above it, or out of another maximum, are missing and told.
    """
    distinct = dict.fromkeys(values)
    parts = {value: _split(value) for value in distinct}
    texts = [part for pair in parts.values() if pair is not None for part in pair if part]
    mark = decide_decimal_mark(texts).mark
    stated = Counter(
        number for value in values if (pair := parts[value]) and (number := _maximum(pair[1], mark)) is not None
    )
    own = _header_maximum(header) or column_maximum or (stated.most_common(1)[0][0] if stated else None)
    maximum = test_maximum if test_maximum is not None else own

    def clean(value: object) -> tuple[object, str | None]:
        return _clean_score(value, parts[value], mark, own, maximum)

    return Scores(clean_distinct(values, clean), maximum)


def _header_maximum(header: str) -> float | None:
    match = _HEADER_MAXIMUM.search(header)
    return read_number(match.group(1), None)[0] if match else None


def _maximum(text: str, mark: str | None) -> float | None:
    return read_number(text, mark)[0] if text else None


def _split(value: object) -> tuple[str, str] | None:
    """Return points and maximum as texts ("" for no maximum, 100 for a percent); None for what is no text."""
    if not isinstance(value, str):
        return None
    text = cell_text(value)
    if percent := _PERCENT.fullmatch(text):
        return (percent.group(1), "100")
    match = _OF.fullmatch(text)
    return (match.group(1), match.group(2)) if match else (text, "")


def _clean_score(
    value: object, pair: tuple[str, str] | None, mark: str | None, own: float | None, maximum: float | None
) -> tuple[object, str | None]:
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return None, "score_became_date"
    stated: float | None = None
    if pair is None:
        points: float | None = float(value) if isinstance(value, int | float) and math.isfinite(value) else None
        rule = None if points is not None else "number"
    else:
        if not pair[0]:
            return None, None
        if pair[0] in _DASHES or (compared(pair[0]) in _NOT_GRADED and not pair[1]):
            return None, "score_not_graded"
        if _TEXT_DATE.fullmatch(cell_text(value)):
            return None, "score_became_date"
        points, rule = read_number(pair[0], mark)
        stated = _maximum(pair[1], mark)
        if pair[1] and stated is None:
            return None, "score_unreadable"
    if points is None:
        return None, "score_unreadable" if rule == "number" else rule
    return _within(points, stated if stated is not None else own, maximum)


def _within(points: float, stated: float | None, maximum: float | None) -> tuple[object, str | None]:
    if points < 0:
        return None, "score_negative"
    if stated is not None and maximum is not None and stated != maximum:
        return None, "score_maximum_differs"
    if maximum is not None and points > maximum:
        return None, "score_above_maximum"
    return points, None
