"""What cells show: printed averages keep their decimals, scores shown as percents are of 100."""

from __future__ import annotations

import pytest

from analysis.cleaning.clean import load_context
from analysis.cleaning.people.participants import clean_participants
from analysis.cleaning.reading.process import read_file
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.reading.shown import percents_as_text, shown
from analysis.cleaning.registry import recognise
from tests.cleaning.participants.workbooks_by_code import make_context
from tests.cleaning.reading.workbooks import WRITERS

GENERAL = "General"


def _plain(*texts):
    return [(text, GENERAL) for text in texts]


@pytest.mark.parametrize("writer", WRITERS)
def test_printed_averages_in_cells_of_numbers_keep_their_decimals(lampung, tmp_path, writer):
    name, write = WRITERS[writer]
    rows = [
        _plain("INDIKATOR", "Batch-5", "Batch-6"),
        [("Materinya relevan dengan kebutuhan peserta", GENERAL), (4.0, "0.00"), (3.9, GENERAL)],
        [("Materinya relevan dengan tujuan pelatihan", GENERAL), (3.7, "0.00"), (4.0, GENERAL)],
        [("Konsumsi memuaskan", GENERAL), (3.0, "0.0"), ("4,10", GENERAL)],
    ]
    (sheet,) = read_file(write(tmp_path / name, rows), name).sheets
    context = load_context(lampung.folder)
    found = recognise(sheet, context)
    cleaning = found.kind.clean([found.found], context)
    means = cleaning.tables["published_means"]
    assert sorted(means.loc[means["batch"] == "5", "mean_printed"]) == ["3,0", "3,70", "4,00"]
    assert means.loc[means["batch"] == "6", "mean_printed"].tolist() == ["4,10"]
    told = [(one.cell, one.value) for one in cleaning.problems if one.rule == "mean_not_text"]
    assert told == [("C2", "3.9; 2 cells")]


@pytest.mark.parametrize("writer", WRITERS)
def test_scores_shown_as_percents_are_points_of_100_and_told_once_a_column(tmp_path, writer):
    name, write = WRITERS[writer]
    people = [("Ani Satu", 0.6, 0.8), ("Budi Dua", 0.625, 0.905), ("Cici Tiga", 0.5, 1.0)]
    rows = [
        _plain("Nama", "Desa", "Pretest", "Posttest"),
        *([*_plain(person, "Suka Maju"), (pre, "0%"), (post, "0%")] for person, pre, post in people),
    ]
    reading = read_file(write(tmp_path / name, rows), name)
    cleaning = clean_participants(list(reading.sheets), make_context(test_maximum=100.0), key=bytes(32))
    scores = cleaning.tables["scores"]
    assert sorted(scores["pre_points"]) == pytest.approx([50, 60, 62.5])
    assert sorted(scores["post_points"]) == pytest.approx([80, 90.5, 100])
    told = [(one.cell, one.value) for one in cleaning.problems if one.rule == "score_shown_as_percent"]
    assert told == [("C2", "60%; 3 cells"), ("D2", "80%; 3 cells")]


def test_percents_of_a_test_of_another_maximum_are_told_and_missing(tmp_path):
    name, write = WRITERS["openpyxl"]
    rows = [_plain("Nama", "Desa", "Pretest", "Posttest")]
    rows += [[*_plain(person, "Suka Maju"), (0.6, "0%"), (8.0, GENERAL)] for person in ("Ani Satu", "Budi Dua")]
    reading = read_file(write(tmp_path / name, rows), name)
    cleaning = clean_participants(list(reading.sheets), make_context(test_maximum=10.0), key=bytes(32))
    assert cleaning.tables["scores"]["pre_points"].isna().all()
    assert {one.rule for one in cleaning.problems if one.severity == "error"} == {"score_maximum_differs"}


def test_a_sheet_without_formats_shows_its_texts_only():
    sheet = Sheet("a.csv", None, [["4,00", 4.0, True]])
    assert [shown(sheet, 0, column) for column in range(3)] == ["4,00", None, "TRUE"]
    assert percents_as_text(sheet, 1, [0], [4.0]) == [4.0]


def test_formats_are_looked_up_where_the_sheet_stands_in_its_file():
    asked = []

    def formats(column, holding):
        asked.append((column, holding))
        return {7: "0.0%"}

    sheet = Sheet("a.xlsx", "A", [[0.25], [0.5]], first_row=6, first_column=3, formats=formats)
    assert (shown(sheet, 0, 0), shown(sheet, 1, 0)) == (None, "50,0%")
    assert percents_as_text(sheet, 0, [0, 1], [0.25, 0.5]) == [0.25, "50%"]
    assert set(asked) == {(3, ""), (3, "%")}
