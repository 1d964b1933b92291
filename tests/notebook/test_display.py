"""What a notebook shows: alike on every run, in the chosen language, honest about what is not estimable."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import ParameterError
from analysis.evaluation import published, reaction
from analysis.figures import batch_size
from analysis.notebook import display, pictures
from analysis.notebook.words import use_language
from analysis.report.figure_words import figure_words
from reaction_studies import draw_responses, study


@pytest.fixture(autouse=True)
def shown(monkeypatch):
    """Collect what would be displayed."""
    collected: list[dict] = []
    for module in (display, pictures):
        monkeypatch.setattr(module, "display", lambda content, raw: collected.append(content))
    yield collected
    use_language("id")


@pytest.fixture(scope="module")
def responses():
    return study({"responses": draw_responses(shift=0.5)})


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
    # What all rows share, the headings, the batch and five rules.
    assert len(shown[0]["text/plain"].splitlines()) == 1 + 1 + 1 + 5


def test_long_tables_are_cut_and_say_so(lampung, shown):
    display.show(published.pairs(lampung))
    assert "21 baris lagi" in shown[0]["text/plain"]


def test_quantities_and_units_may_be_chosen(responses, shown):
    display.show(reaction.aspects(responses), quantities=["mean_difference"], units=["person"])
    page = shown[0]["text/plain"]
    assert len(page.splitlines()) == 1 + 1 + 7 * 3
    assert "Satuan simpulan: peserta" in page
    assert "uji t Welch atas peserta" in page


def test_rows_of_classes_and_of_people_carry_their_unit(responses, shown):
    display.show(reaction.aspects(responses), quantities=["mean_difference"], subjects=["total"])
    lines = shown[0]["text/plain"].splitlines()
    assert "Satuan simpulan" in lines[1]
    assert ["kelas" in line.split("\t") for line in lines[2:]] == [True, False] * 3


def test_questions_without_data_stand_in_one_table_whatever_is_chosen(lampung, shown):
    display.show(reaction.items(lampung), reaction.trend(lampung), quantities=["mean"])
    assert len(shown) == 1
    assert len(shown[0]["text/plain"].splitlines()) == 1 + 2


def test_codes_and_numbers_of_a_supporting_table_are_in_words(responses, shown):
    use_language("en")
    display.show(reaction.robustness(responses).detail("analyses").head(1).rename(columns={"test": "analysis_test"}))
    cells = shown[0]["text/plain"].splitlines()[1].split("\t")
    assert "means of clusters, unweighted" in cells
    assert "total score" in cells
    assert "as it is" in cells


def test_a_supporting_table_that_does_not_exist_is_not_shown(lampung, shown):
    display.show(reaction.robustness(lampung).detail("disagreeing"))
    assert shown == []


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
