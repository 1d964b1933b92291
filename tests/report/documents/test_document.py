import datetime
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from pypdfium2 import PdfDocument

from analysis.errors import OutputError, ParameterError
from analysis.report.claims.rendering import render
from analysis.report.claims.tables import group_row, words
from analysis.report.documents.document import write_report
from analysis.report.documents.pandoc import pdf_document
from analysis.report.documents.word import word_document
from analysis.report.documents.word_reference import build_reference
from analysis.report.verify.read_back import read_word
from analysis.report.verify.verify import verify_file, verify_folder

NOW = datetime.datetime(2026, 1, 2, 8, 0)


@pytest.fixture
def write(tmp_path, sample_material, sample_templates):
    def call(language="id", formats=("html", "xlsx"), **options):
        material = sample_material(tmp_path, language, simulated=options.pop("simulated", False))
        return write_report(
            material,
            language,
            tmp_path / "out",
            template="sample.md.j2",
            templates=sample_templates,
            formats=formats,
            now=NOW,
            **options,
        )

    return call


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


def test_a_document_edited_by_hand_is_moved_aside_and_named(write):
    path = write().paths["html"]
    path.write_text(path.read_text(encoding="utf-8").replace("peserta", "orang"), encoding="utf-8")
    written = write()
    (aside,) = written.moved_aside
    assert aside.name == "laporan (suntingan 2026-01-02 08.00).html"
    assert "orang" in aside.read_text(encoding="utf-8")
    assert written.messages == (
        "laporan.html disunting sejak ditulis; suntingan itu disimpan sebagai "
        "laporan (suntingan 2026-01-02 08.00).html.",
    )
    path.write_text("lain", encoding="utf-8")
    assert write().moved_aside[0].name == "laporan (suntingan 2026-01-02 08.00, 2).html"


def test_a_document_of_unknown_origin_is_never_overwritten(write, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "laporan.html").write_text("tulisan dinas", encoding="utf-8")
    assert [path.read_text(encoding="utf-8") for path in write().moved_aside] == ["tulisan dinas"]


def test_a_file_that_is_open_elsewhere_says_what_to_do(write, monkeypatch):
    real = os.replace

    def locked(source, target):
        if Path(target).name == "laporan.xlsx":
            raise PermissionError(13, "The process cannot access the file")
        return real(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(OutputError, match=r"tutup laporan\.xlsx lalu ulangi"):
        write()


def test_a_failed_write_keeps_the_former_document_whole(write, monkeypatch):
    path = write().paths["html"]
    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", lambda source, target: (_ for _ in ()).throw(PermissionError(13, "held")))
    with pytest.raises(OutputError):
        write()
    assert path.read_bytes() == before
    assert not [left for left in path.parent.iterdir() if left.name.startswith(".")]


def test_an_unknown_format_is_refused(write):
    with pytest.raises(ParameterError, match="Unknown report format odt; choose from html, docx, pdf, xlsx"):
        write(formats=("html", "odt"))


def test_one_format_alone_leaves_the_others_checkable(write):
    folder = write(formats=("html", "xlsx")).paths["html"].parent
    write(formats=("html",))
    assert verify_folder(folder) == []


# Word ---------------------------------------------------------------------------------------------


def test_word_has_real_styles_a4_filled_contents_and_repeated_headers(written_report):
    document = Document(str(written_report / "laporan.docx"))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Table Caption", "Image Caption", "Source Note", "Box"):
        assert name in styles, name
    (section,) = document.sections
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    contents = [paragraph for paragraph in document.paragraphs if paragraph.style.name.startswith("toc")]
    assert [paragraph.text.strip() for paragraph in contents] == [
        "1 Ringkasan eksekutif",
        "2 Hasil",
        "2.1 Selisih antarangkatan",
        "2.2 Gambaran",
    ]
    anchors = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    for entry in contents:
        (link,) = entry._p.findall(qn("w:hyperlink"))
        assert link.get(qn("w:anchor")) in anchors
        assert any("PAGEREF" in (field.text or "") for field in entry._p.iter(qn("w:instrText")))
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    footer = section.footer._element
    assert [field.text for field in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert "".join(text.text for text in footer.iter(qn("w:t")) if text.text) == "Halaman  dari "


def test_a_letterhead_keeps_its_own_edges_and_styles(tmp_path, written_report, sample_material, sample_templates):

    letterhead = Document()
    letterhead.sections[0].header.paragraphs[0].text = "PEMERINTAH PROVINSI LAMPUNG, Jl. Contoh No. 12"
    letterhead.sections[0].page_width, letterhead.sections[0].page_height = Mm(210), Mm(297)
    letterhead.save(str(tmp_path / "kop.docx"))
    material = sample_material(tmp_path, "id", simulated=True)
    rendered = render("sample.md.j2", material, "id", sample_templates)
    content = word_document(rendered, tmp_path, simulated=True, letterhead=tmp_path / "kop.docx")
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    document = Document(str(path))
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    assert header == ["DATA SIMULASI / SIMULATED DATA", "PEMERINTAH PROVINSI LAMPUNG, Jl. Contoh No. 12"]
    assert document.styles["Box"].paragraph_format.left_indent is not None
    assert read_word(content).loose == [], "numbers of the letterhead are no claims of the report"


def test_a_short_table_stays_together_and_with_its_source(sample_material, sample_templates, tmp_path):
    rendered = render("sample.md.j2", sample_material(tmp_path, "id"), "id", sample_templates)
    (tmp_path / "short.docx").write_bytes(word_document(rendered, tmp_path, simulated=False))
    (table,) = Document(str(tmp_path / "short.docx")).tables
    kept = [paragraph.paragraph_format.keep_with_next for paragraph in _paragraphs(table)]
    assert kept
    assert all(kept)


def test_a_long_table_keeps_its_heading_its_group_rows_and_its_end_together(written_report):
    (table,) = Document(str(written_report / "laporan.docx")).tables
    rows = [[paragraph.paragraph_format.keep_with_next for paragraph in _paragraphs(row)] for row in table.rows]
    assert all(all(row) for row in (rows[0], rows[1], rows[-1]))
    assert not any(rows[5])


def _paragraphs(part):
    return [Paragraph(element, None) for element in part._element.iter(qn("w:p"))]


def test_the_text_of_a_table_is_smaller_than_the_body(written_report):
    document = Document(str(written_report / "laporan.docx"))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    sizes = {paragraph.style.font.size for cell in cells for paragraph in cell.paragraphs}
    assert sizes == {Pt(8.5)}
    assert document.styles["Normal"].font.size > Pt(8.5)


def test_a_row_that_heads_others_has_the_whole_width(written_report):
    (table,) = Document(str(written_report / "laporan.docx")).tables
    (cell,) = table.rows[1]._tr.tc_lst
    assert (cell.grid_span, table.rows[1].cells[0].text) == (4, "Materi")
    assert '<th colspan="4" style="text-align: left;" scope="rowgroup">' in (written_report / "laporan.html").read_text(
        "utf-8"
    )


def test_items_of_a_list_in_a_box_begin_at_the_boxs_edge(written_report):
    boxed = [each for each in Document(str(written_report / "laporan.docx")).paragraphs if each.style.name == "Box"]
    edges = {(each.paragraph_format.left_indent or 0) + (each.paragraph_format.first_line_indent or 0)
             for each in boxed if each._p.pPr.numPr is not None}  # fmt: skip
    assert edges <= {boxed[0].style.paragraph_format.left_indent}


def test_the_reference_document_is_what_its_script_makes(tmp_path):
    from analysis.report.documents.word import REFERENCE

    build_reference(tmp_path / "reference.docx")
    made, stored = Document(str(tmp_path / "reference.docx")), Document(str(REFERENCE))
    assert made.styles.element.xml == stored.styles.element.xml
    assert made.element.body.xml == stored.element.body.xml


# PDF ----------------------------------------------------------------------------------------------


def test_pdf_is_a4_with_bookmarks_and_page_numbers_in_words(written_report):
    document = PdfDocument(written_report / "laporan.pdf")
    assert {(round(page.get_width()), round(page.get_height())) for page in document} == {(595, 842)}
    assert [item.get_title() for item in document.get_toc()] == [
        "1 Ringkasan eksekutif",
        "2 Hasil",
        "2.1 Selisih antarangkatan",
        "2.2 Gambaran",
    ]
    for number, page in enumerate(document, start=1):
        assert f"Halaman {number} dari {len(document)}" in page.get_textpage().get_text_bounded()
    document.close()


def test_pdf_repeats_the_heading_row_of_a_long_table(written_report):
    document = PdfDocument(written_report / "laporan.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert sum("Rentang nilai p" in page for page in pages) >= 2


# all formats --------------------------------------------------------------------------------------


def test_no_page_of_a_pdf_ends_with_the_heading_of_a_group_or_inside_a_row(sample_material, sample_templates, tmp_path):
    material = sample_material(tmp_path, "id")
    table = material.tables["items"]
    long_row = (words("awal " + "kata " * 60 + "akhir"), *table.rows[1][1:])
    rows = [row for number in range(60) for row in (group_row(f"Kelompok {'x' * (number % 3)}", 4), long_row)]
    material = replace(material, tables={"items": replace(table, rows=tuple(rows))})
    content = pdf_document(
        render("sample.md.j2", material, "id", sample_templates), [tmp_path / "means.png"], simulated=False
    )
    texts = [page.get_textpage().get_text_bounded().splitlines() for page in PdfDocument(content)]
    table_pages = [
        [line for line in text if line and "Halaman" not in line] for text in texts if "Kelompok" in str(text)
    ]
    assert len(table_pages) > 5
    assert [lines[-1] for lines in table_pages if lines[-1].startswith("Kelompok")] == []
    assert [lines for lines in table_pages if str(lines).count("awal") != str(lines).count("akhir")] == []


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
