"""Figures of single responses: what they draw, with classes, with many batches, and without data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import figures
from analysis.evaluation import reaction
from analysis.figures.reaction import best_first
from analysis.report.content.subjects import level_words
from figures.drawn_texts import texts
from reaction_studies import draw_responses, study

MANY = ("1", "2", "3", "4", "5", "6")


@pytest.fixture(scope="module")
def planted():
    return study({"responses": draw_responses(shift=0.5, class_sd=0.15, seed=3)})


def test_every_indicator_and_level_has_its_part_of_a_bar_that_sums_to_one(planted, words):
    items = reaction.items(planted)
    labels = {level: f"level {level}" for level in range(1, 6)}
    ax = figures.diverging_bars(
        items.detail("counts"), level_labels=labels, items=planted.instrument.item_ids, words=words,
        results=items.results,
    )  # fmt: skip
    assert len(ax.patches) == 22 * 3 * 5
    widths = np.array([bar.get_width() for bar in ax.patches]).reshape(5, -1)
    np.testing.assert_allclose(widths.sum(axis=0), 1)
    assert texts(ax).count("n = 96") == 66


def bars_of(counts, items, words):
    return figures.diverging_bars(
        counts, level_labels={level: f"level {level}" for level in range(1, 6)}, items=items, words=words,
        results=counts.iloc[:0],
    )  # fmt: skip


def drawn_order(ax):
    return [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]


def test_the_indicator_with_most_answers_above_the_middle_stands_on_top(planted, words):
    counts = reaction.items(planted).detail("counts")
    ax = bars_of(counts, planted.instrument.item_ids, words)
    answers = counts.assign(answers=counts["share"] * counts["n"], item=counts["item"].astype(str))
    above = answers[answers["level"] > 3].groupby("item")["answers"].sum() / answers.groupby("item")["answers"].sum()
    by_name = {words.subject(item): share for item, share in above.items()}
    shares = [by_name[name] for name in drawn_order(ax)]
    assert len(shares) == 22
    assert shares == sorted(shares, reverse=True)
    assert len(set(np.round(shares, 9))) > 1
    assert words.text("order: best first").split(",")[0] in texts(ax)


def test_all_answers_count_alike_and_ties_stand_by_their_mean_then_as_in_the_form(words):
    def rows(item, batch, n, shares):
        return [(item, batch, level, share, n) for level, share in enumerate(shares, start=1)]

    counts = pd.DataFrame(
        # Two batches of unequal size: 0.9 of ten people weigh less than 0.4 of ninety.
        rows("materi_1", "5", 10, (0, 0, 0.1, 0.9, 0)) + rows("materi_1", "6", 90, (0, 0, 0.6, 0.4, 0))
        + rows("materi_2", "5", 10, (0, 0, 0.9, 0.1, 0)) + rows("materi_2", "6", 90, (0, 0, 0.4, 0.6, 0))
        + rows("materi_3", "5", 10, (0, 0, 0.9, 0, 0.1)) + rows("materi_3", "6", 90, (0, 0, 0.4, 0.6, 0))
        + rows("metode_1", "5", 10, (0, 0, 0.9, 0.1, 0)) + rows("metode_1", "6", 90, (0, 0, 0.4, 0.6, 0)),
        columns=["item", "batch", "level", "share", "n"],
    )  # fmt: skip
    form = ["materi_1", "materi_2", "materi_3", "metode_1"]
    expected = ["materi_3", "materi_2", "metode_1", "materi_1"]
    assert best_first(counts, form, range(1, 6)) == expected
    assert drawn_order(bars_of(counts, form, words)) == [words.subject(item) for item in expected]


def test_figures_of_tests_keep_the_order_of_the_form_and_say_so(planted, words):
    form = [words.subject(item) for item in planted.instrument.item_ids]
    items = reaction.items(planted)
    for ax in (
        figures.effect_panels(reaction.pairs(planted).results, words=words)[0],
        figures.odds_ratios(reaction.model(planted).results, words=words)[0],
        figures.clustered_p(items.detail("p_values"), results=items.results, alpha=0.05, words=words),
    ):
        assert drawn_order(ax) == form
        assert words.text("order: form") in texts(ax)


def test_the_ends_of_an_interval_stand_out_of_its_point_however_narrow_it_is(planted, words):
    panels = figures.effect_panels(reaction.pairs(planted).results, words=words)
    marks = {line.get_marker(): line.get_markersize() for line in panels[0].lines if line.get_marker() != "None"}
    assert marks["|"] > 1.5 * marks["o"]


def test_effects_stand_in_a_panel_per_pair_and_are_hollow_where_nothing_was_found(words):
    results = reaction.pairs(study({"responses": draw_responses(class_sd=0.3, seed=5)})).results
    weak = results[results["reason"] == "omnibus_not_significant"]["subject"].nunique()
    panels = figures.effect_panels(results, words=words)
    points = {
        line.get_markerfacecolor() == "white": len(line.get_xdata())
        for line in panels[0].lines
        if line.get_marker() == "o"
    }
    assert len(panels) == 3
    assert 0 < weak < 22
    assert points == {True: weak, False: 22 - weak}
    assert "192" in texts(panels[0])


def test_effects_of_more_than_four_batches_are_one_grid_hatched_where_the_interval_includes_zero(words):
    results = reaction.pairs(study({"responses": draw_responses(shift=0.3, batches=MANY)}, batches=MANY)).results
    (ax,) = figures.effect_panels(results, words=words)
    shown = results[(results["estimate_name"] == "cliffs_delta") & results["estimate_low"].notna()]
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert shown["contrast"].nunique() > 4
    assert len(hatched) == ((shown["estimate_low"] <= 0) & (shown["estimate_high"] >= 0)).sum()
    assert words.number(float(shown["estimate"].iloc[0]), 2) in texts(ax)


def test_odds_ratios_lie_right_of_one_where_the_later_batch_rates_higher(planted, words):
    results = reaction.model(planted).results
    panels = figures.odds_ratios(results, words=words)
    points = [x for line in panels[0].lines if line.get_marker() == "o" for x in line.get_xdata()]
    assert len(panels) == 3
    assert panels[0].get_xscale() == "log"
    assert min(points) > 1
    assert points == pytest.approx(
        results[(results["estimate_name"] == "odds_ratio") & (results["contrast"] == "7-5")]["estimate"].tolist()
    )


def test_odds_ratios_of_many_batches_are_a_grid_too(words):
    results = reaction.model(study({"responses": draw_responses(shift=0.3, batches=MANY)}, batches=MANY)).results
    (ax,) = figures.odds_ratios(results, words=words)
    assert words.number(float(results["estimate"].iloc[0]), 2) in texts(ax)
    assert words.text("odds: grid note") in texts(ax)


def test_the_p_of_classes_is_drawn_before_and_after_adjustment(planted, words):
    items = reaction.items(planted)
    ax = figures.clustered_p(items.detail("p_values"), results=items.results, alpha=0.05, words=words)
    drawn = {line.get_label(): line.get_xdata() for line in ax.lines}
    by_class = items.detail("p_values").query("sampling_unit == 'class'")
    np.testing.assert_allclose(drawn[words.text("unit class")], by_class["p_value"])
    np.testing.assert_allclose(drawn[words.text("unit class adjusted")], by_class["p_adjusted"])
    assert words.text("sample: {n} {clusters}", {"n": "288", "clusters": "9"}) in texts(ax)
    # Where adjustment changes nothing both marks lie on each other: the hollow one is a ring around the other.
    sizes = {line.get_label(): line.get_markersize() for line in ax.lines}
    assert sizes[words.text("unit class adjusted")] > sizes[words.text("unit class")]


def test_composition_has_a_mark_for_each_category_and_pair(planted, words):
    results = reaction.composition(planted).results
    ax = figures.composition(results, words=words)
    marks = [line for line in ax.lines if line.get_linestyle() == "None"]
    assert len(marks) == 3
    assert all(len(line.get_xdata()) == 2 for line in marks)


def test_without_responses_each_figure_says_why(lampung, words):
    items, drawn = reaction.items(lampung), []
    drawn.append(figures.effect_panels(reaction.pairs(lampung).results, words=words)[0])
    drawn.append(figures.odds_ratios(reaction.model(lampung).results, words=words)[0])
    drawn.append(figures.composition(reaction.composition(lampung).results, words=words))
    drawn.append(figures.clustered_p(items.detail("p_values"), results=items.results, alpha=0.05, words=words))
    for ax in drawn:
        assert words.reason("means_only") in texts(ax) or words.reason("no_such_data") in texts(ax)


def test_each_bar_of_answers_is_whole_and_keeps_all_levels(contoh_study, words):
    items = reaction.items(contoh_study)
    ax = figures.diverging_bars(
        items.detail("counts"),
        level_labels=level_words(contoh_study.instrument, "en"),
        items=contoh_study.instrument.item_ids,
        words=words,
        results=items.results,
    )
    widths = np.array([bar.get_width() for bar in ax.patches]).reshape(5, 66)
    np.testing.assert_allclose(widths.sum(axis=0), 1)


def test_answers_of_a_scale_with_a_middle_are_split_there(contoh_study, words):
    items = reaction.items(contoh_study)
    counts = items.detail("counts")
    ax = figures.diverging_bars(
        counts,
        level_labels=level_words(contoh_study.instrument, "en"),
        items=["materi_1"],
        words=words,
        results=items.results,
    )
    shares = counts[(counts["item"] == "materi_1") & (counts["batch"].astype(str) == "5")].sort_values("level")["share"]
    left = ax.patches[0].get_x()  # the lowest level of the first batch
    assert left == pytest.approx(-(shares.iloc[0] + shares.iloc[1] + shares.iloc[2] / 2))


def test_effects_are_drawn_with_their_intervals(contoh_study, words):
    results = reaction.pairs(contoh_study).results
    panels = figures.effect_panels(results, words=words)
    assert len(panels) == 3
    first = results[(results["contrast"] == "7-5") & results["estimate_low"].notna()]
    first = first[first["estimate_name"] == "cliffs_delta"]
    (ends,) = (line.get_xdata() for line in panels[0].lines if line.get_marker() == "|")
    np.testing.assert_allclose(ends[::2], first["estimate_low"])
    np.testing.assert_allclose(ends[1::2], first["estimate_high"])


def test_the_class_is_drawn_beside_what_ignores_it(contoh_study, words):
    items = reaction.items(contoh_study)
    ax = figures.clustered_p(items.detail("p_values"), results=items.results, alpha=0.05, words=words)
    by_unit = [np.asarray(line.get_xdata(), dtype=float) for line in ax.lines if len(line.get_xdata()) == 22]
    assert len(by_unit) == 4  # three units, and the class after adjustment
    assert (by_unit[2] >= by_unit[0]).all()  # classes never give a smaller p here than people do
