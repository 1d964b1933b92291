"""What the rows of a table have in common, and which rows break it."""

from __future__ import annotations

import pytest

from analysis.cleaning.tables.pattern import Layout, as_number, pattern_of

PEOPLE = [[number, f"Orang {number}", "Satu", "Kades", 60 + number, 70 + number] for number in range(1, 11)]
WHO = Layout(columns=(0, 1, 2, 3, 4, 5), number=0, identity=(1, 2))
FORMS = [[number, *[3 + (number + item) % 3 for item in range(6)]] for number in range(1, 11)]
FORM = Layout(columns=tuple(range(7)), number=0)


@pytest.mark.parametrize(
    ("row", "fits"),
    [
        ([11, "Orang 11", "Dua", "Kades", 61, 71], True),
        (["", "Orang 11", "Dua", "Kades", 61, 71], True),
        ([11, "Orang 11", "", "", "", ""], True),
        ([11, "", "", "", "", ""], False),
        (["", "Orang 11", "", "", "", ""], False),
        (["", "Orang 11", "Dua", "", "", ""], True),
        (["Jumlah", "", "", "", 650, 750], False),
        (["", "", "", "", 650, 750], False),
        (["", "", "", "Kades", 61, 71], False),
        (["", "", "", "", "", ""], False),
    ],
)
def test_rows_of_people(row, fits):
    pattern = pattern_of(PEOPLE, WHO)
    assert pattern is not None
    assert pattern.fits(row) is fits


@pytest.mark.parametrize(
    ("row", "fits"),
    [
        ([11, 3, 4, 5, 4, 3, 4], True),
        (["", 3, 4, 5, 4, 3, 4], True),
        ([11, 2, 4, 5, 4, 3, 1], True),
        (["", 30, 40, 41, 38, 39, 40], False),
        (["", "3,9", "4,0", "4,1", "3,8", "3,7", "4,2"], False),
        (["", 0, 0, 0, 0, 0, 0], False),
        (["", 8, 8, 8, 8, 8, 8], False),
        (["Baik", 3, 4, 5, 4, 3, 4], False),
        ([11, 3, 4, "", "", "", ""], False),
        ([11, 3, 4, 5, "", "", ""], True),
        ([11, 3, 40, 50, 4, 3, 4], True),
        ([11, 3, 40, 50, 60, 70, 4], False),
    ],
)
def test_rows_of_forms(row, fits):
    pattern = pattern_of(FORMS, FORM)
    assert pattern is not None
    assert pattern.fits(row) is fits


def test_a_form_that_was_sent_is_data_however_little_it_holds():
    rows = [[f"0{number}/03/2024 10:00", f"Orang {number}", "Satu", 60] for number in range(1, 7)]
    pattern = pattern_of(rows, Layout(columns=(0, 1, 2, 3), identity=(1, 2), stamp=0))
    assert pattern is not None
    assert pattern.fits(["07/03/2024 10:00", "", "", ""])
    assert not pattern.fits(["Overall average", "", "", 60])
    assert not pattern.fits(["", "", "", 60])


def test_the_pattern_ends_where_running_numbers_end():
    below = [["Sangat baik", 9, 9, 9, 9, 9, 9], ["Baik", 1, 1, 1, 1, 1, 1]] * 10
    pattern = pattern_of([*FORMS, *below], Layout(columns=tuple(range(7))))
    assert pattern is not None
    assert pattern.number == 0
    assert all(not pattern.fits(row) for row in below)
    assert all(pattern.fits(row) for row in FORMS)


def test_a_single_row_tells_no_pattern():
    assert pattern_of(FORMS[:1], FORM) is None
    assert pattern_of(FORMS[:2], FORM) is not None


@pytest.mark.parametrize(
    ("value", "number"),
    [(4, 4.0), ("4", 4.0), ("4,5", 4.5), ("4.5", 4.5), ("98,8%", 98.8), ("1.234,5", 12345.0), (True, None), ("x", None),
     ("", None), ("4 / 5", None), ("-3", -3.0)],
)  # fmt: skip
def test_numbers_as_sources_write_them(value, number):
    assert as_number(value) == number
