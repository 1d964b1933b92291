"""A number reads alike whichever mark a table uses for decimals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.cells.numbers import decide_decimal_mark, read_number


@given(st.decimals(0, 1000, places=2))
def test_a_number_reads_alike_with_either_mark(number):
    comma, point = str(number).replace(".", ","), str(number)
    assert read_number(comma, decide_decimal_mark([comma]).mark) == (float(number), None)
    assert read_number(point, decide_decimal_mark([point]).mark) == (float(number), None)
