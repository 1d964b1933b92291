"""Reports of people's files that lack something: no class written down, one kind of table alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.evaluation.data import StudyData
from analysis.evaluation.findings import findings
from analysis.report.content.advice import MOST_FINDINGS, summary_topics
from analysis.report.content.opening import open_study
from analysis.study.settings import Settings
from analysis.words.catalogue import languages
from report.study_questions import results_of, words_of

RAW = Path(__file__).parents[3] / "data" / "raw"


def _only(data: StudyData, *names: str) -> StudyData:
    return replace(data, tables={name: table for name, table in data.tables.items() if name in names})


def _blank(data: StudyData, *columns: str) -> StudyData:
    """Return the study with these columns of its tables empty."""
    blanked = {
        name: table.assign(
            **{column: pd.array([pd.NA] * len(table), dtype="str") for column in columns if column in table}
        )
        for name, table in data.tables.items()
    }
    return replace(data, tables=blanked)


def _no_posttest(data: StudyData) -> StudyData:
    scores = data.tables["scores"]
    return replace(data, tables={**data.tables, "scores": scores.assign(post_points=float("nan"))})


def _one_batch(data: StudyData) -> StudyData:
    first = next(iter(data.province.batch))
    kept = {
        name: table[table["batch"].eq(first.id).fillna(False).astype(bool)].reset_index(drop=True)
        if "batch" in table
        else table
        for name, table in data.tables.items()
    }
    return replace(data, tables=kept, province=data.province.model_copy(update={"batch": (first,)}))


def _one_class_in_each_batch(data: StudyData) -> StudyData:
    tables = {
        name: table.assign(class_id=(table["batch"].astype("string") + "A").astype("str"))
        if {"batch", "class_id"} <= set(table)
        else table
        for name, table in data.tables.items()
    }
    return replace(data, tables=tables)


PLACES = ("role", "sex", "village", "district", "regency", "batch", "class_id")
VARIANTS: dict[str, Callable[[StudyData], StudyData]] = {
    "no class is recorded": lambda data: _blank(data, "class_id"),
    "no village is recorded": lambda data: _blank(data, "village"),
    "tests alone, with names and scores": lambda data: _blank(_only(data, "participants", "scores"), *PLACES),
    "attendance alone": lambda data: _only(data, "participants"),
    "evaluation alone": lambda data: _only(data, "responses"),
    "follow-up alone": lambda data: _only(data, "followup"),
    "no posttest": _no_posttest,
    "a single batch": _one_batch,
    "one class in each batch": _one_class_in_each_batch,
}


@pytest.fixture(scope="module")
def contoh(tmp_path_factory) -> StudyData:
    study, _ = open_study(RAW / "contoh", tmp_path_factory.mktemp("processed"), Settings(resamples=199))
    return study


@pytest.fixture(scope="module", params=VARIANTS)
def variant(request, contoh):
    data = VARIANTS[request.param](contoh)
    return data, results_of(data)


@pytest.mark.parametrize("language", languages())
def test_a_report_of_people_renders_whatever_is_missing(variant, language):
    data, results = variant
    words = words_of(data, language, results)
    assert re.findall(r"\b(?:nan|None(?! of the)|NA)\b", words) == []


def test_a_gain_without_recorded_classes_says_why_it_has_no_interval(contoh):
    words = words_of(VARIANTS["tests alone, with names and scores"](contoh), "en")
    assert "(no interval, since classes are not recorded)" in words


def test_without_recorded_classes_nothing_is_said_about_indicators_that_differ_by_class(contoh):
    words = words_of(VARIANTS["no class is recorded"](contoh), "en")
    assert not re.search(r"indicators differ between batches", words)
    assert "indicators differ between batches" in words_of(contoh, "en")


def test_the_methods_of_a_single_batch_name_no_comparison_of_batches(contoh):
    alone, all_batches = words_of(_one_batch(contoh), "en"), words_of(contoh, "en")
    for named in ("Kruskal-Wallis test by permutation", "Class means are compared by Welch's test", "batches compared"):
        assert named not in alone
        assert named in all_batches
    assert "the mean rating is" in alone


@pytest.fixture(scope="module")
def compared(tmp_path_factory) -> StudyData:
    """Return a study whose second batch was tested without being trained."""
    raw = tmp_path_factory.mktemp("raw") / "contoh"
    shutil.copytree(RAW / "contoh", raw)
    stated = (raw / "province.toml").read_text(encoding="utf-8")
    (raw / "province.toml").write_text(stated.replace('id = "6"', 'id = "6"\ncomparison = true'), encoding="utf-8")
    study, _ = open_study(raw, tmp_path_factory.mktemp("processed"), Settings(resamples=199))
    return study


@pytest.mark.parametrize(
    ("language", "said", "denied"),
    [
        ("id", "dikurangi perubahan kelompok pembanding adalah", "Tanpa kelompok pembanding"),
        ("en", "minus the change of the comparison group is", "Without a comparison group"),
    ],
)
def test_a_comparison_group_is_told_in_box_summary_chapter_and_conclusions(compared, language, said, denied):
    words = words_of(compared, language)
    assert words.count(said) == 4
    assert said in words[: words.index({"id": "Daftar isi", "en": "Contents"}[language])]
    assert denied not in words


GRADES = {
    "id": ("dua kelompok, ada kelompok pembanding", "hanya peserta pelatihan, tanpa kelompok pembanding", "Dasar:"),
    "en": ("two groups, with a comparison group", "trained people only, no comparison group", "Rests on:"),
}


@pytest.mark.parametrize("language", list(GRADES))
def test_the_evidence_grade_names_what_a_finding_rests_on(compared, language):
    """Only the trained rated the training: a finding about ratings has no comparison group, whoever took the tests."""
    with_group, without_group, begin = GRADES[language]
    findings = words_of(compared, language).split("*" + begin)[1:]
    grades = [finding.partition(".*")[0] for finding in findings]
    assert sum(with_group in grade for grade in grades) == 1
    ratings = [grade for grade in grades if {"id": "jawaban perorangan", "en": "single responses"}[language] in grade]
    assert ratings
    assert all(without_group in grade for grade in ratings)


def test_the_finding_about_a_comparison_group_stands_within_seven(compared):
    told = summary_topics(findings(compared, results_of(compared)))
    assert "learning_comparison" in told
    assert len(told) <= MOST_FINDINGS
