import io
import shutil
import subprocess

import openpyxl
import pytest

from analysis.errors import ParameterError
from analysis.report.claims.tables import Cell, Column, ReportTable, words
from analysis.report.documents.sheets import LINE_POINTS
from analysis.report.documents.workbook import Recalculation, workbook
from analysis.report.verify.read_back import read_workbook

# By itself LibreOffice shows the stored result of a formula; this makes it compute on opening, as Excel does.
ALWAYS_COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def _table(title, *rows):
    columns = (Column(heading="Nama", meaning="apa", align="left"), Column(heading="Nilai", meaning="berapa"))
    return ReportTable(name="t", title=title, columns=columns, rows=rows)


def _open(book):
    return openpyxl.load_workbook(io.BytesIO(book.content))


def test_cells_are_typed_and_keep_full_precision():
    table = _table("Rata-rata", (words("a"), Cell(value=4.387654321, format="decimal2")))
    book = workbook([table], "id", title="x")
    sheet = _open(book)["Rata-rata"]
    assert (sheet["B4"].value, sheet["B4"].data_type, sheet["B4"].number_format) == (4.387654321, "n", "#,##0.00")
    assert sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["A"].width > 10
    (claim,) = book.claims
    assert (claim.place, claim.printed) == ("Rata-rata!B4", "4,39")


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-x", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "0012"])
def test_words_are_never_formulas_links_or_numbers(text):
    book = workbook([_table("T", (words(text), Cell(value=1, format="count")))], "id", title="x")
    cell = _open(book)["T"]["A4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_range_becomes_two_columns_and_a_missing_value_stays_words():
    table = _table(
        "T",
        (words("a"), Cell(value=(0.41, 0.45), format="range2")),
        (words("b"), Cell(value=None, format="range2")),
        (words("c"), Cell(value=None, format="range2", hidden=True)),
    )
    sheet = _open(workbook([table], "id", title="x"))["T"]
    assert [cell.value for cell in sheet[3]] == ["Nama", "Nilai (bawah)", "Nilai (atas)"]
    assert [[cell.value for cell in row] for row in sheet["A4:C6"]] == [
        ["a", 0.41, 0.45],
        ["b", "\N{EN DASH}", "\N{EN DASH}"],
        ["c", "disembunyikan", "disembunyikan"],
    ]


def test_a_row_that_heads_others_runs_on_beside_one_line_high():
    long = "Pelatihan Penguatan Kerjasama Desa, tahun dua ribu dua puluh empat, seluruh provinsi yang datanya ada"
    group = (Cell(value=long, strong=True), Cell(value=""))
    sheet = _open(workbook([_table("T", group, (words(long), Cell(value=1, format="count")))], "id", title="x"))["T"]
    assert not sheet["A4"].alignment.wrap_text
    assert sheet["A5"].alignment.wrap_text
    assert sheet.row_dimensions[4].height in (None, LINE_POINTS)  # None: as high as rows are
    assert sheet.row_dimensions[5].height > LINE_POINTS


def test_small_p_values_never_show_as_zero():
    sheet = _open(workbook([_table("T", (words("a"), Cell(value=1e-7, format="p_cell")))], "id", title="x"))["T"]
    assert sheet["B4"].value == 1e-7
    assert sheet["B4"].number_format == '[<0.001]"< 0,001";0.000'


def test_sheet_names_are_made_legal_and_distinct():
    titles = ["Rata-rata: kelas [A/B]?", "x" * 40, "x" * 39 + "y"]
    names = _open(workbook([_table(title) for title in titles], "id", title="x")).sheetnames
    assert names == ["Rata-rata  kelas  A B", "x" * 31, "x" * 27 + " (2)", "Kamus data"]


def test_the_dictionary_explains_every_column():
    sheet = _open(workbook([_table("T")], "id", title="x"))["Kamus data"]
    assert [[cell.value for cell in row] for row in sheet["A3:C5"]] == [
        ["Lembar", "Kolom", "Arti"],
        ["T", "Nama", "apa"],
        ["T", "Nilai", "berapa"],
    ]


def test_what_was_written_is_what_is_read():
    book = workbook([_table("T", (words("a"), Cell(value=1956, format="count")))], "id", title="x", simulated=True)
    assert read_workbook(book.content) == book.cells
    assert book.cells["T"]["A2"] == "DATA SIMULASI / SIMULATED DATA"


def _gain(result=16 / 37):
    cells = {
        name: (name, Cell(value=value, format="count")) for name, value in (("pre", 63), ("post", 79), ("top", 100))
    }
    return Recalculation(
        title="N-gain",
        inputs=cells,
        formula="=({post}-{pre})/({top}-{pre})",
        result=Cell(value=result, format="decimal2"),
    )


def test_a_formula_names_its_cells_and_carries_the_printed_result():
    sheet = _open(workbook([], "id", title="x", recalculations=[_gain()]))["Hitung ulang"]
    assert [sheet[f"B{row}"].value for row in range(4, 8)] == [63, 79, 100, "=(B5-B4)/(B6-B4)"]
    assert sheet["B8"].value == pytest.approx(16 / 37, rel=1e-14)
    with pytest.raises(ParameterError, match=r"names cells that are no inputs: \['post', 'pre', 'top'\]"):
        workbook([], "id", title="x", recalculations=[Recalculation(
            title="x", inputs={}, formula=_gain().formula, result=_gain().result)])  # fmt: skip


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_program_computes_the_same_number(tmp_path):
    """The formula is live: a spreadsheet program computes it again, and sees a wrong printed number."""
    content = workbook([], "id", title="x", recalculations=[_gain(), _gain(result=0.5)]).content
    path = tmp_path / "hitung.xlsx"
    path.write_bytes(content)
    (tmp_path / "profile" / "user").mkdir(parents=True)
    (tmp_path / "profile" / "user" / "registrymodifications.xcu").write_text(ALWAYS_COMPUTE, encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path / 'profile'}",
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "hitung.csv").read_text(encoding="utf-8").splitlines()
    computed = [float(line.rpartition(",")[2]) for line in lines if line.startswith("Dihitung")]
    assert computed == pytest.approx([16 / 37] * 2)
    assert [line.rpartition(",")[2] for line in lines if line.startswith("Keduanya")] == ["ya", "tidak"]
