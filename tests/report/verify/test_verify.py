"""One thing altered in each format must be found; the documents as written must pass."""

import io
import re
import shutil
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from docx import Document

from analysis.errors import SourceError
from analysis.report.claims.record import read_records, records_as_bytes
from analysis.report.verify.mismatch import Fault
from analysis.report.verify.verify import verify_claims, verify_document, verify_figures, verify_file, verify_folder
from tests.report.verify.faults import faults


def _edit_text(path, pattern, replacement, count=1):
    text = path.read_text(encoding="utf-8")
    edited, times = re.subn(pattern, replacement, text, count=count)
    assert times == count
    path.write_text(edited, encoding="utf-8")


def _edit_zip(path, member, pattern, replacement):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edited, times = re.subn(pattern, replacement, parts[member].decode(), count=1)
    assert times == 1
    parts[member] = edited.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_documents_as_written_agree_with_their_claims(written_report):
    assert verify_folder(written_report) == []


@pytest.mark.parametrize(
    ("pattern", "replacement", "fault"),
    [
        (r">4,39</data>", ">4,38</data>", Fault.NUMBER_ALTERED),
        (r'value="4.387"', 'value="4.388"', Fault.VALUE_ALTERED),
        (r"peserta di", "peserta pada 3 hari di", Fault.NUMBER_WITHOUT_CLAIM),
        (r'<data id="c6"[^>]*>1.988</data>', "banyak", Fault.CLAIM_MISSING),
        (r'id="c6"', 'id="c999"', Fault.UNKNOWN_CLAIM),
        (r'<data data-claim="(c\d+)" value="1">1<', r'<data data-claim="\1" value="1">3<', Fault.NUMBER_ALTERED),
        (r">Tidak satu pun</data>", ">Sebagian</data>", Fault.NUMBER_ALTERED),
        (r"Angkatan 5 ke", "Angkatan 6 ke", Fault.DESCRIPTION_ALTERED),
        (r"base64,....", "base64,AAAA", Fault.PICTURE_ALTERED),
        (r"<title>Laporan", "<title>Laporan 2", Fault.TITLE_ALTERED),
    ],
)
def test_one_change_of_the_web_page_is_found(report_copy, pattern, replacement, fault):
    path = report_copy / "lampung-2023-laporan.html"
    _edit_text(path, pattern, replacement)
    assert fault in faults(path)


def test_a_web_page_of_simulated_data_must_carry_its_mark(report_copy):
    path = report_copy / "lampung-2023-report.html"
    _edit_text(path, r'<p class="mark".*?</p>', "")
    assert faults(path) == {Fault.MARK_MISSING}


@pytest.mark.parametrize(
    ("pattern", "replacement", "fault"),
    [
        (r">4,39<", ">4,93<", Fault.NUMBER_ALTERED),
        (r">1.988<", ">1.989<", Fault.NUMBER_ALTERED),
        (r">Tidak satu pun<", ">Sebagian<", Fault.NUMBER_ALTERED),
        (r">Ringkasan eksekutif<", ">Ringkasan lain<", Fault.CONTENTS_ALTERED),
        (r'w:name="c6"', 'w:name="other"', Fault.CLAIM_MISSING),
        (r">peserta di Lampung", ">peserta dari 12 desa di Lampung", Fault.NUMBER_WITHOUT_CLAIM),
        (r"Garis naik dari Angkatan 5", "Garis naik dari Angkatan 4", Fault.DESCRIPTION_ALTERED),
    ],
)
def test_one_change_of_the_word_file_is_found(report_copy, pattern, replacement, fault):
    path = report_copy / "lampung-2023-laporan.docx"
    _edit_zip(path, "word/document.xml", pattern, replacement)
    assert fault in faults(path)


def test_a_word_file_edited_by_hand_is_checked_under_its_new_name(report_copy):
    document = Document(str(report_copy / "lampung-2023-laporan.docx"))
    document.add_paragraph("Kalimat tambahan tanpa angka.")
    edited = report_copy / "lampung-2023-laporan (suntingan 2026-01-02 08.00).docx"
    document.save(str(edited))
    assert verify_file(edited) == []
    document.add_paragraph("Kami menambah 75 peserta.")
    document.save(str(edited))
    (found,) = verify_file(edited)
    assert (found.fault, found.found) == (Fault.NUMBER_WITHOUT_CLAIM, "75")
    assert "angka tanpa klaim (tertulis: 75)" in found.message("id")


def test_a_picture_of_another_province_in_word_is_found(report_copy):
    path = report_copy / "lampung-2023-laporan.docx"
    with zipfile.ZipFile(path) as archive:
        picture = next(name for name in archive.namelist() if name.endswith(".png"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[picture] += b"\0"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert faults(path) == {Fault.PICTURE_ALTERED}


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("Indikator", "B5", 0.22),
        ("Indikator", "A5", "Kesesuaian materi"),
        ("Indikator", "H40", 1),
        ("Hitung ulang", "B4", 64),
    ],
)
def test_one_changed_cell_of_the_workbook_is_found(report_copy, sheet, cell, value):
    path = report_copy / "lampung-2023-laporan.xlsx"
    book = openpyxl.load_workbook(path, data_only=True)
    book[sheet][cell] = value
    book.save(path)
    found = verify_file(path)
    assert [(mismatch.fault, mismatch.place) for mismatch in found] == [(Fault.CELL_ALTERED, f"{sheet}!{cell}")]


def test_claims_agree_with_the_results_that_they_come_from(written_report, sample_results):
    for record in read_records(written_report).values():
        without_typed_inputs = [claim for claim in record.workbook_claims if claim.source or claim.kind == "label"]
        assert len(without_typed_inputs) == len(record.workbook_claims)
        assert verify_claims(record, sample_results) == []


def test_a_fresh_computation_that_differs_is_found(written_report, sample_results):
    record = read_records(written_report)["id"]
    changed = sample_results.copy()
    changed.loc[changed["analysis"] == "reaction.items", "estimate"] = 4.388
    assert {mismatch.fault for mismatch in verify_claims(record, changed)} == {Fault.RESULT_CHANGED}
    gone = sample_results[sample_results["subject"] != "materi_1"]
    assert Fault.RESULT_GONE in {mismatch.fault for mismatch in verify_claims(record, gone)}
    verdicts = sample_results.assign(verdict="never")
    assert {mismatch.fault for mismatch in verify_claims(record, verdicts)} == {Fault.RESULT_CHANGED}


def test_a_figure_of_other_data_is_found(written_report):
    record = read_records(written_report)["id"]
    assert verify_figures(record, {"means": "a" * 64}) == []
    assert [found.fault for found in verify_figures(record, {"means": "b" * 64})] == [Fault.FIGURE_DATA_CHANGED]
    assert [found.fault for found in verify_figures(record, {})] == [Fault.FIGURE_DATA_CHANGED]


def test_documents_that_are_gone_or_unknown_are_named(report_copy, tmp_path_factory):
    (report_copy / "lampung-2023-laporan.pdf").unlink()
    assert [(found.document, found.fault) for found in verify_folder(report_copy)] == [
        ("lampung-2023-laporan.pdf", Fault.DOCUMENT_MISSING)
    ]
    stranger = report_copy / "nota.docx"
    stranger.write_bytes((report_copy / "lampung-2023-laporan.docx").read_bytes())
    with pytest.raises(SourceError, match=r"nota\.docx belongs to no report of its folder"):
        verify_file(stranger)
    with pytest.raises(SourceError, match=r"holds no claims\.json: write the report first"):
        verify_folder(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize("name", ["lampung-2023-laporan.docx", "lampung-2023-report (1).pdf"])
def test_a_document_that_was_moved_elsewhere_is_recognised_by_its_name(name, report_copy, tmp_path_factory):
    here, other = tmp_path_factory.mktemp("downloads"), tmp_path_factory.mktemp("other")
    moved = here / name
    shutil.copy(report_copy / name.replace(" (1)", ""), moved)
    assert verify_file(moved, [other, report_copy]) == []
    with pytest.raises(SourceError, match="has the name of none elsewhere"):
        verify_file(moved, [other])


def test_a_moved_document_of_two_reports_is_the_one_that_wrote_it(report_copy, tmp_path_factory):
    here, other = tmp_path_factory.mktemp("downloads"), tmp_path_factory.mktemp("other")
    moved = here / "lampung-2023-laporan.html"
    shutil.copy(report_copy / moved.name, moved)
    record = read_records(report_copy)["id"]
    stranger = replace(record, claims=(), documents={moved.name: "0" * 64})
    (other / "claims.json").write_bytes(records_as_bytes({"id": stranger}))
    assert verify_file(moved, [other, report_copy]) == []
    _edit_text(moved, "Lampung", "Lampung raya")
    with pytest.raises(SourceError, match=r"may belong to .*: put it beside the claims\.json of its report"):
        verify_file(moved, [other, report_copy])


@pytest.mark.parametrize("name", ["lampung-2023-laporan.docx", "lampung-2023-laporan.pdf", "lampung-2023-laporan.xlsx"])
def test_a_damaged_document_is_named(report_copy, name):
    path = report_copy / name
    path.write_bytes(io.BytesIO(path.read_bytes()[:500]).getvalue())
    with pytest.raises(SourceError, match=f"{name} cannot be read"):
        verify_document(path, read_records(report_copy)["id"])
