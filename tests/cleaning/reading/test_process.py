"""Hostile and broken files: each has its message, and the next file is read as if nothing had been."""

from __future__ import annotations

import struct
import zipfile

import pytest
import xlsxwriter
import xlwt
from xlwt import CompoundDoc

from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.reading.process import WorkbookReader
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import make_context, write_xlsx
from tests.cleaning.reading.workbook_bytes import good, ods, ods_row, ods_rows, rewrite


def _empty(path):
    path.write_bytes(b"")


def _no_text(path):
    path.write_bytes(b"Nama;\x01\x02NIK\nA;1\n")


def _html(path):
    path.write_text("<html><form>Masuk dengan akun Anda</form></html>")


def _truncated(path):
    good(path)
    path.write_bytes(path.read_bytes()[:-400])


def _half(path):
    good(path)
    path.write_bytes(path.read_bytes()[:1500])


def _flipped(path):
    good(path)
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
    rewrite(good(path), "xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook')


def _entities_in_sheet(path):
    rewrite(good(path), "xl/worksheets/sheet1.xml", b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')


def _broken_xml(path):
    rewrite(good(path), "xl/workbook.xml", b"</sheets>", b"</shee")


def _broken_sheet_xml(path):
    rewrite(good(path), "xl/worksheets/sheet1.xml", b"</sheetData>", b"<c r=")


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
    good(path)
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


def _ods_far_row(path):
    gap = '<table:table-row table:number-rows-repeated="1048560"><table:table-cell/></table:table-row>'
    ods(path, ods_rows() + gap + ods_row(["x"]))


def _ods_far_column(path):
    gap = '<table:table-cell table:number-columns-repeated="16383"/>'
    ods(path, ods_rows() + ods_row(["x"]).replace("<table:table-cell", f"{gap}<table:table-cell", 1))


def _ods_row_of_a_million(path):
    ods(path, ods_rows() + ods_row(["x"], 'table:number-rows-repeated="1048000"'))


def _xls_password(path):
    """An .xls with a password says so in a record FILEPASS behind the first one."""
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "Nama")
    data = book.get_biff_data()
    first = 4 + int.from_bytes(data[2:4], "little")
    filepass = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(48)
    CompoundDoc.XlsDoc().save(str(path), data[:first] + filepass + data[first:])


REFUSED = [
    (_empty, "a.xlsx", "file_empty"),
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
    sheets, problems = reader.read(good(tmp_path / "next.xlsx"), "next.xlsx")
    assert len(sheets[0].rows) == 7
    assert problems == []


def test_a_missing_file_is_a_message(reader, tmp_path):
    _, problems = reader.read(tmp_path / "none.xlsx", "none.xlsx")
    assert [problem.rule for problem in problems] == ["file_unreadable"]


def test_the_death_of_the_reader_is_a_message_and_the_next_file_is_read(tmp_path):
    path = write_xlsx(tmp_path / "big.xlsx", {"A": [[f"text {row}"] * 40 for row in range(30_000)]})
    with WorkbookReader(memory_limit_bytes=100_000_000, time_limit_seconds=30) as reader:
        sheets, problems = reader.read(path, "big.xlsx")
        assert sheets == []
        assert problems[0].rule in {"reader_died", "reader_out_of_memory", "reader_too_slow"}
        assert len(reader.read(good(tmp_path / "next.xlsx"), "next.xlsx")[0]) == 1


def test_a_reader_that_takes_too_long_is_ended(tmp_path):
    path = write_xlsx(tmp_path / "big.xlsx", {"A": [[1.5] * 20 for _ in range(8_000)]})
    with WorkbookReader(time_limit_seconds=0.05) as reader:
        assert [problem.rule for problem in reader.read(path, "big.xlsx")[1]] == ["reader_too_slow"]


SHEETS = [
    ("file_unrecognised", [["catatan"], ["rapat jam 8"]]),
    ("test_not_named", by_code.quiz_form()),
    ("file_unrecognised", [["No", "Kecamatan", "Provinsi"], [1, "Wonosobo", "Lampung"]]),
    ("items_incomplete", [["No", *[f"P{number}" for number in range(1, 21)]], [1, *[4] * 20]]),
    ("file_ambiguous", [["Nama", "Skor", "Akses terakhir", "Modul selesai"], ["A", 5, "", 3]]),
]


@pytest.mark.parametrize(("rule", "rows"), SHEETS)
def test_a_sheet_that_is_not_understood_is_an_error_and_never_read_in_part(reader, tmp_path, rule, rows):
    sheets, _ = reader.read(write_xlsx(tmp_path / "berkas.xlsx", {"Lembar": rows}), "berkas.xlsx")
    cleaning = clean_participants(sheets, make_context(), key=bytes(32))
    assert [problem.rule for problem in cleaning.problems if problem.severity == "error"] == [rule]
    assert dict(cleaning.tables) == {}
    assert [account.rows_kept for account in cleaning.accounts] == [0]
