"""Figures of single responses, scores and delivery, on the imaginary province and where there are no data."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from analysis import figures
from analysis.evaluation import delivery, learning, reaction
from analysis.report.content.subjects import figure_words


@pytest.fixture(params=["id", "en"])
def words(request, contoh_study):
    return figure_words(request.param, contoh_study.instrument)


def texts(ax) -> str:
    return " ".join(text.get_text() for text in ax.get_figure(root=True).findobj(plt.Text))


def level_labels(study) -> dict[int, str]:
    return {label.value: label.label_en for label in study.instrument.scale_labels}


def test_each_bar_of_answers_is_whole_and_keeps_all_levels(contoh_study, words):
    items = reaction.items(contoh_study)
    ax = figures.diverging_bars(
        items.detail("counts"),
        level_labels=level_labels(contoh_study),
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
        counts, level_labels=level_labels(contoh_study), items=["materi_1"], words=words, results=items.results
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


def test_the_changes_add_up_to_the_pairs(contoh_study, words):
    change = learning.change(contoh_study)
    ax = figures.change_distribution(change.detail("change_counts"), results=change.results, words=words)
    people = change.results[change.results["method"] == "paired_t"]["n"].iloc[0]
    assert sum(bar.get_height() for bar in ax.patches) == people
    assert words.text("paired: class interval") in texts(ax)


def test_small_groups_are_named_and_not_drawn(contoh_study, words):
    results = learning.subgroups(contoh_study).results
    ax = figures.subgroup_forest(results, words=words)
    suppressed = results[(results["estimate_name"] == "mean_change") & results["estimate"].isna()]
    assert texts(ax).count(words.text("suppressed")) >= len(suppressed) > 0


def test_shares_of_every_batch_and_the_threshold_of_the_guide(contoh_study, words):
    results = delivery.delivery(contoh_study).results
    ax = figures.batch_shares(results, thresholds={"attended/registered": 0.9}, words=words)
    bars = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert [list(line.get_xdata()) for line in bars] == [[90.0, 90.0]]


def test_without_people_each_figure_says_why(lampung, words):
    items, change = reaction.items(lampung), learning.change(lampung)
    labels = level_labels(lampung)
    drawn = [
        figures.diverging_bars(
            items.detail("counts"), level_labels=labels, items=[], words=words, results=items.results
        ),
        figures.effect_panels(reaction.pairs(lampung).results, words=words)[0],
        figures.clustered_p(items.detail("p_values"), results=items.results, alpha=0.05, words=words),
        figures.change_distribution(change.detail("change_counts"), results=change.results, words=words),
        figures.subgroup_forest(learning.subgroups(lampung).results, words=words),
    ]
    for ax in drawn:
        assert len(texts(ax).strip()) > 10
        assert not ax.patches
