"""Hostile and broken files: each has its message, and the next file is read as if nothing had been."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from xlwt import CompoundDoc

from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.reading.process import WorkbookReader
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import make_context, write_xlsx


def _rewrite(path: Path, member: str, old: bytes, new: bytes) -> Path:
    """Replace bytes inside one member of an archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if old not in parts[member]:
        raise ValueError(f"{old!r} does not stand in {member}")
    parts[member] = parts[member].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def _good(path: Path) -> Path:
    return write_xlsx(path, {"Peserta": by_code.attendance()})


def _empty(path):
    path.write_bytes(b"")


def _no_text(path):
    path.write_bytes(b"Nama;\x01\x02NIK\nA;1\n")


def _html(path):
    path.write_text("<html><form>Masuk dengan akun Anda</form></html>")


def _truncated(path):
    _good(path)
    path.write_bytes(path.read_bytes()[:-400])


def _half(path):
    _good(path)
    path.write_bytes(path.read_bytes()[:1500])


def _flipped(path):
    _good(path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data = bytearray(path.read_bytes())
    data[start + 80 : start + 120] = bytes(40)
    path.write_bytes(bytes(data))


def _plain_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("foto.jpg", b"x" * 100)


def _word(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", b"<w/>")


def _binary_workbook(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x" * 100)


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)


def _entities(path):
    _rewrite(_good(path), "xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook')


def _entities_in_sheet(path):
    _rewrite(_good(path), "xl/worksheets/sheet1.xml", b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')


def _broken_xml(path):
    _rewrite(_good(path), "xl/workbook.xml", b"</sheets>", b"</shee")


def _broken_sheet_xml(path):
    _rewrite(_good(path), "xl/worksheets/sheet1.xml", b"</sheetData>", b"<c r=")


def _far_cell(path):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Nama")
        page.write(1_048_575, 16_383, 1)


def _far_corners(path):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 16_383, "Nama")
        page.write(1_048_575, 0, 1)


def _password(path):
    """An .xlsx with a password is a compound file with the stream EncryptedPackage."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    path.write_bytes(content)


def _compound_nonsense(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))


def _encrypted_member(path):
    _good(path)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    path.write_bytes(bytes(data))


def _ods_password(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", b"\x00\x01")
        archive.writestr("META-INF/manifest.xml", b"<manifest:encryption-data/>")


def _ods_entities(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><office/>')


def _ods_broken(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", b"<office><table>")


def _ods(path, rows, ending=""):
    """Write a small .ods by hand: ``rows`` are XML rows of one table."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    hidden = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{hidden}</office:automatic-styles>"
            f'<office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table>{ending}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _ods_row(cells, attributes=""):
    texts = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row {attributes}>{texts}</table:table-row>"


def _ods_rows():
    return "".join(map(_ods_row, by_code.attendance()))


def _ods_far_row(path):
    gap = '<table:table-row table:number-rows-repeated="1048560"><table:table-cell/></table:table-row>'
    _ods(path, _ods_rows() + gap + _ods_row(["x"]))


def _ods_far_column(path):
    gap = '<table:table-cell table:number-columns-repeated="16383"/>'
    _ods(path, _ods_rows() + _ods_row(["x"]).replace("<table:table-cell", f"{gap}<table:table-cell", 1))


def _ods_row_of_a_million(path):
    _ods(path, _ods_rows() + _ods_row(["x"], 'table:number-rows-repeated="1048000"'))


def _xls_password(path):
    """An .xls with a password says so in a record FILEPASS behind the first one."""
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "Nama")
    data = book.get_biff_data()
    first = 4 + int.from_bytes(data[2:4], "little")
    filepass = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(48)
    CompoundDoc.XlsDoc().save(str(path), data[:first] + filepass + data[first:])


REFUSED = [
    (_empty, "a.xlsx", "workbook_empty"),
    (_no_text, "a.xlsx", "not_a_workbook"),
    (_html, "a.xls", "web_page_without_table"),
    (_truncated, "a.xlsx", "file_damaged"),
    (_half, "a.xlsx", "file_damaged"),
    (_flipped, "a.xlsx", "file_damaged"),
    (_plain_zip, "a.xlsx", "archive_file"),
    (_word, "a.xlsx", "word_without_table"),
    (_binary_workbook, "a.xlsx", "binary_workbook"),
    (_bomb, "a.xlsx", "zip_bomb"),
    (_entities, "a.xlsx", "xml_entities"),
    (_entities_in_sheet, "a.xlsx", "xml_entities"),
    (_broken_xml, "a.xlsx", "file_damaged"),
    (_broken_sheet_xml, "a.xlsx", "file_damaged"),
    (_far_cell, "a.xlsx", "used_range_too_large"),
    (_far_corners, "a.xlsx", "used_range_too_large"),
    (_password, "a.xlsx", "file_has_password"),
    (_compound_nonsense, "a.xls", "file_damaged"),
    (_encrypted_member, "a.xlsx", "file_has_password"),
    (_ods_password, "a.ods", "file_has_password"),
    (_ods_entities, "a.ods", "xml_entities"),
    (_ods_broken, "a.ods", "file_damaged"),
    (_ods_far_row, "a.ods", "used_range_too_large"),
    (_ods_far_column, "a.ods", "used_range_too_large"),
    (_ods_row_of_a_million, "a.ods", "used_range_too_large"),
    (_xls_password, "a.xls", "file_has_password"),
]


@pytest.mark.parametrize(("make", "name", "rule"), REFUSED, ids=[case[0].__name__.strip("_") for case in REFUSED])
def test_a_broken_file_is_refused_with_its_message_and_the_next_one_is_read(reader, tmp_path, make, name, rule):
    make(tmp_path / name)
    sheets, problems = reader.read(tmp_path / name, name)
    assert sheets == []
    assert [(problem.file, problem.rule) for problem in problems] == [(name, rule)]
    sheets, problems = reader.read(_good(tmp_path / "next.xlsx"), "next.xlsx")
    assert len(sheets[0].rows) == 7
    assert problems == []


def test_a_missing_file_is_a_message(reader, tmp_path):
    _, problems = reader.read(tmp_path / "none.xlsx", "none.xlsx")
    assert [problem.rule for problem in problems] == ["workbook_unreadable"]


def test_the_death_of_the_reader_is_a_message_and_the_next_file_is_read(tmp_path):
    path = write_xlsx(tmp_path / "big.xlsx", {"A": [[f"text {row}"] * 40 for row in range(30_000)]})
    with WorkbookReader(memory_limit_bytes=100_000_000, time_limit_seconds=30) as reader:
        sheets, problems = reader.read(path, "big.xlsx")
        assert sheets == []
        assert problems[0].rule in {"reader_died", "reader_out_of_memory", "reader_too_slow"}
        assert len(reader.read(_good(tmp_path / "next.xlsx"), "next.xlsx")[0]) == 1


def test_a_reader_that_takes_too_long_is_ended(tmp_path):
    path = write_xlsx(tmp_path / "big.xlsx", {"A": [[1.5] * 20 for _ in range(8_000)]})
    with WorkbookReader(time_limit_seconds=0.05) as reader:
        assert [problem.rule for problem in reader.read(path, "big.xlsx")[1]] == ["reader_too_slow"]


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
    path = _good(tmp_path / "a.xlsx")
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % row for row in range(9, 1_048_577))
    _rewrite(path, "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")
    sheets, problems = reader.read(path, "a.xlsx")
    assert len(sheets[0].rows) == 7
    assert problems == []


@pytest.mark.parametrize("rows", [3, 3_000], ids=["small", "large"])
def test_error_cells_and_hidden_rows_of_an_xls_file_are_told(reader, tmp_path, rows):
    """xlwt writes no error of a formula: the result of one that was never calculated is made an error."""
    book = xlwt.Workbook()
    for name in ("Batch 5", "Lembar \u0394"):
        page = book.add_sheet(name)
        for row in range(rows):
            page.write(row, 0, "Nama")
            page.write(row, 1, row)
    page.row(1).hidden = True
    page.write(2, 2, xlwt.Formula("1/0"))
    page.row(0).set_cell_error(3, "#N/A!")
    data = book.get_biff_data()
    never, error = bytes.fromhex("030000000000ffff"), bytes.fromhex("020007000000ffff")
    if data.count(never) != 1:
        raise ValueError("the result of the formula stands elsewhere")
    CompoundDoc.XlsDoc().save(str(tmp_path / "a.xls"), data.replace(never, error))
    sheets, problems = reader.read(tmp_path / "a.xls", "a.xls")
    assert [len(sheet.rows) for sheet in sheets] == [rows, rows]
    assert sorted((one.rule, one.sheet, one.cell, one.value) for one in problems) == [
        ("error_cell", "Lembar \u0394", "C3", "#DIV/0!"),
        ("error_cell", "Lembar \u0394", "D1", "#N/A"),
        ("hidden_rows", "Lembar \u0394", "A2", "1 row"),
    ]


def _xls_with_formulas(path, results):
    """Write an .xls with one formula a row, C1 and on, and these stored results (None: never calculated)."""
    book = xlwt.Workbook()
    page = book.add_sheet("Batch 5")
    for row in range(len(results)):
        page.write(row, 0, "Nama")
        page.write(row, 2, xlwt.Formula("A1"))
    never = bytes.fromhex("030000000000ffff")
    pieces = book.get_biff_data().split(never)
    stored = [never if one is None else struct.pack("<d", one) for one in results]
    data = b"".join(piece + result for piece, result in zip(pieces, [*stored, b""], strict=True))
    CompoundDoc.XlsDoc().save(str(path), data)
    return path


def test_formulas_of_an_xls_file_that_were_never_calculated_are_told_by_cell(reader, tmp_path):
    sheets, problems = reader.read(_xls_with_formulas(tmp_path / "a.xls", [None, None]), "a.xls")
    assert [(one.rule, one.sheet, one.cell, one.value) for one in problems] == [
        ("formula_without_value", "Batch 5", "C1", None),
        ("formula_without_value", "Batch 5", "C2", None),
    ]
    assert sheets[0].rows[0][2:] in ([""], [])


def test_an_empty_result_beside_calculated_ones_is_an_answer(reader, tmp_path):
    sheets, problems = reader.read(_xls_with_formulas(tmp_path / "a.xls", [7.5, None]), "a.xls")
    assert problems == []
    assert sheets[0].rows[0][2] == 7.5


@pytest.mark.parametrize("length", [40, 600, 2_000, 4_500])
def test_a_cut_off_xls_file_is_refused_and_nothing_else(reader, tmp_path, length):
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "Nama")
    book.save(str(tmp_path / "whole.xls"))
    (tmp_path / "a.xls").write_bytes((tmp_path / "whole.xls").read_bytes()[:length])
    sheets, problems = reader.read(tmp_path / "a.xls", "a.xls")
    assert sheets == []
    assert [one.rule for one in problems] == ["file_damaged"]


def test_an_ods_file_is_read_whatever_emptiness_follows(reader, tmp_path):
    rest = (
        '<table:table-row table:number-rows-repeated="1048569">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheets, problems = reader.read(_ods(tmp_path / "a.ods", _ods_rows() + rest), "a.ods")
    assert [len(sheet.rows) for sheet in sheets] == [7]
    assert problems == []


def test_an_ods_file_whose_column_style_spans_the_sheet_is_read(reader, tmp_path):
    """LibreOffice repeats the style of a column over all 16,384 columns."""
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    sheets, problems = reader.read(_ods(tmp_path / "a.ods", columns + _ods_rows()), "a.ods")
    assert [len(sheet.rows) for sheet in sheets] == [7]
    assert problems == []


def test_an_error_cell_of_an_ods_file_is_no_zero(reader, tmp_path):
    score = '<table:table-cell office:value-type="string"><text:p>7 / 10</text:p></table:table-cell>'
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    rows = "".join(map(_ods_row, by_code.quiz_form()))
    sheets, problems = reader.read(_ods(tmp_path / "a.ods", rows.replace(score, error)), "a.ods")
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
    cells = [_ods_row(row) for row in rows]
    for place in (2, 3, 4):
        parts = cells[place].split("<table:table-cell")
        text = parts[column + 1]
        parts[column + 1] = f' table:number-rows-spanned="3"{text}' if place == 2 else "X/>"
        cells[place] = "<table:table-cell".join(parts).replace("<table:table-cellX", "<table:covered-table-cell")
    title = '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="4"/>'
    merged = {}
    for path in (tmp_path / "a.xlsx", _ods(tmp_path / "a.ods", "".join(cells))):
        sheets, problems = reader.read(path, path.name)
        assert problems == []
        cleaning = clean_participants(sheets, make_context(), key=bytes(32))
        told = [(one.rule, one.cell, one.value) for one in cleaning.problems if one.rule == "merged_cells"]
        merged[path.suffix] = (sheets[0].merged, told, cleaning.tables["participants"].to_dict("list"))
    assert merged[".ods"] == merged[".xlsx"]
    assert merged[".ods"][0] == ((2, column, 4, column),)
    below_title = _ods(tmp_path / "b.ods", f"{title}</table:table-row>{''.join(cells)}")
    sheets, _ = reader.read(below_title, "b.ods")
    assert (4, column, 6, column) in sheets[0].merged


def test_a_hidden_sheet_of_an_ods_file_is_told_and_not_read(reader, tmp_path):
    hidden = f'<table:table table:name="Lama" table:style-name="h">{_ods_rows()}</table:table>'
    sheets, problems = reader.read(_ods(tmp_path / "a.ods", _ods_rows(), hidden), "a.ods")
    assert [sheet.name for sheet in sheets] == ["A"]
    assert [(problem.rule, problem.sheet) for problem in problems] == [("hidden_sheet", "Lama")]


def test_an_xls_file_is_read_with_addresses_and_merged_ranges(reader, tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    page.write_merge(2, 2, 1, 3, "DAFTAR HADIR")
    page.write(4, 1, "Nama")
    book.save(str(tmp_path / "a.xls"))
    sheets, problems = reader.read(tmp_path / "a.xls", "a.xls")
    assert problems == []
    assert sheets[0].address(2, 0) == "B5"
    assert sheets[0].merged == ((2, 1, 2, 3),)


SHEETS = {
    "header_not_found": [["catatan"], ["rapat jam 8"]],
    "test_not_named": by_code.quiz_form(),
    "kind_unknown": [["No", "Kecamatan", "Provinsi"], [1, "Wonosobo", "Lampung"]],
    "items_incomplete": [["No", *[f"P{number}" for number in range(1, 21)]], [1, *[4] * 20]],
    "kind_ambiguous": [["Nama", "Skor", "Akses terakhir", "Modul selesai"], ["A", 5, "", 3]],
}


@pytest.mark.parametrize(("rule", "rows"), SHEETS.items())
def test_a_sheet_that_is_not_understood_is_an_error_and_never_read_in_part(reader, tmp_path, rule, rows):
    sheets, _ = reader.read(write_xlsx(tmp_path / "berkas.xlsx", {"Lembar": rows}), "berkas.xlsx")
    cleaning = clean_participants(sheets, make_context(), key=bytes(32))
    assert [problem.rule for problem in cleaning.problems if problem.severity == "error"] == [rule]
    assert dict(cleaning.tables) == {}
    assert [account.rows_kept for account in cleaning.accounts] == [0]
