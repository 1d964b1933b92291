"""The rules that raw files and definitions may break: one list, whatever the kind of table.

``done`` and ``remedy`` are message keys in plain English that the catalogues translate. What was found, and what was
expected beside it ("72 ≠ 71", "TUBABA → ?"), stands in the problem's ``value`` in signs rather than words, so that the
problem list reads alike in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.cleaning.problems.problem import Problem, RuleText
from analysis.cleaning.problems.rules_of_arrivals import ARRIVALS
from analysis.cleaning.problems.rules_of_cells import CELLS
from analysis.cleaning.problems.rules_of_definitions import DEFINITIONS
from analysis.cleaning.problems.rules_of_files import FILES, TEXT_FILES
from analysis.cleaning.problems.rules_of_people import PEOPLE
from analysis.cleaning.problems.rules_of_printed import PRINTED
from analysis.cleaning.problems.rules_of_tables import TABLES
from analysis.cleaning.reading.sheet import Sheet

RULES: Mapping[str, RuleText] = {
    **FILES, **TEXT_FILES, **ARRIVALS, **DEFINITIONS, **TABLES, **CELLS, **PEOPLE, **PRINTED,
}  # fmt: skip

# Codes that meant the same as another: they stay valid wherever a code may be written.
ALIASES: Mapping[str, str] = {
    "workbook_empty": "file_empty",
    "kind_unknown": "file_unrecognised",
    "header_not_found": "file_unrecognised",
    "kind_ambiguous": "file_ambiguous",
    "table_empty": "table_without_rows",
    "workbook_unreadable": "file_unreadable",
    "plan_kind_other": "plan_kind_unknown",
    "count_unreadable": "not_a_number",
    "batch_not_found": "batch_unknown",
    "date_order_undecided": "date_order_assumed",
    "regency_not_found": "regency_unknown",
}


def problem(
    rule: str,
    file: str,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Problem:
    """Return the problem of breaking ``rule`` at a place; KeyError for a rule that does not exist."""
    code = ALIASES.get(rule, rule)
    found = RULES[code]
    return Problem(
        severity=found.severity,
        file=file,
        rule=code,
        done=found.done,
        remedy=found.remedy,
        sheet=sheet,
        cell=cell,
        column=column,
        value=value,
    )


def cell_problem(
    rule: str, sheet: Sheet, row: int | None, column: int | None, *, name: str | None = None, value: str | None = None
) -> Problem:
    """Return the problem of one cell, row or table of a sheet.

    ``row`` and ``column`` count inside ``sheet.rows``; a row's problem stands at its first column, a table's
    (``row`` None) nowhere. ``name`` is the column's name as the file or the table prints it.
    """
    cell = None if row is None else sheet.address(row, column or 0)
    return problem(rule, sheet.file, sheet=sheet.name, cell=cell, column=name, value=value)
