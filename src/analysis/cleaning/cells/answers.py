"""Answers on the form's scale: whole steps or their words; everything else is told and missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.reading.sheet import cell_text
from analysis.study.instrument import Instrument
from analysis.study.regions import compared

_STEP = re.compile(r"([+-]?\d+)(?:[.,]0+)?")
_BETWEEN = re.compile(r"\d+[.,]\d+")
_SEVERAL = re.compile(r"\d+ ?(?:-|/|,|;|&|dan|atau|\u2013) ?\d+.*")
_STEP_AND_WORD = re.compile(r"(\d+) ?[-=:.()\u2013]* ?([^\d]+?)\)?|([^\d]+?) ?[-=:.()]* ?(\d+)\)?")
_BLANK = frozenset({"", "-", "kosong", "tidak diisi"})
_OTHER_WORDS = {"sangat bagus": "sangat baik", "bagus": "baik", "sb": "sangat baik", "b": "baik", "c": "cukup",
                "r": "rendah", "sr": "sangat rendah", "kurang": "rendah", "sangat kurang": "sangat rendah",
                "cukup baik": "cukup"}  # fmt: skip


def clean_answers(values: Sequence[object], instrument: Instrument) -> Cleaned:
    """Return the steps (int) of one item's column; blanks are missing without a word."""
    clean = answer_cleaner(instrument)
    return clean_distinct(values, clean)


def answer_cleaner(instrument: Instrument) -> Callable[[object], tuple[object, str | None]]:
    """Return the cleaner of one answer for a form's scale and words."""
    words: dict[str, int] = {}
    for label in instrument.scale_labels:
        words[compared(label.label_id)] = words[compared(label.label_en)] = label.value
    for label in instrument.scale_labels:
        words |= {compared(word): label.value for word in label.spellings}
    for other, word in _OTHER_WORDS.items():
        if word in words:
            words.setdefault(other, words[word])

    def clean(value: object) -> tuple[object, str | None]:
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            return None, "answer_became_date"
        if isinstance(value, int | float):
            return _step(float(value), instrument)
        return _clean_text(cell_text(value), words, instrument)

    return clean


def _step(number: float, instrument: Instrument) -> tuple[object, str | None]:
    if not number.is_integer():
        return None, "answer_between"
    if not instrument.scale_low <= number <= instrument.scale_high:
        return None, "answer_out_of_scale"
    return int(number), None


def _clean_text(text: str, words: dict[str, int], instrument: Instrument) -> tuple[object, str | None]:
    if text in _BLANK:
        return None, None
    whole = _STEP.fullmatch(text)
    if whole:
        return _step(float(whole.group(1)), instrument)
    if _BETWEEN.fullmatch(text):
        return None, "answer_between"
    if _SEVERAL.fullmatch(text):
        return None, "answer_several"
    word = compared(text)
    if word in words:
        return words[word], None
    both = _STEP_AND_WORD.fullmatch(text)
    if both:
        number = int(both.group(1) or both.group(4))
        meant = words.get(compared(both.group(2) or both.group(3)))
        if meant is None:
            return None, "answer_unreadable"
        return (number, None) if number == meant else (None, "answer_contradicts")
    return None, "answer_unreadable"
