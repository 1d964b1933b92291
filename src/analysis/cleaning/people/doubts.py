"""Doubts about who is who: how they are told, what was decided about them, and how that is applied to rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.decisions import (
    DOUBTS_IN_WORDS,
    LABELS,
    SHEET,
    Case,
    Choice,
    Decision,
    RowPlace,
    row_text,
)
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.files import DECISIONS_FILE
from analysis.cleaning.tables.recognise import Column
from analysis.cleaning.tables.table import Table

RowKey = tuple[str, str | None, int]  # file, sheet, row of the sheet from 0
Place = tuple[Table, int]  # a table and a position in its ``rows``
DROPPED = "decision_drop"  # reason in the account of a row that a decision dropped


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions by row: who is the same, who is separate from whom, which doubts are settled, what is dropped."""

    same: tuple[tuple[RowKey, RowKey], ...] = ()
    separate: Mapping[RowKey, RowKey] = field(default_factory=dict)
    settled: frozenset[tuple[str, frozenset[RowKey]]] = frozenset()
    dropped: frozenset[RowKey] = frozenset()

    def settles(self, rule: str, here: Place, other: Place | None) -> bool:
        """Tell whether a person has decided this doubt."""
        return (rule, frozenset(row_key(*place) for place in (here, other) if place is not None)) in self.settled


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt as the problem list tells it, and as the case that a person is asked to decide."""

    problem: Problem
    case: Case


def row_key(table: Table, position: int) -> RowKey:
    """Return what names a row of a table whatever else is dropped from it, or read beside it on its sheet."""
    return (table.sheet.file, table.sheet.name, table.sheet.first_row + table.rows[position])


def tell_doubt(
    rule: str, here: Place, column: Column | None, value: object, other: Place | None, difference: str = ""
) -> Doubt:
    """Return a doubt about a row; the problem's value is a shape, ``difference`` and the other row's address."""
    table, position = here
    told = table.problem(rule, position, column, value)
    there = None if other is None else _place(*other, _like(column, other[0]))
    shown = _joined(told.value, difference, None if there is None else compared_with(there))
    return Doubt(replace(told, value=shown), Case(rule, _place(table, position, column), there))


def tell_beside(rule: str, here: Place, other: Place) -> Problem:
    """Return a problem of a row that names the row beside which it is to be seen."""
    table, position = here
    return replace(table.problem(rule, position, None), value=compared_with(_place(*other, None)))


def compared_with(place: RowPlace) -> str:
    """Return the part of a problem's value that names another row."""
    return f"compare with {_shown(place)}"


def _joined(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None


def letters_that_differ(one: object, other: object) -> str:
    """Return how many letters or digits two texts differ in: the kind of difference without the texts."""
    steps = SequenceMatcher(None, str(one), str(other), autojunk=False).get_opcodes()
    count = sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in steps if tag != "equal")
    noun = "digit" if str(one).isdigit() and str(other).isdigit() else "letter"
    return f"{counted(count, noun)} {'differs' if count == 1 else 'differ'}"


def columns_that_differ(names: Sequence[str]) -> str:
    """Return which columns of a processed table two rows differ in."""
    return f"differs in {', '.join(names)}"


def _like(column: Column | None, table: Table) -> Column | None:
    return table.column(column.meaning) if column is not None else None


def _place(table: Table, position: int, column: Column | None) -> RowPlace:
    cells = table.sheet.rows[table.rows[position]]
    return RowPlace(table.sheet.file, table.sheet.name, table.cell(position, column), row_text(cells))


def _shown(place: RowPlace) -> str:
    return ", ".join(part for part in (place.file, place.sheet, place.cell) if part)


def apply_decisions(decisions: Sequence[Decision], tables: Sequence[Table]) -> tuple[Rulings, list[Problem]]:
    """Return what the decisions mean for the rows of these tables, and a problem or note for each decision."""
    rows: dict[tuple[str, str | None], list[Table]] = {}
    for table in tables:
        rows.setdefault((table.sheet.file, table.sheet.name), []).append(table)
    problems: list[Problem] = []
    fitting: list[tuple[Decision, RowKey, RowKey | None]] = []
    for decision in decisions:
        here = _find(decision.case.here, rows)
        other = _find(decision.case.other, rows) if decision.case.other else None
        rule = _misfit(decision, here, other)
        if rule is None and here is not None:
            fitting.append((decision, here, other))
        else:
            problems.append(_about(decision, rule or "decision_stale"))
    contradicting = _contradicting(fitting)
    problems += [_about(decision, "decision_contradicts") for decision, *_ in contradicting]
    kept = [one for one in fitting if one not in contradicting]
    problems += [_applied(decision) for decision, *_ in kept]
    return _rulings(kept), problems


def _misfit(decision: Decision, here: RowKey | None, other: RowKey | None) -> str | None:
    if here is None or (decision.case.other is not None and other is None):
        return "decision_stale"
    needs_other = decision.choice in (Choice.SAME_PERSON, Choice.DIFFERENT_PERSON)
    return "decision_without_other_row" if needs_other and other is None else None


def _find(place: RowPlace, tables: Mapping[tuple[str, str | None], Sequence[Table]]) -> RowKey | None:
    """Return the row that a place means, None where it is gone or holds something else now."""
    match = re.fullmatch(r"[A-Z]+([0-9]+)", place.cell)
    if match is None:
        return None
    number = int(match.group(1)) - 1
    for table in tables.get((place.file, place.sheet), ()):
        row = number - table.sheet.first_row
        if row in set(table.rows) and row_text(table.sheet.rows[row]) == place.text:
            return (place.file, place.sheet, number)
    return None


def _contradicting(
    fitting: Sequence[tuple[Decision, RowKey, RowKey | None]],
) -> list[tuple[Decision, RowKey, RowKey | None]]:
    """Return the decisions on pairs of rows that were called one person here and two people there."""
    called: dict[frozenset[RowKey | None], set[Choice]] = {}
    for decision, here, other in fitting:
        called.setdefault(frozenset({here, other}), set()).add(decision.choice)
    both = {Choice.SAME_PERSON, Choice.DIFFERENT_PERSON}
    return [one for one in fitting if one[0].choice in both and both <= called[frozenset(one[1:])]]


def _about(decision: Decision, rule: str) -> Problem:
    return problem(rule, DECISIONS_FILE, sheet=SHEET, cell=decision.cell, value=_shown(decision.case.here))


def _applied(decision: Decision) -> Problem:
    place = decision.case.here
    return problem(
        "decision_applied",
        place.file,
        sheet=place.sheet,
        cell=place.cell,
        value=f"{DOUBTS_IN_WORDS.get(decision.case.rule, decision.case.rule)}: {LABELS[decision.choice]}",
    )


def _rulings(fitting: Sequence[tuple[Decision, RowKey, RowKey | None]]) -> Rulings:
    same: list[tuple[RowKey, RowKey]] = []
    separate: dict[RowKey, RowKey] = {}
    settled = set()
    dropped = set()
    for decision, here, other in fitting:
        settled.add((decision.case.rule, frozenset(key for key in (here, other) if key is not None)))
        if decision.choice is Choice.DROP:
            dropped.add(here)
        elif decision.choice is Choice.SAME_PERSON and other is not None:
            same.append((here, other))
        elif decision.choice is Choice.DIFFERENT_PERSON and other is not None:
            separate[here] = other
        elif decision.case.rule == "person_twice_differs" and other is not None:
            dropped.add(other)  # this row is the correct one
    return Rulings(tuple(same), separate, frozenset(settled), frozenset(dropped))
