"""What a header means: known spellings, those of the province, and what must be asked."""

from __future__ import annotations

import pytest

from tests.cleaning.participants import tables_by_code as by_code


def test_own_spellings_and_files_of_the_province_count(clean):
    header, *people = by_code.quiz_form()
    header[1] = "Angka Mutu"
    files = {"rekap.xlsx": {"Lembar": [header, *people]}}
    _, problems = clean(files)
    assert "score" not in {problem.column for problem in problems}
    cleaning, _ = clean(files, columns={"Angka Mutu": "score"}, files={"rekap.xlsx": "postes"})
    assert cleaning.tables["scores"]["post_points"].tolist() == [7, 5, 6, 8, 9, 4]


def test_a_header_that_may_mean_several_things_is_asked_about_with_what_it_may_mean(clean):
    header, *people = by_code.quiz_form()
    header[1] = "Nilai Akhir"
    cleaning, problems = clean({"postes.xlsx": {"A": [header, *people]}})
    asked = [(one.cell, one.column, one.value) for one in problems if one.rule == "meaning_ambiguous"]
    assert asked == [("B1", "Nilai Akhir", "post_score / score")]
    assert len(cleaning.tables["scores"]) == 0


@pytest.mark.parametrize(("label", "rule"), [("Kabupatn", "column_similar"), ("Desa", "meaning_twice")])
def test_a_doubtful_header_is_asked_about(clean, label, rule):
    rows = [[*row, "x"] for row in by_code.attendance()]
    rows[0][-1] = label
    _, problems = clean({"peserta.xlsx": {"A": rows}})
    assert [(problem.cell, problem.column) for problem in problems if problem.rule == rule] == [("M1", label)]


def test_an_lms_export_in_indonesian_is_read(clean):
    header = ["Nama akhir", "Nama depan", "Alamat surel", "Status", "Dimulai", "Selesai", "Nilai/10,00", "S. 1/1,00"]
    citra = ["Lestari", "Citra", "citra@contoh.id", "Selesai mengerjakan"]
    rows = [
        [*citra, "13 Agustus 2023 09:00", "13 Agustus 2023 09:30", "7,50", "1,00"],
        [*citra, "13 Agustus 2023 11:00", "13 Agustus 2023 11:30", "9,00", "1,00"],
        ["Hartono", "Budi", "budi@contoh.id", "Sedang dikerjakan", "13 Agustus 2023 09:00", "-", "-", "-"],
        ["Overall average", "", "", "", "", "", "8,25", "1,00"],
    ]  # fmt: skip
    cleaning, problems = clean({"Kuis Pretes.xlsx": {"Kuis": [header, *rows]}})
    assert cleaning.tables["scores"]["pre_points"].tolist() == [7.5]
    assert cleaning.accounts[0].dropped["attempt_unfinished"] == 1
    assert {problem.rule for problem in problems} >= {"attempt_repeated", "attempt_unfinished", "total_row"}
