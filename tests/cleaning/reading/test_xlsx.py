"""What a workbook hides and leaves uncalculated is told by cell."""

from __future__ import annotations

import xlsxwriter

from tests.cleaning.reading.workbook_bytes import good, rewrite


def test_error_cells_and_formulas_without_value_are_told_by_cell(reader, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet("Batch 5")
        page.write_row(0, 0, ["Nama", "Desa", "Jabatan"])
        page.write_formula("A2", "=#REF!", None, "#REF!")
        page.write_formula("B2", "=VLOOKUP(1,A:A,1)", None, "#N/A")
        page.write_formula("C2", "=A1", None, "")
        page.write_formula("D2", "=1+1", None, 2)
    sheets, problems = reader.read(tmp_path / "a.xlsx", "a.xlsx")
    assert sorted((problem.rule, problem.sheet, problem.cell, problem.value) for problem in problems) == [
        ("error_cell", "Batch 5", "A2", "#REF!"),
        ("error_cell", "Batch 5", "B2", "#N/A"),
        ("formula_without_value", "Batch 5", "C2", None),
    ]
    assert sheets[0].rows[1][3] == 2


def test_hidden_sheets_are_told_and_hidden_rows_are_read(reader, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet("Peserta")
        for row in range(4):
            page.write_row(row, 0, ["a", "b"])
        page.set_row(2, None, None, {"hidden": True})
        book.add_worksheet("Rahasia").hide()
        book.add_worksheet("Sangat").very_hidden()
    sheets, problems = reader.read(tmp_path / "a.xlsx", "a.xlsx")
    assert [sheet.name for sheet in sheets] == ["Peserta"]
    assert len(sheets[0].rows) == 4
    told = sorted((problem.rule, problem.sheet) for problem in problems)
    assert told == [("hidden_rows", "Peserta"), ("hidden_sheet", "Rahasia"), ("hidden_sheet", "Sangat")]


def test_a_million_formatted_empty_rows_are_harmless(reader, tmp_path):
    path = good(tmp_path / "a.xlsx")
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % row for row in range(9, 1_048_577))
    rewrite(path, "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")
    sheets, problems = reader.read(path, "a.xlsx")
    assert len(sheets[0].rows) == 7
    assert problems == []
