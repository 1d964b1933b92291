import json

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from analysis.errors import ParameterError
from analysis.report.verify.verify import verify_file, verify_folder


def test_documents_are_named_in_their_language(write):
    assert sorted(path.name for path in write("id").paths.values()) == ["laporan.html", "laporan.xlsx"]
    written = write("en", formats=("html",))
    assert written.paths["html"].name == "report.html"
    stored = json.loads((written.paths["html"].parent / "claims.json").read_text(encoding="utf-8"))
    assert sorted(stored) == ["en", "id"], "each language keeps its claims"


def test_nothing_but_the_documents_is_left_behind(write):
    written = write()
    assert sorted(path.name for path in written.paths["html"].parent.iterdir()) == [
        "claims.json",
        "laporan.html",
        "laporan.xlsx",
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
    assert mark in (written_report / "report.html").read_text(encoding="utf-8")
    assert mark in Document(str(written_report / "report.docx")).sections[0].header.paragraphs[0].text
    document = PdfDocument(written_report / "report.pdf")
    assert all(mark in " ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    for sheet in openpyxl.load_workbook(written_report / "report.xlsx"):
        assert sheet["A2"].value == mark
    for path in written_report.glob("laporan.*"):
        assert verify_file(path) == []
        assert mark.encode() not in path.read_bytes()
