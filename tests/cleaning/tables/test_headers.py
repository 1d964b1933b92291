"""A header is found among titles and joined over two rows."""

from __future__ import annotations

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import find_header
from analysis.cleaning.tables.lexicon import build_lexicon
from analysis.study.instrument import load_instrument


def test_a_header_of_two_rows_is_joined_over_its_merged_cell():
    rows: list[list[object]] = [
        ["No", "Nama", "Jabatan", "Kehadiran", ""],
        ["", "", "", "1", "2"],
        [1, "A", "Kades", "H", "H"],
    ]
    lexicon = build_lexicon(load_instrument(), {})
    header = find_header(Sheet("a.xlsx", "A", rows, merged=((0, 3, 0, 4),)), lexicon.candidates)
    assert header is not None
    assert (header.row, header.height) == (0, 2)
    assert header.labels[3:] == ("Kehadiran 1", "Kehadiran 2")
