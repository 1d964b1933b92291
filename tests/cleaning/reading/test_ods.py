"""Workbooks of LibreOffice: read whatever emptiness follows, their error cells and hidden sheets told."""

from __future__ import annotations

import xlsxwriter

from analysis.cleaning.people.participants import clean_participants
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import make_context
from tests.cleaning.reading.workbook_bytes import ods, ods_row, ods_rows


def test_an_ods_file_is_read_whatever_emptiness_follows(reader, tmp_path):
    rest = (
        '<table:table-row table:number-rows-repeated="1048569">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheets, problems = reader.read(ods(tmp_path / "a.ods", ods_rows() + rest), "a.ods")
    assert [len(sheet.rows) for sheet in sheets] == [7]
    assert problems == []


def test_an_ods_file_whose_column_style_spans_the_sheet_is_read(reader, tmp_path):
    """LibreOffice repeats the style of a column over all 16,384 columns."""
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    sheets, problems = reader.read(ods(tmp_path / "a.ods", columns + ods_rows()), "a.ods")
    assert [len(sheet.rows) for sheet in sheets] == [7]
    assert problems == []


def test_an_error_cell_of_an_ods_file_is_no_zero(reader, tmp_path):
    score = '<table:table-cell office:value-type="string"><text:p>7 / 10</text:p></table:table-cell>'
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    rows = "".join(map(ods_row, by_code.quiz_form()))
    sheets, problems = reader.read(ods(tmp_path / "a.ods", rows.replace(score, error)), "a.ods")
    assert [(problem.rule, problem.sheet, problem.cell, problem.value) for problem in problems] == [
        ("error_cell", "A", "B2", "#DIV/0!")
    ]
    assert sheets[0].rows[1][1] == ""


def test_merged_cells_of_an_ods_file_are_spread_over_their_rows_as_those_of_an_xlsx_file(reader, tmp_path):
    rows = by_code.attendance()
    column = rows[0].index("Desa")
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet("A")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        page.merge_range(2, column, 4, column, rows[2][column])
    cells = [ods_row(row) for row in rows]
    for place in (2, 3, 4):
        parts = cells[place].split("<table:table-cell")
        text = parts[column + 1]
        parts[column + 1] = f' table:number-rows-spanned="3"{text}' if place == 2 else "X/>"
        cells[place] = "<table:table-cell".join(parts).replace("<table:table-cellX", "<table:covered-table-cell")
    title = '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="4"/>'
    merged = {}
    for path in (tmp_path / "a.xlsx", ods(tmp_path / "a.ods", "".join(cells))):
        sheets, problems = reader.read(path, path.name)
        assert problems == []
        cleaning = clean_participants(sheets, make_context(), key=bytes(32))
        told = [(one.rule, one.cell, one.value) for one in cleaning.problems if one.rule == "merged_cells"]
        merged[path.suffix] = (sheets[0].merged, told, cleaning.tables["participants"].to_dict("list"))
    assert merged[".ods"] == merged[".xlsx"]
    assert merged[".ods"][0] == ((2, column, 4, column),)
    below_title = ods(tmp_path / "b.ods", f"{title}</table:table-row>{''.join(cells)}")
    sheets, _ = reader.read(below_title, "b.ods")
    assert (4, column, 6, column) in sheets[0].merged


def test_a_hidden_sheet_of_an_ods_file_is_told_and_not_read(reader, tmp_path):
    hidden = f'<table:table table:name="Lama" table:style-name="h">{ods_rows()}</table:table>'
    sheets, problems = reader.read(ods(tmp_path / "a.ods", ods_rows(), hidden), "a.ods")
    assert [sheet.name for sheet in sheets] == ["A"]
    assert [(problem.rule, problem.sheet) for problem in problems] == [("hidden_sheet", "Lama")]
