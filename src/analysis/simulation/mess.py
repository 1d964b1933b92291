"""Planting the mess of real files: cells, repeated and near-repeated people, rows of totals, stray files."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import numpy as np

from analysis.simulation.mess_kinds import CELL_KINDS, CellMess, misspelled
from analysis.simulation.planting import Planter
from analysis.simulation.sheets import Row, SheetPlan

Edit = Callable[[SheetPlan, Row], None]
PEOPLE_PER_ROUND = 288  # with full mess every kind is planted once for so many people
_NOT_ITEMS = ("row_number", "batch", "class_id", "village", "regency")  # the other columns of the evaluation
_STRAY_FILE = "catatan_panitia.xlsx"
_HIDDEN_SHEET = "Lama"
_LOCK_FILE = "~$peserta.xlsx"


class Mess(StrEnum):
    """How much mess: none (signature blocks and totals stay), each kind of cell once, or everything at every size."""

    NONE = "none"
    LIGHT = "light"
    FULL = "full"


def plant(
    sheets: list[SheetPlan], mess: Mess, people: int, rng: np.random.Generator
) -> tuple[list[SheetPlan], Planter]:
    """Change ``sheets`` in place; return them with those that were added, and what was planted."""
    planter = Planter(rng)
    for sheet in sheets:
        _mark_foot(sheet, planter)
    if mess is Mess.NONE:
        return sheets, planter
    rounds = max(1, round(people / PEOPLE_PER_ROUND)) if mess is Mess.FULL else 1
    for _ in range(rounds):
        for kind in CELL_KINDS:
            _plant_cell(sheets, kind, planter)
    if mess is Mess.LIGHT:
        return sheets, planter
    for _ in range(rounds):
        _plant_people(sheets, planter)
    _plant_rows(sheets, planter)
    planter.mark_file("stray_file", "file_unrecognised", _STRAY_FILE, "Catatan")
    planter.mark_file("lock_file", "lock_file", _LOCK_FILE)
    planter.mark_file("hidden_sheet", "hidden_sheet", "peserta.xlsx", _HIDDEN_SHEET)
    return [*sheets, _hidden_sheet(sheets), _stray_sheet()], planter


def write_lock_file(folder: Path) -> None:
    """Write what an office program leaves behind while a workbook is open: a small file that is no workbook."""
    (folder / _LOCK_FILE).write_bytes(b"\x06Panitia" + b" " * 157)


def _hidden_sheet(sheets: list[SheetPlan]) -> SheetPlan:
    """Return a former state of the attendance list that somebody hid: the first people of the first batch."""
    first = _of_tables(sheets, ("peserta",))[0]
    people = [[*row] for row in first.rows if len(row) == len(first.columns)][:8]
    return SheetPlan(first.file, _HIDDEN_SHEET, first.columns, [[*row] for row in first.header], people, hidden=True)


def _stray_sheet() -> SheetPlan:
    rows: list[Row] = [["Bawa spidol"], ["Pesan konsumsi"], ["Cek pengeras suara"]]
    return SheetPlan(_STRAY_FILE, "Catatan", ("note",), [["Yang perlu diingat panitia"]], rows)


def _mark_foot(sheet: SheetPlan, planter: Planter) -> None:
    """Remember the block below the data: signatures of an attendance list, the total row of invitations."""
    filled = [row for row in sheet.below if any(value not in (None, "") for value in row)]
    if filled and sheet.file.startswith("peserta"):
        planter.mark("signatures", "signature_row", sheet, filled[0])


def _of_tables(sheets: list[SheetPlan], tables: tuple[str, ...]) -> list[SheetPlan]:
    return [sheet for sheet in sheets if sheet.file.startswith(tables)]


def _column(kind: CellMess, sheet: SheetPlan, planter: Planter) -> str | None:
    """Return the column of this sheet that a kind of mess changes, None where the sheet has none."""
    if kind.column == "item":
        names = [name for name in sheet.columns if name not in _NOT_ITEMS]
    elif kind.column == "day":
        names = [name for name in sheet.columns if name.startswith("attendance_day_")]
    else:
        names = [kind.column] if kind.column in sheet.columns else []
    return str(planter.choice([*names])) if names else None


def _plant_cell(sheets: list[SheetPlan], kind: CellMess, planter: Planter) -> None:
    """Plant one cell of a kind in one of the sheets that it fits; nothing where no untouched row fits."""
    candidates = _of_tables(sheets, kind.tables)
    for number in planter.order(len(candidates)):
        sheet = candidates[number]
        column = _column(kind, sheet, planter)
        if column is None:
            continue
        at = sheet.index(column)
        row = planter.choose(sheet, lambda row, at=at: kind.fits(row[at]))  # type: ignore[misc]
        if row is not None:
            row[at] = kind.change(sheet, row, column)
            planter.mark(kind.kind, kind.rule, sheet, row, column)
            return


def _plant_people(sheets: list[SheetPlan], planter: Planter) -> None:
    """Plant repeated people, several attempts, and people whose number or name differs between files."""
    lists = _of_tables(sheets, ("peserta",))
    forms = [sheet for sheet in _of_tables(sheets, ("tes/",)) if "name" in sheet.columns]
    exports = [sheet for sheet in _of_tables(sheets, ("tes/",)) if "attempt_state" in sheet.columns]
    _repeat(lists, "same_row", "person_twice", planter, lambda sheet, row: None)
    _repeat(lists, "same_person_other_days", "person_twice_differs", planter, _turn_day)
    _edit(forms, "number_transposed", "same_name_other_number", "nik", planter, _transpose)
    _edit(forms, "name_and_number_lost", "similar_name", "name", planter, _lose_number)
    _repeat(exports, "attempt_unfinished", "attempt_unfinished", planter, _unfinish)
    _repeat(exports, "attempt_repeated", "attempt_repeated", planter, _second_attempt)


def _repeat(sheets: list[SheetPlan], kind: str, rule: str, planter: Planter, change: Edit) -> None:
    """Repeat a person's row at the end of the sheet, changed by ``change``, and mark the row that will not count.

    Of several attempts the first counts in a pretest and the last in a posttest; else the first row counts.
    """
    if not sheets:
        return
    sheet = sheets[planter.order(len(sheets))[0]]
    row = planter.choose(sheet)
    if row is not None:
        again = [*row]
        change(sheet, again)
        sheet.rows.append(again)
        last_counts = kind == "attempt_repeated" and "postes" in sheet.file
        planter.mark(kind, rule, sheet, row if last_counts else again)


def _edit(sheets: list[SheetPlan], kind: str, rule: str, column: str, planter: Planter, change: Edit) -> None:
    if not sheets:
        return
    sheet = sheets[planter.order(len(sheets))[0]]
    row = planter.choose(sheet)
    if row is not None:
        change(sheet, row)
        planter.mark(kind, rule, sheet, row, column)


def _turn_day(sheet: SheetPlan, row: Row) -> None:
    at = sheet.index("attendance_day_1")
    row[at] = "A" if row[at] == "H" else "H"


def _transpose(sheet: SheetPlan, row: Row) -> None:
    """Type another last digit: two people of one village, role and name do not exist."""
    at = sheet.index("nik")
    nik = str(row[at])
    row[at] = f"{nik[:-1]}{int(nik[-1]) % 9 + 1}"


def _lose_number(sheet: SheetPlan, row: Row) -> None:
    row[sheet.index("nik")] = None
    at = sheet.index("name")
    row[at] = misspelled(str(row[at]))


def _unfinish(sheet: SheetPlan, row: Row) -> None:
    row[sheet.index("attempt_state")] = "Sedang dikerjakan"
    row[sheet.index("finished")] = "-"
    row[sheet.index("score")] = "-"


def _second_attempt(sheet: SheetPlan, row: Row) -> None:
    """Start and finish three hours later."""
    for column in ("started", "finished"):
        at = sheet.index(column)
        day, clock = str(row[at]).rsplit(" ", 1)
        row[at] = f"{day} {int(clock[:2]) + 3:02d}{clock[2:]}"


def _plant_rows(sheets: list[SheetPlan], planter: Planter) -> None:
    """Plant rows of totals inside attendance lists and below exports, and a repeated header."""
    for sheet in _of_tables(sheets, ("peserta",)):
        total: Row = ["JUMLAH", None, None, None, len(sheet.rows) // 2]
        sheet.rows.insert(len(sheet.rows) // 2, total)
        planter.mark("total_inside", "total_row", sheet, total)
        if len(sheet.header) > 1:
            planter.mark("header_of_two_rows", "header_of_rows", sheet, sheet.header[0])
    for sheet in _of_tables(sheets, ("tes/",)):
        if "attempt_state" in sheet.columns:
            footer: Row = ["Overall average", *[None] * 6, "5,43"]
            sheet.rows.append(footer)
            planter.mark("average_at_foot", "total_row", sheet, footer)
    for sheet in _of_tables(sheets, ("tindak_lanjut",)):
        header = [*sheet.header[-1]]
        sheet.rows.insert(len(sheet.rows) // 2, header)
        planter.mark("header_inside", "header_repeated", sheet, header)
