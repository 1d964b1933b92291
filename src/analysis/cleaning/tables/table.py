"""A located table: sheet, kinds, columns, data rows and account; the one thing that column cleaners see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.cleaning.cells.shapes import counted, mask_personal, shape
from analysis.cleaning.problems.participant_rules import problem
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.codebook import KINDS, compared
from analysis.cleaning.tables.headers import Header, find_header
from analysis.cleaning.tables.kinds import SheetAccount
from analysis.cleaning.tables.recognise import (
    Column,
    Lexicon,
    batch_named_in,
    class_named_in,
    name_without_test,
    recognise,
    test_named_in,
)
from analysis.cleaning.tables.rows import data_rows


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet.

    ``kinds`` what it is read as; ``rows`` the indices of its data rows in ``sheet.rows``; ``test`` "pre" or
    "post" where sheet or file says so; ``batch_hint``/``class_hint`` what sheet or file name says;
    ``group`` what the file name says beside pretest or posttest.
    """

    sheet: Sheet
    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[int]
    header_row: int
    account: SheetAccount
    test: str | None
    batch_hint: str | None
    class_hint: str | None
    group: str
    personal: frozenset[str]

    def column(self, meaning: str) -> Column | None:
        """Return the column with this meaning, or None."""
        return next((column for column in self.columns if column.meaning == meaning), None)

    def columns_of(self, meaning: str) -> list[Column]:
        """Return all columns with this meaning, from left to right."""
        return [column for column in self.columns if column.meaning == meaning]

    def values(self, column: Column) -> list[object]:
        """Return a column's raw values in the order of ``rows``; TRUE and FALSE as the texts that Excel shows."""
        rows, index = self.sheet.rows, column.index
        values = [rows[row][index] for row in self.rows]
        if bool in set(map(type, values)):  # True == 1.0 would meet its twin in a dictionary
            return [cell_text(value) if isinstance(value, bool) else value for value in values]
        return values

    def cell(self, position: int, column: Column | None) -> str:
        """Return the address of a column's cell in the data row at ``position``; the row's first without column."""
        return self.sheet.address(self.rows[position], column.index if column else 0)

    def problem(self, rule: str, position: int, column: Column | None, value: object = None) -> Problem:
        """Return a problem at a cell; a value that may tell who somebody is by its shape only."""
        shown = None if value is None else cell_text(value)
        if shown is not None and (rule in _ABOUT_PERSONAL_TEXT or (column and column.meaning in self.personal)):
            shown = shape(value)
        elif shown is not None and not isinstance(value, dt.date):
            shown = mask_personal(shown)
        return problem(
            rule,
            self.sheet.file,
            sheet=self.sheet.name,
            cell=self.cell(position, column),
            column=column.header if column else None,
            value=shown,
        )


_ABOUT_PERSONAL_TEXT = frozenset({"personal_text_masked"})


def locate_table(sheet: Sheet, lexicon: Lexicon, given: Mapping[str, str]) -> tuple[Table | None, list[Problem]]:
    """Return the table of a sheet, or None with a problem that says why there is none.

    ``given`` maps files to what ``[files]`` of province.toml calls them (words of the codebook's ``names``).
    """
    kind, test = _given(sheet, given, lexicon)
    if not any(value != "" for row in sheet.rows for value in row):
        return None, [problem("sheet_empty", sheet.file, sheet=sheet.name)]
    header = find_header(sheet, lexicon.known)
    if header is None:
        return None, [problem("header_not_found", sheet.file, sheet=sheet.name)]
    found = recognise(sheet, header, lexicon, kind)
    if not found.kinds:
        return None, found.problems
    sheet, merged = _spread_merged(sheet, header)
    rows = data_rows(sheet, header)
    stem = sheet.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    table = Table(
        sheet=sheet,
        kinds=found.kinds,
        columns=found.columns,
        rows=rows.kept,
        header_row=header.row,
        account=SheetAccount(
            sheet.file, sheet.name, "+".join(found.kinds), len(sheet.rows), len(rows.kept), rows.dropped
        ),
        test=test or test_named_in(sheet.name, stem, sheet.file),
        batch_hint=batch_named_in(sheet.name) or batch_named_in(stem),
        class_hint=class_named_in(sheet.name) or class_named_in(stem),
        group=name_without_test(stem),
        personal=frozenset(field.id for field in lexicon.codebook.fields.values() if field.personal),
    )
    return table, [*found.problems, *_told_merged(table, merged), *rows.problems]


def _spread_merged(sheet: Sheet, header: Header) -> tuple[Sheet, list[tuple[int, int]]]:
    """Return the sheet with each cell below the header that is merged over several rows repeated in them, and where."""
    below = [
        (top - sheet.first_row, left - sheet.first_column, bottom - sheet.first_row)
        for top, left, bottom, _ in sheet.merged
        if bottom > top and top - sheet.first_row >= header.first_data_row
    ]
    if not below:
        return sheet, []
    rows = list(sheet.rows)
    for top, column, bottom in below:
        for row in range(top + 1, min(bottom + 1, len(rows))):
            rows[row] = [*rows[row][:column], rows[top][column], *rows[row][column + 1 :]]
    return replace(sheet, rows=rows), [(top, column) for top, column, _ in below]


def _told_merged(table: Table, merged: Sequence[tuple[int, int]]) -> list[Problem]:
    """Return one note about the merged cells that stand in data rows."""
    kept = set(table.rows) if merged else set()
    places = sorted(place for place in merged if place[0] in kept)
    if not places:
        return []
    sheet = table.sheet
    value = counted(len(places), "cell")
    return [problem("merged_cells", sheet.file, sheet=sheet.name, cell=sheet.address(*places[0]), value=value)]


def _given(sheet: Sheet, given: Mapping[str, str], lexicon: Lexicon) -> tuple[str | None, str | None]:
    word = given.get(sheet.file)
    if word is None:
        return None, None
    kind = lexicon.codebook.names.get(compared(word), word)
    if kind in ("pretest", "posttest"):
        return "tests", kind.removesuffix("test")
    return (kind if kind in KINDS else None), None
