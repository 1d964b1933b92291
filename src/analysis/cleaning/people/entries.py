"""Entries: the rows of all participant tables with what says who each row is, cleaned column by column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analysis.cleaning.cells import people, places
from analysis.cleaning.cells.cleaned import Cleaned
from analysis.cleaning.cells.shapes import counted, shape
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.kinds import Context
from analysis.cleaning.tables.table import Table
from analysis.study.batches import batch_in_name, find_batch
from analysis.study.province import Province

Values = list[object]
_ONE_ROW_A_PERSON = frozenset({"attendance", "tests"})
LEAST_ROWS_TO_JUDGE = 30  # a class; of fewer rows a person may have made many attempts
MOST_ROWS_A_PERSON = 5  # on average; some repeat a test, no class repeats it five times
MANY_TEXTS = 3  # that are not understood, for a header to be doubted


@dataclass(slots=True)
class Entries:
    """The rows of one table: identity and attributes, one value per row in each list (None is missing).

    ``name``, ``number`` and ``email`` are in the form for comparison; ``attributes`` holds role, sex and places, the
    village as a name without its local word.
    """

    table: Table
    number: Values
    nik: Values
    email: Values
    name: Values
    attributes: dict[str, Values]
    problems: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.table.rows)

    def identifier(self, kind: str) -> Values:
        """Return the column of participant numbers ("number") or of NIKs ("nik")."""
        return self.number if kind == "number" else self.nik

    @property
    def is_person_by_itself(self) -> bool:
        """Tell whether each row is a person even where it does not say who: of a list, or with both tests."""
        has_both = self.table.column("pre_score") is not None and self.table.column("post_score") is not None
        return "attendance" in self.table.kinds or has_both


def read_entries(table: Table, context: Context) -> Entries:
    """Return the entries of a table of people."""
    problems: list[Problem] = []
    code = context.province.code

    def cleaned(meaning: str, clean: object) -> Values:
        return clean_column(table, meaning, clean, problems)

    place = read_places(table, context, problems)
    role = cleaned("role", lambda values: people.clean_roles(values, code))
    number = _identifying(table, "participant_number", people.clean_numbers_of_people, problems)
    nik = _identifying(table, "nik", people.clean_nik, problems)
    email = _identifying(table, "email", people.clean_numbers_of_people, problems)
    attributes = {"role": role, "sex": _sex(table, problems), **place}
    return Entries(table, number, nik, email, _names(table, problems), attributes, problems)


def _sex(table: Table, problems: list[Problem]) -> Values:
    """Return the sex of each row: from its column, else from a column to tick for each."""
    male, female = table.column("sex_male"), table.column("sex_female")
    if table.column("sex") is not None or male is None or female is None:
        return clean_column(table, "sex", people.clean_sex, problems)
    ticked = people.sex_of_ticks(table.values(male), table.values(female))
    problems.extend(table.problem(rule, row, male) for row, rule in ticked.broken)
    return ticked.values


def _identifying(table: Table, meaning: str, clean: object, problems: list[Problem]) -> Values:
    """Return a column of what names people, unless it repeats as no class repeats its people: then it is told once.

    Such a column is the number of a school or of a question, whatever its header says.
    """
    values = clean_column(table, meaning, clean, problems)
    if not _ONE_ROW_A_PERSON & set(table.kinds):
        return values
    filled = [value for value in values if value is not None]
    different = len(set(filled))
    if len(filled) < LEAST_ROWS_TO_JUDGE or len(filled) <= MOST_ROWS_A_PERSON * different:
        return values
    first = next(row for row, value in enumerate(values) if value is not None)
    told = table.problem("number_of_no_person", first, table.column(meaning))
    problems.append(replace(told, value=f"{counted(len(filled), 'row')}; {different} different"))
    return [None] * len(values)


def read_places(table: Table, context: Context, problems: list[Problem]) -> dict[str, Values]:
    """Return village, district, regency, batch, class and the class's label as written of a table's rows."""
    code = context.province.code

    def cleaned(meaning: str, clean: object) -> Values:
        return clean_column(table, meaning, clean, problems)

    column = table.column("class_id")
    written = [None] * len(table.rows) if column is None else [cell_text(one) or None for one in table.values(column)]
    hint, hinted = table.class_hint, places.clean_classes([table.class_hint or ""]).values[0]
    return {
        "village": cleaned("village", lambda values: places.clean_villages(values, code)),
        "district": cleaned("district", places.clean_districts),
        "regency": cleaned("regency", lambda values: places.clean_regencies(values, code)),
        "batch": _batches(table, context, problems),
        "class": [hinted if value is None else value for value in cleaned("class_id", places.clean_classes)],
        "class_label": [hint if value is None else value for value in written],
    }


def _batches(table: Table, context: Context, problems: list[Problem]) -> Values:
    """Return the batch of each row: its cell, else that of its sheet or file, else the study's only batch."""
    province = context.province
    values = clean_column(table, "batch", lambda cells: places.clean_batches(cells, province), problems)
    hint = batch_of_sheet(table.sheet, province)
    if hint is not None:
        return [hint if value is None else value for value in values]
    blank = blank_rows(table, "batch")
    titled = batch_of_titles(table.sheet, table.header_row, province) if blank else None
    assigned = titled or (province.batches[0] if len(province.batches) == 1 else None)
    if assigned is None or not blank:
        return values
    filled = set(blank)
    value = f"in batch {assigned}; {counted(len(blank), 'row')}"
    rule = "batch_sole" if titled is None else "batch_of_title"
    problems.append(table.problem(rule, blank[0], table.column("batch"), value))
    return [assigned if row in filled else value for row, value in enumerate(values)]


_SEVERAL = re.compile(r"^\W*(?:,|&|/|-|\u2013|dan\b|s\.? ?[/.]? ?d\b|sampai\b|hingga\b|and\b)\W*\w", re.IGNORECASE)


def batch_of_titles(sheet: Sheet, header_row: int, province: Province) -> str | None:
    """Return the one batch that the titles above a table name; None where they name none, or several."""
    named = set()
    for row in sheet.rows[:header_row]:
        text = " ".join(filter(None, map(cell_text, row)))
        batch = batch_in_name(text, province)
        if batch is None:
            continue
        after = text.casefold().rpartition(batch.casefold())[2]
        named.add(None if _SEVERAL.match(after) else batch)
    return next(iter(named)) if len(named) == 1 else None


def batch_of_sheet(sheet: Sheet, province: Province) -> str | None:
    """Return the batch that ``[files]`` gives a sheet, else the one that it or its file is named after, else None."""
    given = province.setting_of(sheet.file, sheet.name).batch
    if given is not None:
        return find_batch(given, province)
    stem = sheet.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return batch_in_name(sheet.name, province) or batch_in_name(stem, province)


def place_facts(batches: Values, classes: Values) -> dict[str, float | None]:
    """Return how many batches and classes some rows name; None for classes where none is named."""
    named = {pair for pair in zip(batches, classes, strict=True) if pair[1] is not None}
    return {"batches": len(set(batches) - {None}), "classes": len(named) or None}


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
