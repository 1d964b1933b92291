"""Workbooks of the old format: scanned whatever their bytes, read with addresses, hidden rows and formulas told."""

from __future__ import annotations

import io
import struct

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from xlwt import CompoundDoc

from analysis.cleaning.reading.xls import scan_binary


def _xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("A")
    page.write(0, 0, "Nama")
    page.row(0).set_cell_error(1, "#REF!")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


XLS = _xls()


@given(st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 255)), min_size=1, max_size=12))
@settings(deadline=None)
def test_the_scan_of_an_xls_file_never_fails_whatever_its_bytes(changes):
    data = bytearray(XLS)
    for place, byte in changes:
        data[place % len(data)] = byte
    assert all(
        finding.rule in {"error_cell", "formula_without_value", "hidden_rows"} for finding in scan_binary(bytes(data))
    )


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
