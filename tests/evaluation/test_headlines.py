"""What a province brings to the nation: its people's change before its published one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.evaluation import learning
from analysis.evaluation.headlines import LEARNING, headlines
from evaluation.learners import learners


def test_people_bring_their_change_and_an_error_with_the_class_as_unit():
    study = learners()
    (headline,) = headlines(study)
    change = learning.change(study).results.iloc[0]
    assert headline.question == LEARNING
    assert headline.change == pytest.approx(change["estimate"] / headline.maximum)
    assert headline.se_high is None
    width = (change["estimate_high"] - change["estimate_low"]) / headline.maximum
    assert width / 4.7 < headline.se < width / 3.9  # t of few degrees of freedom is above 1.96
    share = headline.as_share()
    assert share.estimate_high - share.estimate_low == pytest.approx(width)


def test_averages_bring_the_largest_error_that_they_admit(gorontalo):
    (headline,) = headlines(gorontalo)
    assert headline.change == pytest.approx(0.16)
    assert headline.se is None
    assert headline.se_high > 0


def test_scores_of_people_come_before_published_ones(gorontalo):
    study = learners()
    both = replace(study, tables={**study.tables, "published_scores": gorontalo.tables["published_scores"]})
    assert headlines(both) == headlines(study)


def test_a_province_without_tests_brings_nothing(lampung):
    assert headlines(lampung) == []
