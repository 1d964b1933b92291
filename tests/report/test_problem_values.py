"""What the problem list says was found: shapes, differences and places in words, cells as they stand."""

import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.cleaning.cells.shapes import shape
from analysis.cleaning.clean import clean_province
from analysis.report.documents.problem_workbook import value_in_words
from analysis.words.catalogue import catalogue

RAW = Path(__file__).parents[2] / "data" / "raw"

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
