"""What a notebook shows: alike on every run, in the chosen language, honest about what is not estimable."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from analysis.errors import ParameterError
from analysis.evaluation import delivery, learning, published, reaction
from analysis.evaluation.outcome import Outcome
from analysis.figures import attrition, batch_shares, batch_size, change_bounds, ladder, tipping_point
from analysis.notebook import display
from analysis.notebook.display import Screen
from analysis.report.content.subjects import figure_words, subject_in_words
from evaluation import learners
from reaction_studies import draw_responses, study


@pytest.fixture(autouse=True)
def shown(monkeypatch):
    """Collect what would be displayed."""
    collected: list[dict] = []
    monkeypatch.setattr(display, "display", lambda content, raw, metadata=None: collected.append(content))
    return collected


@pytest.fixture
def screen():
    """Return a screen in Bahasa Indonesia on which nothing was shown yet."""
    return Screen()


@pytest.fixture
def english():
    """Return a screen in English on which nothing was shown yet."""
    return Screen("en")


@pytest.fixture(scope="module")
def responses():
    return study({"responses": draw_responses(shift=0.5)})


@pytest.fixture(scope="module")
def contoh_scores():
    people = learners.participants()
    return learners.study({"participants": people, "scores": learners.scores_of(people)})


def test_a_table_is_shown_as_page_and_text_and_is_the_same_every_time(lampung, screen, shown):
    outcome = published.total(lampung)
    screen.show(outcome)
    screen.show(outcome)
    assert shown[0] == shown[1]
    assert "0,024" in shown[0]["text/plain"]
    assert shown[0]["text/html"].count("<tr>") == 4


def test_the_language_decides_words_and_decimal_marks(lampung, english, shown):
    english.show(published.total(lampung))
    assert "0.024" in shown[0]["text/plain"]
    assert "total score" in shown[0]["text/plain"]


def test_what_is_not_estimable_says_why(contoh_scores, screen, shown):
    screen.show(learning.comparison(contoh_scores))
    assert "tidak ada kelompok pembanding" in shown[0]["text/plain"]


@pytest.mark.parametrize(("language", "said"), [("id", "korelasi dalam desa"), ("en", "village correlation")])
def test_a_correlation_within_villages_is_not_named_after_classes(gorontalo, shown, language, said):
    screen = Screen(language)
    screen.show(published.change(gorontalo), subjects=["all|villages"], quantities=["breakdown_icc"])
    assert said in shown[0]["text/plain"]


def test_a_correlation_that_no_class_can_have_is_printed_as_above_one(gorontalo, english, shown):
    change = published.change(gorontalo)
    highest = change.results[change.results["estimate_name"] == "breakdown_icc"]["estimate"].max()
    assert highest > 1
    english.show(change, quantities=["breakdown_icc"])
    cells = shown[-1]["text/plain"].replace("\t", "|")
    assert "|> 1|" in cells
    assert f"{highest:.3f}" not in cells


def test_each_ladder_names_the_averages_that_it_misses(contoh_scores, english, shown):
    words = figure_words("en", contoh_scores.instrument)
    for rungs in (published.ladder(contoh_scores), published.change_ladder(contoh_scores)):
        english.show(ladder(rungs.results, words=words))
    said = [content["text/plain"] for content in shown]
    assert [text.partition(". ")[0] for text in said] == [
        "There are no published averages",
        "There are no published averages of pretest and posttest",
    ]


def test_data_that_are_absent_are_named_once_and_other_cells_stay_empty(gorontalo, english, shown):
    words = figure_words("en", gorontalo.instrument)
    matching, change = learning.matching(gorontalo), learning.change(gorontalo)
    english.show(matching, attrition(matching.results, words=words))
    english.show(change)
    english.show(tipping_point(learning.alternatives(gorontalo).results, words=words))
    english.show(reaction.items(gorontalo))
    assert [content["text/plain"].split(".")[0] for content in shown] == [
        "There are no single scores of pretest and posttest",
        "There are no single responses",
    ]
    assert plt.get_fignums() == []


def test_the_cell_that_named_the_absent_data_names_them_again_when_it_runs_again(gorontalo, screen, shown):
    for _ in range(2):
        screen.show(learning.matching(gorontalo))
    screen.show(learning.change(gorontalo))
    assert len(shown) == 2


def test_another_reason_than_absent_data_is_shown_each_time(contoh_scores, screen, shown):
    for _ in range(2):
        screen.show(learning.comparison(contoh_scores))
    assert len(shown) == 2


def test_a_study_with_scores_but_no_printed_means_is_not_said_to_have_no_scores(contoh_scores, english, shown):
    english.show(learning.confrontation(contoh_scores))
    assert "not both there" in shown[0]["text/plain"]


def test_a_smallest_p_is_printed_as_a_p_and_never_as_zero(responses, screen, shown):
    results = reaction.items(responses).results
    results = results[results["estimate_name"] == "smallest_attainable_p"]
    screen.show(Outcome(results.assign(estimate=1e-4), {}))
    assert "< 0,001" in shown[0]["text/plain"].splitlines()[-1].split("\t")


def test_a_range_of_p_values_below_what_is_printed_is_one_p(gorontalo, screen, shown):
    screen.show(published.change(gorontalo))
    assert "< 0,001 … < 0,001" not in shown[0]["text/plain"]
    assert "\t< 0,001\t" in shown[0]["text/plain"]


def test_rows_that_differ_by_an_assumed_number_only_carry_it(contoh_scores, screen, shown):
    screen.show(learning.alternatives(contoh_scores), subjects=["regression|lowest_quarter"])
    lines = [line.split("\t") for line in shown[0]["text/plain"].splitlines()]
    heading = next(line for line in lines if "Syarat" in line)
    expected = [line[heading.index("Syarat")] for line in lines if any("tanpa pengaruh" in cell for cell in line)]
    assert len(set(expected)) == len(expected) == 5
    assert "rho = 0,7" in expected


def test_an_equivalence_test_names_its_margin(contoh_scores, screen, shown):
    screen.show(learning.equivalence(contoh_scores))
    assert "perubahan terkecil yang berarti = " in shown[0]["text/plain"]


def test_a_few_marks_keep_their_colour_in_a_small_picture(screen, shown):
    _, ax = plt.subplots()
    ax.bar(range(40), range(40), color=[(0.2, 0.3, 0.5 + value / 100) for value in range(40)])
    ax.plot([5], [30], "D", color="#D55E00", markersize=9)
    screen.show(ax)
    picture = Image.open(io.BytesIO(shown[0]["image/png"])).convert("RGB")
    distance = np.abs(np.asarray(picture).astype(int) - [0xD5, 0x5E, 0x00]).sum(axis=-1)
    assert distance.min() < 30


def test_subjects_may_be_chosen_by_name_or_beginning(lampung, screen, shown):
    screen.show(published.batch_size(lampung), subjects=["batch", "rule="])
    # What all rows share, the headings, the batch and five rules.
    assert len(shown[0]["text/plain"].splitlines()) == 1 + 1 + 1 + 5


def test_long_tables_are_cut_and_say_so(lampung, screen, shown):
    screen.show(published.pairs(lampung))
    assert "21 baris lagi" in shown[0]["text/plain"]


def test_quantities_and_units_may_be_chosen(responses, screen, shown):
    screen.show(reaction.aspects(responses), quantities=["mean_difference"], units=["person"])
    page = shown[0]["text/plain"]
    assert len(page.splitlines()) == 1 + 1 + 7 * 3
    assert "Satuan simpulan: peserta" in page
    assert "uji t Welch atas peserta" in page


def test_rows_of_classes_and_of_people_carry_their_unit(responses, screen, shown):
    screen.show(reaction.aspects(responses), quantities=["mean_difference"], subjects=["total"])
    lines = shown[0]["text/plain"].splitlines()
    assert "Satuan simpulan" in lines[1]
    assert ["kelas" in line.split("\t") for line in lines[2:]] == [True, False] * 3


def test_questions_without_an_answer_stand_in_one_table_whatever_is_chosen(screen, shown):
    unclassed = study({"responses": draw_responses().drop(columns="class_id")})
    screen.show(reaction.model(unclassed), reaction.robustness(unclassed), quantities=["mean"])
    assert len(shown) == 1


def test_codes_and_numbers_of_a_supporting_table_are_in_words(responses, english, shown):
    english.show(reaction.robustness(responses).detail("analyses").head(1).rename(columns={"test": "analysis_test"}))
    cells = shown[0]["text/plain"].splitlines()[1].split("\t")
    assert "means of clusters, unweighted" in cells
    assert "total score" in cells
    assert "as it is" in cells


def test_a_supporting_table_that_does_not_exist_is_not_shown(lampung, screen, shown):
    screen.show(reaction.robustness(lampung).detail("disagreeing"))
    assert shown == []


def test_cells_cannot_become_markup(screen, shown):
    screen.show(pd.DataFrame({"value": ["<script>alert(1)</script>"]}))
    assert "<script>" not in shown[0]["text/html"]


def test_a_figure_is_a_small_picture(lampung, screen, shown):
    words = figure_words("id", lampung.instrument)
    screen.show(batch_size(published.batch_size(lampung).results, words=words))
    assert shown[0]["image/png"].startswith(b"\x89PNG")
    assert len(shown[0]["image/png"]) < 100_000


def test_other_things_are_refused(screen):
    with pytest.raises(ParameterError, match="not str"):
        screen.show("text")


def test_a_figure_that_only_repeats_why_there_is_no_answer_is_closed_and_not_shown(gorontalo, screen, shown):
    matching = learning.matching(gorontalo)
    drawn = attrition(matching.results, words=figure_words("id", gorontalo.instrument))
    screen.show(matching, drawn)
    assert len(shown) == 1
    assert "tidak tersedia" in shown[0]["text/plain"]
    assert not plt.fignum_exists(drawn.get_figure(root=True).number)


def test_each_size_of_a_change_names_its_divisor(contoh_scores, screen, shown):
    screen.show(learning.effects(contoh_scores), units=["class"])
    page = shown[0]["text/plain"]
    assert "Dibagi apa" in page
    assert "d_z (terhadap simpangan baku perubahan)" in page
    assert "delta Glass (terhadap simpangan baku pretes)" in page


def test_a_card_of_a_batch_prints_counts_whole_and_its_heads_in_words(contoh_scores, screen, shown):
    cards = delivery.delivery(contoh_scores).detail("batch_cards")
    screen.show(cards[["batch", "registered", "mean_class_size"]])
    assert shown[0]["text/plain"].splitlines()[:2] == [
        "Angkatan\tTerdaftar\tRata-rata orang per kelas",
        "5\t96\t32",
    ]


def test_contrasts_are_in_words(contoh_scores, screen, shown):
    screen.show(delivery.delivery(contoh_scores), subjects=["people"])
    assert "kedua tes (% dari yang hadir)" in shown[0]["text/plain"]
    assert "both_tests" not in shown[0]["text/plain"]


@pytest.mark.parametrize(
    ("subject", "language", "words"),
    [
        ("regency=Kabupaten Contoh Pesisir", "id", "kabupaten Contoh Pesisir"),
        ("regency=Kota Contoh Pesisir", "id", "kota Contoh Pesisir"),
        ("regency=Kota Contoh Pesisir", "en", "city Contoh Pesisir"),
        ("regency=Kabupaten Contoh Pesisir", "en", "regency Contoh Pesisir"),
        ("regency=Contoh Barat", "en", "regency Contoh Barat"),
        ("regency=Kotabaru", "id", "kabupaten Kotabaru"),
    ],
)
def test_a_regency_is_called_by_its_kind_once(subject, language, words):
    assert subject_in_words(subject, language) == words


def test_an_answer_and_its_figure_in_one_cell_say_once_what_is_absent(lampung, screen, shown):
    change = published.change(lampung)
    screen.show(change)
    screen.show(change_bounds(change.results, alpha=0.05, words=figure_words("id", lampung.instrument)))
    assert len(shown) == 1


def test_a_figure_without_anything_to_draw_is_left_out_beside_the_rows_that_say_why(lampung, screen, shown):
    delivered = delivery.delivery(lampung)
    drawn = batch_shares(delivered.results, thresholds={}, words=figure_words("id", lampung.instrument))
    screen.show(delivered, drawn)
    assert [list(content) for content in shown] == [["text/html", "text/plain"]]
    assert plt.get_fignums() == []


def test_a_chosen_subject_is_shown_under_every_supposition(lampung, screen, shown):
    screen.show(published.sensitivity(lampung), subjects=["total"])
    rows = shown[0]["text/plain"].splitlines()[2:]
    assert [row.partition("\t")[0] for row in rows] == ["skor total, n 288"] * 3


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Tidak satu pun dari 20 baris jawaban ini tentang jabatan, jenis kelamin, persentase."),
        ("en", "None of the 20 rows of this answer is about role, sex, share."),
    ],
)
def test_a_choice_that_no_row_fits_is_said_with_what_was_asked_for(lampung, shown, language, sentence):
    Screen(language).show(delivery.delivery(lampung), subjects=["role=", "sex="], quantities=["share"])
    assert [content["text/plain"] for content in shown] == [sentence]


def test_a_dark_screen_shows_nothing_and_leaves_no_figure_open(lampung, shown):
    size = published.batch_size(lampung)
    dark = Screen(is_dark=True)
    dark.show(size, batch_size(size.results, words=figure_words("id", lampung.instrument)))
    assert shown == []
    assert plt.get_fignums() == []
