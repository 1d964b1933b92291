"""Participant files: located sheets in, the participant tables of the contract out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.cleaning.cells.people import compared_name
from analysis.cleaning.cells.shapes import shape
from analysis.cleaning.people.attending import participants_table
from analysis.cleaning.people.doubts import DROPPED, Doubt, Rulings, apply_decisions
from analysis.cleaning.people.entries import Entries, place_facts, read_entries
from analysis.cleaning.people.following import followup_table, lms_table
from analysis.cleaning.people.identify import ALONE, People, identify
from analysis.cleaning.people.key import coder, load_key
from analysis.cleaning.people.responding import (
    Forms,
    forms_in_columns,
    forms_in_rows,
    holds_single_answers,
    item_column,
    responses_table,
)
from analysis.cleaning.people.testing import scores_table, test_facts
from analysis.cleaning.problems.decisions import read_decisions
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.process import collection_paused
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.codebook import load_codebook
from analysis.cleaning.tables.evidence import NO_DATA
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.kinds import Cleaning, Context, Found, TableKind
from analysis.cleaning.tables.ledger import SheetAccount, unread_account
from analysis.cleaning.tables.lexicon import Lexicon, lexicon_of
from analysis.cleaning.tables.table import Table, read_table, recognise_table, tables_by_test
from analysis.cleaning.tables.twins import ReadRows, find_twins, folded, twin_problems
from analysis.study.province import AttemptRule

PARTICIPANTS = "participants"
TABLES = (PARTICIPANTS, "scores", "responses", "followup", "lms")
_NAME_COLUMNS = ("name", "surname", "given_name")
_ORDER = ("attendance", "tests", "followup", "lms")  # in which people are met: the attendance list knows most


@dataclass(frozen=True, slots=True)
class _Located:
    """What was found in the sheets: tables of people, returned forms, problems, accounts of what was not read.

    ``read`` holds the data rows of every table and form, among which copies are looked for.
    """

    tables: list[Table]
    forms: list[Forms]
    read: list[ReadRows]
    problems: list[Problem]
    accounts: list[SheetAccount]


def clean_participants(
    sheets: Sequence[Sheet], context: Context, *, key: bytes | None = None, attempts: AttemptRule | None = None
) -> Cleaning:
    """Return ``participants``, ``scores``, ``responses``, ``followup`` and ``lms`` from raw sheets.

    Only tables that have a source are returned. ``key`` makes the codes of participants and villages
    (default: :func:`load_key`); no other value depends on it. ``attempts`` says which of several attempts
    counts (default: what ``province.toml`` says). Every cell that was rejected or is in doubt
    stands in the problems; every row of every sheet in an account.
    """
    with collection_paused():
        return _clean(sheets, context, key, attempts)


def _clean(sheets: Sequence[Sheet], context: Context, key: bytes | None, attempts: AttemptRule | None) -> Cleaning:
    lexicon = lexicon_of(context)
    located = _locate(sheets, context, lexicon)
    twins = find_twins(located.read)
    problems = [*located.problems, *twin_problems(twins)]
    decisions = read_decisions(context.folder)
    rulings, told = apply_decisions(decisions.made, located.tables)
    problems += [*decisions.problems, *told]
    if not located.tables and not located.forms:
        return Cleaning({}, tuple(problems), tuple(located.accounts))
    secret = key if key is not None else load_key(context.folder, simulated=context.province.simulated)
    village_code = _village_coder(secret, context)
    people = _People(context, secret, rulings, attempts or context.province.attempts)
    tables, told, doubts, accounts = people.tables([_without(table, rulings) for table in located.tables], village_code)
    if any(one.columns["batch"] for one in located.forms):
        tables["responses"] = responses_table(located.forms, context.instrument.item_ids, village_code)
    for one in located.forms:
        told += one.problems
        accounts.append(one.account)
    problems += [*folded(told, twins), *(doubt.problem for doubt in doubts)]
    problems = _without_names(problems, located.tables)
    return Cleaning(tables, tuple(problems), tuple(located.accounts + accounts), tuple(doubt.case for doubt in doubts))


def _without_names(problems: list[Problem], tables: Sequence[Table]) -> list[Problem]:
    """Return the problems with a person's name in the wrong column shown by its shape only."""
    shown = {compared_name(one.value) for one in problems if one.value}
    if not shown:
        return problems
    columns = [(table, column) for table in tables for column in table.columns if column.meaning in _NAME_COLUMNS]
    names = {compared_name(value) for table, column in columns for value in table.values(column)} & shown
    hidden = names - {None}
    return [
        replace(one, value=shape(one.value)) if one.value and compared_name(one.value) in hidden else one
        for one in problems
    ]


def _village_coder(key: bytes, context: Context) -> Callable[[object, object], str]:
    code = coder(key, "village")
    known: dict[tuple[object, object], str] = {}

    def village_code(regency: object, village: object) -> str:
        place = (regency, village)
        if place not in known:
            known[place] = code(f"{context.province.code}\0{regency}\0{village}")
        return known[place]

    return village_code


def _locate(sheets: Sequence[Sheet], context: Context, lexicon: Lexicon) -> _Located:
    located = _Located([], [], [], [], [])
    for sheet in sheets:
        column = item_column(sheet, lexicon)
        if column is not None and holds_single_answers(sheet, lexicon, column):
            located.forms.append(forms_in_columns(sheet, column, context, lexicon))
            located.read.append(ReadRows(sheet, range(len(sheet.rows))))
            continue
        recognised, problems = recognise_table(sheet, lexicon, context.province.setting_of(sheet.file, sheet.name))
        located.problems.extend(problems)
        if recognised is None:
            located.accounts.append(unread_account(sheet, "not read"))
            continue
        table, problems = read_table(recognised, lexicon)
        located.problems.extend(problems)
        number = table.column("row_number")
        located.read.append(ReadRows(sheet, table.rows, number.index if number else None))
        if table.kinds == ("evaluation",):
            located.forms.append(forms_in_rows(table, context))
            continue
        parts, problems = tables_by_test(table)
        located.problems.extend(problems)
        for part in parts:
            _accept(part, located)
    return located


def _accept(table: Table, located: _Located) -> None:
    """Enter a table of people, unless it is a test of which nothing says whether it is the first or the second."""
    lacks_test = table.kinds == ("tests",) and table.test is None and table.column("score") is not None
    if lacks_test and not (table.column("pre_score") or table.column("post_score")):
        located.problems.append(problem("test_not_named", table.sheet.file, sheet=table.sheet.name))
        located.accounts.append(table.account.without({"test not named": table.account.rows_kept}))
        return
    if not table.rows:
        located.problems.append(problem("table_without_rows", table.sheet.file, sheet=table.sheet.name))
    located.tables.append(table)


def _without(table: Table, rulings: Rulings) -> Table:
    """Return a table without the rows that a decision drops, and with an account that says so."""
    place = (table.sheet.file, table.sheet.name)
    kept = [row for row in table.rows if (*place, table.sheet.first_row + row) not in rulings.dropped]
    account = table.account.without({DROPPED: len(table.rows) - len(kept)})
    return replace(table, rows=kept, account=account)


@dataclass(frozen=True, slots=True)
class _People:
    """How the tables of people are made: the study, the key, what was decided, which attempts count."""

    context: Context
    key: bytes
    rulings: Rulings
    attempts: AttemptRule

    def tables(
        self, tables: Sequence[Table], village_code: Callable[[object, object], str]
    ) -> tuple[dict[str, pd.DataFrame], list[Problem], list[Doubt], list[SheetAccount]]:
        """Return processed tables, problems, doubts, and the account of each table."""
        context = self.context
        ordered = sorted(tables, key=lambda table: _ORDER.index(table.kinds[0]))
        everything = [read_entries(table, context) for table in ordered]
        people = identify(everything, self.rulings, batches=context.province.batches)
        codes = _participant_codes(people, self.key, context)
        found: dict[str, pd.DataFrame] = {}
        problems = [*(one for entries in everything for one in entries.problems), *people.problems]
        found["participants"], told, doubts, repeated = participants_table(
            everything, people, codes, village_code, self.rulings, context
        )
        problems += told
        province = context.province.model_copy(update={"attempts": self.attempts})
        known = set(found["participants"]["participant_id"])
        found["scores"], told, dropped = scores_table(everything, people, codes, province, known)
        problems += told
        found["followup"], told = followup_table(everything, people, codes, context)
        problems += told
        found["lms"], told = lms_table(everything, people, codes)
        problems += told
        kinds = {kind for table in ordered for kind in table.kinds}
        accounts = [
            _account(entries, number, repeated, dropped).knowing(_facts(entries, people.of[number], context))
            for number, entries in enumerate(everything)
        ]
        tables_found = {name: found[name] for name in found if _SOURCES[name] & kinds}
        if found["participants"].empty and not any(entries.is_person_by_itself for entries in everything):
            tables_found.pop("participants", None)  # tests that nobody signed
        return tables_found, problems, [*people.doubts, *doubts], accounts


_SOURCES = {
    "participants": {"attendance", "tests"},
    "scores": {"tests"},
    "followup": {"followup"},
    "lms": {"lms"},
}


def _account(
    entries: Entries, number: int, repeated: dict[int, int], dropped: dict[int, dict[str, int]]
) -> SheetAccount:
    if entries.table.kinds == ("attendance", "tests"):
        return entries.table.account.without({"person_twice": repeated.get(number, 0)})
    reasons = {"person_twice": repeated.get(number, 0), **dropped.get(number, {})}
    return entries.table.account.without(reasons)


def _facts(entries: Entries, persons: Sequence[int], context: Context) -> dict[str, float | None]:
    """Return what a person should know of a table of people: people, batches, classes, tests and their means."""
    known = set(persons) - {ALONE}
    places = place_facts(entries.attributes["batch"], entries.attributes["class"])
    tests = test_facts(entries.table, context.province.test_maximum) if "tests" in entries.table.kinds else {}
    return {"people": len(known) + sum(person == ALONE for person in persons), **places, **tests}


def _participant_codes(people: People, key: bytes, context: Context) -> list[str]:
    """Return one code a person; a NIK gives the same code in every study, all else in this study only."""
    code = coder(key, "participant")
    study = context.province.study
    return [code(text if text.startswith("nik\0") else f"{study}\0{text}") for text in people.identities]


def recognise_participants(sheet: Sheet, context: Context) -> Header | None:
    """Return the header of a sheet that is a participant table, None for any other."""
    lexicon = lexicon_of(context)
    column = item_column(sheet, lexicon)
    if column is not None:
        return Header(0, 1, (), 0, {"item_text": column}) if holds_single_answers(sheet, lexicon, column) else None
    table, _ = recognise_table(sheet, lexicon, context.province.setting_of(sheet.file, sheet.name))
    if table is None:
        return None
    return replace(table.header, columns={one.meaning: one.index for one in table.found.columns})


def is_impersonal(sheet: Sheet, column: int, context: Context) -> bool:
    """Tell whether a column of a participant table is known and tells nobody's name, number or address."""
    lexicon = lexicon_of(context)
    table, _ = recognise_table(sheet, lexicon, context.province.setting_of(sheet.file, sheet.name))
    known = [one for one in table.found.columns if one.index == column] if table else []
    return any(not lexicon.is_personal(one.meaning) for one in known)


def explain_unread(sheet: Sheet, context: Context) -> tuple[Problem, ...]:
    """Return why a sheet that nearly is a participant table cannot be read; nothing about any other sheet."""
    lexicon = lexicon_of(context)
    table, problems = recognise_table(sheet, lexicon, context.province.setting_of(sheet.file, sheet.name))
    return () if table else tuple(problem for problem in problems if problem.rule in _NEARLY)


_NEARLY = frozenset(
    {"file_ambiguous", "items_incomplete", "test_without_scores", "ratings_named_test", "named_otherwise", *NO_DATA}
)


def _clean_found(found: Sequence[Found], context: Context) -> Cleaning:
    return clean_participants([one.sheet for one in found], context)


KIND = TableKind(
    PARTICIPANTS,
    TABLES,
    recognise_participants,
    _clean_found,
    aliases=frozenset(load_codebook().names),
    meanings=frozenset(load_codebook().fields),
    explain=explain_unread,
)
