"""Forests of groups: their range of people and classes, the small ones named and not drawn."""

from __future__ import annotations

from analysis import figures
from analysis.evaluation import learning
from figures.drawn_texts import texts


def test_forests_state_the_range_of_people_and_classes(learners, words):
    results = learning.subgroups(learners).results
    shown = results[(results["estimate_name"] == "mean_change") & results["estimate"].notna()]
    ax = figures.subgroup_forest(results, words=words)
    assert words.number(float(shown["n"].max()), 0) in texts(ax)
    assert "Holm" in texts(ax)


def test_small_groups_are_named_and_not_drawn(contoh_study, words):
    results = learning.subgroups(contoh_study).results
    ax = figures.subgroup_forest(results, words=words)
    suppressed = results[(results["estimate_name"] == "mean_change") & results["estimate"].isna()]
    assert texts(ax).count(words.text("suppressed")) >= len(suppressed) > 0
