"""Tables of web pages: cells as they are shown, merged ones included."""

from __future__ import annotations

import pytest

from analysis.cleaning.reading.process import read_file
from tests.cleaning.reading import hostile


@pytest.fixture
def read(tmp_path):
    def _read(body: str, name: str = "nilai.xls"):
        (tmp_path / name).write_bytes(hostile.html(body))
        return read_file(tmp_path / name, name).sheets

    return _read


def test_cells_are_texts_as_they_are_shown(read):
    (sheet,) = read(
        "<table><tr><th>Nama<th>Nilai</tr><tr><td> Ani\n <b>Satu</b> </td><td x:num='4'>4,00</td></tr>"
        "<tr><td>Budi&nbsp;&amp; Dua<br>Suka</td><td><span>3,</span>89</td></tr></table>"
    )
    assert sheet.rows == [["Nama", "Nilai"], ["Ani Satu", "4,00"], ["Budi & Dua Suka", "3,89"]]
    assert (sheet.name, sheet.address(1, 1)) == (None, "B2")


def test_merged_cells_keep_the_others_in_their_columns(read):
    (sheet,) = read(
        "<table><tr><th colspan=2>Peserta</th><th rowspan=2>Nilai</th></tr><tr><th>Nama</th><th>Desa</th></tr>"
        "<tr><td>Ani</td><td rowspan=2>Suka</td><td>7</td></tr><tr><td>Budi</td><td>8</td></tr></table>"
    )
    assert sheet.rows == [["Peserta", "", "Nilai"], ["Nama", "Desa", ""], ["Ani", "Suka", "7"], ["Budi", "", "8"]]
    assert sheet.merged == ((0, 0, 0, 1), (0, 2, 1, 2), (2, 1, 3, 1))


def test_each_table_is_a_sheet_and_a_table_of_tables_is_none(read):
    row = "<tr><td>{}</td></tr>"
    inner = "".join(f"<table>{row.format(text)}</table>" for text in ("a", "b"))
    sheets = read(f"<table><tr><td>{inner}</td></tr></table><table> <tr><td> </td></tr></table>")
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [("Tabel 1", [["a"]]), ("Tabel 2", [["b"]])]


def test_what_a_page_does_not_show_is_no_text(read):
    (sheet,) = read("<table><tr><td>a<script>var b;</script><style>c{}</style><!-- d --></td></tr></table>")
    assert sheet.rows == [["a"]]


def test_a_page_of_an_older_encoding_is_read(tmp_path):
    page = '<html><meta charset="windows-1252"><table><tr><td>Café</td></tr></table></html>'
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    reading = read_file(tmp_path / "a.html", "a.html")
    assert reading.sheets[0].rows == [["Café"]]
    assert reading.problems == ()


def test_scores_of_a_page_are_read_as_those_of_a_workbook(lampung):
    lampung.write(
        "tes.xls",
        hostile.html(
            "<table><tr><th>Nama</th><th>Desa</th><th>Pretest</th><th>Posttest</th></tr>"
            "<tr><td>Ani Satu</td><td>Suka</td><td>6</td><td>8,5</td></tr></table>"
        ),
    )
    scores = lampung.clean().tables["scores"]
    assert scores[["pre_points", "post_points"]].to_numpy().tolist() == [[6.0, 8.5]]
