"""Which rows are data: totals, signatures and blanks are counted by their reason, no row is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import find_header
from analysis.cleaning.tables.ledger import Ledger, RowClass
from analysis.cleaning.tables.lexicon import build_lexicon
from analysis.cleaning.tables.rows import Layout, enter_rows
from analysis.study.instrument import load_instrument
from tests.cleaning.people_rows import ITEMS, NUMBERED, PEOPLE, WHO, answers, beside, rules

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


FORMS = [[number, *row] for number, row in enumerate(answers(8), start=1)]
STEPS = (("Sangat rendah", 1), ("Rendah", 2), ("Cukup", 3), ("Baik", 4), ("Sangat baik", 5))


def _counts(change: int = 0) -> list[list[object]]:
    columns = list(zip(*answers(8), strict=True))
    rows: list[list[object]] = [[label, *[column.count(step) for column in columns]] for label, step in STEPS]
    rows[3][1] = int(str(rows[3][1])) + change
    means = [f"{sum(column) / 8:.2f}".replace(".", ",") for column in columns]
    return [*rows, ["Jumlah", *[sum(column) for column in columns]], ["Rata-rata", *means]]


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_frequency_tables_below_answers_are_a_block_that_agrees(read, gap):
    cleaned = read({"evaluasi.csv": [["No", *NUMBERED], *FORMS, *[[""]] * gap, *_counts()]}, batches=("1",))
    responses = cleaned.tables["responses"]
    assert len(responses) == 8
    assert responses[ITEMS[0].id].mean() == 4.5
    assert set(rules(cleaned, "batch_sole")) == {"block_repeats_data", "total_row"}


def test_a_block_that_differs_from_the_data_is_a_doubt_with_what_differs(read):
    cleaned = read({"evaluasi.csv": [["No", *NUMBERED], *FORMS, [""], *_counts(change=2)]}, batches=("1",))
    differs = cleaned.problems[cleaned.problems["rule"] == "block_differs"]
    assert differs["value"].tolist() == ["1 cell: 6 ≠ 4"]
    assert len(cleaned.tables["responses"]) == 8


@pytest.mark.parametrize(
    "below",
    [
        [["No", "Jabatan", "Jumlah"], [1, "Kades", 2], [2, "Sekdes", 2], [3, "BPD", 1]],
        [["Hadir", "", "", "", 5], ["Tidak hadir", "", "", "", 1]],
        [["", "Laki-laki", "", "", 4], ["", "Perempuan", "", "", 2]],
        [["Persentase", "", "", "", "83%"]],
        [["", "", "", "", 6]],
        [["Keterangan:"], ["H = Hadir"], ["A = Alpa"]],
        [["Mengetahui,"], ["Kepala Dinas"], ["Rahmat Contoh"], ["NIP 19700101 199001 1 001"]],
    ],
)  # fmt: skip
def test_what_stands_below_people_is_never_one_of_them(read, below):
    header = [*WHO, "Hari 1"]
    cleaned = read({"daftar hadir.csv": [header, *beside(["H"] * 6), [""], *below]})
    assert len(cleaned.tables["participants"]) == 6
    assert not cleaned.has_errors
    assert not cleaned.problems["rule"].isin(["person_unidentified", "name_alone", "attendance_unknown"]).any()
    assert sum(last - first + 1 for name, first, last in cleaned.account[0].rows if name == RowClass.DATA) == 6


@pytest.mark.parametrize(
    "last",
    [
        [7, "Gita Tujuh", "", ""],
        [7, "", "Kades", "Desa Gading"],
        ["", "Gita Tujuh", "Kades", "Desa Gading"],
        [9, "Gita Tujuh", "Kades", "Desa Gading"],
        [1, "Gita Tujuh", "Kades", "Desa Gading"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", [0, 1])
def test_a_person_with_a_gap_in_the_row_stays_a_person(read, last, gap):
    header = [*WHO, "Hari 1"]
    cleaned = read({"daftar hadir.csv": [header, *beside(["H"] * 6), *[[""]] * gap, [*last, "H"]]})
    assert len(cleaned.tables["participants"]) == 7


def test_a_form_without_a_name_at_the_end_stays_a_form(read):
    rows = [[person[1], person[3], 50 + number] for number, person in enumerate(PEOPLE)]
    cleaned = read({"pretes.csv": [["Nama", "Desa", "Skor"], *rows, ["", "Desa Gading", 77]]})
    assert cleaned.tables["scores"]["pre_points"].max() == 77


def test_columns_beside_the_table_are_told_and_not_read(read):
    beside_rows = [["50-60", 3], ["61-70", 3], *[["", ""]] * 4]
    rows = [[*person, 50, 70, "", *cells] for person, cells in zip(PEOPLE, beside_rows, strict=True)]
    cleaned = read({"tes.csv": [[*WHO, "Pretes", "Postes", "", "Nilai", "Frekuensi"], *rows]})
    assert rules(cleaned) == ["columns_beside"]
    assert cleaned.tables["scores"]["pre_points"].tolist() == [50] * 6
