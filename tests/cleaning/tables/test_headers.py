"""A header is found among titles and joined over two rows."""

from __future__ import annotations

import pytest

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import find_header
from analysis.cleaning.tables.lexicon import build_lexicon
from analysis.study.instrument import load_instrument
from tests.cleaning.people_rows import ITEMS, PEOPLE, WHO, answers, beside, rules


def test_a_header_of_two_rows_is_joined_over_its_merged_cell():
    rows: list[list[object]] = [
        ["No", "Nama", "Jabatan", "Kehadiran", ""],
        ["", "", "", "1", "2"],
        [1, "A", "Kades", "H", "H"],
    ]
    lexicon = build_lexicon(load_instrument(), {})
    header = find_header(Sheet("a.xlsx", "A", rows, merged=((0, 3, 0, 4),)), lexicon.candidates)
    assert header is not None
    assert (header.row, header.height) == (0, 2)
    assert header.labels[3:] == ("Kehadiran 1", "Kehadiran 2")


WORDS = ["Hadir", "Pretest", "Pre", "Desa", "H", "P", "No", "3", "10", "Yes", "Kelas", "L"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("label", ["Konfirmasi", "Soal", "H", "Apakah pernah ikut pelatihan?", "Hari", ""])
def test_the_first_person_is_never_part_of_the_header(read, word, label):
    rows = beside([word, *["Tidak"] * 5])
    cleaned = read({"peserta.csv": [[*WHO, label], *rows]})
    assert len(cleaned.tables["participants"]) == 6
    assert "header_of_rows" not in set(cleaned.problems["rule"])


def test_a_recapitulation_of_days_by_code_counts_the_days_present(read):
    cleaned = read({"daftar hadir.csv": [[*WHO, "H", "S", "I", "A"], *beside([3] * 6, [0] * 6, [0] * 6, [0] * 6)]})
    assert cleaned.tables["participants"]["days_attended"].tolist() == [3] * 6
    assert not cleaned.has_errors


def test_ticks_in_two_columns_are_the_sex(read):
    male, female = ["", 1, "", "v", "", "x"], [1, "", "v", "", "x", ""]
    cleaned = read({"daftar hadir.csv": [[*WHO, "L", "P"], *beside(male, female)]})
    assert cleaned.tables["participants"]["sex"].tolist() == ["female", "male"] * 3


def test_a_column_of_the_number_of_questions_is_the_maximum(read):
    columns = ([3, 4, 5, 6, 7, 11], [5] * 6, [10] * 6)
    cleaned = read({"tes.csv": [[*WHO, "Pretes", "Postes", "Soal"], *beside(*columns)]})
    assert cleaned.account[0].facts["maximum"] == 10
    assert rules(cleaned) == ["score_above_maximum"]


@pytest.mark.parametrize(
    ("rows", "height"),
    [
        ([["No", "Nama", "Desa", "Kehadiran", "", ""], ["", "", "", "1", "2", "3"]], 2),
        ([["No", "Nama", "Desa", "Kehadiran", "", ""], ["", "", "", "Hari 1", "Hari 2", "Hari 3"]], 2),
        ([["No", "Nama", "Desa", "Kehadiran", "", ""], ["", "", "", "Mei", "", "Juni"], ["", "", "", 1, 2, 3]], 3),
        ([["No", "Nama", "Desa", "Hari 1", "Hari 2", "Hari 3"], ["No.", "Name", "Village", "Day 1", "Day 2", "D"]], 2),
        ([["No", "Nama", "Desa", "Hari 1", "Hari 2", "Hari 3"], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]], 1),
    ],
)  # fmt: skip
def test_headers_of_several_rows_are_read_on_evidence_and_told(read, rows, height):
    people = [[one[0], one[1], one[3], "H", "A", "H"] for one in PEOPLE]
    cleaned = read({"daftar hadir.csv": [*rows, *people]})
    assert cleaned.tables["participants"]["days_attended"].tolist() == [2] * 6
    assert cleaned.tables["participants"]["days_held"].tolist() == [3] * 6
    assert ("header_of_rows" in rules(cleaned)) == (height > 1)


def test_rows_that_a_form_program_adds_to_the_header_are_no_forms(read):
    codes = ["StartDate", "ResponseId", "QBATCH", *[f"Q5_{number}" for number in range(1, len(ITEMS) + 1)]]
    texts = ["Start Date", "Response ID", "Angkatan", *[item.text_id for item in ITEMS]]
    imports = [f"{{'ImportId': '{code}'}}" for code in codes]
    forms = [["2024-03-01", f"R_{number}", 1 + number % 2, *row] for number, row in enumerate(answers(6))]
    cleaned = read({"evaluasi.csv": [codes, texts, imports, *forms]})
    assert cleaned.tables["responses"]["batch"].value_counts().to_dict() == {"1": 3, "2": 3}
    assert not cleaned.has_errors


def test_one_question_over_several_columns_keeps_the_other_columns(read):
    upper = ["Respondent ID", "Start Date", "Angkatan", "Berilah penilaian"]
    lower = ["", "", "Response", *[item.text_id for item in ITEMS]]
    forms = [[118_000 + number, "13/03/2024", 1, *row] for number, row in enumerate(answers(6))]
    cleaned = read({"evaluasi.csv": [upper, lower, *forms]})
    assert cleaned.tables["responses"]["batch"].tolist() == ["1"] * 6
    assert not cleaned.has_errors


def test_groups_before_a_question_and_feedback_after_it_are_understood(read):
    header = ["identitas/Nama", "identitas/Desa", "nilai/Skor", "Points - Nama", "_id", "_uuid", "_index"]
    rows = [[one[1], one[3], 60 + number, 0, 7_000 + number, f"u{number}", number] for number, one in enumerate(PEOPLE)]
    cleaned = read({"pretest.csv": [header, *rows]})
    assert cleaned.tables["scores"]["pre_points"].tolist() == [60, 61, 62, 63, 64, 65]
    assert not cleaned.has_errors


def _header(rows: list[list[object]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> tuple[int, int] | None:
    lexicon = build_lexicon(load_instrument(), {})
    found = find_header(Sheet("a.xlsx", "A", rows, merged=merged), lexicon.candidates)
    return None if found is None else (found.row, found.height)


def test_a_merged_label_spans_its_own_columns_only():
    upper = ["No", "Nama", "Kehadiran", "", "Ket"]
    people = [[number, f"Orang {number}", "H", "H", ""] for number in range(1, 5)]
    merged = ((0, 2, 0, 3),)
    assert _header([upper, ["", "", "Hari 1", "Hari 2", ""], *people], merged) == (0, 2)
    assert _header([upper, ["", "", "Hari 1", "Hari 2", "sakit"], *people], merged) == (0, 1)


@pytest.mark.parametrize(
    ("second", "height"),
    [
        ([f"Pernyataan nomor {number} berbunyi begini" for number in range(1, len(ITEMS) + 1)], 2),
        (["baik"] * len(ITEMS), 1),
        (["baik", "cukup"] * (len(ITEMS) // 2), 1),
        ([5] * len(ITEMS), 1),
        ([""] * len(ITEMS), 1),
    ],
)
def test_questions_below_their_codes_are_a_header_and_words_of_the_scale_are_a_form(second, height):
    codes = ["No", *[f"P{number}" for number in range(1, len(ITEMS) + 1)]]
    forms = [[number, *row] for number, row in enumerate(answers(5), start=2)]
    first = "" if height == 2 else 1
    assert _header([codes, [first, *second], *forms]) == (0, height)


def test_a_row_of_names_above_the_header_counts_to_it_and_a_title_does_not():
    header = ["No", "Nama", "Desa", "Jabatan", "Skor"]
    people = [[number, f"Orang {number}", "Satu", "Kades", 50 + number] for number in range(1, 5)]
    assert _header([["v1", "v2", "v3", "v4", "v5"], header, *people]) == (0, 2)
    assert _header([["DAFTAR NILAI", "", "", "", ""], header, *people]) == (1, 1)
    assert _header([["a", "b", "", "", ""], header, *people]) == (1, 1)
    assert _header([["x", "x", "x", "x", "x"], header, *people]) == (1, 1)


def test_days_are_numbered_from_one_step_by_step():
    upper = ["No", "Nama", "Desa", "Hari", "", ""]
    people = [[number, f"Orang {number}", "Satu", "H", "H", "A"] for number in range(1, 5)]
    assert _header([upper, ["", "", "", "1", "2", "3"], *people]) == (0, 2)
    assert _header([upper, ["", "", "", "1", "1", "0"], *people]) == (0, 1)
    assert _header([upper, ["", "", "", "1", "3", "2"], *people]) == (0, 1)


def test_a_header_may_stand_deep_below_a_letter_but_not_without_end():
    header = ["No", "Nama", "Desa", "Skor"]
    people = [[number, f"Orang {number}", "Satu", 50 + number] for number in range(1, 5)]
    letter = [["Yth. panitia", "", "", ""]]
    assert _header([*letter * 79, header, *people]) == (79, 1)
    assert _header([*letter * 80, header, *people]) is None


@pytest.mark.parametrize(("texts", "height"), [(["Alpha", "Beta", "Gamma"], 2), (["Alpha", "Beta", "Beta"], 1)])
def test_questions_of_a_short_form_differ_and_its_answers_may_not(texts, height):
    forms = [[number, number % 3, 1, 2] for number in range(2, 8)]
    assert _header([["No", "P1", "P2", "P3"], ["", *texts], *forms]) == (0, height)


def test_a_header_has_three_rows_at_most():
    """Further rows are told as what they are; a fourth row of labels is nobody, and is not joined either."""
    upper = ["No", "Nama", "Desa", "Kehadiran", "", ""]
    months, weeks, days = (["", "", "", *cells] for cells in (["Mei", "", "Juni"], ["Awal", "", "Akhir"], [1, 2, 3]))
    people = [[number, f"Orang {number}", "Satu", "H", "H", "A"] for number in range(1, 5)]
    assert _header([upper, months, days, *people]) == (0, 3)
    found = _header([upper, months, weeks, days, *people])
    assert found is not None
    assert found[1] < 4
