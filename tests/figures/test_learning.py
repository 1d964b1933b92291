"""Figures of scores and follow-up: what they draw, what they withhold, and why they are empty without data."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import figures
from analysis.evaluation import behaviour, learning
from figures.drawn_texts import texts


def test_every_person_with_a_gain_stands_in_a_bar_and_every_band_says_its_people(learners, words):
    gain = learning.gain(learners)
    gains = gain.detail("individual_gain")
    ax = figures.individual_gains(gains, results=gain.results, words=words)
    assert sum(bar.get_height() for bar in ax.patches) == len(gains)
    counts = gain.results[gain.results["estimate_name"] == "count"].set_index("subject")["estimate"]
    for band in ("high", "medium", "low", "negative"):
        assert f": {words.number(counts[f'band={band}'], 0)} " in texts(ax)


@pytest.mark.parametrize(("gain", "place"), [(0.3, 0.35), (0.7, 0.75), (0.0, 0.05), (-3.0, -0.95), (1.0, 1.05)])
def test_a_gain_at_the_edge_of_a_band_stands_in_the_bar_above_it(learners, words, gain, place):
    results = learning.gain(learners).results
    ax = figures.individual_gains(pd.DataFrame({"individual_gain": [gain]}), results=results, words=words)
    (bar,) = (bar for bar in ax.patches if bar.get_height())
    assert bar.get_x() + bar.get_width() / 2 == pytest.approx(place)


def test_bars_of_attrition_fill_up_and_a_small_role_is_named_but_not_drawn(learners, words):
    results = learning.matching(learners).results
    ax = figures.attrition(results, words=words)
    by_row: dict[float, float] = {}
    for bar in ax.patches:
        by_row[round(bar.get_y(), 3)] = by_row.get(round(bar.get_y(), 3), 0) + bar.get_width()
    assert list(by_row.values()) == pytest.approx([100.0] * len(by_row))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    hidden = [label for label in labels if words.text("suppressed") in label]
    assert any(words.subject("role=lainnya") in label for label in hidden)
    assert len(by_row) == len(labels) - len(hidden)


def test_the_tipping_point_lies_where_the_line_of_all_crosses_zero(learners, words):
    results = learning.alternatives(learners).results
    ax = figures.tipping_point(results, words=words)
    rows = results[results["estimate_name"] == "tipping_point_estimate_zero"].iloc[0]
    (mark,) = (line for line in ax.lines if line.get_marker() == "D")
    assert mark.get_xdata()[0] == pytest.approx(rows["estimate"])
    (alike,) = (line for line in ax.lines if line.get_marker() == "o")
    change = learning.change(learners).results
    observed = change[change["method"] == "class_jackknife_t"]["estimate"].iloc[0]
    assert alike.get_xdata()[0] == pytest.approx(observed)
    slope = next(line for line in ax.lines if line.get_marker() == "None" and len(set(line.get_ydata())) > 1)
    (x0, x1), (y0, y1) = slope.get_xdata(), slope.get_ydata()
    assert y0 + (rows["estimate"] - x0) * (y1 - y0) / (x1 - x0) == pytest.approx(0, abs=1e-9)


def test_without_scores_each_figure_says_why(gorontalo, words):
    gain = learning.gain(gorontalo)
    drawn = [
        figures.individual_gains(gain.detail("individual_gain"), results=gain.results, words=words),
        figures.attrition(learning.matching(gorontalo).results, words=words),
        figures.tipping_point(learning.alternatives(gorontalo).results, words=words),
        figures.followup_shares(behaviour.behaviour(gorontalo).results, words=words),
    ]
    for ax in drawn:
        assert words.reason("no_such_data") in texts(ax)
        assert not ax.axison


def test_the_changes_add_up_to_the_pairs(contoh_study, words):
    change = learning.change(contoh_study)
    ax = figures.change_distribution(change.detail("change_counts"), results=change.results, words=words)
    people = change.results[change.results["method"] == "paired_t"]["n"].iloc[0]
    assert sum(bar.get_height() for bar in ax.patches) == people
    assert words.text("paired: class interval") in texts(ax)
