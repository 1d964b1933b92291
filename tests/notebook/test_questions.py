"""What a run answers for notebooks that it leaves out is what the notebooks themselves would have kept."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis.errors import PairingError
from analysis.notebook import questions
from analysis.notebook.kinds import NEEDS, DataKind
from analysis.notebook.questions import QUESTIONS, answers_without_data, answers_without_notebook, kinds_of
from analysis.stats.codes import Reason, Status

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def asked_in_notebook(title: str) -> list[str]:
    """Return the questions of the answers that a notebook hands to ``finish``, in that order."""
    cells = nbformat.read(NOTEBOOKS / f"{title}.ipynb", as_version=4).cells
    tree = ast.parse("\n".join(cell.source for cell in cells if cell.cell_type == "code"))
    asked = {
        node.targets[0].id: ast.unparse(node.value.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name)
    }
    (end,) = (
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "finish"
    )  # fmt: skip
    return [asked[argument.id] for argument in end.args[1:]]


def test_every_notebook_for_one_kind_of_data_has_its_questions():
    assert list(QUESTIONS) == list(NEEDS)


@pytest.mark.parametrize("title", QUESTIONS)
def test_the_questions_are_those_of_the_notebook_in_its_order(title):
    known = [f"{ask.__module__.split('.')[2]}.{ask.__name__}" for ask in QUESTIONS[title]]
    assert known == asked_in_notebook(title)


@pytest.mark.parametrize("title", QUESTIONS)
def test_without_data_each_question_is_one_row_that_says_so(empty, title):
    rows = answers_without_data(title, empty)
    assert len(rows) == len(QUESTIONS[title])
    assert set(rows["status"]) == {Status.NOT_ESTIMABLE}
    assert set(rows["reason"]) == {Reason.NO_SUCH_DATA}


def test_a_province_has_the_kinds_that_its_tables_hold(lampung, gorontalo, contoh_study, empty):
    assert kinds_of(lampung) == {DataKind.PRINTED_MEANS}
    assert kinds_of(gorontalo) == {DataKind.PRINTED_SCORES}
    assert kinds_of(contoh_study) == {DataKind.RESPONSES, DataKind.SCORES}
    assert kinds_of(empty) == frozenset()


def test_a_province_with_both_kinds_has_both_and_is_confronted(contoh_study, lampung, gorontalo):
    printed = {
        name: study.tables[name] for name, study in (("published_means", lampung), ("published_scores", gorontalo))
    }
    both = replace(contoh_study, tables={**contoh_study.tables, **printed})
    assert kinds_of(both) == set(DataKind)
    for title in ("02_batches_answers", "03_prepost_scores"):
        confronted = QUESTIONS[title][-1](both).results
        assert set(confronted["reason"].dropna()) & {Reason.REPRODUCED, Reason.CONTRADICTED}


def test_a_table_without_rows_is_no_data(contoh_study):
    tables = {name: table.iloc[:0] for name, table in contoh_study.tables.items()}
    assert kinds_of(replace(contoh_study, tables=tables)) == frozenset()


def test_one_printed_test_alone_is_no_change(gorontalo):
    scores = gorontalo.tables["published_scores"]
    only_post = replace(gorontalo, tables={"published_scores": scores[scores["test"] == "post"]})
    assert kinds_of(only_post) == frozenset()


def test_data_with_a_fault_count_as_there_so_that_their_notebook_tells_it(contoh_study):
    scores = contoh_study.tables["scores"]
    twice = pd.concat([scores, scores.dropna(subset=["participant_id"]).head(1)], ignore_index=True)
    faulty = replace(contoh_study, tables={**contoh_study.tables, "scores": twice})
    assert DataKind.SCORES in kinds_of(faulty)
    with pytest.raises(PairingError):
        QUESTIONS["03_prepost_scores"][0](faulty)


@pytest.mark.parametrize("title", [*QUESTIONS, "01_clean", "04_impact"])
def test_a_failed_notebook_is_answered_by_its_own_questions(title, empty, lampung):
    for study in (empty, lampung):
        rows = answers_without_notebook(title, study)
        asked = [ask for ask in asked_in_notebook(title) if not ask.startswith("figures.")]
        assert len(rows) >= len(asked)
        assert Reason.COMPUTATION_FAILED not in set(rows["reason"].dropna())


def test_a_question_that_fails_by_itself_is_one_row_that_says_so(empty, monkeypatch):
    def fails(_: object) -> None:
        raise ZeroDivisionError

    fails.__module__, fails.__name__ = "analysis.evaluation.delivery.questions", "delivery"
    monkeypatch.setitem(questions._QUESTIONS_FOR_ALL, "04_impact", (fails,))
    (row,) = answers_without_notebook("04_impact", empty).to_dict("records")
    assert (row["analysis"], row["status"], row["reason"]) == (
        "delivery",
        Status.NOT_ESTIMABLE,
        Reason.COMPUTATION_FAILED,
    )


def test_a_notebook_of_its_own_author_has_no_questions(empty):
    assert answers_without_notebook("06_own", empty).empty
