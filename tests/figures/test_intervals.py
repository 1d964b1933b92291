"""Forests of groups: their range of people and classes, the small ones named and not drawn."""

from __future__ import annotations

import pytest

from analysis import figures
from analysis.evaluation import learning
from evaluation.learners import participants, scores_of, study
from figures.drawn_texts import texts

EVERYBODY = participants()


@pytest.fixture(scope="module")
def learners():
    people = EVERYBODY.copy()
    people.loc[[0, 4], "role"] = "lainnya"  # two people: too few to be shown
    return study({"participants": people, "scores": scores_of(people)})


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
