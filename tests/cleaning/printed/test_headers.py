"""The header of a published table: the first row that names enough of its columns."""

from __future__ import annotations

from pathlib import Path

from analysis.cleaning.printed.headers import Column, Columns
from analysis.cleaning.reading.sheet import Sheet
from tests.cleaning.participants.workbooks_by_code import make_context

COLUMNS = Columns(
    (
        Column("unit", ("Unit", "Satuan")),
        Column("invited", ("Diundang",)),
        Column("note", ("Catatan",), required=False),
    ),
    frozenset({"unit", "invited"}),
)


def find(*rows, **changes):
    width = max(len(row) for row in rows)
    return COLUMNS.find(
        Sheet("a.csv", None, [[*row, *[""] * (width - len(row))] for row in rows]), make_context(Path(), **changes)
    )


def test_titles_above_and_columns_in_any_order_do_not_matter():
    header = find(["KEHADIRAN PESERTA"], ["Diundang", "x", "SATUAN"])
    assert (header.row, header.columns, header.unknown, header.is_whole) == (1, {"invited": 0, "unit": 2}, (1,), True)


def test_a_column_that_stands_twice_is_named():
    assert find(["Unit", "Diundang", "unit"]).twice == ("unit",)


def test_the_provinces_own_spelling_counts():
    assert find(["Unit", "Jumlah kursi"]) is None
    assert find(["Unit", "Jumlah kursi"], columns={"Jumlah Kursi": "invited"}).columns == {"unit": 0, "invited": 1}


def test_a_cell_is_compared_by_its_words():
    assert COLUMNS.name_of("catatan", {}) == "note"
