"""Who is who: numbers, names and doubts; nothing depends on the key."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.people.one_study import FILES


def test_attendance_and_both_tests_meet_in_one_person_each(clean):
    cleaning, _ = clean(FILES)
    participants, scores = cleaning.tables["participants"], cleaning.tables["scores"]
    assert participants["participant_id"].is_unique
    assert set(scores["participant_id"]) == set(participants["participant_id"])
    assert scores["pre_points"].tolist() == [7, 5, 6, 8, 9, 4]
    assert participants["days_attended"].tolist() == [2] * 6


def test_two_keys_give_the_same_results_under_other_codes(clean):
    one, told = clean(FILES)
    other, told_again = clean(FILES, key=bytes(range(1, 33)))
    assert told == told_again
    for name, table in one.tables.items():
        codes = [column for column in ("participant_id", "village") if column in table]
        pd.testing.assert_frame_equal(table.drop(columns=codes), other.tables[name].drop(columns=codes))
        assert not set(table["participant_id"]) & set(other.tables[name]["participant_id"])


def test_no_name_or_number_stands_in_a_table(clean):
    cleaning, _ = clean(FILES)
    written = " ".join(table.to_csv() for table in cleaning.tables.values()).casefold()
    for secret in (*by_code.NAMES, *map(by_code.nik, range(6)), "08123456789", "suka a"):
        assert secret.casefold() not in written


def test_a_row_without_number_is_found_by_name_and_village(clean):
    form = by_code.spoiled(by_code.quiz_form(), 3, "")
    cleaning, problems = clean({**FILES, "pretes.xlsx": {"A": form}})
    assert cleaning.tables["scores"]["pre_points"].notna().all()
    assert [problem for problem in problems if problem.severity != "note"] == []


@pytest.mark.parametrize(("day", "rule"), [("H", "person_twice"), ("A", "person_twice_differs")])
def test_a_person_listed_twice_counts_once(clean, day, rule):
    rows = by_code.attendance()
    again = [*rows[1]]
    again[9] = day
    cleaning, problems = clean({"peserta.xlsx": {"A": [*rows, again]}})
    assert len(cleaning.tables["participants"]) == 6
    assert cleaning.accounts[0].dropped["person_twice"] == 1
    assert [(one.rule, one.cell) for one in problems if one.rule.startswith("person_")] == [(rule, "A8")]
