"""The table ``participants``: one row a person, from the attendance lists; from all tables where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.cleaning.cells.attendance import BLANK, PRESENT, clean_attendance, clean_mode
from analysis.cleaning.cells.numbers import MOST_DAYS, clean_counts
from analysis.cleaning.cells.people import OTHER_ROLE
from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.people.doubts import Doubt, Place, Rulings, columns_that_differ, tell_beside, tell_doubt
from analysis.cleaning.people.entries import Entries, Values, clean_column
from analysis.cleaning.people.identify import ALONE, People
from analysis.cleaning.people.placing import lasted_one_day, placing_problems
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.tables.kinds import Context
from analysis.cleaning.tables.recognise import Column
from analysis.cleaning.tables.table import Table
from analysis.study.batches import class_id

COLUMNS = ("participant_id", "role", "sex", "village", "district", "regency", "batch", "class_id", "class_label",
           "days_attended", "days_held", "attended_in_person")  # fmt: skip
_AS_WRITTEN = "class_label"  # "A" and "Kelas A" are one class
_COMPARED = ("role", "sex", "village", "regency", "batch", "class")
_ATTRIBUTES = ("role", "sex", "village", "district", "regency", "batch", "class", "class_label")


def participants_table(
    everything: Sequence[Entries],
    people: People,
    codes: Sequence[str],
    village_code: Callable[[object, object], str],
    rulings: Rulings,
    context: Context,
) -> tuple[pd.DataFrame, list[Problem], list[Doubt], dict[int, int]]:
    """Return the table, problems, doubts, and the rows left out of each entries (by position) as repeated people.

    Participants are who stands in an attendance list, and who took a test in a batch without a list. What a
    table does not say of a person is filled from the others in order; the first that says it counts, and one that says
    something else is asked about. A row of a further list that adds nothing is left out.
    """
    lists = [number for number, entries in enumerate(everything) if "attendance" in entries.table.kinds]
    batches = context.province.batches
    record: dict[int, dict[str, object]] = {person: {} for person in _participants(everything, people, lists, batches)}
    problems: list[Problem] = []
    doubts: list[Doubt] = []
    dropped: dict[int, int] = {}
    met: dict[int, Place] = {}
    told: set[tuple[int, str]] = set()
    for number, entries in enumerate(everything):
        days = days_of(entries.table, problems, context) if number in lists else {}
        columns = {**{name: entries.attributes[name] for name in _ATTRIBUTES}, **days}
        if number in lists:
            repeated = _Repeated(entries, people.of[number], columns, rulings)
            dropped[number] = repeated.report(problems, doubts)
            dropped[number] += repeated.report_further(record, met, problems, doubts)
        else:
            doubts += _contradictions(entries, people.of[number], record, met, rulings, told)
        _fill(record, people.of[number], columns)
        for row, person in enumerate(people.of[number]):
            if person in record:
                met.setdefault(person, (entries.table, row))
    rows = [
        {
            "participant_id": codes[person],
            **found,
            "class_id": class_id(found.get("batch"), found.get("class")),
            "village": village_code(found.get("regency"), found["village"]) if found.get("village") else None,
        }
        for person, found in record.items()
    ]
    problems += placing_problems(record, met, "people", context)
    attending = {person for number in lists for person in people.of[number]}
    if lists and len(attending) < len(record):
        file, _ = met[min(attending)]
        note = problem("attendance_recorded_for", file.sheet.file, sheet=file.sheet.name)
        problems.append(replace(note, value=f"{len(attending)} of {len(record)} people"))
    return _typed(pd.DataFrame.from_records(rows, columns=list(COLUMNS))), problems, doubts, dropped


def _participants(
    everything: Sequence[Entries], people: People, lists: Sequence[int], batches: Sequence[str]
) -> list[int]:
    """Return who took part: everybody of the lists, and who took a test in a batch that no list covers.

    Who took a test in a batch that has its list and is not in that is no participant of it: mostly a mistyped number.
    """
    batch_of: dict[int, object] = {}
    for number, entries in enumerate(everything):
        if number in lists or "tests" in entries.table.kinds:
            for person, batch in zip(people.of[number], entries.attributes["batch"], strict=True):
                batch_of[person] = batch_of.get(person) or batch
    listed = {person for number in lists for person in people.of[number]}
    covered = {batch_of[person] for person in listed}
    covered |= {None} if covered >= set(batches) or covered == {None} else set()
    further = [
        person
        for person, batch in batch_of.items()
        if not listed or (batch not in covered and person not in people.undecided)
    ]
    return sorted({*listed, *further} - {ALONE})


def _contradictions(
    entries: Entries,
    persons: Sequence[int],
    record: Mapping[int, Mapping[str, object]],
    met: Mapping[int, Place],
    rulings: Rulings,
    told: set[tuple[int, str]],
) -> list[Doubt]:
    """Return the cases of people of whom this table says something else than those before it, each once.

    An unknown role is told in its cell already.
    """
    doubts = []
    columns = {name: entries.attributes[name] for name in _COMPARED}
    for row, person in enumerate(persons):
        known = record.get(person)
        if not known:
            continue
        said = {name: values[row] for name, values in columns.items() if values[row] is not None}
        differing = [
            name
            for name, value in said.items()
            if name in known and value != known[name] and OTHER_ROLE not in (value, known[name])
        ]
        new = [name for name in differing if (person, name) not in told]
        here, other = (entries.table, row), met[person]
        if new and not rulings.settles("attribute_differs", here, other):
            shown = _columns_in_words(new)
            doubts.append(tell_doubt("attribute_differs", here, None, None, other, shown))
            told |= {(person, name) for name in new}
    return doubts


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
        compared = self.columns.keys() - {_AS_WRITTEN}
        first: dict[int, int] = {}
        repeated = 0
        for row, person in enumerate(self.persons):
            if person not in first:
                first[person] = row
                continue
            repeated += 1
            other = (table, first[person])
            differing = [
                name
                for name, values in self.columns.items()
                if name in compared and values[row] != values[first[person]]
            ]
            self._tell(row, other, differing, problems, doubts)
        return repeated

    def report_further(
        self, record: dict[int, dict[str, object]], met: dict[int, Place], problems: list[Problem], doubts: list[Doubt]
    ) -> int:
        """Tell the people whom earlier lists hold too; return how many rows of this list add nothing.

        ``record`` is what the earlier lists say by person, ``met`` where each person was met; the latter is
        extended.
        """
        compared = self.columns.keys() - {_AS_WRITTEN}
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
            differing = [name for name in said if name in compared and known.get(name, said[name]) != said[name]]
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
            difference = _columns_in_words(differing)
            doubts.append(tell_doubt("person_twice_differs", here, None, None, other, difference))


def _columns_in_words(names: Sequence[str]) -> str:
    return columns_that_differ(["class_id" if name == "class" else name for name in names])


def days_of(table: Table, problems: list[Problem], context: Context) -> dict[str, Values]:
    """Return days attended, days held and attendance in person of each row.

    A day was held where its column is not wholly blank. A blank or unknown cell of a day that was held
    leaves the person's days missing. Where one column says of the whole training who came, or gives a number of days,
    how many days were held is not known: somebody who came may have missed some.
    """
    columns = table.columns_of("attendance_day")
    mode = clean_column(table, "mode", clean_mode, problems)
    if not columns and not (columns := table.columns_of("attended")):
        totals = clean_column(table, "days_total", lambda values: clean_counts(values, MOST_DAYS), problems)
        return _days(totals, None, mode, table, problems)
    held = [codes for column in columns if (codes := _codes_of_day(table, column, problems)) is not None]
    if not held:
        return _days([None] * len(table.rows), None, mode, table, problems)
    attended: Values = [
        None if None in codes or BLANK in codes else sum(code == PRESENT for code in codes)
        for codes in zip(*held, strict=True)
    ]
    is_by_day = columns[0].meaning == "attendance_day" or lasted_one_day(context.province)
    return _days(attended, len(held) if is_by_day else None, mode, table, problems)


def _codes_of_day(table: Table, column: Column, problems: list[Problem]) -> Values | None:
    """Return the codes of a column of attendance, None where it is wholly blank."""
    values = table.values(column)
    cleaned = clean_attendance(values)
    if all(code == BLANK for code in cleaned.values):
        return None
    blanks = [(row, "attendance_blank") for row, code in enumerate(cleaned.values) if code == BLANK]
    problems.extend(table.problem(rule, row, column, values[row]) for row, rule in sorted([*cleaned.broken, *blanks]))
    return cleaned.values


def _days(attended: Values, held: int | None, mode: Values, table: Table, problems: list[Problem]) -> dict[str, Values]:
    """Return the columns of days; where days held are unknown although people came, that is told once."""
    came = sum(days is not None for days in attended)
    if held is None and came:
        column = table.column("attended") or table.column("days_total")
        told = table.problem("days_held_unknown", 0, column)
        problems.append(replace(told, value=counted(came, "row")))
    in_person: Values = [
        None if days is None or how is None else bool(days) and bool(how)
        for days, how in zip(attended, mode, strict=True)
    ]
    return {"days_attended": attended, "days_held": [held] * len(attended), "attended_in_person": in_person}


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    texts = dict.fromkeys(COLUMNS[:9], "str")
    return frame.astype({**texts, "days_attended": "Int64", "days_held": "Int64", "attended_in_person": "boolean"})
