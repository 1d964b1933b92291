"""Text tables as offices produce them."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.problems.problem import Severity
from analysis.cleaning.reading.text import SEPARATORS, read_text, separator_of

TABLE = "NO;KABUPATEN;DESA\n1;Café Déjà;11\n2;Pesawaran;7\n"
CELLS = [["NO", "KABUPATEN", "DESA"], ["1", "Café Déjà", "11"], ["2", "Pesawaran", "7"]]


@pytest.fixture
def read(tmp_path):
    def _read(content: bytes):
        (tmp_path / "kuota.csv").write_bytes(content)
        return read_text(tmp_path / "kuota.csv", "kuota.csv")

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


def test_excel_file_with_the_ending_of_a_text_file_is_named_as_such(read):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    reading = read(stream.getvalue())
    assert only_rule(reading) == ("excel_named_as_text", "xlsx")
    assert "rename it to .xlsx" in reading.problems[0].remedy
    assert only_rule(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8))) == ("excel_named_as_text", "xls")


def test_unclosed_quote_is_an_error_with_its_line(read):
    reading = read(b'NO;KAB\n1;"Lampung\n2;Pesawaran\n')
    assert only_rule(reading)[0] == "quotes_broken"
    assert reading.problems[0].cell == "A3"


def test_missing_file_is_unreadable(tmp_path):
    assert only_rule(read_text(tmp_path / "none.csv", "kuota.csv"))[0] == "file_unreadable"


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
    reading = read_text(path, "x.csv")
    assert bool(reading.sheets) != any(problem.severity is Severity.ERROR for problem in reading.problems)
    for sheet in reading.sheets:
        assert len({len(row) for row in sheet.rows}) == 1
