"""The ending of a file chooses its reader, in either case."""

from __future__ import annotations

import pytest

from analysis.cleaning.reading.process import read_workbook
from analysis.cleaning.reading.readers import reader_for
from analysis.cleaning.reading.text import read_text


@pytest.mark.parametrize(
    ("file", "reader"),
    [
        ("a.csv", read_text), ("tes/B.TXT", read_text), ("c.tsv", read_text), ("d.XLSX", read_workbook),
        ("e.xls", read_workbook), ("f.ods", read_workbook), ("g.pdf", None), ("xlsx", None),
    ],
)  # fmt: skip
def test_each_ending_has_its_reader(file, reader):
    assert reader_for(file) is reader
