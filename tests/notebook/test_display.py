"""What a notebook shows: alike on every run, in the chosen language, honest about what is not estimable."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import ParameterError
from analysis.evaluation import published
from analysis.figures import batch_size
from analysis.notebook import display, pictures
from analysis.notebook.words import use_language
from analysis.report.figure_words import figure_words


@pytest.fixture(autouse=True)
def shown(monkeypatch):
    """Collect what would be displayed."""
    collected: list[dict] = []
    for module in (display, pictures):
        monkeypatch.setattr(module, "display", lambda content, raw: collected.append(content))
    yield collected
    use_language("id")


def test_a_table_is_shown_as_page_and_text_and_is_the_same_every_time(lampung, shown):
    outcome = published.total(lampung)
    display.show(outcome)
    display.show(outcome)
    assert shown[0] == shown[1]
    assert "0,024" in shown[0]["text/plain"]
    assert shown[0]["text/html"].count("<tr>") == 4


def test_the_language_decides_words_and_decimal_marks(lampung, shown):
    use_language("en")
    display.show(published.total(lampung))
    assert "0.024" in shown[0]["text/plain"]
    assert "total score" in shown[0]["text/plain"]


def test_what_is_not_estimable_says_why(gorontalo, shown):
    display.show(published.total(gorontalo))
    assert "data itu tidak tersedia" in shown[0]["text/plain"]


def test_subjects_may_be_chosen_by_name_or_beginning(lampung, shown):
    display.show(published.batch_size(lampung), subjects=["batch", "rule="])
    assert len(shown[0]["text/plain"].splitlines()) == 1 + 1 + 5


def test_long_tables_are_cut_and_say_so(lampung, shown):
    display.show(published.pairs(lampung))
    assert "26 baris lagi" in shown[0]["text/plain"]


def test_cells_cannot_become_markup(shown):
    display.show(pd.DataFrame({"value": ["<script>alert(1)</script>"]}))
    assert "<script>" not in shown[0]["text/html"]


def test_a_figure_is_a_small_picture(lampung, shown):
    words = figure_words("id", lampung.instrument)
    display.show(batch_size(published.batch_size(lampung).results, words=words))
    assert shown[0]["image/png"].startswith(b"\x89PNG")
    assert len(shown[0]["image/png"]) < 100_000


def test_other_things_are_refused():
    with pytest.raises(ParameterError, match="not str"):
        display.show("text")
