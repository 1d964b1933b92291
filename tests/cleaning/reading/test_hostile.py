"""The reader process: every hostile file ends in its one message, in little time and memory."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from analysis.cleaning.problems.problem import Severity
from analysis.cleaning.reading.process import MEMORY_LIMIT_BYTES, TIME_LIMIT_SECONDS, WorkbookReader, read_file
from analysis.cleaning.reading.sheet import column_letters
from tests.cleaning.reading import hostile

CORPUS = hostile.all_hostile()
LONGEST_SECONDS = 10.0  # of one file here, on a busy machine


def test_the_corpus_holds_200_files_of_different_names():
    assert len(CORPUS) >= 200
    assert len({one.id for one in CORPUS}) == len(CORPUS)


@pytest.fixture(scope="module")
def reader():
    with WorkbookReader() as shared:
        yield shared


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.id)
def test_a_hostile_file_ends_in_its_one_message(reader, tmp_path, file):
    (tmp_path / file.name).write_bytes(file.content)
    start = time.perf_counter()
    sheets, problems = reader.read(tmp_path / file.name, file.name)
    assert time.perf_counter() - start < LONGEST_SECONDS
    errors = [problem.rule for problem in problems if problem.severity is Severity.ERROR]
    assert errors == ([file.rule] if file.rule else [])
    assert bool(sheets) is not bool(file.rule)
    assert all(len({len(row) for row in sheet.rows}) == 1 for sheet in sheets)


def test_the_reader_keeps_to_the_limits_of_one_file():
    assert MEMORY_LIMIT_BYTES <= 1_500_000_000
    assert TIME_LIMIT_SECONDS <= 30


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory of a process is read from /proc")
@pytest.mark.parametrize(
    "content",
    [
        b";" * 213_000,
        b"a;" * 106_000,
        b";" * 3_900 + b"\n1;2" * 50_000,
        b"1\n" * 106_000,
        b'"' * 213_000,
        b"a\t\n" * 71_000,
    ],
    ids=["blanks", "cells", "rectangle", "rows", "quotes", "mixed"],
)
def test_a_small_text_never_needs_a_gigabyte(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    with WorkbookReader() as reader:
        reader.read(tmp_path / "a.csv", "a.csv")
        assert reader._process is not None
        lines = Path(f"/proc/{reader._process.pid}/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    assert peak < 500_000  # kB


@pytest.mark.parametrize(
    ("name", "content", "value"),
    [
        ("salah.xls", hostile.xlsx(), ".xls → .xlsx"),
        ("salah.xlsx", hostile.xls(), ".xlsx → .xls"),
        ("salah.ods", hostile.xlsx(), ".ods → .xlsx"),
        ("teks.xls", hostile.CSV, ".xls → .csv"),
        ("halaman.xls", hostile.html("<table><tr><td>a</td></tr></table>"), ".xls → .html"),
        ("tabel.xlsx", hostile.docx(), ".xlsx → .docx"),
    ],
)
def test_a_wrong_ending_is_named_as_such_and_the_file_is_read(tmp_path, name, content, value):
    (tmp_path / name).write_bytes(content)
    reading = read_file(tmp_path / name, name)
    assert len(reading.sheets) == 1
    assert [(one.rule, one.value, one.severity) for one in reading.problems] == [("ending_wrong", value, "note")]


def test_a_workbook_named_as_text_is_read_and_told_how_to_be_called(tmp_path):
    (tmp_path / "nilai.csv").write_bytes(hostile.xlsx())
    reading = read_file(tmp_path / "nilai.csv", "nilai.csv")
    assert reading.sheets[0].rows[1:] == hostile.PEOPLE[1:]
    assert [(one.rule, one.severity) for one in reading.problems] == [("excel_named_as_text", "note")]
    assert "rename it to .xlsx" in reading.problems[0].remedy


def test_a_workbook_with_macros_is_read_without_them(tmp_path):
    parts = {**hostile.parts_of(hostile.xlsx()), "xl/vbaProject.bin": b"x"}
    (tmp_path / "nilai.xlsm").write_bytes(hostile.archive(parts))
    reading = read_file(tmp_path / "nilai.xlsm", "nilai.xlsm")
    assert reading.sheets[0].rows == hostile.PEOPLE
    assert [one.rule for one in reading.problems] == ["macros_left_out"]


def test_a_sheet_of_a_chart_is_told(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("Data").write_row(0, 0, [1, 2, 3])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$A$1:$C$1"})
        book.add_chartsheet("Grafik").set_chart(chart)
    reading = read_file(tmp_path / "a.xlsx", "a.xlsx")
    assert [sheet.name for sheet in reading.sheets] == ["Data"]
    assert [(one.rule, one.sheet) for one in reading.problems] == [("chart_sheet", "Grafik")]


def test_a_file_that_may_not_be_read_is_a_message(tmp_path):
    (tmp_path / "a.csv").mkdir()
    assert [one.rule for one in read_file(tmp_path / "a.csv", "a.csv").problems] == ["file_unreadable"]


@pytest.mark.parametrize(("rows", "columns"), [(1_000_000, "AB"), (40, None)], ids=["million rows", "16,384 columns"])
def test_the_largest_sheets_end_in_seconds(reader, tmp_path, rows, columns):
    letters = columns or [column_letters(index) for index in range(16_384)]
    cells = "".join(f'<c r="{letter}%d"><v>%d</v></c>' for letter in letters)
    text = "".join(f'<row r="{row}">{cells % ((row,) * 2 * len(letters))}</row>' for row in range(1, rows + 1))
    parts = hostile.parts_of(hostile.xlsx([["x"]]))
    sheet = "xl/worksheets/sheet1.xml"
    head, _, rest = parts[sheet].partition(b"<sheetData>")
    _, _, tail = rest.partition(b"</sheetData>")
    parts[sheet] = b"".join([head, b"<sheetData>", text.encode(), b"</sheetData>", tail])
    (tmp_path / "a.xlsx").write_bytes(hostile.archive(parts))
    start = time.perf_counter()
    sheets, problems = reader.read(tmp_path / "a.xlsx", "a.xlsx")
    assert time.perf_counter() - start < LONGEST_SECONDS
    assert sheets == []
    assert [problem.rule for problem in problems] == ["used_range_too_large"]
