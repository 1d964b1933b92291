"""Files that came twice are left out by their content; the same rows under contradicting names are an error."""

from __future__ import annotations

import pytest

from analysis.cleaning.reading.copies import plain_name, without_copies
from analysis.cleaning.reading.sheet import Sheet

ROWS = [["Nama", "Nilai"], ["Ani", "7"], ["Budi", "8"], ["Cici", "9"]]


def _sheet(file, rows=ROWS, name=None):
    return Sheet(file, name, [list(row) for row in rows])


def _left_out(*sheets):
    kept, copies, problems = without_copies(sheets)
    assert sorted([*(one.file for one in kept), *(one.file for one in copies)]) == sorted(one.file for one in sheets)
    return [one.file for one in copies], [(one.rule, one.file, one.value) for one in problems]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Evaluasi.xlsx", "evaluasi"),
        ("tes/Evaluasi (1).xlsx", "evaluasi"),
        ("Salinan dari Evaluasi.xlsx", "evaluasi"),
        ("Salinan Evaluasi (2).csv", "evaluasi"),
        ("Copy of Evaluasi.xlsx", "evaluasi"),
        ("Evaluasi - Copy.xlsx", "evaluasi"),
        ("Evaluasi - Copy (3).xlsx", "evaluasi"),
        ("Evaluasi_salinan.xlsx", "evaluasi"),
        ("Evaluasi batch 5.xlsx", "evaluasi batch 5"),
        ("Salinan.xlsx", "salinan"),
        ("(1).xlsx", "(1)"),
    ],
)
def test_marks_of_copying_are_no_part_of_a_name(name, plain):
    assert plain_name(name) == plain


@pytest.mark.parametrize("copy", ["Salinan dari nilai.csv", "Copy of nilai.csv", "nilai (1).csv", "nilai - Copy.csv"])
def test_a_copy_by_name_and_content_is_left_out_and_told(copy):
    files, told = _left_out(_sheet(copy), _sheet("nilai.csv"))
    assert files == [copy]
    assert told == [("file_copy", copy, "4 rows; nilai.csv")]


def test_the_same_export_under_another_name_is_recognised_by_its_content():
    assert _left_out(_sheet("Form Responses 1.csv"), _sheet("nilai.csv"))[0] == ["nilai.csv"]


def test_the_file_whose_name_says_more_counts():
    assert _left_out(_sheet("Export.csv"), _sheet("pretest angkatan 5.csv"))[0] == ["Export.csv"]


def test_a_name_of_a_copy_with_other_content_is_read():
    other = [*ROWS[:2], ["Dedi", "5"], ["Euis", "6"]]
    assert _left_out(_sheet("nilai.csv"), _sheet("nilai (1).csv", other)) == ([], [])


def test_a_later_export_that_holds_the_earlier_one_counts_alone():
    later = [*ROWS, ["Dedi", "5"]]
    files, told = _left_out(_sheet("nilai.csv"), _sheet("nilai (1).csv", later))
    assert files == ["nilai.csv"]
    assert told == [("file_copy", "nilai.csv", "4 rows; nilai (1).csv")]
    assert _left_out(_sheet("nilai.csv"), _sheet("lain.csv", later)) == ([], [])


def test_a_form_that_stands_twice_in_the_copy_only_is_no_copy():
    twice = [*ROWS, ROWS[1]]
    assert _left_out(_sheet("nilai (1).csv", twice), _sheet("nilai.csv", [*ROWS, ["Dedi", "5"]])) == ([], [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pretest.csv", "posttest.csv"),
        ("tes awal.csv", "tes akhir.csv"),
        ("angkatan 5.csv", "Batch 6.csv"),
        ("batch 5/nilai.csv", "batch 6/nilai.csv"),
        ("kelas A.csv", "kelas B.csv"),
    ],
)
def test_the_same_rows_under_contradicting_names_are_an_error_and_both_read(one, other):
    files, told = _left_out(_sheet(one), _sheet(other))
    assert files == []
    assert told == [("file_same_content", other, f"4 rows; {one}")]


def test_short_lists_that_are_alike_are_no_copies():
    assert _left_out(_sheet("a.csv", ROWS[:2]), _sheet("b.csv", ROWS[:2])) == ([], [])


def test_three_copies_leave_one():
    files, _ = _left_out(_sheet("nilai (1).csv"), _sheet("nilai (2).csv"), _sheet("nilai.csv"))
    assert sorted(files) == ["nilai (1).csv", "nilai (2).csv"]


def test_blank_rows_make_no_difference():
    blank = [ROWS[0], ["", ""], *ROWS[1:]]
    assert _left_out(_sheet("nilai.csv"), _sheet("Salinan nilai.csv", blank))[0] == ["Salinan nilai.csv"]


def test_a_province_counts_a_form_once_though_it_came_twice(lampung):
    content = (lampung.folder / "kuota.csv").read_bytes()
    lampung.write("Salinan dari kuota.csv", content)
    cleaned = lampung.clean()
    assert len(cleaned.tables["invited"]) == 6
    told = cleaned.problems[cleaned.problems["rule"] == "file_copy"]
    assert told[["file", "severity"]].to_numpy().tolist() == [["Salinan dari kuota.csv", "note"]]
    read_as = {account.file: account.read_as for account in cleaned.account}
    assert read_as["Salinan dari kuota.csv"] == "copy of another file"
    assert read_as["kuota.csv"] == "kuota"
