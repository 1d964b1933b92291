"""Figures of single responses: what they draw, with classes, with many batches, and without data."""

from __future__ import annotations

import numpy as np
import pytest

from analysis import figures
from analysis.evaluation import reaction
from analysis.report.figure_words import figure_words
from figures.drawn_texts import texts
from reaction_studies import draw_responses, study

MANY = ("1", "2", "3", "4", "5", "6")


@pytest.fixture(scope="module")
def planted():
    return study({"responses": draw_responses(shift=0.5, class_sd=0.15, seed=3)})


@pytest.fixture(params=["id", "en"])
def words(request, planted):
    return figure_words(request.param, planted.instrument)


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
