"""Word: real styles, tables that stay together, the letterhead's own edges."""

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from analysis.report.claims.rendering import render
from analysis.report.documents.word import word_document
from analysis.report.verify.read_back import read_word


def test_word_has_real_styles_a4_filled_contents_and_repeated_headers(written_report):
    document = Document(str(written_report / "lampung-2023-laporan.docx"))
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
    content = word_document(rendered, tmp_path, simulated=True, letterhead=(tmp_path / "kop.docx").read_bytes())
    path = tmp_path / "document.docx"
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
    (table,) = Document(str(written_report / "lampung-2023-laporan.docx")).tables
    rows = [[paragraph.paragraph_format.keep_with_next for paragraph in _paragraphs(row)] for row in table.rows]
    assert all(all(row) for row in (rows[0], rows[1], rows[-1]))
    assert not any(rows[5])


def _paragraphs(part):
    return [Paragraph(element, None) for element in part._element.iter(qn("w:p"))]


def test_the_text_of_a_table_is_smaller_than_the_body(written_report):
    document = Document(str(written_report / "lampung-2023-laporan.docx"))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    sizes = {paragraph.style.font.size for cell in cells for paragraph in cell.paragraphs}
    assert sizes == {Pt(8.5)}
    assert document.styles["Normal"].font.size > Pt(8.5)


def test_a_row_that_heads_others_has_the_whole_width(written_report):
    (table,) = Document(str(written_report / "lampung-2023-laporan.docx")).tables
    (cell,) = table.rows[1]._tr.tc_lst
    assert (cell.grid_span, table.rows[1].cells[0].text) == (4, "Materi")
    assert '<th colspan="4" style="text-align: left;" scope="rowgroup">' in (
        written_report / "lampung-2023-laporan.html"
    ).read_text("utf-8")


def test_items_of_a_list_in_a_box_begin_at_the_boxs_edge(written_report):
    boxed = [
        each
        for each in Document(str(written_report / "lampung-2023-laporan.docx")).paragraphs
        if each.style.name == "Box"
    ]
    edges = {(each.paragraph_format.left_indent or 0) + (each.paragraph_format.first_line_indent or 0)
             for each in boxed if each._p.pPr.numPr is not None}  # fmt: skip
    assert edges <= {boxed[0].style.paragraph_format.left_indent}
