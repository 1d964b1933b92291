"""Whatever the data are, every question answers, every notebook runs, and every part of every report comes."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.evaluation.data import StudyData
from analysis.evaluation.findings import findings
from analysis.notebook.kinds import FOR_A_PROVINCE
from analysis.report.claims.guard import Guard
from analysis.report.claims.record import read_records
from analysis.report.claims.rendering import render
from analysis.report.content.pictures import FIGURES, rows_of_figures
from analysis.report.content.recalculations import recalculations
from analysis.report.content.subjects import figure_words
from analysis.report.disclosure.protection import protected
from analysis.report.documents.all import study_material
from analysis.report.documents.document import FORMATS, write_report
from analysis.report.documents.names import Subject
from analysis.report.documents.workbook import workbook
from analysis.report.verify.verify import verify_claims, verify_folder
from analysis.stats.codes import Status
from analysis.words.catalogue import catalogue, languages
from tests.notebook.cells_of_a_study import run_cells
from tests.report.degenerate_studies import NAMES, WORLDS, study
from tests.report.study_questions import words_of

# Worlds that are written in all formats; the others are rendered without the programs that set documents.
WRITTEN = [
    ("people", "all answers alike"),
    ("people", "one item that nobody answered"),
    ("people", "one pair"),
    ("people", "anonymous tests"),
    ("people", "no table"),
    ("averages", "all means alike"),
    ("averages", "scores printed without a maximum"),
]
# Near twins of worlds that every test run sees: these are seen by the long runs.
TWINS = frozenset([
    "answers of two levels", "all answers at the lowest end", "one item that all answered alike", "two forms",
    "no form", "one item, all alike", "one item, one form", "no class, all alike", "everybody changed alike",
    "no answers", "all scores at the maximum", "all scores nought", "all posttests at the maximum", "no pretest",
    "no score", "no maximum, all alike", "no pair", "two pairs", "three pairs", "five pairs", "no scores",
    "empty tables", "anonymous tests without a maximum", "anonymous tests, all alike", "batches in reverse",
    "no plan", "nobody visited", "plans of an unknown kind", "one person compared", "nobody compared",
    "all alike in both groups", "all means at the highest end", "one item printed, all alike", "two batches printed",
    "no means", "scores printed at the maximum", "scores printed as nought", "scores rose to the maximum",
    "two pairs printed", "pretest printed alone", "no scores printed", "printed batches with signs",
])  # fmt: skip
COMBINATIONS, MANY_COMBINATIONS = 2, 300


def answers(data: StudyData, patch: pytest.MonkeyPatch) -> pd.DataFrame:
    """Return the results of all notebooks, run on a study in memory."""
    parts = [run_cells(data, title, patch) for title in FOR_A_PROVINCE]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def wordless(results: pd.DataFrame) -> list[tuple[str, str, str | None]]:
    """Return analysis, status and reason of the results whose reason is missing, or has no words in some language."""
    rows = results[["analysis", "status", "reason"]].drop_duplicates().astype(object)
    found = []
    for analysis, status, reason in rows.itertuples(index=False):
        needs = status in (Status.NOT_ESTIMABLE, Status.SUPPRESSED)
        if pd.isna(reason):
            found += [(analysis, status, None)] if needs else []
        elif not all(catalogue(language).has(str(reason), "reason") for language in languages()):
            found.append((analysis, status, str(reason)))
    return found


def without_estimate(results: pd.DataFrame) -> pd.DataFrame:
    """Return the results that count as such and hold no number at all."""
    numbers = results[["estimate", "estimate_low", "estimate_high", "p_value", "p_high", "effect", "statistic"]]
    counts = results["status"].isin([Status.ESTIMATED, Status.BOUNDED])
    return results.loc[counts & numbers.isna().all(axis="columns"), ["analysis", "subject", "reason"]]


def make_everything(data: StudyData, patch: pytest.MonkeyPatch) -> None:
    """Ask all questions of a study, and make all of its report but the files; raises the first error."""
    results = answers(data, patch)
    assert wordless(results) == []
    assert without_estimate(results).to_dict("records") == []
    shown = protected(results)
    found = findings(data, shown)
    for language in languages():
        spoken = replace(data, settings=replace(data.settings, language=language))
        material = study_material(spoken, shown, language, None, found=found)
        rendered = render("report.md.j2", material, language)
        assert "nan" not in rendered.markdown.lower().split()
        tables, again = list(material.tables.values()), recalculations(shown, language)
        workbook(tables, language, title=rendered.title, recalculations=again)
    words = figure_words(languages()[0], data.instrument)
    for name, rows in rows_of_figures(shown).items():
        FIGURES[name][1](data, rows, words)()
        plt.close("all")


def seen(world: str, name: str) -> object:
    """Return a world as a parameter, marked where only the long runs see it."""
    return pytest.param(world, name, marks=[pytest.mark.soak] if name in TWINS else [])


def test_twins_are_worlds():
    assert {name for _, name in NAMES} >= TWINS


@pytest.mark.parametrize(("world", "name"), [seen(*one) for one in NAMES])
def test_every_part_of_its_report_comes(world, name, monkeypatch):
    make_everything(study(world, name), monkeypatch)


def combinations(count: int, seed: int) -> list[tuple[str, str, str]]:
    """Return worlds with two changes each, drawn at random."""
    drawn = random.Random(seed)
    chosen = []
    for _ in range(count):
        world = drawn.choice(list(WORLDS))
        chosen.append((world, *drawn.sample(list(WORLDS[world][1]), 2)))
    return chosen


@pytest.mark.parametrize(("world", "first", "second"), combinations(COMBINATIONS, 1))
def test_two_misfortunes_together_are_reported_too(world, first, second, monkeypatch):
    make_everything(study(world, first, second), monkeypatch)


@pytest.mark.soak
@pytest.mark.parametrize(("world", "first", "second"), combinations(MANY_COMBINATIONS, 2))
def test_many_pairs_of_misfortunes_are_reported_too(world, first, second, monkeypatch):
    make_everything(study(world, first, second), monkeypatch)


@pytest.mark.parametrize(("world", "name"), WRITTEN)
def test_all_formats_are_written_and_hold_what_was_claimed(world, name, monkeypatch, tmp_path):
    data = study(world, name)
    shown = protected(answers(data, monkeypatch))
    found = findings(data, shown)
    subject = Subject(folder="contoh", years=frozenset({2023}))
    letterhead = tmp_path / "kop.docx"
    letterhead.write_text("bukan dokumen")
    for language in languages():
        guard = Guard(language)
        spoken = replace(data, settings=replace(data.settings, language=language))
        material = study_material(spoken, shown, language, tmp_path / "figures" / language, found=found, guard=guard)
        written = write_report(material, language, tmp_path, subject=subject, letterhead=letterhead, guard=guard)
        assert guard.failures == []
        assert set(written.paths) == set(FORMATS)
        assert any(message.startswith("kop.docx") for message in written.messages)
    assert verify_folder(tmp_path) == []
    for record in read_records(tmp_path).values():
        assert verify_claims(record, shown, found) == []


@pytest.mark.parametrize(
    ("world", "name", "said", "denied"),
    [
        ("people", "no item answered", "memuat satu pun jawaban yang dapat dipakai", "penilaian peserta tidak ada"),
        ("people", "no maximum, some posttests blank", "nilai tertinggi yang mungkin tidak", "n-gain rata"),
        (
            "averages",
            "scores printed without a maximum",
            "nilai tertinggi yang mungkin tidak",
            "tidak ada jumlah",
        ),
        (
            "people",
            "anonymous tests",
            "48 formulir pretes dan 24 formulir postes tidak",
            "orang hanya",
        ),
        ("people", "all answers alike", "semua nilai sama", "tidak ada hasil yang dapat dihitung"),
        ("people", "one pair", "kelompok terlalu kecil untuk diterbitkan", "tidak ada hasil yang dapat dihitung"),
        ("compared", "nobody has a class", "kelompok pembanding", "tidak ada kelompok pembanding"),
    ],
)
def test_the_report_says_what_is_wrong_and_denies_nothing_that_is_there(world, name, said, denied, monkeypatch):
    data = study(world, name)
    spoken = replace(data, settings=replace(data.settings, language="id"))
    words = words_of(spoken, "id", answers(data, monkeypatch)).casefold()
    assert said in words
    assert denied not in words


@pytest.fixture
def broken(monkeypatch) -> StudyData:
    """Return a study whose table of means, figure of matching and sheet of recalculation fail."""
    from analysis.report.content import tables

    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("rahasia")

    monkeypatch.setattr(tables._Tables, "aspect_means", property(lambda self: _named("aspect_means", fails)))
    analysis, _ = FIGURES["attrition"]
    monkeypatch.setitem(FIGURES, "attrition", (analysis, fails))
    return study("people", "as planted")


def _named(name, function):
    def made(*given: object) -> object:
        return function(*given)

    made.__name__ = name
    return made


def test_a_report_with_failed_parts_is_written_in_all_formats_and_verifies(broken, monkeypatch, tmp_path: Path):
    shown = protected(answers(broken, monkeypatch))
    found = findings(broken, shown)
    guard = Guard("id")
    spoken = replace(broken, settings=replace(broken.settings, language="id"))
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "attrition.png").write_bytes(b"of an earlier run")
    material = study_material(spoken, shown, "id", tmp_path / "figures", found=found, guard=guard)
    subject = Subject(folder="contoh", years=frozenset({2023}))
    written = write_report(material, "id", tmp_path, subject=subject, guard=guard)
    assert [(failure.part.value, failure.name) for failure in written.failures] == [
        ("table", "aspect_means"),
        ("figure", "attrition"),
    ]
    assert set(written.paths) == set(FORMATS)
    assert not (tmp_path / "figures" / "attrition.png").exists()
    page = written.paths["html"].read_text(encoding="utf-8")
    assert page.count(catalogue("id").text("part failed")) == 2
    assert "rahasia" not in page
    assert verify_folder(tmp_path) == []
    (record,) = read_records(tmp_path).values()
    sentence = catalogue("id").text("part failed")
    assert [sheet for sheet, cells in record.cells.items() if sentence in cells.values()] != []
