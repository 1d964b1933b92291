"""The people with one test only: their difference, its people and its reasons."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation import learning
from analysis.report.content.subjects import subject_in_words
from evaluation.learners import select


def test_forms_without_an_id_are_counted_but_are_nobody_who_is_missing(data):
    extra = pd.DataFrame({"participant_id": [None] * 6, "pre_points": 50.0, "post_points": np.nan})
    scores = pd.concat([data.tables["scores"], extra], ignore_index=True)
    more = replace(data, tables={**data.tables, "scores": scores})
    assert select(learning.matching(more), subject="not_linkable")["estimate"].tolist() == [6]
    first, second = (select(learning.alternatives(each), subject="attrition") for each in (data, more))
    assert first["estimate"].tolist()[:2] == second["estimate"].tolist()[:2]


def difference_of_leavers(data):
    rows = select(learning.alternatives(data), subject="attrition|pre")
    (row,) = rows[rows["estimate_name"] == "baseline_difference"].to_dict("records")
    return row


def test_people_without_a_class_are_left_out_of_the_difference_of_leavers_and_counted(data):
    whole = difference_of_leavers(data)
    people = data.tables["participants"].copy()
    scores = data.tables["scores"]
    with_pretest = scores["pre_points"].notna().to_numpy()
    unknown = np.flatnonzero(with_pretest)[:2]
    people.loc[unknown, "class_id"] = None
    found = difference_of_leavers(replace(data, tables={**data.tables, "participants": people}))
    assert whole["status"] == found["status"] == "estimated"
    assert (whole["n_missing"], found["n_missing"]) == (0, 2)
    assert found["n"] == whole["n"] - 2
    kept = with_pretest & people["class_id"].notna().to_numpy()
    left = scores["post_points"].isna().to_numpy()
    expected = scores.loc[kept & left, "pre_points"].mean() - scores.loc[kept & ~left, "pre_points"].mean()
    assert found["estimate"] == pytest.approx(expected)
    assert found["clusters"] == 9


def test_with_few_recorded_classes_the_difference_of_leavers_says_so(data):
    people = data.tables["participants"].copy()
    people.loc[::5, "class_id"] = None
    row = difference_of_leavers(replace(data, tables={**data.tables, "participants": people}))
    assert (row["status"], row["reason"]) == ("not_estimable", "class_not_recorded")


def test_leavers_of_a_single_class_have_a_difference_without_interval(data):
    scores, people = data.tables["scores"].copy(), data.tables["participants"]
    scores[["pre_points", "post_points"]] = scores[["pre_points", "post_points"]].fillna(50.0)
    scores.loc[people["class_id"] == "c00", "post_points"] = np.nan
    row = difference_of_leavers(replace(data, tables={**data.tables, "scores": scores}))
    assert (row["status"], row["reason"]) == ("not_estimable", "no_interval")


def test_the_share_of_each_group_is_that_of_both_tests_and_its_subject_says_so(data):
    rows = learning.alternatives(data).results
    (row,) = rows[rows["subject"] == "attrition|role=bpd|both"].to_dict("records")
    is_bpd = (data.tables["participants"]["role"] == "bpd").to_numpy()
    scores = data.tables["scores"]
    both = scores["pre_points"].notna() & scores["post_points"].notna()
    assert row["estimate"] == pytest.approx((both & is_bpd).sum() / row["n"])
    assert "kedua tes" in subject_in_words(row["subject"], "id")
