"""Rows of a worksheet are as high as their words need."""

import pytest

from analysis.report.claims.tables import Cell, words
from analysis.report.documents.sheets import LINE_POINTS, row_points
from analysis.report.documents.workbook import workbook
from tests.report.documents.opened_workbook import opened, table_of


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ([], 1),
        ([("", 10)], 1),
        ([("satu dua", 10)], 1),
        ([("satu dua tiga", 10)], 2),
        ([("satu", 10), ("satu dua tiga empat lima", 10)], 3),
        ([("katayangpanjangsekali", 10)], 2),
        ([("error: the file must be corrected", 30)], 1),  # narrow letters
        ([("MMMMMMMMMMMM", 10)], 2),
    ],
)
def test_the_row_with_most_lines_decides(texts, lines):
    assert row_points(texts) == lines * LINE_POINTS


def test_cells_are_typed_and_keep_full_precision():
    table = table_of("Rata-rata", (words("a"), Cell(value=4.387654321, format="decimal2")))
    book = workbook([table], "id", title="x")
    sheet = opened(book)["Rata-rata"]
    assert (sheet["B4"].value, sheet["B4"].data_type, sheet["B4"].number_format) == (4.387654321, "n", "#,##0.00")
    assert sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["A"].width > 10
    (claim,) = book.claims
    assert (claim.place, claim.printed) == ("Rata-rata!B4", "4,39")


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-x", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "0012"])
def test_words_are_never_formulas_links_or_numbers(text):
    book = workbook([table_of("T", (words(text), Cell(value=1, format="count")))], "id", title="x")
    cell = opened(book)["T"]["A4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_range_becomes_two_columns_and_a_missing_value_stays_words():
    table = table_of(
        "T",
        (words("a"), Cell(value=(0.41, 0.45), format="range2")),
        (words("b"), Cell(value=None, format="range2")),
        (words("c"), Cell(value=None, format="range2", hidden=True)),
    )
    sheet = opened(workbook([table], "id", title="x"))["T"]
    assert [cell.value for cell in sheet[3]] == ["Nama", "Nilai (bawah)", "Nilai (atas)"]
    assert [[cell.value for cell in row] for row in sheet["A4:C6"]] == [
        ["a", 0.41, 0.45],
        ["b", "\N{EN DASH}", "\N{EN DASH}"],
        ["c", "disembunyikan", "disembunyikan"],
    ]


def test_a_row_that_heads_others_runs_on_beside_one_line_high():
    long = "Pelatihan Penguatan Kerjasama Desa, tahun dua ribu dua puluh empat, seluruh provinsi yang datanya ada"
    group = (Cell(value=long, strong=True), Cell(value=""))
    sheet = opened(workbook([table_of("T", group, (words(long), Cell(value=1, format="count")))], "id", title="x"))["T"]
    assert not sheet["A4"].alignment.wrap_text
    assert sheet["A5"].alignment.wrap_text
    assert sheet.row_dimensions[4].height in (None, LINE_POINTS)  # None: as high as rows are
    assert sheet.row_dimensions[5].height > LINE_POINTS


def test_small_p_values_never_show_as_zero():
    sheet = opened(workbook([table_of("T", (words("a"), Cell(value=1e-7, format="p_cell")))], "id", title="x"))["T"]
    assert sheet["B4"].value == 1e-7
    assert sheet["B4"].number_format == '[<0.001]"< 0,001";0.000'


def test_sheet_names_are_made_legal_and_distinct():
    titles = ["Rata-rata: kelas [A/B]?", "x" * 40, "x" * 39 + "y"]
    names = opened(workbook([table_of(title) for title in titles], "id", title="x")).sheetnames
    assert names == ["Rata-rata  kelas  A B", "x" * 31, "x" * 27 + " (2)", "Kamus data"]
