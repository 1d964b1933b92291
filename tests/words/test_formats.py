import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ParameterError
from analysis.words.formats import FORMATS, Shape, print_value, read_number, read_value


@pytest.mark.parametrize(
    ("value", "name", "indonesian", "english"),
    [
        (4.387, "decimal2", "4,39", "4.39"),
        (1956, "count", "1.956", "1,956"),
        (2023, "plain", "2023", "2023"),
        (1956 / 1988, "percent1", "98,4%", "98.4%"),
        (0.21, "signed2", "+0,21", "+0.21"),
        (-0.21, "signed2", "\N{MINUS SIGN}0,21", "\N{MINUS SIGN}0.21"),
        (-0.001, "signed2", "0,00", "0.00"),
        (-1234.5, "decimal1", "\N{MINUS SIGN}1.234,5", "\N{MINUS SIGN}1,234.5"),
        (0.0196, "p", "p = 0,020", "p = 0.020"),
        (0.0196, "p_cell", "0,020", "0.020"),
        (0.00001, "p", "p < 0,001", "p < 0.001"),
        (0, "p_cell", "< 0,001", "< 0.001"),
        (1.0, "p", "p = 1,000", "p = 1.000"),
        (0.99999, "p", "p > 0,999", "p > 0.999"),
        ((0.41, 0.45), "range2", "0,41 sampai 0,45", "0.41 to 0.45"),
        ((0.412, 0.409 + 0.003), "range2", "0,41", "0.41"),
        ((0.41, 0.45), "percent_range0", "41% sampai 45%", "41% to 45%"),
        ((0.02, 0.2512), "p_range", "p 0,020 sampai 0,251", "p 0.020 to 0.251"),
        ((0.0, 0.0312), "p_range", "p \N{LESS-THAN OR EQUAL TO} 0,031", "p \N{LESS-THAN OR EQUAL TO} 0.031"),
        ((0.0, 0.0004), "p_range_cell", "< 0,001", "< 0.001"),
        (datetime.date(2023, 9, 14), "date", "14 September 2023", "14 September 2023"),
        ("2023-08-01", "date", "1 Agustus 2023", "1 August 2023"),
        (
            ("2023-09-12", "2023-09-15"),
            "date_range",
            "12\N{EN DASH}15 September 2023",
            "12\N{EN DASH}15 September 2023",
        ),
        (
            ("2023-05-30", "2023-06-02"),
            "date_range",
            "30 Mei \N{EN DASH} 2 Juni 2023",
            "30 May \N{EN DASH} 2 June 2023",
        ),
    ],
)
def test_values_print_as_each_language_writes_them(value, name, indonesian, english):
    assert print_value(value, name, "id") == indonesian
    assert print_value(value, name, "en") == english


def test_a_p_value_on_the_other_side_of_a_threshold_shows_its_side():
    assert print_value(0.0496, "p", "id") == "p = 0,0496"
    assert print_value(0.05, "p", "id") == "p = 0,050"
    assert print_value(0.04951, "p", "id") == "p = 0,0495"


@pytest.mark.parametrize("name", [name for name, made in FORMATS.items() if made.shape is Shape.P_VALUE])
@given(p=st.floats(0, 1))
def test_no_p_value_prints_as_zero_and_none_below_five_percent_as_five(name, p):
    printed = print_value(p, name, "id")
    assert "0,000" not in printed
    if "0,050" in printed.split():
        assert p == pytest.approx(0.05, abs=1e-9)


def test_half_rounds_up_as_a_spreadsheet_shows_it():
    assert print_value(4.385, "decimal2", "id") == "4,39"
    assert print_value(0.125, "decimal2", "id") == "0,13"
    assert print_value(4.0 + 0.385, "decimal2", "id") == print_value(4.385, "decimal2", "id")


@pytest.mark.parametrize(
    ("value", "name", "message"),
    [
        (float("nan"), "decimal2", "say in words"),
        (1.2, "p", "between 0 and 1"),
        (1, "range2", "pair"),
        ((2, 1), "range2", "above the upper limit"),
        (1, "decimal9", "no number format 'decimal9'"),
        ("14/9/2023", "date", "2023-09-14"),
        (True, "count", "prints a number"),
        (3, "none", "count of zero"),
    ],
)
def test_what_cannot_be_printed_is_refused_by_name(value, name, message):
    with pytest.raises(ParameterError, match=message):
        print_value(value, name, "id")


@given(number=st.floats(-1e6, 1e6), decimals=st.integers(1, 4), language=st.sampled_from(["id", "en"]))
def test_printed_numbers_read_back_at_their_precision(number, decimals, language):
    for name in (f"decimal{decimals}", f"signed{decimals}"):
        printed = print_value(number, name, language)
        assert read_value(printed, name, language) == pytest.approx(number, abs=0.5000001 * 10**-decimals)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("p = 0,020", "p", 0.02),
        ("p < 0,001", "p", 0.001),
        ("98,4%", "percent1", 0.984),
        ("0,41 sampai 0,45", "range2", (0.41, 0.45)),
        ("0,41", "range2", (0.41, 0.41)),
        ("p \N{LESS-THAN OR EQUAL TO} 0,031", "p_range", (0.0, 0.031)),
        ("\N{MINUS SIGN}1.234,5", "decimal1", -1234.5),
        ("Tidak satu pun", "none_first", 0.0),
    ],
)
def test_printed_values_read_back(text, name, value):
    assert read_value(text, name, "id") == pytest.approx(value)


@pytest.mark.parametrize("text", ["4.39,1", "1.95", "4,39 ", "4.387,", "abc", "--1"])
def test_text_that_the_language_does_not_write_is_no_number(text):
    with pytest.raises(ParameterError, match="not a number"):
        read_number(text + "x", "id")


def test_an_english_decimal_is_no_indonesian_number():
    with pytest.raises(ParameterError, match="not a number"):
        read_number("4.39", "id")


def test_a_count_of_zero_is_said_in_words():
    assert [print_value(0, name, "id") for name in ("none", "none_first")] == ["tidak satu pun", "Tidak satu pun"]
    assert print_value(0, "none_first", "en") == "None"
