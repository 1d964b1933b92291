"""A sheet knows where each of its cells stood in the file."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.reading.sheet import Sheet, cell_text, column_letters, place_of

PLACES = st.integers(0, 20_000)


@given(PLACES, PLACES, PLACES, PLACES)
def test_an_address_leads_back_to_its_cell_wherever_the_rows_begin(row, column, first_row, first_column):
    sheet = Sheet("a.xlsx", "A", [[""]], first_row=first_row, first_column=first_column)
    address = sheet.address(row, column)
    assert sheet.place(address) == (row, column)
    assert place_of(address) == (first_row + row, first_column + column)


def test_letters_of_columns_go_on_after_z():
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize("text", ["", "17", "F", "f1", "A1:B2", "baris 3"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match="is no cell address"):
        place_of(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"), (7.5, "7.5"), (True, "TRUE"), ("  dua   kata\n", "dua kata"), (dt.date(2024, 2, 1), "2024-02-01"),
        (dt.datetime(2024, 2, 1, 8), "2024-02-01 08:00:00"), ("", ""), (1802051234567890, "1802051234567890"),
    ],
)  # fmt: skip
def test_a_cell_as_text(value, text):
    assert cell_text(value) == text
