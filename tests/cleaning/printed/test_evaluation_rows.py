"""Printed totals: explained by rounding, by unequal batches, or by nothing."""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.cells.printed import printed_mean
from analysis.cleaning.printed.evaluation_rows import TotalCheck, check_total


def check(total: str, *parts: str) -> TotalCheck:
    return check_total(printed_mean(total), [printed_mean(part) for part in parts])


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        ("4,17", ("3,89", "4,18", "4,46"), "explained"),
        ("4,18", ("3,89", "4,18", "4,46"), "explained"),
        ("4,19", ("3,89", "4,18", "4,46"), "unexplained"),
        ("4,47", ("3,89", "4,18", "4,46"), "unexplained"),
        ("4,49", ("3,89", "4,18", "4,46"), "impossible"),
        ("3,80", ("3,89", "4,18", "4,46"), "impossible"),
        ("4,2", ("3,89", "4,18", "4,46"), "explained"),
    ],
)
def test_verdict(total, parts, verdict):
    assert check(total, *parts) == verdict


ROUNDINGS = [ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_DOWN]
UNROUNDED = st.decimals("1", "5", places=5)


@given(st.lists(UNROUNDED, min_size=1, max_size=6), st.sampled_from(ROUNDINGS))
def test_a_mean_rounded_under_one_rule_is_always_explained(parts, rounding):
    unit = Decimal("0.01")
    total = (sum(parts) / len(parts)).quantize(unit, rounding)
    printed = [str(part.quantize(unit, rounding)) for part in parts]
    assert check(str(total), *printed) is TotalCheck.EXPLAINED


@given(st.lists(st.tuples(UNROUNDED, st.integers(1, 300)), min_size=1, max_size=6), st.sampled_from(ROUNDINGS))
def test_a_weighted_mean_is_never_impossible(parts, rounding):
    unit = Decimal("0.01")
    total = sum(mean * n for mean, n in parts) / sum(n for _, n in parts)
    printed = [str(mean.quantize(unit, rounding)) for mean, _ in parts]
    assert check(str(total.quantize(unit, rounding)), *printed) is not TotalCheck.IMPOSSIBLE
