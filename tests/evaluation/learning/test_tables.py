"""Scores joined to participants: everyone counted once, forms that link to nobody told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import PairingError
from analysis.evaluation import learning
from analysis.evaluation.learning.tables import learning_table
from analysis.study.settings import Settings
from evaluation.learners import select


def test_matching_counts_everyone_once(data):
    table = learning_table(data)
    found = select(learning.matching(data), estimate_name="count").set_index("subject")["estimate"]
    total = found[["both", "pre_only", "post_only", "not_linkable", "no_test"]].sum()
    assert total == len(data.tables["participants"])
    assert found["both"] == table.is_complete.sum()
    by_batch = sum(found[f"batch={batch}|both"] for batch in ("5", "6", "7"))
    assert by_batch == found["both"]


def test_only_the_chosen_batches_are_analysed(data):
    chosen = replace(data, settings=Settings(batches=("5", "6"), resamples=99))
    assert select(learning.batches(chosen), subject="batch")["contrast"].unique().tolist() == ["6-5"]
    assert learning_table(chosen).people["batch"].unique().tolist() == ["5", "6"]


def test_a_few_people_without_a_class_leave_in_a_counted_step(data):
    people = data.tables["participants"].copy()
    complete = data.tables["scores"].dropna()["participant_id"].iloc[:5]
    people.loc[people["participant_id"].isin(complete), "class_id"] = pd.NA
    without = replace(data, tables={**data.tables, "participants": people})
    counted = select(learning.matching(without), subject="no_class")["estimate"]
    assert counted.tolist() == [5]
    rows = select(learning.change(without), estimate_name="mean_change")
    missing = int((~learning_table(data).is_complete).sum())
    assert rows["n_missing"].tolist() == [missing + 5] * 4


def test_unlinkable_forms_are_refused_for_a_paired_test_with_an_explanation(unlinkable):
    with pytest.raises(PairingError, match=r"share no participant_id.*read the unpaired analysis and its bounds"):
        learning_table(unlinkable).pairs()


def test_a_count_of_one_is_shown_in_a_group_of_enough_people(data):
    """The size of a group decides, not how many of it gave an answer: one of 72 names nobody."""
    scores, people = data.tables["scores"].copy(), data.tables["participants"]
    is_bpd = (people["role"] == "bpd").to_numpy()
    scores.loc[is_bpd, ["pre_points", "post_points"]] = 50.0
    scores.loc[np.flatnonzero(is_bpd)[0], "pre_points"] = np.nan
    rows = learning.matching(replace(data, tables={**data.tables, "scores": scores})).results
    (row,) = rows[rows["subject"] == "role=bpd|post_only"].to_dict("records")
    assert (row["status"], row["estimate"], row["n"]) == ("estimated", 1, 72)
