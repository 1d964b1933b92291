"""Arbitrary tables: never a traceback, never a lost row, never a value without a source."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.reading.sheet import Sheet
from tests.cleaning.any_cell import CELLS
from tests.cleaning.participants.workbooks_by_code import KEY, make_context

HEADERS = ["No", "Nama", "NIK", "L/P", "Jabatan", "Desa", "Kabupaten", "Hari 1", "Hari 2", "Skor", "Pretes", "Status",
           "Tanggal", "Timestamp", "P1", "P2", "Modul selesai", "Jenis Kegiatan", "", "Nilai/10,00"]  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 8))
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=width, max_size=width))
    body = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))
    above = draw(st.integers(0, 2))
    return Sheet("tes pretes.xlsx", "A", [*[[""] * width for _ in range(above)], list(header), *body])


@given(st.lists(sheets(), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_account_of_any_table_balances(found):
    cleaning = clean_participants(found, make_context(), key=KEY)
    assert sum(account.rows_in for account in cleaning.accounts) == sum(len(sheet.rows) for sheet in found)
    for account in cleaning.accounts:
        assert account.rows_in == account.rows_kept + sum(account.dropped.values())
