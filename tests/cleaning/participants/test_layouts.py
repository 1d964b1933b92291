"""Tables as offices lay them out: titles, two header rows, totals, signatures, several sheets and files."""

from __future__ import annotations

import pytest
import xlsxwriter

from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import find_header
from analysis.cleaning.tables.recognise import build_lexicon
from analysis.study.instrument import load_instrument
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import KEY, make_context


def _padded(*cells: object) -> list[object]:
    return [*cells, *[""] * (12 - len(cells))]


def _laid_out() -> list[list[object]]:
    header, *people = by_code.attendance()
    return [
        _padded("DAFTAR HADIR PESERTA"),
        _padded("Angkatan 5, Provinsi Lampung"),
        _padded(),
        header,
        [str(number) for number in range(1, 13)],
        *people[:3],
        _padded("JUMLAH", "", "", "", 3),
        header,
        *people[3:],
        _padded("Total peserta", 6),
        _padded(),
        _padded("", "", "", "", "", "", "Kota Agung, 3 Agustus 2023"),
        _padded("", "", "", "", "", "", "Ketua Panitia"),
        _padded(),
        _padded("", "", "", "", "", "", "Suryadi"),
    ]


def test_titles_totals_repeated_headers_and_signatures_are_counted(clean):
    cleaning, problems = clean({"peserta.xlsx": {"Angkatan 5": _laid_out()}})
    assert len(cleaning.tables["participants"]) == 6
    assert dict(cleaning.accounts[0].dropped) == {
        "title_row": 3, "header": 1, "column_numbers": 1, "total_row": 2, "header_repeated": 1, "blank_row": 2,
        "signature_row": 3,
    }  # fmt: skip
    assert [(one.rule, one.cell) for one in problems if one.rule != "columns_unused"] == [
        ("total_row", "A9"), ("header_repeated", "A10"), ("total_row", "A14"), ("signature_row", "A16"),
    ]  # fmt: skip


def test_two_names_side_by_side_below_a_signature_line_are_no_people(clean):
    header, *people = by_code.attendance()
    rows = [
        header,
        *people,
        _padded(),
        _padded("", "Mengetahui,", "", "", "", "", "", "Kota Agung, 3 Agustus 2023"),
        _padded("", "Ketua Panitia", "", "", "", "", "", "Fasilitator"),
        _padded(),
        _padded("", "Suryadi Wijaya", "", "", "", "", "", "Rahmat Hidayat"),
        _padded("", "NIP 197001012000011001", "", "", "", "", "", "NIP 198001012000011001"),
    ]
    cleaning, problems = clean({"peserta.xlsx": {"A": rows}})
    assert len(cleaning.tables["participants"]) == 6
    assert dict(cleaning.accounts[0].dropped) == {"header": 1, "blank_row": 2, "signature_row": 4}
    assert [(one.rule, one.cell, one.value) for one in problems] == [("signature_row", "A9", "rows 9 to 13")]


def test_a_cell_merged_over_several_people_counts_for_each_of_them(reader, tmp_path):
    path = tmp_path / "peserta.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Batch 5")
        for number, row in enumerate(by_code.attendance(), start=3):
            page.write_row(number, 1, row)
        page.merge_range("B1:M1", "DAFTAR HADIR")
        page.merge_range("G5:G8", "Pekon Suka A")
        page.merge_range("G9:G10", "Pekon Suka B")
        page.merge_range("B13:D14", "Ketua Panitia")
    sheets, _ = reader.read(path, "peserta.xlsx")
    cleaning = clean_participants(sheets, make_context(), key=KEY)
    assert cleaning.tables["participants"]["village"].value_counts().tolist() == [4, 2]
    told = [(one.rule, one.cell, one.value) for one in cleaning.problems]
    assert told == [("merged_cells", "G5", "2 cells"), ("signature_row", "B13", "row 13")]


def test_a_numbered_person_below_a_signature_line_is_a_person(clean):
    header, *people = by_code.attendance()
    rows = [header, *people[:5], _padded("", "Ketua Panitia"), _padded(6, people[5][1], people[5][2])]
    cleaning, _ = clean({"peserta.xlsx": {"A": rows}})
    assert len(cleaning.tables["participants"]) == 6
    assert dict(cleaning.accounts[0].dropped) == {"header": 1, "lone_row": 1}


def test_a_header_of_two_rows_is_joined_over_its_merged_cell():
    rows: list[list[object]] = [
        ["No", "Nama", "Jabatan", "Kehadiran", ""],
        ["", "", "", "1", "2"],
        [1, "A", "Kades", "H", "H"],
    ]
    lexicon = build_lexicon(load_instrument(), {})
    header = find_header(Sheet("a.xlsx", "A", rows, merged=((0, 3, 0, 4),)), lexicon.known)
    assert header is not None
    assert (header.row, header.height) == (0, 2)
    assert header.labels[3:] == ("Kehadiran 1", "Kehadiran 2")


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


def test_an_evaluation_with_items_below_each_other_is_turned(clean):
    items = load_instrument().items
    rows: list[list[object]] = [["No", "Indikator", "R1", "R2"]]
    rows += [[number + 1, item.text_id, 5, "baik"] for number, item in enumerate(items)]
    cleaning, problems = clean({"evaluasi.xlsx": {"Angkatan 5": rows}})
    responses = cleaning.tables["responses"]
    assert responses["batch"].tolist() == ["5", "5"]
    assert responses[list(load_instrument().item_ids)].to_numpy().tolist() == [[5] * len(items), [4] * len(items)]
    assert problems == []


def test_question_texts_name_the_items(clean):
    items = load_instrument().items
    header = ["Timestamp", *[f"{number + 1}. {item.text_id}" for number, item in enumerate(items)]]
    cleaning, _ = clean({"form.xlsx": {"Form": [header, ["13/08/2023 10:00:00", *[4] * len(items)]]}})
    assert cleaning.tables["responses"].iloc[0][[item.id for item in items]].tolist() == [4] * len(items)


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
