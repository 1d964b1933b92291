"""Tables of Word documents: read where they have one reading, refused by name where they have two."""

from __future__ import annotations

import docx
import pytest
from docx.oxml.ns import qn

from analysis.cleaning.reading.process import read_file
from tests.cleaning.reading import hostile

ROWS = [["Nama", "Desa", "Nilai"], ["Ani", "Suka", "7"], ["Budi", "Mekar", "8,50"]]


@pytest.fixture
def document():
    made = docx.Document()
    made.add_paragraph("Daftar nilai")
    table = made.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return made


@pytest.fixture
def read(tmp_path):
    def _read(document):
        document.save(str(tmp_path / "nilai.docx"))
        return read_file(tmp_path / "nilai.docx", "nilai.docx")

    return _read


def test_a_table_is_a_sheet_of_texts(document, read):
    (sheet,) = read(document).sheets
    assert (sheet.name, sheet.rows) == (None, ROWS)


def test_merged_cells_keep_the_others_in_their_columns(document, read):
    table = document.tables[0]
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    (sheet,) = read(document).sheets
    assert sheet.rows == [["Nama Desa", "", "Nilai"], ["Ani", "Suka", "7 8,50"], ["Budi", "Mekar", ""]]
    assert sheet.merged == ((0, 0, 0, 1), (1, 2, 2, 2))


def test_several_tables_are_several_sheets(document, read):
    document.add_table(rows=1, cols=1).cell(0, 0).text = "x"
    assert [(sheet.name, len(sheet.rows)) for sheet in read(document).sheets] == [("Tabel 1", 3), ("Tabel 2", 1)]


def test_text_in_a_control_is_read_and_hidden_text_is_not(document, read):
    run = document.tables[0].cell(1, 0).paragraphs[0].runs[0]
    control = run._r.makeelement(qn("w:sdt"))
    content = control.makeelement(qn("w:sdtContent"))
    control.append(content)
    run._r.addprevious(control)
    content.append(run._r)
    hidden = document.tables[0].cell(2, 0).paragraphs[0].add_run(" rahasia")
    hidden.font.hidden = True
    assert [row[0] for row in read(document).sheets[0].rows] == ["Nama", "Ani", "Budi"]


@pytest.mark.parametrize("change", ["w:ins", "w:del", "w:moveFrom"])
def test_changes_that_nobody_accepted_have_two_readings(document, read, change):
    run = document.tables[0].cell(1, 2).paragraphs[0].runs[0]._r
    tracked = run.makeelement(qn(change))
    run.addprevious(tracked)
    tracked.append(run)
    reading = read(document)
    assert reading.sheets == ()
    assert [one.rule for one in reading.problems] == ["word_changes_open"]


def test_scores_of_a_document_are_read_as_those_of_a_workbook(lampung):
    lampung.write("pretest.docx", hostile.docx())
    scores = lampung.clean().tables["scores"]
    assert sorted(scores["pre_points"]) == [7.0, 8.5]
