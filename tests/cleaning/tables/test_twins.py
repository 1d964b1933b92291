"""The same list sent twice: pointed out, and nobody counts twice."""

from __future__ import annotations

import pytest

from analysis.study.province import AttemptRule
from tests.cleaning.participants import tables_by_code as by_code

TABLES = {"peserta": by_code.attendance(), "pretes": by_code.quiz_form(), "evaluasi": by_code.evaluation()}


@pytest.mark.parametrize("name", TABLES)
def test_two_files_that_share_most_rows_are_pointed_out(clean, name):
    rows = TABLES[name]
    renumbered = [rows[0], *[[number + 50, *row[1:]] for number, row in enumerate(rows[1:])]]
    again = rows if rows[0][0] != "No" else renumbered  # a running number tells no copy
    _, problems = clean({f"{name}.xlsx": {"A": rows}, f"{name} (1).xlsx": {"B": again}})
    told = [(one.severity, one.file, one.sheet, one.value) for one in problems if one.rule == "file_twin"]
    different = len({tuple(map(str, row[1:])) for row in rows[1:]})
    shown = f"{different} of {different} different rows stand in {name}.xlsx, A too"
    assert told == [("doubt", f"{name} (1).xlsx", "B", shown)]


def test_half_a_copy_is_no_copy(clean):
    rows = by_code.quiz_form()
    other = [rows[0], *rows[1:4], *[["", "1 / 10", f"Orang Lain {number}", "", "Jauh"] for number in range(3)]]
    _, problems = clean({"pretes.xlsx": {"A": rows}, "pretes b.xlsx": {"A": other}})
    assert "file_twin" not in {one.rule for one in problems}


def test_a_person_of_two_lists_counts_once_and_differences_are_asked_about(clean):
    rows = by_code.attendance()
    other = by_code.spoiled(rows, 9, "A", row=3)
    cleaning, problems = clean({"a.xlsx": {"A": rows}, "b.xlsx": {"B": other}})
    assert len(cleaning.tables["participants"]) == 6
    assert [account.rows_kept for account in cleaning.accounts] == [6, 0]
    assert cleaning.accounts[1].dropped["person_twice"] == 6
    doubts = [(one.file, one.cell, one.value) for one in problems if one.rule == "person_twice_differs"]
    assert doubts == [("b.xlsx", "A4", "differs in days_attended; compare with a.xlsx, A, A4")]
    notes = [(one.file, one.cell, one.value) for one in problems if one.severity == "note"]
    assert notes == [("b.xlsx", "A2", "5 rows; compare with a.xlsx, A")]


@pytest.mark.parametrize("attempt", ["first", "last"])
def test_a_copied_test_gives_one_note_whichever_attempt_counts(clean, attempt):
    rows = by_code.quiz_form()
    cleaning, problems = clean(
        {"pretes.xlsx": {"A": rows}, "pretes (1).xlsx": {"A": rows}}, attempts=AttemptRule(pretest=attempt)
    )
    copy, original = "pretes (1).xlsx", "pretes.xlsx"
    here, there = (copy, original) if attempt == "first" else (original, copy)
    people = len(cleaning.tables["scores"])
    notes = [(one.rule, one.file, one.value) for one in problems if one.rule in ("rows_of_twin", "attempt_repeated")]
    assert notes == [("rows_of_twin", here, f"{people} rows; compare with {there}, A")]


def test_a_few_people_of_another_list_are_told_one_by_one(clean):
    rows = by_code.attendance()
    other = [
        rows[0],
        *rows[1:3],
        *[[9, f"Orang Lain {number}", f"180503150180000{number}", *rows[3][3:]] for number in range(4)],
    ]
    _, problems = clean({"a.xlsx": {"A": rows}, "b.xlsx": {"B": other}})
    rules = [one.rule for one in problems]
    assert "rows_of_twin" not in rules
    assert rules.count("person_twice") == 2


def test_two_lists_that_complete_each_other_are_no_repetition(clean):
    rows = by_code.attendance()
    who = [row[:9] for row in rows]
    days = [[row[1], row[2], *row[9:11]] for row in rows]
    cleaning, problems = clean({"registrasi.xlsx": {"A": who}, "hadir.xlsx": {"A": days}})
    people = cleaning.tables["participants"]
    assert people[["role", "days_attended"]].notna().all(axis=None)
    assert [account.rows_kept for account in cleaning.accounts] == [6, 6]
    assert [one for one in problems if one.rule.startswith("person_")] == []
