"""Every question about learning: an answer or one row that says why not, whatever the data lack."""

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation import learning
from analysis.evaluation.outcome import RESULT_COLUMNS
from evaluation.learners import with_scores

VERBS = tuple(getattr(learning, name) for name in learning.__all__)


@pytest.mark.parametrize("verb", VERBS)
def test_a_province_without_scores_has_one_row_that_says_so(empty, verb):
    results = verb(empty).results
    assert results["status"].tolist() == ["not_estimable"]
    assert results["reason"].tolist() == ["no_such_data"]
    assert tuple(results.columns) == RESULT_COLUMNS


@pytest.mark.parametrize("verb", [learning.change, learning.effects, learning.gain, learning.subgroups])
def test_a_posttest_never_given(data, verb):
    assert verb(with_scores(data, post_points=np.nan)).results["reason"].tolist() == ["test_not_given"]


def test_order_of_rows_and_names_of_ids_change_nothing(data):
    people, scores = data.tables["participants"], data.tables["scores"]
    renamed = {name: f"x{name[::-1]}" for name in people["participant_id"]}
    tables = {
        "participants": people.assign(participant_id=people["participant_id"].map(renamed)).sample(
            frac=1, random_state=1
        ),
        "scores": scores.assign(participant_id=scores["participant_id"].map(renamed)).sample(frac=1, random_state=2),
    }
    for verb in VERBS:
        first, second = verb(data).results, verb(replace(data, tables=tables)).results
        pd.testing.assert_frame_equal(first, second, rtol=1e-5)  # the REML search stops near 1e-6


def test_a_level_that_nobody_has_changes_no_test(data):
    people = data.tables["participants"]
    levels = pd.Categorical(people["batch"], categories=["5", "6", "7", "8"])
    with_level = replace(data, tables={**data.tables, "participants": people.assign(batch=levels)})
    for verb in (learning.batches, learning.subgroups, learning.matching):
        pd.testing.assert_frame_equal(verb(with_level).results, verb(data).results)


@pytest.mark.parametrize("verb", learning.__all__)
def test_pretests_that_are_all_alike_warn_nobody(data, verb):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = getattr(learning, verb)(with_scores(data, pre_points=100.0)).results
    assert len(results)
