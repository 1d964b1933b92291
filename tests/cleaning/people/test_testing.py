"""Scores that are no scores: zeros for blanks, and numbers that are no person's."""

from __future__ import annotations

import pytest

from analysis.study.province import AttemptRule
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.people.small_studies import clean_files, pairs, told


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


def _scores(post: list[object], number=lambda place: f"P{place}"):
    rows = [["No Peserta", "Kelas", "Pretes", "Postes"]]
    return {"tes.csv": rows + [[number(n), "AB"[n % 2], 3 + n % 5, value] for n, value in enumerate(post)]}


def test_a_column_of_zeros_is_blanks_that_were_filled():
    cleaned = clean_files(_scores([8, 9, 7, *[0] * 9]), batches=["5"])
    assert told(cleaned) == [("score_column_of_zeros", "9 of 12 rows")]
    assert len(pairs(cleaned)) == 3


def test_zeros_that_stand_out_are_told_and_kept():
    cleaned = clean_files(_scores([*[7, 8, 9] * 5, *[0] * 5]), batches=["5"])
    assert told(cleaned) == [("scores_of_zero", "5 of 20 rows")]
    assert len(pairs(cleaned)) == 20


@pytest.mark.parametrize("post", [[0, 0, 7, 8], [*range(11)] * 2, [0, 1, 2, 1, 0, 2, 3, 1, 0, 0, 0, 4]])
def test_zeros_that_belong_to_a_hard_test_are_no_doubt(post):
    assert told(clean_files(_scores(post), batches=["5"])) == []


def test_a_number_that_repeats_as_no_class_repeats_its_people_is_one_error():
    cleaned = clean_files(_scores([5] * 60, lambda place: f"S{place % 4}"), batches=["5"])
    assert told(cleaned)[0] == ("number_of_no_person", "60 rows; 4 different")
    assert len(cleaned.problems) < 5
    assert len(pairs(cleaned)) == 60


def test_a_few_attempts_of_each_are_attempts():
    rows = [["No Peserta", "Nilai"], *[[f"P{n % 20}", n % 7] for n in range(60)]]
    cleaned = clean_files({"pretest.csv": rows}, batches=["5"])
    assert len(cleaned.tables["scores"]) == 20
    assert told(cleaned, "number_of_no_person") == []
