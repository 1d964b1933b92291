"""Which kind of table a sheet is: what the province says, else the header."""

from __future__ import annotations

from pathlib import Path

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.registry import KINDS, recognise
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import make_context

INVITED = [["Kabupaten", "Jumlah Desa", "Jumlah Peserta"], ["Tanggamus", "19", "76"]]


def test_names_of_kinds_are_their_own():
    names = [name for kind in KINDS for name in (kind.name, *kind.aliases)]
    assert len(names) == len(set(names))
    tables = [table for kind in KINDS for table in kind.tables]
    assert len(tables) == len(set(tables))


def test_the_header_decides():
    context = make_context(Path())
    people = recognise(Sheet("x.xlsx", "A", by_code.attendance()), context)
    assert people.kind is KINDS[-1]
    assert people.found is not None
    assert people.problems == ()


def test_a_sheet_of_no_kind_tells_its_width_and_nothing_of_its_cells():
    unknown = recognise(Sheet("x.csv", None, [["Siti Rahmawati", "0812345678"]]), make_context(Path()))
    assert unknown.found is None
    (told,) = unknown.problems
    assert told.value == "2 columns"


def test_a_kind_that_does_not_exist_gets_a_suggestion():
    context = make_context(Path(), files={"x.csv": f"{KINDS[0].name}x"})
    (told,) = recognise(Sheet("x.csv", None, INVITED), context).problems
    assert f"did you mean {KINDS[0].name!r}?" in told.value
