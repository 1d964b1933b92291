"""``dampak new --averages``: filled in with plain averages it reads back without a problem."""

from __future__ import annotations

import openpyxl
import pytest

from analysis.cleaning.clean import clean_province
from analysis.cleaning.forms.averages import DETAILS, averages_templates
from analysis.cleaning.forms.templates import write_new_province
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province

EVALUATION, TESTS, ATTENDANCE = "evaluasi_agregat.xlsx", "tes_agregat.xlsx", "kehadiran_agregat.xlsx"


@pytest.fixture
def folder(tmp_path):
    return write_new_province(tmp_path, "lampung-2025", year=2025, averages=True)


def _fill(path, sheet, cells):
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book[sheet][address] = value
    book.save(path)


def _fill_all(folder):
    rows = range(2, 2 + len(load_instrument().items))
    _fill(folder / EVALUATION, "Rata-rata", {f"B{row}": f"4,{row:02d}" for row in rows})
    _fill(
        folder / TESTS, "Tes", {"C2": "6,00", "C3": "7,90", "D2": "10", "D3": "10", "E2": "96", "E3": "94", "F2": "90"}
    )
    _fill(folder / ATTENDANCE, "Kehadiran", {"A2": "Peserta", "B2": "100", "C2": "98", "D2": "98,0%"})


def test_untouched_workbooks_hold_nothing_and_no_problem(folder):
    cleaned = clean_province(folder)
    assert cleaned.problems.empty
    assert set(cleaned.tables) == set()
    read_as = {account.read_as for account in cleaned.account}
    assert read_as == {"explaining sheet", "template not filled in"}


def test_plain_averages_read_back_without_a_problem_as_they_were_typed(folder):
    _fill_all(folder)
    cleaned = clean_province(folder)
    assert cleaned.problems.empty
    means = cleaned.tables["published_means"]
    assert means["mean_printed"].tolist() == [f"4,{row:02d}" for row in range(2, 24)]
    assert set(means["batch"]) == {"1"}
    scores = cleaned.tables["published_scores"].set_index("test")
    assert scores["mean_printed"].to_dict() == {"pre": "6,00", "post": "7,90"}
    assert scores.loc["pre", ["n", "n_is"]].tolist() == [90, "pairs"]
    assert len(cleaned.tables["published_attendance"]) == 1


def test_further_batches_are_further_columns(folder):
    _fill_all(folder)
    path = folder / "province.toml"
    path.write_text(path.read_text("utf-8") + '\n[[batch]]\nid = "2"\n', "utf-8")
    cells = {"C1": "Angkatan 2"} | {f"C{row}": "3,90" for row in range(2, 24)}
    _fill(folder / EVALUATION, "Rata-rata", cells)
    assert load_province(folder).batches == ("1", "2")
    means = clean_province(folder).tables["published_means"]
    assert means.loc[means["batch"] == "2", "mean_printed"].tolist() == ["3,90"] * 22


@pytest.mark.parametrize("file", [EVALUATION, TESTS])
def test_what_is_told_beside_averages_is_noted_and_never_taken_for_averages(folder, file):
    _fill_all(folder)
    before = clean_province(folder).tables
    _fill(folder / file, "Rincian", {"A4": "Konsumsi memuaskan", "B4": "1", "D4": "4,18", "E4": "32", "F4": "0,62"})
    cleaned = clean_province(folder)
    told = cleaned.problems[["file", "sheet", "rule", "severity"]].to_numpy().tolist()
    assert told == [[file, "Rincian", "averages_not_used", "note"]]
    assert {name: table.to_dict("list") for name, table in cleaned.tables.items()} == {
        name: table.to_dict("list") for name, table in before.items()
    }


def test_every_cell_to_fill_in_takes_text(folder):
    for file, sheet in ((EVALUATION, "Rata-rata"), (EVALUATION, "Rincian"), (TESTS, "Tes"), (TESTS, "Rincian")):
        page = openpyxl.load_workbook(folder / file)[sheet]
        ranges = [(one.min, one.max) for one in page.column_dimensions.values() if one.number_format == "@"]
        taking_text = {column for first, last in ranges for column in range(first, last + 1)}
        assert taking_text >= set(range(1, 13))


def test_the_workbooks_ask_for_what_makes_averages_almost_as_good_as_answers(folder):
    asked = {
        file: [cell.value for cell in openpyxl.load_workbook(folder / file)["Rincian"][3]]
        for file in (EVALUATION, TESTS)
    }
    assert asked[EVALUATION][:7] == [
        "INDIKATOR", "Angkatan", "Kelas", "Rata-rata", "n", "Simpangan baku", "Pembagi",
    ]  # fmt: skip
    assert asked[EVALUATION][7:] == [f"Jumlah jawaban {step}" for step in range(1, 6)]
    assert {"n pretes", "Simpangan baku postes", "Lulus pretes (persen)", "Pasangan", "Simpangan baku perubahan",
            "Korelasi", "Pembagi", "Kelas"} <= set(asked[TESTS])  # fmt: skip


def test_the_explaining_sheet_says_why(folder):
    page = openpyxl.load_workbook(folder / EVALUATION)["Petunjuk"]
    text = " ".join(str(row[0]) for row in page.iter_rows(values_only=True) if row[0])
    for word in ("n (jumlah yang menjawab)", "Simpangan baku", "Pembagi", "Jumlah jawaban per pilihan", "Per kelas"):
        assert word in text
    assert all(template.details[0].header for template in averages_templates(load_instrument()) if template.details)
    assert openpyxl.load_workbook(folder / EVALUATION)["Rincian"]["A1"].value == DETAILS
