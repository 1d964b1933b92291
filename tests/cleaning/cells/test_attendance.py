"""Codes of attendance: each means one thing, whatever its case and signs; an unknown one is told."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.cleaning.cells.attendance import ABSENT, BLANK, EXCUSED, PRESENT, SICK, clean_attendance, clean_mode


@pytest.mark.parametrize(
    ("spellings", "code"),
    [
        (["H", "hadir", " v ", "√", "1", "Ya.", True], PRESENT),
        (["i", "Ijin"], EXCUSED),
        (["SAKIT"], SICK),
        (["A", "-", "0", "Tidak Hadir", "tanpa keterangan", False], ABSENT),
        (["", "  "], BLANK),
    ],
)
def test_every_spelling_of_a_code_means_the_same(spellings, code):
    cleaned = [clean_attendance([spelling]) for spelling in spellings]
    assert [one.values for one in cleaned] == [[code]] * len(spellings)
    assert not any(one.broken for one in cleaned)


def test_what_is_no_code_is_told_and_a_date_by_its_own_rule():
    cleaned = clean_attendance(["H", "mungkin", dt.date(2023, 10, 7)])
    assert cleaned.values == [PRESENT, None, None]
    assert cleaned.broken == [(1, "attendance_unknown"), (2, "attendance_became_date")]


def test_attendance_in_person_or_online():
    cleaned = clean_mode(["Luring", "zoom", "", "kadang"])
    assert cleaned.values == [True, False, None, None]
    assert cleaned.broken == [(3, "mode_unknown")]
