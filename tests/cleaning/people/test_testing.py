"""Scores that are no scores: zeros for blanks, and numbers that are no person's."""

from __future__ import annotations

import pytest

from tests.cleaning.people.small_studies import clean, pairs, told


def _scores(post: list[object], number=lambda place: f"P{place}"):
    rows = [["No Peserta", "Kelas", "Pretes", "Postes"]]
    return {"tes.csv": rows + [[number(n), "AB"[n % 2], 3 + n % 5, value] for n, value in enumerate(post)]}


def test_a_column_of_zeros_is_blanks_that_were_filled():
    cleaned = clean(_scores([8, 9, 7, *[0] * 9]), batches=["5"])
    assert told(cleaned) == [("score_column_of_zeros", "9 of 12 rows")]
    assert len(pairs(cleaned)) == 3


def test_zeros_that_stand_out_are_told_and_kept():
    cleaned = clean(_scores([*[7, 8, 9] * 5, *[0] * 5]), batches=["5"])
    assert told(cleaned) == [("scores_of_zero", "5 of 20 rows")]
    assert len(pairs(cleaned)) == 20


@pytest.mark.parametrize("post", [[0, 0, 7, 8], [*range(11)] * 2, [0, 1, 2, 1, 0, 2, 3, 1, 0, 0, 0, 4]])
def test_zeros_that_belong_to_a_hard_test_are_no_doubt(post):
    assert told(clean(_scores(post), batches=["5"])) == []


def test_a_number_that_repeats_as_no_class_repeats_its_people_is_one_error():
    cleaned = clean(_scores([5] * 60, lambda place: f"S{place % 4}"), batches=["5"])
    assert told(cleaned)[0] == ("number_of_no_person", "60 rows; 4 different")
    assert len(cleaned.problems) < 5
    assert len(pairs(cleaned)) == 60


def test_a_few_attempts_of_each_are_attempts():
    rows = [["No Peserta", "Nilai"], *[[f"P{n % 20}", n % 7] for n in range(60)]]
    cleaned = clean({"pretest.csv": rows}, batches=["5"])
    assert len(cleaned.tables["scores"]) == 20
    assert told(cleaned, "number_of_no_person") == []
