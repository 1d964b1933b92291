"""Arbitrary tables: never a traceback, never a lost row, never a value without a source."""

from __future__ import annotations

import datetime as dt
import io

import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.cleaning.cells.answers import clean_answers
from analysis.cleaning.cells.numbers import decide_decimal_mark, read_number
from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.reading.xls import scan_binary
from analysis.study.instrument import load_instrument
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import KEY, make_context

HEADERS = ["No", "Nama", "NIK", "L/P", "Jabatan", "Desa", "Kabupaten", "Hari 1", "Hari 2", "Skor", "Pretes", "Status",
           "Tanggal", "Timestamp", "P1", "P2", "Modul selesai", "Jenis Kegiatan", "", "Nilai/10,00"]  # fmt: skip
CELLS = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.sampled_from(
        ["JUMLAH", "7 / 10", "7-Okt", "H", "√", "Kades", "3-4", "1,80205E+15", "Nama", "-", "=1", "\x00", "1.234"]
    ),
    st.integers(-10, 10**17),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def _xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("A")
    page.write(0, 0, "Nama")
    page.row(0).set_cell_error(1, "#REF!")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


XLS = _xls()


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 8))
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=width, max_size=width))
    body = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))
    above = draw(st.integers(0, 2))
    return Sheet("tes pretes.xlsx", "A", [*[[""] * width for _ in range(above)], list(header), *body])


@given(st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 255)), min_size=1, max_size=12))
@settings(deadline=None)
def test_the_scan_of_an_xls_file_never_fails_whatever_its_bytes(changes):
    data = bytearray(XLS)
    for place, byte in changes:
        data[place % len(data)] = byte
    assert all(
        finding.rule in {"error_cell", "formula_without_value", "hidden_rows"} for finding in scan_binary(bytes(data))
    )


@given(st.lists(sheets(), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_account_of_any_table_balances(found):
    cleaning = clean_participants(found, make_context(), key=KEY)
    assert sum(account.rows_in for account in cleaning.accounts) == sum(len(sheet.rows) for sheet in found)
    for account in cleaning.accounts:
        assert account.rows_in == account.rows_kept + sum(account.dropped.values())


@given(st.lists(CELLS, min_size=6, max_size=6), st.integers(0, 1))
@settings(max_examples=60, deadline=None)
def test_a_filled_score_cell_is_read_or_told_never_lost(cells, which):
    rows = by_code.quiz_form(cells)
    cleaning = clean_participants([Sheet(f"{('pretes', 'postes')[which]}.xlsx", "A", rows)], make_context(), key=KEY)
    points = cleaning.tables["scores"][("pre_points", "post_points")[which]]
    told = {problem.cell for problem in cleaning.problems if problem.column == "Skor"}
    for row, (cell, value) in enumerate(zip(cells, points, strict=True), start=2):
        blank = isinstance(cell, str) and not cell.strip()
        assert (value == value) != (f"B{row}" in told or blank)


@given(CELLS)
@settings(deadline=None)
def test_an_answer_is_a_step_of_the_scale_or_missing(cell):
    value = "TRUE" if cell is True else "FALSE" if cell is False else cell
    cleaned = clean_answers([value], load_instrument())
    answer = cleaned.values[0]
    assert answer is None or answer in (1, 2, 3, 4, 5)
    if isinstance(value, dt.date):
        assert cleaned.broken == [(0, "answer_became_date")]


@given(st.decimals(0, 1000, places=2))
def test_a_number_reads_alike_with_either_mark(number):
    comma, point = str(number).replace(".", ","), str(number)
    assert read_number(comma, decide_decimal_mark([comma]).mark) == (float(number), None)
    assert read_number(point, decide_decimal_mark([point]).mark) == (float(number), None)
