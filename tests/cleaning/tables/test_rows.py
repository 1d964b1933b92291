"""Which rows are data: totals, signatures and blanks are counted by their reason, no row is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import find_header
from analysis.cleaning.tables.ledger import Ledger
from analysis.cleaning.tables.lexicon import build_lexicon
from analysis.cleaning.tables.rows import Layout, enter_rows
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
    ledger = Ledger(sheet, find_header(sheet, build_lexicon(load_instrument(), {}).candidates), "peserta")
    enter_rows(ledger, Layout((0, 1, 2, 3), number=0, identity=(1,)))
    return ledger


@pytest.mark.parametrize("reason", LEFT_OUT)
def test_a_row_that_is_no_data_is_counted_by_its_reason(reason):
    found = rows_of([PERSON, LEFT_OUT[reason], PERSON])
    assert found.data_rows() == [1, 3]
    assert found.account().dropped == {reason: 1, "header": 1}


@given(st.lists(st.sampled_from([PERSON, *LEFT_OUT.values()]), max_size=8))
def test_every_row_is_kept_or_counted(rows):
    found = rows_of(rows)
    account = found.account()
    assert account.rows_kept + sum(account.dropped.values()) == len(rows) + 1
    assert account.rows_kept == rows.count(PERSON)


def test_a_signature_block_ends_the_data():
    block = [["", "", "", "Kota Agung, 3 Agustus 2023"], ["", "Ketua Panitia", "", ""], ["", "Suryadi Wijaya", "", ""]]
    found = rows_of([PERSON, *block])
    assert (found.data_rows(), found.rows_of("signature_row")) == ([1], [2, 3, 4])
