"""Rows of the results table: the contract's columns, and back to what they were."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.evaluation.outcome import RESULT_COLUMNS, Row, StudyIdentity, outcome, results_frame, rows_of
from analysis.stats.codes import EstimateName, Method, Reason, Status, Unit, Verdict
from analysis.stats.result import Estimate

IDENTITY = StudyIdentity("contoh", "Provinsi Contoh", "kerja_sama_desa", 2024, True)
NUMBERS = st.none() | st.floats(-5, 5)


@st.composite
def rows(draw):
    estimate = Estimate(
        estimate_name=EstimateName.MEAN_DIFFERENCE,
        unit=Unit.SCALE_POINTS,
        method=Method.WELCH_T_BOUNDS,
        status=draw(st.sampled_from(Status)),
        estimate=draw(NUMBERS),
        p_low=draw(NUMBERS),
        n=draw(st.none() | st.integers(0, 10**6)),
        verdict=draw(st.none() | st.sampled_from(Verdict)),
        reason=draw(st.none() | st.sampled_from(Reason)),
    )
    return Row(
        "published.pairs", draw(st.sampled_from(["total", "materi_1"])), draw(st.none() | st.just("7-5")), estimate
    )


@given(st.lists(rows(), max_size=5))
def test_rows_come_back_from_the_table_as_they_were(given_rows):
    frame = results_frame(IDENTITY, given_rows)
    assert tuple(frame.columns) == RESULT_COLUMNS
    assert rows_of(frame) == given_rows


@given(st.lists(rows(), max_size=3))
def test_types_of_columns_do_not_depend_on_what_stands_in_them(given_rows):
    pd.testing.assert_series_equal(results_frame(IDENTITY, given_rows).dtypes, results_frame(IDENTITY, []).dtypes)


def test_a_supporting_table_that_an_answer_lacks_is_empty():
    answer = outcome(IDENTITY, [], {"counts": pd.DataFrame({"people": [3]})})
    assert answer.detail("counts")["people"].tolist() == [3]
    assert answer.detail("curve").empty
