"""The table ``participants``: one row a person, from the attendance lists; from all tables where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.cells.attendance import BLANK, PRESENT, clean_attendance, clean_mode
from analysis.cleaning.cells.numbers import MOST_DAYS, clean_counts
from analysis.cleaning.people.doubts import Doubt, Place, Rulings, columns_that_differ, tell_beside, tell_doubt
from analysis.cleaning.people.entries import Entries, Values, clean_column
from analysis.cleaning.people.identify import People
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.tables.table import Table
from analysis.study.batches import class_id

COLUMNS = ("participant_id", "role", "sex", "village", "district", "regency", "batch", "class_id", "class_label",
           "days_attended", "days_held", "attended_in_person")  # fmt: skip
_ATTRIBUTES = ("role", "sex", "village", "district", "regency", "batch", "class", "class_label")


def participants_table(
    everything: Sequence[Entries],
    people: People,
    codes: Sequence[str],
    village_code: Callable[[object, object], str],
    rulings: Rulings,
) -> tuple[pd.DataFrame, list[Problem], list[Doubt], dict[int, int]]:
    """Return the table, problems, doubts, and the rows left out of each entries (by position) as repeated people.

    The first row of a person counts; what it leaves blank is filled from the person's other rows in order. A row
    of a further list that adds nothing is left out; one that contradicts is asked about.
    """
    lists = [number for number, entries in enumerate(everything) if "attendance" in entries.table.kinds]
    wanted = sorted({person for number in lists for person in people.of[number]}) if lists else range(len(codes))
    record: dict[int, dict[str, object]] = {person: {} for person in wanted}
    problems: list[Problem] = []
    doubts: list[Doubt] = []
    dropped: dict[int, int] = {}
    met: dict[int, Place] = {}
    for number, entries in enumerate(everything):
        days = days_of(entries.table, problems) if number in lists else {}
        columns = {**{name: entries.attributes[name] for name in _ATTRIBUTES}, **days}
        if number in lists:
            repeated = _Repeated(entries, people.of[number], columns, rulings)
            dropped[number] = repeated.report(problems, doubts)
            dropped[number] += repeated.report_further(record, met, problems, doubts)
        _fill(record, people.of[number], columns)
    rows = [
        {
            "participant_id": codes[person],
            **found,
            "class_id": class_id(found.get("batch"), found.get("class")),
            "village": village_code(found.get("regency"), found["village"]) if found.get("village") else None,
        }
        for person, found in record.items()
    ]
    return _typed(pd.DataFrame.from_records(rows, columns=list(COLUMNS))), problems, doubts, dropped


def _fill(record: dict[int, dict[str, object]], persons: Sequence[int], columns: dict[str, Values]) -> None:
    names = list(columns)
    for person, *values in zip(persons, *columns.values(), strict=True):
        found = record.get(person)
        if found is None:
            continue
        for name, value in zip(names, values, strict=True):
            if value is not None and name not in found:
                found[name] = value


@dataclass(frozen=True, slots=True)
class _Repeated:
    """The further rows of people in attendance lists; ``columns`` are the values that they are compared by."""

    entries: Entries
    persons: Sequence[int]
    columns: dict[str, Values]
    rulings: Rulings

    def report(self, problems: list[Problem], doubts: list[Doubt]) -> int:
        """Tell each further row of this list, with the columns that differ from the first one; return their count."""
        table = self.entries.table
        first: dict[int, int] = {}
        repeated = 0
        for row, person in enumerate(self.persons):
            if person not in first:
                first[person] = row
                continue
            repeated += 1
            other = (table, first[person])
            differing = [name for name, values in self.columns.items() if values[row] != values[first[person]]]
            self._tell(row, other, differing, problems, doubts)
        return repeated

    def report_further(
        self, record: dict[int, dict[str, object]], met: dict[int, Place], problems: list[Problem], doubts: list[Doubt]
    ) -> int:
        """Tell the people whom earlier lists hold too; return how many rows of this list add nothing.

        ``record`` is what the earlier lists say by person, ``met`` where each person was met; the latter is
        extended.
        """
        nothing_new = 0
        here = set()
        for row, person in enumerate(self.persons):
            if person in here:
                continue  # told by ``report``
            here.add(person)
            if person not in met:
                met[person] = (self.entries.table, row)
                continue
            known = record[person]
            said = {name: values[row] for name, values in self.columns.items() if values[row] is not None}
            differing = [name for name, value in said.items() if known.get(name, value) != value]
            if said.keys() <= known.keys():
                nothing_new += "tests" not in self.entries.table.kinds
                self._tell(row, met[person], differing, problems, doubts)
            elif differing:
                self._tell(row, met[person], differing, problems, doubts)
        return nothing_new

    def _tell(self, row: int, other: Place, differing: list[str], problems: list[Problem], doubts: list[Doubt]) -> None:
        here = (self.entries.table, row)
        if not differing:
            problems.append(tell_beside("person_twice", here, other))
        elif not self.rulings.settles("person_twice_differs", here, other):
            difference = columns_that_differ(differing)
            doubts.append(tell_doubt("person_twice_differs", here, None, None, other, difference))


def days_of(table: Table, problems: list[Problem]) -> dict[str, Values]:
    """Return days attended, days held and attendance in person of each row.

    A day was held where its column is not wholly blank. A blank or unknown cell of a day that was held
    leaves the person's days missing.
    """
    columns = table.columns_of("attendance_day") or table.columns_of("attended")
    mode = clean_column(table, "mode", clean_mode, problems)
    held: list[Values] = []
    for column in columns:
        values = table.values(column)
        cleaned = clean_attendance(values)
        if all(code == BLANK for code in cleaned.values):
            continue
        held.append(cleaned.values)
        blanks = [(row, "attendance_blank") for row, code in enumerate(cleaned.values) if code == BLANK]
        problems.extend(
            table.problem(rule, row, column, values[row]) for row, rule in sorted([*cleaned.broken, *blanks])
        )
    count = len(table.rows)
    if not held:
        totals = clean_column(table, "days_total", lambda values: clean_counts(values, MOST_DAYS), problems)
        return {"days_attended": totals, "days_held": [None] * count, "attended_in_person": _in_person(totals, mode)}
    attended: Values = [
        None if None in codes or BLANK in codes else sum(code == PRESENT for code in codes)
        for codes in zip(*held, strict=True)
    ]
    return {
        "days_attended": attended,
        "days_held": [len(held)] * count,
        "attended_in_person": _in_person(attended, mode),
    }


def _in_person(attended: Values, mode: Values) -> Values:
    """Return whether a person came: any day attended, and not online where the list says how."""
    return [
        None if days is None else bool(days) and in_person is not False
        for days, in_person in zip(attended, mode, strict=True)
    ]


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    texts = dict.fromkeys(COLUMNS[:9], "str")
    return frame.astype({**texts, "days_attended": "Int64", "days_held": "Int64", "attended_in_person": "boolean"})
