"""Batches contrasted in both ways, and a comparison group that takes part in nothing else."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation import learning
from analysis.study.settings import Settings
from evaluation.learners import participants, province, scores_of, select, study


def test_batches_are_contrasted_in_both_ways_later_minus_earlier(data):
    outcome = learning.batches(data)
    rows = select(outcome, subject="batch")
    assert list(dict.fromkeys(rows["contrast"])) == ["7-5", "7-6", "6-5"]
    change = rows[rows["estimate_name"] == "difference_in_change"].set_index("contrast")["estimate"]
    ancova = rows[rows["estimate_name"] == "adjusted_post_difference"].set_index("contrast")["estimate"]
    identity = rows[rows["estimate_name"] == "change_minus_ancova"].set_index("contrast")["estimate"]
    pd.testing.assert_series_equal(change - ancova, identity, check_names=False)
    assert set(outcome.details["agreement"]["subject"]) == {"batch", "role"}


@pytest.fixture(scope="module")
def compared():
    """Return a study of six trained classes, who gain ten points, and six classes that are trained later."""
    people = participants(classes=12, batches=("5", "later"))
    scores = scores_of(people, missing=0, gain=0)
    scores["post_points"] += np.where(people["batch"] == "5", 10, 0)
    of = province(batches=("5", "later"), compared=("later",))
    return study({"participants": people, "scores": scores}, of=of)


def test_a_comparison_group_gives_a_difference_in_differences(compared):
    rows = learning.comparison(compared).results
    differences = rows[rows["estimate_name"] == "difference_in_change"]
    assert list(differences["method"]) == [
        "class_jackknife_within_groups_satterthwaite", "welch_t_class_means", "welch_t_persons"
    ]  # fmt: skip
    # equal classes: both are the same interval
    assert differences["estimate_low"].iloc[0] == pytest.approx(differences["estimate_low"].iloc[1])
    assert (differences["estimate_low"].iloc[:2] < 10).all()
    assert (differences["estimate_high"] > 10).all()
    assert set(rows["contrast"]) == {"training-comparison"}


def test_the_comparison_group_takes_part_in_nothing_else(compared):
    """Mixed into the change of the trained it would halve what they gained."""
    alone = replace(compared, comparison={})
    for verb in (learning.change, learning.gain, learning.subgroups, learning.matching, learning.alternatives):
        pd.testing.assert_frame_equal(verb(compared).results, verb(alone).results)
    assert select(learning.matching(compared), subject="both")["estimate"].iloc[0] == 192
    assert learning.batches(compared).results["contrast"].str.contains("later").sum() == 0
    assert compared.settings.batches_of(compared.province) == ("5",)


def test_chosen_batches_keep_the_comparison_group(compared):
    chosen = replace(compared, settings=Settings(batches=("5",), resamples=99))
    pd.testing.assert_frame_equal(learning.comparison(chosen).results, learning.comparison(compared).results)


def test_a_comparison_group_without_both_tests_is_none(compared):
    scores = compared.comparison["scores"].assign(post_points=np.nan)
    without = replace(compared, comparison={**compared.comparison, "scores": scores})
    assert learning.comparison(without).results["reason"].tolist() == ["no_comparison_group"]


def test_without_a_comparison_group_it_says_so(data):
    assert learning.comparison(data).results["reason"].tolist() == ["no_comparison_group"]
