"""Text tables as offices produce them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.problems.problem import Severity
from analysis.cleaning.reading.process import read_file
from analysis.cleaning.reading.text import SEPARATORS, separator_of

TABLE = "NO;KABUPATEN;DESA\n1;Café Déjà;11\n2;Pesawaran;7\n"
CELLS = [["NO", "KABUPATEN", "DESA"], ["1", "Café Déjà", "11"], ["2", "Pesawaran", "7"]]


@pytest.fixture
def read(tmp_path):
    def _read(content: bytes):
        (tmp_path / "kuota.csv").write_bytes(content)
        return read_file(tmp_path / "kuota.csv", "kuota.csv")

    return _read


def only_rule(reading):
    assert reading.sheets == ()
    (problem,) = reading.problems
    assert problem.file == "kuota.csv"
    assert problem.severity is Severity.ERROR
    return problem.rule, problem.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_without_a_word(read, encoding):
    reading = read(TABLE.encode(encoding))
    assert reading.sheets[0].rows == CELLS
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("latin-1", "Windows-1252 (Latin-1)"),
        ("cp1252", "Windows-1252 (Latin-1)"),
    ],
)
def test_other_encodings_are_read_and_noted(read, encoding, named):
    reading = read(TABLE.encode(encoding))
    assert reading.sheets[0].rows == CELLS
    (note,) = reading.problems
    assert (note.rule, note.value, note.severity) == ("encoding_assumed", named, Severity.NOTE)


def test_bytes_of_no_encoding_are_an_error(read):
    assert only_rule(read(b"NO;KAB\n1;\x81\xff\n")) == ("encoding_unknown", "byte 9")


def test_broken_utf16_is_an_error(read):
    assert only_rule(read(b"\xff\xfeN\x00O")) == ("encoding_unknown", "utf-16")


def test_nul_bytes_are_an_error(read):
    assert only_rule(read(b"NO;KAB\n1;\x00\n")) == ("nul_bytes", "byte 9")


@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_file_is_an_error(read, content):
    assert only_rule(read(content)) == ("file_empty", None)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'NO;KAB\n1;"Lampung\n2;Pesawaran\n', 2),
        (b'NO;KAB\n1;Bogor\n2;"Lampung\n3;"Pesawaran"\n4;Metro\n', 3),
        (b'NO;KAB;DESA\n1;"Bogor\nbarat";"Suka\n2;Metro;Sari\n', 3),
        (b'sep=;\nNO;KAB\n1;Bogor\n2;"Metro\n', 4),
        (b'NO;KAB;DESA\r1;Bogor;"Suka\r2;Metro";Sari\r3;Way;Kanan\r', 2),  # it swallows the next row in silence
        (b'"NO","KAB"\n"1","Bo""gor\n"2","Metro"\n', 2),
    ],
)  # fmt: skip
def test_a_quote_that_is_never_closed_is_named_where_it_opens(read, content, line):
    reading = read(content)
    assert only_rule(reading)[0] == "quotes_broken"
    assert reading.problems[0].cell == f"A{line}"


def test_a_text_of_several_lines_in_quotes_is_one_cell(read):
    sheet = read(b'NO,NAMA,SARAN\n1,Ani,"ruang, waktu\ndan meja, kursi"\n2,Budi,""\n3,Cici,"a ""b"" c"\n').sheets[0]
    assert [row[2] for row in sheet.rows] == ["SARAN", "ruang, waktu\ndan meja, kursi", "", 'a "b" c']


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\n", "mixed"])
def test_line_ends_of_every_system_are_read_alike(read, ends):
    lines = TABLE.splitlines()
    text = f"{lines[0]}\r\n{lines[1]}\r{lines[2]}\n" if ends == "mixed" else ends.join([*lines, ""])
    assert read(text.encode("utf-8")).sheets[0].rows == CELLS


@pytest.mark.parametrize("separator", SEPARATORS)
def test_decimal_commas_stay_with_every_separator(read, separator):
    cells = [["INDIKATOR", "Batch-5", "Batch-6"], ["Ruang", "3,89", "4,00"], ["Makan", "3,70", "4,18"]]
    rows = [[f'"{cell}"' if separator in cell else cell for cell in row] for row in cells]
    assert read("\n".join(map(separator.join, rows)).encode()).sheets[0].rows == cells


def test_damaged_utf8_is_not_taken_for_another_encoding(read):
    content = "NO;KAB\n1;Café\n2;Déjà\n".encode() + b"3;\xe9\n"
    assert only_rule(read(content)) == ("encoding_unknown", f"byte {content.rindex(bytes([0xE9]))}")


def test_utf32_is_read_and_noted(read):
    reading = read(TABLE.encode("utf-32"))
    assert reading.sheets[0].rows == CELLS
    assert [problem.value for problem in reading.problems] == ["UTF-32"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"NO;KAB\n1;" + b"x" * 5_000_000 + b"\n", "cell_too_long"),
        (b'NO;KAB\n1;"' + b"x" * 5_000_000 + b"\n", "cell_too_long"),
        (b"NO;KAB\n" + b";" * 5_000_000 + b"\n", "used_range_too_large"),
        (b"NO;KAB\n" + b"1;" * 2_500_000 + b"\n", "used_range_too_large"),
    ],
    ids=["cell", "quoted cell", "blanks", "cells"],
)
def test_a_line_of_five_megabytes_is_named(read, content, rule):
    reading = read(content)
    assert only_rule(reading)[0] == rule
    assert reading.problems[0].cell == "A2"


def test_a_small_text_never_becomes_a_large_rectangle(read):
    """A row of 4,000 cells above 200,000 rows of two would be 800 million cells."""
    assert only_rule(read(b";" * 3_999 + b"\n1;2" * 200_000))[0] == "used_range_too_large"


def test_missing_file_is_unreadable(tmp_path):
    assert only_rule(read_file(tmp_path / "none.csv", "kuota.csv"))[0] == "file_unreadable"


def test_short_rows_are_filled_and_empty_lines_keep_their_place(read):
    sheet = read(b"Judul\n\nNO;KAB;DESA\n1;A;2\n").sheets[0]
    assert sheet.rows == [["Judul", "", ""], ["", "", ""], ["NO", "KAB", "DESA"], ["1", "A", "2"]]
    assert sheet.address(3, 2) == "C4"


def test_hint_of_excel_names_the_separator(read):
    assert read(b"sep=|\nNO|KAB;X\n1|A;B\n").sheets[0].rows == [["", ""], ["NO", "KAB;X"], ["1", "A;B"]]


def test_decimal_commas_do_not_look_like_separators():
    assert separator_of("a;b;c\n1;3,89;4,18\n2;3,70;3,71\n") == ";"
    assert separator_of('a,b,c\n1,"3,89","4;18"\n2,"3,70","3;71"\n') == ","


PLAIN = st.text(st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters='";,|='), max_size=6)


@given(st.lists(st.lists(PLAIN, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(SEPARATORS))
def test_every_separator_is_found(rows, separator):
    text = "\n".join(separator.join(row) for row in rows)
    assert separator_of(text) == separator or not any(any(row) for row in rows)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_named(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "x.csv"
    path.write_bytes(content)
    reading = read_file(path, "x.csv")
    assert bool(reading.sheets) != any(problem.severity is Severity.ERROR for problem in reading.problems)
    for sheet in reading.sheets:
        assert len({len(row) for row in sheet.rows}) == 1
