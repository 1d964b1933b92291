"""A located table: sheet, kinds, columns, data rows and account; the one thing that column cleaners see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.cleaning.cells.dates import Order, decide_order
from analysis.cleaning.cells.shapes import counted, mask_personal, shape
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.beside import main_columns
from analysis.cleaning.tables.blocks import told_blocks
from analysis.cleaning.tables.codebook import KINDS
from analysis.cleaning.tables.headers import Header, find_header
from analysis.cleaning.tables.ledger import Ledger, SheetAccount
from analysis.cleaning.tables.lexicon import (
    Lexicon,
    class_named_in,
    name_without_test,
    test_named_in,
)
from analysis.cleaning.tables.pattern import Layout
from analysis.cleaning.tables.recognise import Column, Recognised, recognise
from analysis.cleaning.tables.rows import enter_rows, told_rows
from analysis.study.province import FileSetting
from analysis.study.regions import compared


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet.

    ``kinds`` what it is read as; ``rows`` the indices of its data rows in ``sheet.rows``; ``test`` "pre" or
    "post" where sheet or file says so; ``class_hint`` what [files], sheet or file name says;
    ``group`` what the file name says beside pretest or posttest; ``day_first`` the order of its dates.
    """

    sheet: Sheet
    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[int]
    header_row: int
    account: SheetAccount
    test: str | None
    class_hint: str | None
    group: str
    personal: frozenset[str]
    day_first: bool = True

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


_SENT = ("timestamp", "started", "finished")
_LABELS = frozenset({"row_number", "batch", "class_id", "submission", "respondent_number", "nik", "phone"})
_IDENTITY = ("name", "surname", "given_name", "nik", "participant_number", "email", "village")


@dataclass(frozen=True, slots=True)
class Located:
    """A sheet whose header and kind are known, its rows not yet."""

    sheet: Sheet
    header: Header
    found: Recognised
    setting: FileSetting
    test: str | None


def recognise_table(sheet: Sheet, lexicon: Lexicon, setting: FileSetting) -> tuple[Located | None, list[Problem]]:
    """Return what the table of a sheet is, or None with a problem that says why there is none.

    ``setting`` is what ``[files]`` of province.toml says about the sheet, in words of the codebook's ``names``.
    """
    kind, test = _given(setting, lexicon)
    if not any(value != "" for row in sheet.rows for value in row):
        return None, [problem("sheet_empty", sheet.file, sheet=sheet.name)]
    header = find_header(sheet, lexicon.candidates)
    if header is None:
        return None, [problem("file_unrecognised", sheet.file, sheet=sheet.name)]
    header, beside = main_columns(sheet, header, lexicon.candidates)
    found = recognise(sheet, header, lexicon, kind)
    told = [*found.problems, *beside]
    return (Located(sheet, header, found, setting, test), told) if found.kinds else (None, found.problems)


def read_table(located: Located, lexicon: Lexicon) -> tuple[Table, list[Problem]]:
    """Return the table of a recognised sheet with its data rows, and what is to be told about them."""
    sheet, merged = _spread_merged(located.sheet, located.header)
    header, found, setting = located.header, located.found, located.setting
    ledger = Ledger(sheet, header, "+".join(found.kinds), found.because)
    enter_rows(ledger, _layout(header, found))
    rows = ledger.data_rows()
    blocks = told_blocks(ledger, rows, [column.index for column in found.columns if column.meaning not in _LABELS])
    stem = sheet.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    order = _order(sheet, rows, found, setting)
    table = Table(
        sheet=sheet,
        kinds=found.kinds,
        columns=found.columns,
        rows=rows,
        header_row=header.row,
        account=ledger.account(),
        test=located.test or setting.test or test_named_in(sheet.name, stem, sheet.file),
        class_hint=setting.class_id
        or class_named_in(sheet.name)
        or class_named_in(stem)
        or _class_of_titles(sheet, header),
        group=name_without_test(stem),
        personal=frozenset(field.id for field in lexicon.codebook.fields.values() if field.personal),
        day_first=order.day_first,
    )
    told = [*_told_merged(table, merged), *told_rows(ledger), *blocks, *_told_order(table, order)]
    return table, told


def _layout(header: Header, found: Recognised) -> Layout:
    """Return where the table stands: all labelled columns, its running number, who somebody is."""
    labelled = tuple(index for index, label in enumerate(header.labels) if label)
    by_meaning = {column.meaning: column.index for column in reversed(found.columns)}
    identity = (
        ()
        if found.kinds == ("evaluation",)
        else tuple(by_meaning[meaning] for meaning in _IDENTITY if meaning in by_meaning)
    )
    stamp = next((by_meaning[meaning] for meaning in _SENT if meaning in by_meaning), None)
    return Layout(labelled, by_meaning.get("row_number"), identity, stamp)


def _class_named(sheet: Sheet, header: Header, stem: str) -> str | None:
    """Return the class that the sheet's name, the file's name or the titles above the table say."""
    return class_named_in(sheet.name) or class_named_in(stem) or _class_of_titles(sheet, header)


def _class_of_titles(sheet: Sheet, header: Header) -> str | None:
    """Return the one class that the titles above a table name, None where they name none or several."""
    titles = (" ".join(filter(None, map(cell_text, row))) for row in sheet.rows[: header.row])
    named = {match.group(1).upper() for title in titles for match in _CLASS_TITLE.finditer(title)}
    return next(iter(named)) if len(named) == 1 else None


_CLASS_TITLE = re.compile(r"\bkelas\b[ :.]*([a-z]|[0-9]{1,2})(?![\w,/&-])(?! *(?:,|dan\b|s ?/? ?d\b|-))", re.IGNORECASE)


def tables_by_test(table: Table) -> tuple[list[Table], list[Problem]]:
    """Return a table for each test where a column tells the test of each row, else the table itself."""
    column = table.column("test_name")
    if column is None or table.column("score") is None:
        return [table], []
    tests = [test_named_in(cell_text(value)) or _SHORT_TESTS.get(compared(value)) for value in table.values(column)]
    unknown = [position for position, test in enumerate(tests) if test is None]
    told = [table.problem("test_unknown", position, column, table.values(column)[position]) for position in unknown]
    parts: list[Table] = []
    for test in ("pre", "post"):
        rows = [row for row, one in zip(table.rows, tests, strict=True) if one == test]
        if rows:
            parts.append(replace(table, rows=rows, test=test, account=_part(table.account, rows, parts, len(unknown))))
    return (parts or [table]), told


_SHORT_TESTS = {"pre": "pre", "post": "post", "awal": "pre", "akhir": "post", "sebelum": "pre", "sesudah": "post"}


def _part(account: SheetAccount, rows: Sequence[int], earlier: Sequence[Table], unknown: int) -> SheetAccount:
    """Return the account of one part of a table; all that is no data stands in that of the first part."""
    if earlier:
        return SheetAccount(account.file, account.sheet, account.read_as, len(rows), len(rows), because=account.because)
    dropped = {**account.dropped, **({"test_unknown": unknown} if unknown else {})}
    count = len(rows) + sum(dropped.values())
    return replace(account, rows_in=count, rows_kept=len(rows), dropped=dropped)


_DATES = frozenset({"timestamp", "started", "finished", "agreed_on", "visited_on", "last_active"})


def _order(sheet: Sheet, rows: Sequence[int], found: Recognised, setting: FileSetting) -> Order:
    """Return the one order of day and month of all dates of a table."""
    if setting.dates is not None:
        return Order(setting.dates == "day-first", is_assumed=False)
    columns = [column.index for column in found.columns if column.meaning in _DATES]
    return decide_order(sheet.rows[row][index] for index in columns for row in rows)


def _told_order(table: Table, order: Order) -> list[Problem]:
    if not order.is_assumed:
        return []
    column = next(column for column in table.columns if column.meaning in _DATES)
    return [table.problem("date_order_assumed", 0, column)]


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


def _given(setting: FileSetting, lexicon: Lexicon) -> tuple[str | None, str | None]:
    word = setting.table
    if word is None:
        return None, None
    kind = lexicon.codebook.names.get(compared(word), word)
    if kind in ("pretest", "posttest"):
        return "tests", kind.removesuffix("test")
    return (kind if kind in KINDS else None), None
