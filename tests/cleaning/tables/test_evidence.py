"""What a file is follows from names, header and values together; what contradicts itself is refused with both."""

from __future__ import annotations

import pytest

from tests.cleaning.people_rows import ITEMS, NUMBERED, PEOPLE, WHO, beside, rules


@pytest.mark.parametrize("questions", [20, 22])
@pytest.mark.parametrize("label", ["Soal {}", "Q{}", "S. {}"])
def test_a_test_that_prints_its_questions_beside_the_points_is_a_test(read, questions, label):
    header = [*WHO, *[label.format(number) for number in range(1, questions + 1)], "Skor"]
    columns = [[1 + number % 4 for _ in PEOPLE] for number in range(questions)]
    files = {
        f"{test}.csv": [header, *beside(*columns, [low + person for person in range(6)])]
        for test, low in (("pretest", 8), ("posttest", 12))
    }
    cleaned = read(files)
    scores = cleaned.tables["scores"]
    assert (scores["pre_points"].mean(), scores["post_points"].mean(), len(scores.dropna(subset=["pre_points"]))) == (
        10.5, 14.5, 6,
    )  # fmt: skip
    assert "responses" not in cleaned.tables


@pytest.mark.parametrize("label", ["Perolehan", "Angka Mutu", "Result"])
def test_a_file_named_as_a_test_without_points_is_refused_with_what_was_not_understood(read, label):
    cleaned = read({"pretest.csv": [[*WHO, label], *beside([50 + person for person in range(6)])]})
    told = cleaned.problems[cleaned.problems["rule"] == "test_without_scores"]
    assert told["value"].tolist() == [f"pretest; {label}"]
    assert cleaned.has_errors
    assert cleaned.tables == {}


@pytest.mark.parametrize("label", ["Total poin", "Total points", "Skor akhir", "NILAI  ANDA"])
def test_the_points_of_form_programs_are_points(read, label):
    cleaned = read({"posttest.csv": [[*WHO, label], *beside([50 + person for person in range(6)])]})
    assert cleaned.tables["scores"]["post_points"].tolist() == [50, 51, 52, 53, 54, 55]


def test_a_column_says_which_test_each_row_is(read):
    rows = [[*person, test, points] for test, points in (("Pretest", 40), ("Posttest", 70)) for person in PEOPLE]
    cleaned = read({"tes_pretes.csv": [[*WHO, "Jenis Tes", "Skor"], *rows]})
    scores = cleaned.tables["scores"]
    assert scores["pre_points"].tolist() == [40] * 6
    assert scores["post_points"].tolist() == [70] * 6
    assert [(one.rows_in, one.rows_kept) for one in cleaned.account] == [(13, 12)]


def test_ratings_named_as_tests_are_never_the_end_evaluation(read):
    files = {
        f"{test}.csv": [["No", *NUMBERED], *[[number, *[step] * len(ITEMS)] for number in range(1, 7)]]
        for test, step in (("pretest", 3), ("posttest", 4))
    }
    cleaned = read(files)
    assert rules(cleaned) == ["ratings_named_test", "ratings_named_test"]
    assert cleaned.tables == {}


@pytest.mark.parametrize("file", ["jadwal.csv", "rktl.csv"])
def test_a_timetable_is_no_follow_up_and_told_as_what_it_is(read, file):
    rows = [["Hari", "Waktu", "Jenis Kegiatan", "Tanggal Kunjungan", "Output"],
            ["Senin", "08.00 - 09.30", "Pembukaan", "01/03/2024", "daftar hadir"],
            ["Senin", "09.30 s.d. 10.00", "Pretes", "01/03/2024", "nilai"]]  # fmt: skip
    cleaned = read({file: rows})
    assert rules(cleaned) == ["timetable"]
    assert not cleaned.has_errors
    assert [one.read_as for one in cleaned.account] == ["timetable"]


def test_a_list_of_codes_is_told(read):
    cleaned = read({"kode.csv": [["Kode", "Arti"], [1, "Sangat rendah"], [5, "Sangat baik"]]})
    assert rules(cleaned) == ["list_of_codes"]


def test_a_list_of_questions_explains_the_codes_of_the_answers(read):
    listed = [["Kode", "Pertanyaan"], *[[code, item.text_id] for code, item in zip(NUMBERED, ITEMS[::-1], strict=True)]]
    forms = [["No", "Angkatan", *NUMBERED], *[[number, 1, 5, *[4] * (len(ITEMS) - 1)] for number in range(1, 7)]]
    cleaned = read({"daftar pertanyaan.csv": listed, "evaluasi.csv": forms})
    assert rules(cleaned) == ["list_of_questions"]
    assert cleaned.tables["responses"][ITEMS[-1].id].tolist() == [5] * 6
    assert cleaned.tables["responses"][ITEMS[0].id].tolist() == [4] * 6


def test_a_list_of_other_questions_is_told_and_is_no_data(read):
    listed = [["Kode", "Pertanyaan"], *[[code, f"Pertanyaan contoh {code}"] for code in NUMBERED]]
    cleaned = read({"pertanyaan.csv": listed})
    assert rules(cleaned) == ["list_of_questions"]
    assert not cleaned.has_errors


@pytest.mark.parametrize("file", ["evaluasi.csv", "tindak lanjut.csv", "aktivitas lms.csv"])
def test_a_name_that_says_another_kind_than_the_columns_is_refused(read, file):
    assert rules(read({file: [WHO, *PEOPLE]})) == ["named_otherwise"]


def test_files_may_be_declared_as_no_data_or_with_what_their_rows_do_not_say(read):
    settings = """
[files]
"catatan.csv" = "bukan data"
"nilai.csv" = { test = "pretes", batch = "2", class = "A", dates = "month-first" }
"""
    rows = [[*WHO, "Timestamp", "Nilai"], *beside(["3/4/2024 10:00"] * 6, [61, 62, 63, 64, 65, 66])]
    cleaned = read({"catatan.csv": [["apa", "saja"], ["x", "y"]], "nilai.csv": rows}, settings)
    assert rules(cleaned) == []
    assert [one.read_as for one in cleaned.account] == ["declared as no data", "tests"]
    assert cleaned.tables["scores"]["pre_points"].tolist() == [61, 62, 63, 64, 65, 66]
    assert set(cleaned.tables["participants"]["class_id"]) == {"2/A"}


def test_a_running_number_under_id_is_nobodys_number(read):
    """Numbers of submissions differ between two forms: they would pair people who are not the same."""
    header = ["ID", "Nama", "Desa", "Skor"]
    first = [[number, person[1], person[3], 50 + number] for number, person in enumerate(PEOPLE, start=1)]
    second = [[number, person[1], person[3], 70 + 6 - number] for number, person in enumerate(PEOPLE[::-1], start=1)]
    cleaned = read({"pretest.csv": [header, *first], "posttest.csv": [header, *second]})
    scores = cleaned.tables["scores"]
    assert (scores["post_points"] - scores["pre_points"]).tolist() == [19 - number + number for number in range(6)]
    assert rules(cleaned) == ["running_number", "running_number"]


def test_the_account_names_the_evidence(read):
    cleaned = read({"pretes.csv": [[*WHO, "Nilai"], *beside([50, 60, 70, 80, 90, 100])]})
    (account,) = cleaned.account
    assert account.because == "Nilai; pretest"
    assert (account.facts["people"], account.facts["pretests"], account.facts["pretest_mean"]) == (6, 6, 75)


@pytest.mark.parametrize("count", [12, 20, 23])
def test_numbered_ratings_that_are_not_those_of_the_form_are_refused_with_their_number(read, count):
    header = ["No", *[f"P{number}" for number in range(1, count + 1)]]
    cleaned = read({"evaluasi.csv": [header, *[[number, *[4] * count] for number in range(1, 7)]]})
    told = cleaned.problems[cleaned.problems["rule"] == "items_incomplete"]
    assert told["value"].tolist() == [f"{count} of {len(ITEMS)} items"]
    assert cleaned.tables == {}


def test_questions_in_words_need_not_be_all_and_may_stand_beside_numbers(read):
    header = ["No", *[item.text_id for item in ITEMS[:15]], "P16"]
    cleaned = read({"evaluasi.csv": [header, *[[number, *[4] * 16] for number in range(1, 7)]]})
    assert cleaned.tables["responses"][ITEMS[14].id].tolist() == [4] * 6
    assert cleaned.tables["responses"][ITEMS[15].id].isna().all()
    assert not cleaned.has_errors
