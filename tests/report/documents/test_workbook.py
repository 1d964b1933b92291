import shutil
import subprocess
from dataclasses import replace

import pytest

from analysis.errors import ParameterError
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.tables import Cell, words
from analysis.report.documents.workbook import Recalculation, workbook
from analysis.report.verify.read_back import read_workbook
from analysis.words.catalogue import catalogue
from tests.report.documents.opened_workbook import opened, table_of

# By itself LibreOffice shows the stored result of a formula; this makes it compute on opening, as Excel does.
ALWAYS_COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def test_the_dictionary_explains_every_column():
    sheet = opened(workbook([table_of("T")], "id", title="x"))["Kamus data"]
    assert [[cell.value for cell in row] for row in sheet["A3:C5"]] == [
        ["Lembar", "Kolom", "Arti"],
        ["T", "Nama", "apa"],
        ["T", "Nilai", "berapa"],
    ]


def test_what_was_written_is_what_is_read():
    book = workbook([table_of("T", (words("a"), Cell(value=1956, format="count")))], "id", title="x", simulated=True)
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
    sheet = opened(workbook([], "id", title="x", recalculations=[_gain()]))["Hitung ulang"]
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


def test_a_sheet_that_fails_holds_one_sentence_and_the_others_stand():
    good = replace(table_of("Baik", (words("a"), Cell(value=7, format="count"))), name="good")
    half = (words("b"), Cell(value=1, format="count")), (words("c"), Cell(value=2, format="no such format"))
    bad = replace(table_of("Rusak", *half), name="bad")
    guard = Guard("id")
    book = workbook([bad, good], "id", title="x", guard=guard)
    assert [(failure.part, failure.name) for failure in guard.failures] == [(Part.SHEET, "bad")]
    sheets = opened(book)
    assert [[cell.value for cell in row] for row in sheets["Rusak"].iter_rows() if row[0].value] == [
        ["Rusak"],
        [catalogue("id").text("part failed")],
    ]
    assert [claim.value for claim in book.claims] == [7], "numbers of the failed sheet are withdrawn"
    assert read_workbook(book.content) == book.cells
    with pytest.raises(KeyError):
        workbook([bad, good], "id", title="x")


def test_a_table_that_failed_before_has_its_sheet():
    guard = Guard("en")
    guard.attempt(Part.TABLE, "items-7-5", lambda: 1 / 0, None)
    sheets = opened(workbook([], "en", title="x", guard=guard))
    title = catalogue("en").text("items", "table")
    assert sheets[title[:31]]["A3"].value == catalogue("en").text("part failed")
    assert len(guard.failures) == 1


def test_a_recalculation_that_fails_leaves_the_tables():
    guard = Guard("id")
    wrong = Recalculation(title="T", inputs={}, formula="={nothing}", result=Cell(value=1.0, format="decimal2"))
    book = workbook([table_of("T", (words("a"), Cell(value=7, format="count")))], "id", title="x",
                    recalculations=[wrong], guard=guard)  # fmt: skip
    assert guard.names(Part.SHEET) == ("recalculation",)
    assert opened(book)["Hitung ulang"]["A3"].value == catalogue("id").text("part failed")
    assert [claim.value for claim in book.claims] == [7]
