"""A notebook of the wrong kind says which to open and ends well; language and what was said belong to the session."""

from __future__ import annotations

import shutil
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import figures
from analysis.evaluation import learning, published, reaction
from analysis.notebook import begin, display, finish, session, show
from analysis.notebook.session import MARK_TYPE

RAW = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture
def folders(tmp_path):
    """Return the parameters that name a project of its own with the shipped provinces."""
    shutil.copytree(RAW, tmp_path / "data" / "raw")
    return {"data_dir": str(tmp_path / "data"), "reports_dir": str(tmp_path / "reports")}


@pytest.fixture
def shown(monkeypatch):
    """Collect what would be displayed."""
    collected: list[dict] = []
    for module in (display, session):
        monkeypatch.setattr(module, "display", lambda content, raw, metadata=None: collected.append(content))
    return collected


@pytest.mark.parametrize(
    ("notebook", "province", "language", "sentence"),
    [
        ("02_batches_answers", "lampung", "en",
         "The province lampung has no single responses to the end evaluation: open 02_batches_averages, which uses the "
         "data that are there."),
        ("03_prepost_averages", "contoh", "id",
         "Provinsi contoh tidak memiliki rata-rata tercetak dari pretes dan postes: buka 03_prepost_scores, yang "
         "memakai data yang ada."),
        ("03_prepost_scores", "lampung", "en",
         "The province lampung has no single scores of pretest and posttest, nor other data for this question."),
    ],
)  # fmt: skip
def test_a_notebook_for_other_data_says_in_one_sentence_which_to_open(
    folders, shown, notebook, province, language, sentence
):
    begin(notebook, province=province, language=language, **folders)
    assert [content["text/plain"] for content in shown] == [sentence]


def test_it_shows_nothing_more_keeps_its_rows_and_reaches_its_end(folders, shown):
    study = begin("02_batches_answers", province="lampung", **folders)
    items = reaction.items(study.data)
    drawn = figures.clustered_p(items.detail("p_values"), results=items.results, alpha=0.05, words=study.words)
    show(items, drawn)
    show(pd.DataFrame({"a": [1]}))
    finish(study, items)
    assert len(shown) == 2
    assert shown[1][MARK_TYPE] == {"notebook": "02_batches_answers", "province": "lampung", "rows": 1}
    kept = pd.read_parquet(Path(folders["reports_dir"]) / "lampung" / "results" / "02_batches_answers.parquet")
    assert list(kept["reason"]) == ["no_such_data"]
    assert plt.get_fignums() == []


def test_a_notebook_begun_again_in_another_language_forgets_what_was_said(folders, shown):
    for language in ("id", "en"):
        study = begin("04_impact", province="lampung", language=language, **folders)
        for _ in range(2):
            show(learning.change(study.data))
        show(learning.effects(study.data))
    assert [content["text/plain"].split(".")[0] for content in shown] == [
        "Nilai pretes dan postes perorangan tidak tersedia",
        "Nilai pretes dan postes perorangan tidak tersedia",
        "There are no single scores of pretest and posttest",
        "There are no single scores of pretest and posttest",
    ]


def test_the_guide_says_which_notebooks_a_province_can_fill(folders):
    study = begin("00_start", province="contoh", language="en", **folders)
    guide = study.guide.set_index("notebook")
    assert guide.loc["02_batches_answers", "here"] == "yes"
    assert guide.loc["02_batches_averages", "here"] == "no"
    assert list(guide.index) == sorted(guide.index, key=session.FOR_A_PROVINCE.index)


def test_what_is_shown_before_a_notebook_begins_is_in_the_usual_language(lampung, shown, monkeypatch):
    monkeypatch.setattr(session, "_begun", [])
    show(published.total(lampung))
    assert "skor total" in shown[0]["text/plain"]
