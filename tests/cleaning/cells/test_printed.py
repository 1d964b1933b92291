"""Numbers as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.cells.printed import printed_count, printed_mean


@pytest.mark.parametrize(
    ("text", "value", "decimals", "is_percent"),
    [
        ("4,00", "4.00", 2, False),
        ("4.18", "4.18", 2, False),
        (" 63 ", "63", 0, False),
        ("98,8%", "98.8", 1, True),
        ("98,8 %", "98.8", 1, True),
        ("-1,5", "-1.5", 1, False),
    ],
)
def test_average(text, value, decimals, is_percent):
    printed = printed_mean(text)
    assert (printed.value, printed.decimals, printed.is_percent) == (Decimal(value), decimals, is_percent)
    assert printed.text == text.strip()


@pytest.mark.parametrize("text", ["", "-", "4,", "3-4", "4,1,8", "baik", "1.956,5", "4 18", "٤"])
def test_what_is_no_average(text):
    assert printed_mean(text) is None


@pytest.mark.parametrize(("text", "count"), [("72", 72), ("1.956", 1956), ("1,956", 1956), ("33 458", 33458), ("0", 0)])
def test_count(text, count):
    assert printed_count(text) == count


@pytest.mark.parametrize("text", ["", "1.95", "1,5", "-3", "1.956,0", "12 orang", "1.9567"])
def test_what_is_no_count(text):
    assert printed_count(text) is None


@given(st.integers(0, 10**9))
def test_counts_survive_printing_with_thousands_points(count):
    assert printed_count(f"{count:,}".replace(",", ".")) == count


@given(st.integers(0, 10**6), st.integers(0, 4))
def test_averages_survive_printing(units, decimals):
    value = Decimal(units).scaleb(-decimals)
    printed = printed_mean(f"{value:.{decimals}f}".replace(".", ","))
    assert (printed.value, printed.decimals) == (value, decimals)
    assert printed.half_unit * 2 == Decimal(1).scaleb(-decimals)
