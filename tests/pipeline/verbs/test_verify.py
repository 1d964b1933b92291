"""Cheating a real report: what a person might alter is found, and the message says where it is and what to do."""

import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from docx import Document

from analysis.notebook.folders import Folders
from analysis.pipeline.verbs.verify import verify_province
from analysis.report import write_documents
from analysis.report.content.nation_tables import FOREST
from analysis.report.verify.mismatch import Fault
from report.study_questions import results_of

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def written(tmp_path_factory, gorontalo):
    folder = tmp_path_factory.mktemp("cheated") / "gorontalo"
    folder.mkdir()
    results_of(gorontalo).to_parquet(folder / "results.parquet")
    write_documents(folder, DATA, ("id",), ("html", "docx", "xlsx"))
    return folder


@pytest.fixture
def reports(written, tmp_path):
    return Path(shutil.copytree(written, tmp_path / "gorontalo"))


def _found(reports, results=None):
    fresh = pd.read_parquet(reports / "results.parquet") if results is None else results
    return verify_province(Folders(DATA, reports.parent), reports.name, fresh)


def _altered(path, edit):
    """Rewrite claims.json with its Indonesian record edited."""
    record = json.loads(path.read_text("utf-8"))
    edit(record["id"])
    path.write_text(json.dumps(record), encoding="utf-8")


def test_a_report_as_written_agrees_with_results_computed_again(reports):
    assert _found(reports) == []


def test_a_figure_of_other_data_is_found_even_where_record_and_picture_agree(reports):
    """The picture and its hash are another province's: documents and record agree, the data behind do not."""

    def swap(record):
        record["figures"][0]["data_hash"] = "0" * 64

    _altered(reports / "claims.json", swap)
    (found,) = _found(reports)
    assert found.fault is Fault.FIGURE_DATA_CHANGED
    assert "gambar itu milik laporan lain" in found.message("id")


def test_data_that_changed_since_are_found_in_claims_and_figures(reports):
    results = pd.read_parquet(reports / "results.parquet")
    results.loc[results["analysis"] == "published.change", "estimate"] += 1
    faults = {found.fault for found in _found(reports, results)}
    assert faults == {Fault.RESULT_CHANGED, Fault.FIGURE_DATA_CHANGED}


def test_a_digit_in_a_sentence_of_word_is_found_by_the_words_around_it(reports):
    document = Document(str(reports / "gorontalo-2023-laporan.docx"))
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if run.text == "16")
    run.text = "17"
    document.save(str(reports / "gorontalo-2023-laporan.docx"))
    (found,) = _found(reports)
    assert (found.fault, found.expected, found.found) == (Fault.NUMBER_ALTERED, "16", "17")
    message = found.message("id")
    assert "Nilai rata-rata naik 17 poin setelah" in message
    assert "Kembalikan angkanya" in message


def test_a_digit_of_a_caption_is_found(reports):
    document = Document(str(reports / "gorontalo-2023-laporan.docx"))
    caption = next(each for each in document.paragraphs if (each.style and each.style.name) == "Table Caption")
    number = next(run for run in caption.runs if run.text == "5.1")
    number.text = "5.7"
    document.save(str(reports / "gorontalo-2023-laporan.docx"))
    (found,) = _found(reports)
    assert (found.fault, found.found) == (Fault.NUMBER_ALTERED, "5.7")
    assert "Tabel 5.7 Perubahan dari pretes" in found.message("id")


def test_a_digit_in_a_table_is_found_by_the_tables_name(reports):
    path = reports / "gorontalo-2023-laporan.html"
    page = path.read_text("utf-8")
    assert page.count(">8,88</data>") == 1
    path.write_text(page.replace(">8,88</data>", ">8,89</data>"), encoding="utf-8")
    (found,) = _found(reports)
    assert found.message("id").startswith("gorontalo-2023-laporan.html, Perubahan, c")


def test_a_sentence_with_a_number_added_by_hand_is_found(reports):
    document = Document(str(reports / "gorontalo-2023-laporan.docx"))
    document.add_paragraph("Kepuasan peserta mencapai 97 persen.")
    document.save(str(reports / "gorontalo-2023-laporan.docx"))
    (found,) = _found(reports)
    assert found.message("id") == (
        "gorontalo-2023-laporan.docx, Kepuasan peserta mencapai 97 persen.: angka tanpa klaim (tertulis: 97). "
        "Hapus angka itu; angka milik kantor ditulis dalam narasi.md."
    )


def test_a_number_in_the_footnotes_of_word_is_found(reports):
    path = reports / "gorontalo-2023-laporan.docx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    notes = parts["word/footnotes.xml"].decode()
    note = '<w:footnote w:id="7"><w:p><w:r><w:t>Kelulusan 99 persen.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    parts["word/footnotes.xml"] = notes.replace("</w:footnotes>", note).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (found,) = _found(reports)
    assert (found.fault, found.found) == (Fault.NUMBER_WITHOUT_CLAIM, "99")


def test_a_changed_cell_of_the_workbook_is_found_by_sheet_and_address(reports):
    book = openpyxl.load_workbook(reports / "gorontalo-2023-laporan.xlsx")
    sheet = book.worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float | int))
    cell.value += 1
    place = f"{sheet.title}!{cell.coordinate}"
    book.save(reports / "gorontalo-2023-laporan.xlsx")
    found = _found(reports)
    assert place in {each.place for each in found}
    assert {each.fault for each in found} == {Fault.CELL_ALTERED}


def test_the_figure_of_the_nation_is_checked_against_its_provinces(gorontalo, tmp_path):
    from analysis.evaluation import national

    reports = tmp_path / "national"
    reports.mkdir()
    questions = (national.participation, national.provinces, national.synthesis)
    results = pd.concat([question([gorontalo]).results for question in questions], ignore_index=True)
    results.to_parquet(reports / "results.parquet")
    write_documents(reports, DATA, ("id",), ("html",))
    assert verify_province(Folders(DATA, reports.parent), reports.name, results) == []
    results.loc[results["contrast"] == "learning|share", "estimate_high"] += 0.1
    places = {
        (found.fault, found.place) for found in verify_province(Folders(DATA, reports.parent), reports.name, results)
    }
    assert (Fault.FIGURE_DATA_CHANGED, FOREST) in places
