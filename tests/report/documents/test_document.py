import json

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from analysis.errors import ConversionError, ParameterError
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.record import read_records
from analysis.report.documents.names import Subject
from analysis.report.verify.verify import verify_file, verify_folder


def test_documents_are_named_in_their_language(write):
    assert sorted(path.name for path in write("id").paths.values()) == [
        "lampung-2023-laporan.html",
        "lampung-2023-laporan.xlsx",
    ]
    written = write("en", formats=("html",))
    assert written.paths["html"].name == "lampung-2023-report.html"
    stored = json.loads((written.paths["html"].parent / "claims.json").read_text(encoding="utf-8"))
    assert sorted(stored) == ["en", "id"], "each language keeps its claims"


def _as_once_called(folder):
    """Rename the documents of a folder, in its record too, to names that do not say the study."""
    for path in folder.glob("lampung-2023-*"):
        path.rename(path.with_name(path.name.removeprefix("lampung-2023-")))
    claims = folder / "claims.json"
    claims.write_text(claims.read_text(encoding="utf-8").replace('"lampung-2023-', '"'), encoding="utf-8")


def test_documents_under_former_names_go_in_every_language_when_new_ones_are_written(write, tmp_path):
    write("en")
    write("id")
    folder = tmp_path / "out"
    _as_once_called(folder)
    assert sorted(path.name for path in folder.glob("*.html")) == ["laporan.html", "report.html"]
    written = write("id", formats=("html",))
    assert written.moved_aside == ()
    assert sorted(path.name for path in folder.iterdir()) == ["claims.json", "lampung-2023-laporan.html"]
    assert list(read_records(folder)) == ["id"], "no claims of documents that are gone"
    assert read_records(folder)["id"].workbook_claims == ()
    assert verify_folder(folder) == []


def test_documents_of_another_year_go_too(write, tmp_path):
    write()
    write(subject=Subject(folder="lampung", years=frozenset({2024})))
    assert {path.name for path in (tmp_path / "out").glob("*.html")} == {"lampung-2024-laporan.html"}


@pytest.mark.parametrize("has_record", [True, False])
def test_a_document_under_a_former_name_that_a_person_edited_is_kept(has_record, write, tmp_path):
    folder = tmp_path / "out"
    write()
    _as_once_called(folder)
    (folder / "laporan.html").write_text("tulisan dinas", encoding="utf-8")
    if not has_record:
        (folder / "claims.json").unlink()
        (folder / "laporan.xlsx").unlink()
    written = write()
    (aside,) = written.moved_aside
    assert aside.name == "laporan (suntingan 2026-01-02 08.00).html"
    assert aside.read_text(encoding="utf-8") == "tulisan dinas"
    assert not (folder / "laporan.html").exists()
    assert not (folder / "laporan.xlsx").exists()


def test_nothing_but_the_documents_is_left_behind(write):
    written = write()
    assert sorted(path.name for path in written.paths["html"].parent.iterdir()) == [
        "claims.json",
        "lampung-2023-laporan.html",
        "lampung-2023-laporan.xlsx",
    ]


def test_a_second_run_overwrites_its_own_documents(write):
    write()
    assert write().moved_aside == ()


def test_an_unknown_format_is_refused(write):
    with pytest.raises(ParameterError, match="Unknown report format odt; choose from html, docx, pdf, xlsx"):
        write(formats=("html", "odt"))


def test_one_format_alone_leaves_the_others_checkable(write):
    folder = write(formats=("html", "xlsx")).paths["html"].parent
    write(formats=("html",))
    assert verify_folder(folder) == []


# Word ---------------------------------------------------------------------------------------------


# PDF ----------------------------------------------------------------------------------------------


# all formats --------------------------------------------------------------------------------------


def test_the_mark_of_simulated_data_is_on_every_page_and_sheet(written_report):
    import openpyxl

    mark = "SIMULATED DATA / DATA SIMULASI"
    assert mark in (written_report / "lampung-2023-report.html").read_text(encoding="utf-8")
    assert mark in Document(str(written_report / "lampung-2023-report.docx")).sections[0].header.paragraphs[0].text
    document = PdfDocument(written_report / "lampung-2023-report.pdf")
    assert all(mark in " ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    for sheet in openpyxl.load_workbook(written_report / "lampung-2023-report.xlsx"):
        assert sheet["A2"].value == mark
    for path in written_report.glob("lampung-2023-laporan.*"):
        assert verify_file(path) == []
        assert mark.encode() not in path.read_bytes()


def test_a_document_that_fails_leaves_the_others_and_no_former_one(write, tmp_path, monkeypatch):
    from analysis.report.documents import pandoc

    write("id", formats=("html", "pdf", "xlsx"))
    stale = tmp_path / "out" / "lampung-2023-laporan.pdf"
    assert stale.is_file()

    def refused(*_, **__):
        raise ConversionError("typst could not set the PDF")

    monkeypatch.setattr(pandoc, "pdf_document", refused)
    guard = Guard("id")
    written = write("id", formats=("html", "pdf", "xlsx"), guard=guard)
    assert set(written.paths) == {"html", "xlsx"}
    assert [(failure.part, failure.name) for failure in written.failures] == [(Part.DOCUMENT, "pdf")]
    assert not stale.exists()
    assert set(read_records(tmp_path / "out")["id"].documents) == {path.name for path in written.paths.values()}
    assert verify_folder(tmp_path / "out") == []


def test_a_letterhead_that_is_none_is_noted_beside_the_report(write, tmp_path):
    (tmp_path / "kop.docx").write_text("KOP")
    written = write("id", formats=("docx",), letterhead=tmp_path / "kop.docx")
    assert set(written.paths) == {"docx"}
    (message,) = written.messages
    assert message.startswith("kop.docx tidak dapat dipakai sebagai kop surat")
