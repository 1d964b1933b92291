"""Attendance codes: present, excused, sick, absent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analysis.cleaning.cells.cleaned import Cleaned, clean_distinct
from analysis.cleaning.reading.sheet import cell_text

PRESENT, EXCUSED, SICK, ABSENT, BLANK = "present", "excused", "sick", "absent", ""

_CODES = {
    PRESENT: "h hadir v \u221a \u2713 \u2714 1 ya y ada true hdr",
    EXCUSED: "i izin ijin iz",
    SICK: "s sakit skt",
    ABSENT: "a alpa alpha tk - \u2013 0 th tidak t false absen alfa",
}
_PHRASES = {"tidak hadir": ABSENT, "tanpa keterangan": ABSENT, "tanpa kabar": ABSENT, "tidak ada": ABSENT}
_BY_CODE = {code: meaning for meaning, codes in _CODES.items() for code in codes.split()} | _PHRASES


def clean_attendance(values: Sequence[object]) -> Cleaned:
    """Return one code per cell: present, excused, sick, absent, "" for a blank cell, None for an unknown one."""
    return clean_distinct(values, _clean_code)


def _clean_code(value: object) -> tuple[object, str | None]:
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return None, "attendance_became_date"
    text = cell_text(value).casefold().strip(" .")
    if not text:
        return BLANK, None
    code = _BY_CODE.get(text)
    return (code, None) if code else (None, "attendance_unknown")


_MODES = {
    True: ("luring", "tatap muka", "offline", "luar jaringan", "langsung", "klasikal"),
    False: ("daring", "online", "dalam jaringan", "zoom", "virtual"),
}
_BY_MODE = {word: in_person for in_person, words in _MODES.items() for word in words}


def clean_mode(values: Sequence[object]) -> Cleaned:
    """Return True for attendance in person, False for attendance online, None for a blank or unknown cell."""

    def clean(value: object) -> tuple[object, str | None]:
        text = cell_text(value).casefold()
        if not text:
            return None, None
        return (_BY_MODE[text], None) if text in _BY_MODE else (None, "mode_unknown")

    return clean_distinct(values, clean)
