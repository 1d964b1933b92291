"""The export: by regency, small groups suppressed and not to be worked out, a codebook beside."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis.errors import ParameterError
from analysis.report.content.opening import open_study
from analysis.report.disclosure.export import MEANINGS, export_tables, shareable_tables
from analysis.report.disclosure.suppression import EVERYBODY, count_groups, possible_counts, sums_of
from analysis.study.settings import Settings

RAW = Path(__file__).parents[3] / "data" / "raw"
MINIMUM = 5


@pytest.fixture(scope="module")
def contoh(tmp_path_factory):
    import shutil

    raw = tmp_path_factory.mktemp("raw") / "contoh"
    shutil.copytree(RAW / "contoh", raw)
    return open_study(raw, tmp_path_factory.mktemp("processed"), Settings(minimum_cell=MINIMUM))[0]


@pytest.fixture(scope="module")
def tables(contoh):
    return shareable_tables(contoh)


def groups_of(table: pd.DataFrame) -> dict[frozenset[tuple[str, str]], object]:
    found = {}
    for row in table.itertuples():
        parts = set() if row.regency == "all" else {("regency", row.regency)}
        parts |= set() if row.dimension == "all" else {(row.dimension, row.level)}
        found[frozenset(parts)] = row.count if row.status == "shown" else None
    return found


def test_the_whole_and_each_regency_are_counted(contoh, tables):
    people = tables["people_by_regency"]
    participants = contoh.tables["participants"]
    everybody = people[(people["regency"] == "all") & (people["dimension"] == "all")]
    assert everybody["count"].tolist() == [len(participants)]
    shown = people[(people["dimension"] == "role") & (people["status"] == "shown") & (people["regency"] != "all")]
    counted = participants.groupby(["regency", "role"]).size()
    assert len(shown) > 5
    for row in shown.itertuples():
        assert row.count == counted.get((row.regency, row.level), 0)


def test_no_small_group_is_shown_in_any_table(tables):
    for name, column in {
        "people_by_regency": "count", "followup_by_regency": "count", "scores_by_regency": "pairs",
        "responses_by_regency": "answers",
    }.items():  # fmt: skip
        numbers = tables[name][column].dropna()
        assert not numbers.between(1, MINIMUM - 1).any(), name
        suppressed = tables[name][tables[name]["status"] != "shown"]
        assert suppressed.drop(columns=["status", "regency"]).select_dtypes("number").isna().all(axis=None), name


def test_what_is_suppressed_cannot_be_worked_out(tables):
    shown = groups_of(tables["people_by_regency"])
    hidden = [group for group, count in shown.items() if count is None]
    assert hidden
    assert frozenset() not in hidden
    assert EVERYBODY in shown
    people = tables["people_by_regency"]
    small = people[people["status"] == "small_cell"]
    assert len(small) <= len(hidden)


def test_every_suppressed_group_keeps_a_wide_range(contoh):
    from analysis.report.disclosure.export import _PEOPLE, _people

    people = _people(contoh)
    counts = count_groups(people, [["regency", name] for name in _PEOPLE])
    shown = groups_of(shareable_tables(contoh)["people_by_regency"])
    hidden = {group for group, count in shown.items() if count is None}
    small = [group for group in hidden if counts[group] < MINIMUM]
    for low, high in possible_counts(counts, sums_of(counts), hidden, small).values():
        assert high - low >= MINIMUM


def test_no_code_of_a_person_or_village_is_exported(contoh, tables):
    codes = set(contoh.tables["participants"]["participant_id"]) | set(contoh.tables["participants"]["village"])
    for table in tables.values():
        for column in table.select_dtypes(exclude="number"):
            assert not codes & set(table[column])


def test_files_codebook_and_mark(contoh, tmp_path):
    paths = export_tables(contoh, tmp_path / "keluar")
    names = {path.name for path in paths}
    assert {"people_by_regency.csv", "scores_by_regency.csv", "codebook.csv", "export.xlsx"} <= names
    book = pd.read_csv(tmp_path / "keluar" / "codebook.csv")
    for path in paths:
        if path.suffix == ".csv" and path.name != "codebook.csv":
            table = pd.read_csv(path)
            assert table["simulated"].all()
            assert set(table.columns) == set(book.loc[book["table"] == path.stem, "column"])
    workbook = openpyxl.load_workbook(tmp_path / "keluar" / "export.xlsx")
    assert {page["A1"].value for page in workbook} == {"DATA SIMULASI / SIMULATED DATA"}


def test_published_tables_are_exported_as_they_are(tmp_path):
    study, _ = open_study(RAW / "lampung", tmp_path / "processed", Settings())
    tables = shareable_tables(study)
    pd.testing.assert_frame_equal(tables["published_means"], study.tables["published_means"])
    export_tables(study, tmp_path / "out")
    assert set(MEANINGS) >= {column for table in tables.values() for column in table.columns}


def test_a_study_without_tables_is_refused(contoh, tmp_path):
    with pytest.raises(ParameterError, match="contoh: there is no table to export"):
        export_tables(replace(contoh, tables={}), tmp_path)
