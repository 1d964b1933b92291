"""Rows that a template chooses: the same ones however they are asked for."""

from __future__ import annotations

import pytest

from analysis.errors import DesignError, ParameterError
from analysis.report.claims.selection import P_BELOW, RAW_P_BELOW, ResultRows, chosen, estimable


def test_a_choice_is_one_value_several_or_free(sample_results):
    assert len(chosen(sample_results, {"subject": "materi_1", "analysis": None})) == 1
    assert chosen(sample_results, {"subject": ["materi_2", "materi_1"]})["subject"].tolist() == ["materi_1", "materi_2"]
    assert len(chosen(sample_results, {"analysis": "reaction.items", "subject": "materi_1"})) == 0


def test_levels_choose_by_the_p_that_they_name(sample_results):
    adjusted = sample_results.assign(p_adjusted=[0.01, None, 0.2, 0.04])
    assert chosen(adjusted, {P_BELOW: "0.05"}).index.tolist() == [0, 3]
    assert chosen(adjusted, {RAW_P_BELOW: "0.05"})["subject"].tolist() == ["total"]


def test_a_column_that_does_not_exist_is_refused(sample_results):
    with pytest.raises(ParameterError, match="no column 'subjek'"):
        chosen(sample_results, {"subjek": "total"})


def test_rows_without_a_result_are_not_estimable_and_suppressed_ones_are(sample_results):
    marked = sample_results.assign(status=["not_estimable", "suppressed", "bounded", "estimated"])
    assert estimable(marked, "published.pairs")["subject"].tolist() == ["materi_2", "metode_1"]


@pytest.mark.parametrize("wanted", [{"analysis": "published.pairs"}, {"subject": ["total", "materi_1"]}, {}])
def test_rows_asked_again_are_those_of_the_table(sample_results, wanted):
    rows = ResultRows(sample_results)
    for _ in range(2):
        assert [row.name for row in rows.selected(wanted)] == chosen(sample_results, wanted).index.tolist()


def test_one_row_is_one_row_or_an_error_that_says_what_was_asked(sample_results):
    rows = ResultRows(sample_results)
    row = rows.single({"subject": "total"})
    assert rows.content_hash(row) == rows.content_hash(rows.single({"analysis": "reaction.items"}))
    with pytest.raises(DesignError, match="exactly one result with contrast = '7-5'; the results table has 3"):
        rows.single({"contrast": "7-5", "analysis": None})
