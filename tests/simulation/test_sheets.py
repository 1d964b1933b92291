"""Raw files in memory: an address leads to its cell, and the same sheets are the same bytes."""

from __future__ import annotations

import datetime as dt

import pytest
from python_calamine import CalamineWorkbook

from analysis.cleaning.reading.sheet import place_of
from analysis.simulation.sheets import ErrorCell, SheetPlan, write_files


def plan(file="a.xlsx", name="Satu", **changes):
    return SheetPlan(
        file=file,
        name=name,
        columns=("no", "nama", "hari"),
        header=[["No", "Nama", "Hari"], ["", "", "ke-1"]],
        rows=[[1, "Anu", "H"], [2, "Inu", None]],
        above=[["DAFTAR HADIR"]],
        below=[["Jumlah", 2, None]],
        **changes,
    )


def read(path, sheet):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_an_address_is_where_the_cell_stands_in_the_written_file(tmp_path):
    sheet = plan()
    write_files(tmp_path, [sheet, plan(name="Dua")])
    cells = read(tmp_path / "a.xlsx", "Dua")
    for row in [*sheet.rows, *sheet.below]:
        for column, value in zip(sheet.columns, row, strict=True):
            at = place_of(sheet.address(sheet.row_numbers()[id(row)], column))
            assert cells[at[0]][at[1]] == ("" if value is None else value)
    assert sheet.printed_header("hari") == "ke-1"
    assert sheet.printed_header("nama") == "Nama"


@pytest.mark.parametrize("file", ["a.xlsx", "sub/b.csv"])
def test_the_same_sheets_are_the_same_bytes(tmp_path, file):
    for folder in ("satu", "dua"):
        write_files(tmp_path / folder, [plan(file)])
    assert (tmp_path / "satu" / file).read_bytes() == (tmp_path / "dua" / file).read_bytes()
    assert sorted(path.name for path in (tmp_path / "satu").rglob("*.*")) == [file.rsplit("/", 1)[-1]]


def test_dates_and_errors_are_cells_of_their_kind_and_anything_else_is_refused(tmp_path):
    sheet = plan()
    sheet.rows = [[dt.date(2024, 5, 17), ErrorCell("#REF!"), 0.5]]
    write_files(tmp_path, [sheet])
    assert read(tmp_path / "a.xlsx", "Satu")[3][0] == dt.date(2024, 5, 17)
    sheet.rows = [[object(), "", ""]]
    with pytest.raises(TypeError, match="a cell cannot hold object"):
        write_files(tmp_path, [sheet])


def test_a_text_table_has_its_own_separator(tmp_path):
    write_files(tmp_path, [plan("a.csv", None, delimiter=";")])
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert lines[3] == "1;Anu;H"
