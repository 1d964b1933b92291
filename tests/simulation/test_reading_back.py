"""What was planted in single cells is what the readers and column cleaners find, cell by cell, and nothing else."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from analysis.cleaning.cells import answers, attendance, dates, people, places, scores
from analysis.cleaning.cells.cleaned import Cleaned
from analysis.cleaning.clean import clean_province
from analysis.cleaning.participant_rules import PARTICIPANT_RULES
from analysis.cleaning.readers.process import WorkbookReader
from analysis.cleaning.sheet import Sheet
from analysis.cleaning.tables.lexicon import Lexicon, build_lexicon
from analysis.cleaning.tables.recognise import Column
from analysis.cleaning.tables.table import Table, locate_table
from analysis.cleaning.templates import write_new_province
from analysis.cleaning.text import read_text
from analysis.simulation.expected import SEVERITIES
from analysis.simulation.simulate import write_shipped_province
from analysis.study.instrument import load_instrument
from analysis.study.province import Province, load_province

INSTRUMENT = load_instrument()
DATES = ("agreed_on", "visited_on", "last_active", "timestamp", "started", "finished")
# Rules that need more than one cell: they are checked where whole tables are cleaned.
WHOLE_TABLE_RULES = {
    "attempt_repeated", "attempt_unfinished", "attendance_blank", "count_unreadable", "lock_file", "person_twice",
    "person_twice_differs", "plan_kind_other", "same_name_other_number", "same_number_other_name", "similar_name",
    "status_unknown",
}  # fmt: skip
Place = tuple[str, str, str | None, str | None]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(INSTRUMENT, {})[0]


def sheets_of(folder: Path) -> Iterator[tuple[Sheet | None, list[Place]]]:
    with WorkbookReader() as reader:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.suffix == ".csv" and path.name != "kuota.csv":
                for sheet in read_text(path, name).sheets:
                    yield sheet, []
            elif path.suffix == ".xlsx" and not path.name.startswith("~$"):
                sheets, problems = reader.read(path, name)
                yield None, [(one.rule, one.file, one.sheet, one.cell) for one in problems]
                for sheet in sheets:
                    yield sheet, []


def cleaner(column: Column, province: Province) -> Callable[[Sequence[object]], Cleaned] | None:
    if column.meaning in INSTRUMENT.item_ids:
        return lambda values: answers.clean_answers(values, INSTRUMENT)
    if column.meaning in DATES:
        return lambda values: dates.clean_dates(values, dates.decide_day_first(values))
    return {
        "score": lambda values: scores.clean_scores(values, column.header, province.test_maximum).points,
        "regency": lambda values: places.clean_regencies(values, province.code),
        "village": lambda values: places.clean_villages(values, province.code),
        "batch": lambda values: places.clean_batches(values, province),
        "role": lambda values: people.clean_roles(values, province.code),
        "sex": people.clean_sex,
        "nik": people.clean_nik,
        "attendance_day": attendance.clean_attendance,
    }.get(column.meaning)


def broken_cells(table: Table, province: Province) -> Iterator[Place]:
    for column in table.columns:
        clean = cleaner(column, province)
        if clean is not None:
            for position, rule in clean(table.values(column)).broken:
                yield rule, table.sheet.file, table.sheet.name, table.cell(position, column)


def test_planted_cells_are_found_and_nothing_else(tmp_path: Path, lexicon: Lexicon) -> None:
    folder = write_shipped_province(tmp_path)
    province = load_province(folder)
    found: set[Place] = set()
    for sheet, problems in sheets_of(folder):
        found |= set(problems)
        if sheet is not None:
            table, told = locate_table(sheet, lexicon, {})
            found |= {(one.rule, one.file, one.sheet, one.cell) for one in told}
            found |= set(broken_cells(table, province)) if table else set()
    content = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    planted = {(one["rule"], one["file"], one["sheet"], one["cell"]) for one in content["problems"]}
    left_out = {(file, sheet, cell[1:]) for rule, file, sheet, cell in planted if rule == "attempt_unfinished"}
    of_cells = {one for one in found if one[0] not in WHOLE_TABLE_RULES and not _in_rows(one, left_out)}
    assert of_cells == {one for one in planted if one[0] not in WHOLE_TABLE_RULES}


def _in_rows(place: Place, rows: set[tuple[str, str | None, str]]) -> bool:
    """Tell whether a cell stands in one of the rows that do not count; addresses there have one letter."""
    _, file, sheet, cell = place
    return (file, sheet, (cell or " ")[1:]) in rows


def test_severities_are_those_of_the_cleaners() -> None:
    known = {rule: severity for rule, severity in SEVERITIES.items() if rule != "lock_file"}
    assert {rule: PARTICIPANT_RULES[rule].severity for rule in known} == known


def test_templates_read_back_without_a_problem(tmp_path: Path, lexicon: Lexicon) -> None:
    kinds = {}
    for sheet, problems in sheets_of(write_new_province(tmp_path, "lampung", year=2025)):
        assert problems == []
        if sheet is not None:
            table, told = locate_table(sheet, lexicon, {})
            assert told == []
            if table:
                kinds[sheet.file] = (table.kinds, table.test)
    assert kinds == {
        "peserta.xlsx": (("attendance",), None),
        "tes/pretes.xlsx": (("tests",), "pre"),
        "tes/postes.xlsx": (("tests",), "post"),
        "evaluasi.xlsx": (("evaluation",), None),
        "tindak_lanjut.xlsx": (("followup",), None),
    }


def test_invitations_are_read_and_no_file_but_tables_is_taken_for_one(tmp_path: Path) -> None:
    cleaned = clean_province(write_shipped_province(tmp_path))
    invited = cleaned.tables["invited"]
    assert (int(invited["villages"].sum()), int(invited["people"].sum())) == (72, 288)
    assert invited["regency"].is_unique
    told = set(cleaned.problems["file"])
    assert not told & {"kuota.csv", "kunci.txt", "truth.json", "province.toml"}
