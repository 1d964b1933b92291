"""Number formats: what a code shows, and which code the cells of a column have, in each format of workbook."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.reading.formats import column_codes, is_percent, shown_by, shown_text
from tests.cleaning.reading.workbooks import WRITERS


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (4.0, "0.00", "4,00"),
        (4.185, "0.00", "4,19"),  # half up at 15 digits, as a spreadsheet shows it, though the double lies below
        (3.8854166667, "0.0", "3,9"),
        (4.0, "0", "4"),
        (4.0, "#,##0.00", "4,00"),
        (61.4, "0.0000", "61,4000"),
        (-1.5, "0.00;[Red]-0.00", "-1,50"),
        (4.0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "4,00"),
        (4.0, '[$-421]0.00" poin"', "4,00"),
        (0.984, "0.0%", "98,4%"),
        (0.6, "0%", "60%"),
        (98.4, '0.0"%"', "98,4%"),
        (0.5, "[Blue]0%", "50%"),
        (0.005, "0.00%", "0,50%"),
    ],
)
def test_a_number_is_shown_as_its_cell_shows_it(value, code, text):
    assert shown_text(value, code) == text


@pytest.mark.parametrize(
    "code", ["General", "@", "0.##", "0.0#", "dd/mm/yyyy", "h:mm", "0.00E+00", "# ?/?", "[>=1]0.0;0.00", "0,", "", "%"]
)
def test_a_format_that_does_not_fix_the_decimals_tells_nothing(code):
    assert shown_by(code) is None
    assert shown_text(4.0, code) is None


@pytest.mark.parametrize(("code", "is_one"), [("0%", True), ('0"%"', True), ("%", True), ("0.00", False), ("@", False)])
def test_percents_are_told_by_their_sign(code, is_one):
    assert is_percent(code) is is_one


@given(st.integers(-(10**6), 10**6), st.integers(0, 6))
def test_every_printed_number_is_shown_as_it_was_printed(units, decimals):
    printed = Decimal(units).scaleb(-decimals)
    code = "0" + ("." + "0" * decimals if decimals else "")
    assert shown_text(float(printed), code) == f"{printed:f}".replace(".", ",")


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_rounding_is_that_of_spreadsheets(value, decimals):
    code = "0" + ("." + "0" * decimals if decimals else "")
    exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert Decimal(shown_text(value, code).replace(",", ".")) == exact


ROWS = [
    [("Indikator", "General"), ("Batch-5", "General"), ("Persen", "General")],
    [("Ruang", "General"), (4.0, "0.00"), (0.984, "0.0%")],
    [("Makan", "General"), (3.89, "General"), (0.6, "0%")],
    [("Tempat", "General"), (61.25, "0.0"), (7.0, "General")],
]


@pytest.mark.parametrize("writer", WRITERS)
def test_the_codes_of_a_column_are_found_in_every_format(tmp_path, writer):
    name, write = WRITERS[writer]
    path = write(tmp_path / name, ROWS)
    assert column_codes(path, "Data", 0, "") == {}
    assert column_codes(path, "Data", 1, "") == {1: "0.00", 3: "0.0"}
    assert column_codes(path, "Data", 2, "") == {1: "0.0%", 2: "0%"}
    assert column_codes(path, "Data", 1, "%") == {}
    assert column_codes(path, "Data", 2, "%") == {1: "0.0%", 2: "0%"}
    assert column_codes(path, "Lain", 1, "") == {}


def test_cells_packed_in_a_row_of_an_xls_file_are_found(tmp_path):
    """Whole numbers side by side are stored as one record."""
    name, write = WRITERS["xlwt"]
    path = write(tmp_path / name, [[(number, f"0.{'0' * number}") for number in range(1, 6)]] * 3)
    assert column_codes(path, "Data", 3, "") == dict.fromkeys(range(3), "0.0000")


@pytest.mark.parametrize(
    "content", [b"", b"Nama;NIK\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_a_file_without_formats_has_none(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert column_codes(tmp_path / "a.xlsx", "Data", 0, "") == {}
