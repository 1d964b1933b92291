"""Which sums a printed mean admits, against decimal arithmetic over every sum."""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ParameterError
from analysis.stats.published.rounding import (
    Printed,
    RoundingRule,
    admitted_sums,
    parse_printed,
    printed_arrays,
)

DECIMAL_RULES = {
    RoundingRule.HALF_UP: ROUND_HALF_UP,
    RoundingRule.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingRule.HALF_DOWN: ROUND_HALF_DOWN,
    RoundingRule.CUT_OFF: ROUND_DOWN,
}


def printed_units(total: int, n: int, decimals: int, rule: RoundingRule) -> int:
    """Round total / n as an office program with this rule would print it."""
    if rule is RoundingRule.BINARY_FLOAT:
        return int(Decimal(format(total / n, f".{decimals}f")).scaleb(decimals))
    scaled = Fraction(total * 10**decimals, n)
    whole, rest = divmod(scaled, 1)
    tie_safe = Decimal(whole.numerator) + (
        Decimal("0.5") if rest == Fraction(1, 2) else Decimal("0.25") if rest < Fraction(1, 2) and rest else
        Decimal("0.75") if rest else Decimal(0)
    )  # fmt: skip
    return int(tie_safe.quantize(Decimal(1), DECIMAL_RULES[rule]))


@pytest.mark.parametrize("rule", RoundingRule)
@pytest.mark.parametrize("n", [1, 7, 8, 32, 96, 200])
def test_admitted_sums_are_exactly_the_sums_that_print_the_mean(rule, n):
    sums_by_print: dict[int, list[int]] = {}
    for total in range(n, 5 * n + 1):
        sums_by_print.setdefault(printed_units(total, n, 2, rule), []).append(total)
    values = np.arange(100, 501)
    first, last = admitted_sums(values, 2, np.int64(n), 1, 5, rule)
    for value, low, high in zip(values, first, last, strict=True):
        assert list(range(low, high + 1)) == sums_by_print.get(int(value), []), (
            value,
            rule,
        )


@given(st.integers(1, 300), st.data())
def test_the_true_sum_is_always_admitted(n, data):
    total = data.draw(st.integers(n, 5 * n))
    for rule in RoundingRule:
        first, last = admitted_sums(np.int64(printed_units(total, n, 2, rule)), 2, np.int64(n), 1, 5, rule)
        assert first <= total <= last


def test_a_mean_beyond_the_scale_admits_no_sum():
    first, last = admitted_sums(np.array([541, 90]), 2, np.int64(96), 1, 5, RoundingRule.HALF_UP)
    assert (first > last).all()


def test_no_answers_is_refused():
    with pytest.raises(ParameterError, match="n must be 1 or more"):
        admitted_sums(np.array([418]), 2, np.int64(0), 1, 5, RoundingRule.HALF_UP)


@pytest.mark.parametrize(
    ("text", "printed"),
    [("4,00", Printed(400, 2)), (" 63 ", Printed(63, 0)), ("98.4", Printed(984, 1))],
)
def test_parse_keeps_the_printed_decimals(text, printed):
    assert parse_printed(text) == printed
    assert parse_printed(text).value == float(text.strip().replace(",", "."))


@pytest.mark.parametrize("text", ["", "4,1,8", "baik", "-4,18", "4,", "4 18", "1e3"])
def test_what_is_no_printed_number_is_refused(text):
    with pytest.raises(ParameterError, match="not a printed number"):
        parse_printed(text)


def test_different_decimals_do_not_mix():
    with pytest.raises(ParameterError, match="different numbers of decimals"):
        printed_arrays([Printed(418, 2), Printed(42, 1)])


def test_intervals_of_the_unrounded_value():
    assert Printed(63, 0).interval(RoundingRule.HALF_UP) == (
        Fraction(125, 2),
        Fraction(127, 2),
    )
    assert Printed(63, 0).interval(RoundingRule.CUT_OFF) == (63, 64)
