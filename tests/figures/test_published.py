"""Figures of published averages: what they draw, with data and without."""

from __future__ import annotations

import matplotlib.pyplot as plt

from analysis import figures
from analysis.evaluation import published
from analysis.evaluation.bands import band_edges
from figures.drawn_texts import texts


def test_the_size_that_is_used_is_marked(lampung, words):
    ax = figures.batch_size(published.batch_size(lampung).results, words=words)
    assert "96" in texts(ax)
    assert 96 in [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 2]


def test_the_ladder_has_a_rung_for_each_assumption_and_ends_without_a_cause(lampung, words):
    results = published.ladder(lampung).results
    ax = figures.ladder(results, contrast="7-5", words=words)
    rungs = results[results["contrast"] == "7-5"]
    assert len(ax.patches) >= len(rungs)
    assert words.text("ladder: no rung gives the cause").split()[0] in texts(ax)


def test_the_widest_interval_holds_zero_exactly_where_the_verdict_is_open(gorontalo, words):
    results = published.change(gorontalo).results
    ax = figures.change_bounds(results, alpha=0.05, words=words)
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    assert [low < 0 < high for low, high in spans] == [False, False, True]


def test_the_grid_prints_every_design_effect(gorontalo, words):
    results = published.change_sensitivity(gorontalo).results
    ax = figures.change_sensitivity(results, class_size=32, words=words)
    printed = texts(ax)
    assert all(words.number(value, 0) in printed for value in results["breakdown_design_effect"])


def test_hatching_is_explained_only_where_a_cell_is_hatched(gorontalo, words):
    results = published.change_sensitivity(gorontalo).results
    explained = words.text("sensitivity: hatched {size}", {"size": words.number(100, 0)})
    drawn = {size: figures.change_sensitivity(results, class_size=size, words=words) for size in (32, 100)}
    notes = {size: " ".join(texts(ax).split()) for size, ax in drawn.items()}
    assert explained in notes[100]
    assert explained.split()[0] not in notes[32]


def test_a_line_per_contrast_shows_where_likeness_undoes_it(lampung, words):
    ax = figures.spread_sensitivity(published.breakdown(lampung).results, words=words)
    assert len([line for line in ax.lines if len(line.get_xdata()) == 4]) == 3


def test_without_data_each_figure_says_why(lampung, gorontalo, items_by_aspect, words):
    drawn = [
        figures.indicators(
            published.means(gorontalo).results,
            items_by_aspect=items_by_aspect,
            band_edges=band_edges(1, 5),
            words=words,
        ),
        figures.batch_size(published.batch_size(gorontalo).results, words=words),
        figures.p_ranges(published.pairs(gorontalo).results, alpha=0.05, words=words)[0],
        figures.ladder(published.ladder(gorontalo).results, words=words),
        figures.spread_sensitivity(published.breakdown(gorontalo).results, words=words),
        figures.change_bounds(published.change(lampung).results, alpha=0.05, words=words),
        figures.change_sensitivity(published.change_sensitivity(lampung).results, words=words),
    ]
    for ax in drawn:
        assert words.reason("no_such_data") in texts(ax)


def test_figures_draw_into_given_axes(lampung, words):
    _, ax = plt.subplots()
    assert figures.batch_size(published.batch_size(lampung).results, words=words, ax=ax) is ax
