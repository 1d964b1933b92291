"""Entries: the rows of all participant tables with what says who each row is, cleaned column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analysis.cleaning.cells import people, places
from analysis.cleaning.cells.cleaned import Cleaned
from analysis.cleaning.cells.shapes import counted, shape
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.kinds import Context
from analysis.cleaning.tables.table import Table
from analysis.study.batches import batch_in_name
from analysis.study.province import Province

Values = list[object]
MANY_TEXTS = 3  # that are not understood, for a header to be doubted


@dataclass(slots=True)
class Entries:
    """The rows of one table: identity and attributes, one value per row in each list (None is missing).

    ``name`` and ``number`` are in the form for comparison, ``village`` a name without its local word.
    """

    table: Table
    number: Values
    nik: Values
    name: Values
    village: Values
    role: Values
    attributes: dict[str, Values]
    problems: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.table.rows)


def read_entries(table: Table, context: Context) -> Entries:
    """Return the entries of a table of people."""
    problems: list[Problem] = []
    code = context.province.code

    def cleaned(meaning: str, clean: object) -> Values:
        return clean_column(table, meaning, clean, problems)

    place = read_places(table, context, problems)
    role = cleaned("role", lambda values: people.clean_roles(values, code))
    number = cleaned("participant_number", people.clean_numbers_of_people)
    nik = cleaned("nik", people.clean_nik)
    if table.column("participant_number") is None and table.column("nik") is None and table.column("village") is None:
        number = cleaned("email", people.clean_numbers_of_people)
    attributes = {"role": role, "sex": cleaned("sex", people.clean_sex), **place}
    return Entries(table, number, nik, _names(table, problems), place["village"], role, attributes, problems)


def read_places(table: Table, context: Context, problems: list[Problem]) -> dict[str, Values]:
    """Return village, district, regency, batch, class and the class's label as written of a table's rows."""
    code = context.province.code

    def cleaned(meaning: str, clean: object) -> Values:
        return clean_column(table, meaning, clean, problems)

    column = table.column("class_id")
    written = [None] * len(table.rows) if column is None else [cell_text(one) or None for one in table.values(column)]
    hint = table.class_hint
    return {
        "village": cleaned("village", lambda values: places.clean_villages(values, code)),
        "district": cleaned("district", places.clean_districts),
        "regency": cleaned("regency", lambda values: places.clean_regencies(values, code)),
        "batch": _batches(table, context, problems),
        "class": [hint if value is None else value for value in cleaned("class_id", places.clean_classes)],
        "class_label": [hint if value is None else value for value in written],
    }


def _batches(table: Table, context: Context, problems: list[Problem]) -> Values:
    """Return the batch of each row: its cell, else what sheet or file is named after, else the study's only batch."""
    province = context.province
    values = clean_column(table, "batch", lambda cells: places.clean_batches(cells, province), problems)
    blank = blank_rows(table, "batch")
    hint = batch_of_sheet(table.sheet, province)
    given = hint or (province.batches[0] if len(province.batches) == 1 else None)
    if given is None or not blank:
        return values
    if hint is None:
        column = table.column("batch")
        problems.append(
            table.problem("batch_sole", blank[0], column, f"in batch {given}; {counted(len(blank), 'row')}")
        )
    filled = set(blank)
    return [given if row in filled else value for row, value in enumerate(values)]


def batch_of_sheet(sheet: Sheet, province: Province) -> str | None:
    """Return the batch that a sheet is named after, else its file; None where neither names one."""
    stem = sheet.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return batch_in_name(sheet.name, province) or batch_in_name(stem, province)


def blank_rows(table: Table, meaning: str) -> list[int]:
    """Return the rows whose cell of a column is blank: all rows where the table has no such column."""
    column = table.column(meaning)
    if column is None:
        return list(range(len(table.rows)))
    return [row for row, value in enumerate(table.values(column)) if value == "" or not cell_text(value)]


def clean_column(table: Table, meaning: str, clean: object, problems: list[Problem]) -> Values:
    """Return a column's clean values and enter what it broke; all missing where the table has no such column."""
    column = table.column(meaning)
    if column is None or not callable(clean):
        return [None] * len(table.rows)
    values = table.values(column)
    result: Cleaned = clean(values)
    told = [table.problem(rule, row, column, values[row]) for row, rule in result.broken]
    if _may_be_another_column(values, result):
        rows = [row for row, _ in result.broken]
        told = [replace(one, value=shape(values[row])) for one, row in zip(told, rows, strict=True)]
    problems.extend(told)
    return result.values


def _may_be_another_column(values: Values, result: Cleaned) -> bool:
    """Tell whether most of a column is not understood, in many ways: its header may stand above people's names."""
    if len(result.broken) < MANY_TEXTS:
        return False
    filled = len(values) - values.count("")
    different = {str(values[row]) for row, _ in result.broken}
    return len(result.broken) > 0.5 * filled and len(different) >= MANY_TEXTS


def _names(table: Table, problems: list[Problem]) -> Values:
    if table.column("name") is not None:
        return clean_column(table, "name", people.clean_names, problems)
    parts = [table.column("given_name"), table.column("surname")]
    found = [table.values(part) for part in parts if part is not None]
    if not found:
        return [None] * len(table.rows)
    return [people.compared_name(" ".join(str(part) for part in row)) for row in zip(*found, strict=True)]


def shared_groups(tables: Sequence[Table]) -> set[str]:
    """Return the groups (what file names say beside pretest or posttest) that have both tests."""
    tests: dict[str, set[str | None]] = {}
    for table in tables:
        tests.setdefault(table.group, set()).add(table.test)
    return {group for group, found in tests.items() if {"pre", "post"} <= found}
