"""masalah.xlsx: every problem in Indonesian, linking to its cell."""

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis.cleaning.cells.shapes import shape
from analysis.cleaning.clean import clean_province
from analysis.report.documents.problem_workbook import value_in_words, write_problem_workbook
from analysis.words.catalogue import catalogue

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
    assert len(rows) == len(problems) > 50
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


CASES = [
    ("2 words, 13 letters; 1 letter differs; compare with peserta.xlsx, Angkatan 5, B95",
     "2 kata, 13 huruf; 1 huruf berbeda; bandingkan dengan peserta.xlsx, Angkatan 5, B95"),
    ("differs in days_attended, role; compare with a.csv, A2",
     "berbeda pada Hari hadir, Jabatan; bandingkan dengan a.csv, A2"),
    ("16 digits, last 4, 3 marks", "16 angka, terakhir 4, 3 tanda baca"),
    ("rows 106 to 107", "baris 106 sampai 107"),
    ("21 columns: C to AA", "21 kolom: C sampai AA"),
    ("2 columns: A, C", "2 kolom: A, C"),
    ("2 columns; Nama | Desa", "2 kolom; Nama | Desa"),
    ("5 of 6 different rows stand in a.xlsx, A too", "5 dari 6 baris yang berbeda ada juga di a.xlsx, A"),
    ("[number]", "[nomor]"),
    ("343,597,383,680 cells", "343,597,383,680 sel"),
]  # fmt: skip


@pytest.mark.parametrize(("english", "indonesian"), CASES)
def test_phrases_are_in_words(english, indonesian):
    assert value_in_words(english, catalogue("id")) == indonesian
    assert value_in_words(english, catalogue("en")).casefold() == english.replace("_", " ").casefold()


@pytest.mark.parametrize(
    "value", ["3-4", "bagus sekali!!", "98,8% ≠ 98,4%", "Kab. A, Kab. B", "7 / 10", "=1+1", "", "; "]
)
def test_what_stands_in_a_cell_stays(value):
    assert value_in_words(value, catalogue("id")) == value


@pytest.mark.parametrize(
    "value", ["", None, True, 1802051234567890, 1.5, "1,80205E+15", "a@b.id", "Ani Wulandari, S.Pd.", "18.02-05", 1e300]
)
def test_every_shape_is_in_words(value):
    english = {"word", "words", "letter", "letters", "digit", "digits", "mark", "marks", "last", "number", "blank"}
    indonesian = value_in_words(shape(value), catalogue("id"))
    assert not english & set(re.findall(r"[a-z]+", indonesian))


def test_no_value_of_the_imaginary_province_is_left_half_in_english():
    values = clean_province(RAW / "contoh").problems["value"].dropna()
    shown = pd.Series([value_in_words(value, catalogue("id")) for value in values])
    assert not shown.str.contains(r"\b(?:words?|letters?|digits?|rows?|columns?|compare|differs?)\b").any()
