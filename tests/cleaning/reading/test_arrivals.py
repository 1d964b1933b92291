"""What a file is follows from its content; what can hold no table is refused with a remedy of its own."""

from __future__ import annotations

import pytest

from analysis.cleaning.problems.rules import RULES
from analysis.cleaning.problems.rules_of_arrivals import ARRIVALS
from analysis.cleaning.reading.arrivals import FileKind, ending_finding, kind_of
from analysis.cleaning.reading.findings import Refused
from tests.cleaning.reading import hostile


@pytest.mark.parametrize("ending", ["xlsx", "xls", "csv", "txt", "dat", ""])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (hostile.xlsx(), FileKind.OPENXML),
        (hostile.xls(), FileKind.BINARY),
        (hostile.ods(), FileKind.OPENDOCUMENT),
        (hostile.docx(), FileKind.WORD),
        (hostile.html("<table>"), FileKind.HTML),
    ],
    ids=list(FileKind)[:5],
)
def test_content_tells_what_a_file_is_whatever_its_ending(tmp_path, ending, content, kind):
    path = tmp_path / f"nilai.{ending}"
    path.write_bytes(content)
    assert kind_of(path) is kind
    told = ending_finding(path, kind)
    assert (told is None) == (ending == kind.value)


@pytest.mark.parametrize("ending", ["csv", "txt", "tsv", "tab", "xls", "xlsx", "ods"])
def test_text_is_read_under_the_endings_of_tables(tmp_path, ending):
    path = tmp_path / f"nilai.{ending}"
    path.write_bytes(hostile.CSV)
    assert kind_of(path) is FileKind.TEXT


@pytest.mark.parametrize("ending", ["md", "json", "py", "log", ""])
def test_text_under_other_endings_is_not(tmp_path, ending):
    path = tmp_path / f"catatan.{ending}"
    path.write_bytes(hostile.CSV)
    with pytest.raises(Refused, match="file_type_unknown"):
        kind_of(path)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"  \r\n"])
@pytest.mark.parametrize(
    "start", [b"<TABLE>", b"<!DOCTYPE html>", b"<html>", b"<?xml version='1.0'?><html>", b"<meta a>"]
)
def test_web_pages_begin_in_many_ways(tmp_path, mark, start):
    path = tmp_path / "nilai.xls"
    path.write_bytes(mark + start)
    assert kind_of(path) is FileKind.HTML


def test_each_kind_has_its_own_remedy():
    kinds = {one.rule for one in hostile.all_hostile()} & set(ARRIVALS)
    assert len(kinds) >= 14
    remedies = [ARRIVALS[rule].remedy for rule in kinds] + [RULES["binary_workbook"].remedy]
    assert len(set(remedies)) >= len(remedies) - 1  # a spreadsheet of 2003 and a saved web page are mended alike
