"""The rules that raw files may break: how grave each is, what was done, and what a person should do.

One place for all messages of participant files. ``done`` and ``remedy`` are message keys in plain English.
"""

from __future__ import annotations

from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules_of_arrivals import ARRIVALS
from analysis.cleaning.problems.rules_of_cells import CELLS
from analysis.cleaning.problems.rules_of_files import FILES, PersonRule
from analysis.cleaning.problems.rules_of_people import PEOPLE
from analysis.cleaning.problems.rules_of_tables import TABLES

PARTICIPANT_RULES: dict[str, PersonRule] = {**FILES, **ARRIVALS, **TABLES, **CELLS, **PEOPLE}


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
    found = PARTICIPANT_RULES[rule]
    return Problem(
        severity=found.severity,
        file=file,
        rule=rule,
        done=found.done,
        remedy=found.remedy,
        sheet=sheet,
        cell=cell,
        column=column,
        value=value,
    )
