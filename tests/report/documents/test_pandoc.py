"""PDF: A4 with bookmarks, tables that repeat their heading and break between rows."""

from dataclasses import replace

from pypdfium2 import PdfDocument

from analysis.report.claims.rendering import render
from analysis.report.claims.tables import group_row, words
from analysis.report.documents.pandoc import pdf_document


def test_pdf_is_a4_with_bookmarks_and_page_numbers_in_words(written_report):
    document = PdfDocument(written_report / "lampung-2023-laporan.pdf")
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
    document = PdfDocument(written_report / "lampung-2023-laporan.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert sum("Rentang nilai p" in page for page in pages) >= 2


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
