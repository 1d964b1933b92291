"""Which rows are data: totals, signatures and blanks are counted by their reason, no row is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import find_header
from analysis.cleaning.tables.recognise import build_lexicon
from analysis.cleaning.tables.rows import data_rows
from analysis.study.instrument import load_instrument

HEADER = ["No", "Nama", "Desa", "Kabupaten"]
PERSON = ["1", "Ani Wulandari", "Suka A", "Tanggamus"]
LEFT_OUT = {
    "total_row": ["JUMLAH", "", "", "12"],
    "blank_row": ["", "", "", ""],
    "header_repeated": HEADER,
    "column_numbers": ["1", "2", "3", "4"],
    "footnote_row": ["Catatan: diolah panitia", "", "", ""],
    "lone_row": ["", "Angkatan lima", "", ""],
}


def rows_of(rows):
    sheet = Sheet("peserta.csv", None, [HEADER, *rows])
    return data_rows(sheet, find_header(sheet, build_lexicon(load_instrument(), {}).known))


@pytest.mark.parametrize("reason", LEFT_OUT)
def test_a_row_that_is_no_data_is_counted_by_its_reason(reason):
    found = rows_of([PERSON, LEFT_OUT[reason], PERSON])
    assert found.kept == [1, 3]
    assert found.dropped == {reason: 1, "header": 1}


@given(st.lists(st.sampled_from([PERSON, *LEFT_OUT.values()]), max_size=8))
def test_every_row_is_kept_or_counted(rows):
    found = rows_of(rows)
    assert len(found.kept) + sum(found.dropped.values()) == len(rows) + 1
    assert len(found.kept) == rows.count(PERSON)


def test_a_signature_block_ends_the_data():
    block = [["", "", "", "Kota Agung, 3 Agustus 2023"], ["", "Ketua Panitia", "", ""], ["", "Suryadi Wijaya", "", ""]]
    found = rows_of([PERSON, *block])
    assert (found.kept, found.dropped["signature_row"]) == ([1], 3)
