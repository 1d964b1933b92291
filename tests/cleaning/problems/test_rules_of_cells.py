"""One spoiled cell each: exactly its rule is told, at its address, and the value never gets through."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.cleaning.problems.problem import Severity
from tests.cleaning.participants import tables_by_code as by_code

TODAY = dt.date(2023, 10, 7)

# table, column (0 = A), value, rule
CASES = [
    ("peserta", 2, 1802051234567890, "nik_damaged"),
    ("peserta", 2, "1,80205E+15", "nik_damaged"),
    ("peserta", 2, "18020512345678", "nik_malformed"),
    ("peserta", 2, "tidak hafal", "nik_malformed"),
    ("peserta", 3, "X", "sex_unknown"),
    ("peserta", 3, "L/P", "sex_unknown"),
    ("peserta", 3, 1, "sex_unknown"),
    ("peserta", 4, "Bendahara Umum", "role_unknown"),
    ("peserta", 4, "Lurah", "role_unknown"),
    ("peserta", 4, "", "role_blank"),
    ("peserta", 5, "", "village_blank"),
    ("peserta", 5, 17, "village_unreadable"),
    ("peserta", 7, "Kab. Tangamus", "regency_unknown"),
    ("peserta", 7, "Kabupaten Bogor", "regency_unknown"),
    ("peserta", 7, "=Tanggamus", None),
    ("peserta", 8, "9", "batch_unknown"),
    ("peserta", 8, "Angkatan pagi", "batch_unknown"),
    ("peserta", 9, "hadirr", "attendance_unknown"),
    ("peserta", 9, "x", "attendance_unknown"),
    ("peserta", 9, 2, "attendance_unknown"),
    ("peserta", 9, "", "attendance_blank"),
    ("peserta", 9, TODAY, "attendance_became_date"),
    ("pretes", 1, "tujuh", "score_unreadable"),
    ("pretes", 1, "7 / sepuluh", "score_unreadable"),
    ("pretes", 1, "#", "score_unreadable"),
    ("pretes", 1, TODAY, "score_became_date"),
    ("pretes", 1, "7-Okt", "score_became_date"),
    ("pretes", 1, "Oct-07", "score_became_date"),
    ("pretes", 1, "11 / 10", "score_above_maximum"),
    ("pretes", 1, 45206, "score_above_maximum"),
    ("pretes", 1, -1, "score_negative"),
    ("pretes", 1, "70 / 100", "score_maximum_differs"),
    ("pretes", 1, "7.125", "decimal_undecided"),
    ("pretes", 1, "-", "score_not_graded"),
    ("pretes", 1, "tidak ikut", "score_not_graded"),
    ("pretes", 1, True, "score_unreadable"),
    ("pretes", 0, "31/02/2023 10:00:00", "date_impossible"),
    ("pretes", 0, "kemarin", "date_unreadable"),
    ("pretes", 0, 45206, "date_unreadable"),
    ("evaluasi", 4, 0, "answer_out_of_scale"),
    ("evaluasi", 4, 6, "answer_out_of_scale"),
    ("evaluasi", 4, "55", "answer_out_of_scale"),
    ("evaluasi", 4, -3, "answer_out_of_scale"),
    ("evaluasi", 4, "4,5", "answer_between"),
    ("evaluasi", 4, 4.5, "answer_between"),
    ("evaluasi", 4, "3-4", "answer_several"),
    ("evaluasi", 4, "3 dan 4", "answer_several"),
    ("evaluasi", 4, TODAY, "answer_became_date"),
    ("evaluasi", 4, "5 (baik)", "answer_contradicts"),
    ("evaluasi", 4, "lumayan", "answer_unreadable"),
    ("evaluasi", 4, "v", "answer_unreadable"),
    ("evaluasi", 4, True, "answer_unreadable"),
    ("tindak_lanjut", 4, "Studi banding", "plan_kind_unknown"),
    ("tindak_lanjut", 5, "30/02/2024", "date_impossible"),
    ("tindak_lanjut", 5, "03/04/2024", "date_order_assumed"),
    ("tindak_lanjut", 6, "mungkin", "status_unknown"),
    ("tindak_lanjut", 8, "hubungi 0812-3456-7890", "personal_text_masked"),
]

TABLES = {
    "peserta": by_code.attendance,
    "pretes": by_code.quiz_form,
    "evaluasi": by_code.evaluation,
    "tindak_lanjut": by_code.followup,
}
QUIET = {"columns_unused", "batch_not_named"}  # the pretest alone names no batch


@pytest.mark.parametrize(("table", "column", "value", "rule"), CASES)
def test_a_spoiled_cell_is_told_with_its_address(clean, table, column, value, rule):
    row = 1 if table == "tindak_lanjut" else 2
    cleaning, problems = clean({f"{table}.xlsx": {"Lembar": by_code.spoiled(TABLES[table](), column, value, row)}})
    told = [(problem.rule, problem.cell) for problem in problems if problem.rule not in QUIET]
    expected = {(rule, f"{'ABCDEFGHIJKL'[column]}{row + 1}")} if rule else set()
    if value == "=Tanggamus":
        expected = set()
        assert told == []
        assert cleaning.tables["participants"]["regency"].eq("Tanggamus").all()
    assert set(told) == expected
    for account in cleaning.accounts:
        assert account.rows_in == account.rows_kept + sum(account.dropped.values())


@pytest.mark.parametrize(("table", "column", "value", "rule"), [case for case in CASES if case[0] == "peserta"])
def test_numbers_and_names_are_shown_by_their_shape(clean, table, column, value, rule):
    _, problems = clean({"peserta.xlsx": {"Lembar": by_code.spoiled(by_code.attendance(), column, value)}})
    shown = " ".join(f"{problem.value} {problem.done} {problem.remedy}" for problem in problems)
    for secret in (*by_code.NAMES, by_code.nik(1), "08123456789", "1802051234567890", "18020512345678"):
        assert secret not in shown


@pytest.mark.parametrize("table", TABLES)
def test_a_faultless_table_has_no_problem(clean, table):
    _, problems = clean({f"{table}.xlsx": {"Lembar": TABLES[table]()}})
    assert [one for one in problems if one.severity != Severity.NOTE and one.rule not in QUIET] == []
