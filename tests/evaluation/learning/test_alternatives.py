"""Other explanations of the gain carry their numbers."""

import numpy as np
import pytest

from analysis.evaluation import learning
from analysis.evaluation.learning.tables import learning_table
from evaluation.learners import learners, select, with_scores


def test_other_explanations_carry_their_numbers(data):
    outcome = learning.alternatives(data)
    attrition = select(outcome, subject="attrition")
    assert attrition["reason"].iloc[0] == "impossible_tipping_point"
    assert attrition["n_missing"].iloc[0] == (~learning_table(data).is_complete).sum()
    regression = select(outcome, subject="regression|lowest_quarter")
    expected = regression[regression["estimate_name"] == "expected_gain_without_effect"]
    assert list(expected["assumes"]) == [f"rho = {rho}" for rho in (0.5, 0.6, 0.7, 0.8, 0.9)]
    assert expected["estimate"].is_monotonic_decreasing
    assert len(select(outcome, subject="ceiling")) == len(select(outcome, subject="retest")) == 1
    curve = outcome.details["tipping"]
    crossing = np.interp(0, curve["change_of_all"], curve["missing_change"])
    assert crossing == pytest.approx(attrition["estimate"].iloc[0])


def test_nobody_missing_is_said():
    rows = learning.alternatives(learners(missing=0)).results
    assert rows[rows["subject"] == "attrition"]["reason"].tolist() == ["nobody_missing"]


def test_a_group_of_tied_pretests_is_named_by_its_cut(data):
    """Rounded to tens, far more than a quarter lies at or below the first quartile: the cut says who they are."""
    table = learning_table(data)
    tied = with_scores(data, pre_points=(data.tables["scores"]["pre_points"] / 20).round() * 20)
    pre = learning_table(tied).pairs().pre
    rows = select(learning.alternatives(tied), subject="regression|lowest_quarter", estimate_name="pretest_cut")
    assert rows["estimate"].tolist() == [np.quantile(pre, 0.25)]
    assert rows["n"].tolist() == [(pre <= np.quantile(pre, 0.25)).sum()]
    assert rows["n"].iloc[0] > 0.3 * table.is_analysed.sum()
    highest = select(learning.alternatives(tied), subject="regression|highest_quarter", estimate_name="pretest_cut")
    assert highest["estimate"].tolist() == [np.quantile(pre, 0.75)]
