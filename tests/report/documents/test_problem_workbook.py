"""masalah.xlsx: every problem in Indonesian, linking to its cell."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis.cleaning.clean import clean_province
from analysis.report.documents.problem_workbook import write_problem_workbook

RAW = Path(__file__).parents[3] / "data" / "raw"


@pytest.fixture(scope="module")
def problems() -> pd.DataFrame:
    return clean_province(RAW / "contoh").problems


def test_every_problem_stands_in_indonesian_and_links_to_its_cell(problems, tmp_path):
    path = write_problem_workbook(problems, RAW / "contoh", tmp_path / "reports" / "contoh", simulated=True)
    page = openpyxl.load_workbook(path).active
    assert page.title == "Masalah data"
    assert page["A2"].value == "DATA SIMULASI / SIMULATED DATA"
    rows = list(page.iter_rows(min_row=4))
    assert len(rows) == len(problems) == 52
    assert [row[1].value for row in rows] == problems["file"].tolist()
    found = next(row for row in rows if row[6].value == "nama mirip")
    problem = problems[problems["rule"] == "similar_name"].iloc[0]
    assert found[0].value == "ragu: perlu keputusan"
    assert found[8].value == "Putuskan di keputusan.xlsx: orang yang sama atau orang berbeda."
    assert found[3].value == problem["cell"]
    link = found[3].hyperlink
    opened = (path.parent / link.target.replace("%20", " ").replace("\\", "/")).resolve()
    assert opened == (RAW / "contoh" / problem["file"]).resolve()
    assert link.location == f"'{problem['sheet']}'!{problem['cell']}"


def test_a_text_file_is_linked_without_a_cell_and_a_missing_file_not_at_all(problems, tmp_path):
    of_text = problems[problems["file"].str.endswith(".csv")].head(1)
    missing = of_text.assign(file="hilang.csv")
    table = pd.concat([of_text, missing], ignore_index=True)
    path = write_problem_workbook(table, RAW / "contoh", tmp_path)
    first, second = openpyxl.load_workbook(path).active.iter_rows(min_row=4)
    assert first[3].hyperlink.target.replace("\\", "/").endswith(of_text["file"].iloc[0])
    assert first[3].hyperlink.location is None
    assert all(cell.hyperlink is None for cell in second)


def test_words_that_look_like_formulas_stay_words(problems, tmp_path):
    table = problems.head(1).assign(value="=1+1")
    page = openpyxl.load_workbook(write_problem_workbook(table, RAW / "contoh", tmp_path)).active
    assert (page["F4"].value, page["F4"].data_type) == ("=1+1", "s")


def test_the_same_list_gives_the_same_bytes(problems, tmp_path):
    one = write_problem_workbook(problems, RAW / "contoh", tmp_path / "a").read_bytes()
    assert one == write_problem_workbook(problems, RAW / "contoh", tmp_path / "b").read_bytes()
