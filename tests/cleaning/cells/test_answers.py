"""An answer is a step of the scale or it is missing and told."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings

from analysis.cleaning.cells.answers import clean_answers
from analysis.study.instrument import load_instrument
from tests.cleaning.any_cell import CELLS


@given(CELLS)
@settings(deadline=None)
def test_an_answer_is_a_step_of_the_scale_or_missing(cell):
    value = "TRUE" if cell is True else "FALSE" if cell is False else cell
    cleaned = clean_answers([value], load_instrument())
    answer = cleaned.values[0]
    assert answer is None or answer in (1, 2, 3, 4, 5)
    if isinstance(value, dt.date):
        assert cleaned.broken == [(0, "answer_became_date")]
