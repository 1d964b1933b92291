"""Tests: which attempt counts, and on which scale its points stand."""

from __future__ import annotations

import pytest

from analysis.study.province import AttemptRule
from tests.cleaning.participants import tables_by_code as by_code


@pytest.mark.parametrize(("attempt", "points"), [("first", 7), ("last", 2)])
def test_the_rule_for_attempts_decides_by_time_stamp(clean, attempt, points):
    header, first, *others = by_code.quiz_form()
    later = ["29/08/2023 10:00:00", "2 / 10", *first[2:]]
    cleaning, _ = clean({"pretes.xlsx": {"A": [header, later, first, *others]}}, attempts=AttemptRule(pretest=attempt))
    assert cleaning.tables["scores"]["pre_points"].iloc[0] == points


def test_tests_of_different_maxima_are_brought_to_one_scale_and_that_is_told(clean):
    """A pretest out of ten and a posttest out of twenty: their difference would be one of two scales."""
    out_of_twenty = ("14 / 20", "10 / 20", "12 / 20", "16 / 20", "18 / 20", "8 / 20")
    files = {"pretes.xlsx": {"A": by_code.quiz_form()}, "postes.xlsx": {"A": by_code.quiz_form(out_of_twenty)}}
    cleaning, problems = clean(files, test_maximum=None)
    scores = cleaning.tables["scores"]
    assert scores["pre_points"].tolist() == scores["post_points"].tolist() == [14, 10, 12, 16, 18, 8]
    told = [(one.file, one.column, one.value) for one in problems if one.rule == "score_rescaled"]
    assert told == [("pretes.xlsx", "Skor", "10 / 20")]


def test_a_declared_maximum_refuses_another_one(clean):
    cleaning, problems = clean({"postes.xlsx": {"A": by_code.quiz_form(("14 / 20", "10 / 20"))}}, test_maximum=10)
    assert cleaning.tables["scores"]["post_points"].isna().all()
    assert {one.rule for one in problems} >= {"score_maximum_differs"}
