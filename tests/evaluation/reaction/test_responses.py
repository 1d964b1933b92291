"""Responses as arrays: chosen batches, classes and villages numbered within the study, nothing that the key decides."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import DesignError
from analysis.evaluation.reaction.responses import class_counts, person_counts, responses_of, village_counts
from analysis.study.settings import Settings
from reaction_studies import draw_responses, study


@pytest.fixture(scope="module")
def table():
    return draw_responses(shift=0.3, class_sd=0.2)


def test_the_same_class_name_in_two_batches_is_two_classes(table):
    responses = responses_of(study({"responses": table}))
    assert responses.classes_per_batch.tolist() == [3, 3, 3]
    assert responses.batch_of_class.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert responses.people == len(table)


def test_counts_hold_every_answer_once(table):
    responses = responses_of(study({"responses": table}))
    for counts in (class_counts(responses), village_counts(responses), person_counts(responses)):
        assert counts.counts.sum() == table[list(responses.items)].notna().sum().sum()


def test_other_codes_of_villages_give_the_same_numbers(table):
    renamed = table.assign(village=table["village"].map(lambda name: f"x{name[::-1]}"))
    first, second = (village_counts(responses_of(study({"responses": one}))) for one in (table, renamed))
    assert (first.counts == second.counts).all()
    assert (first.group == second.group).all()


def test_scores_are_means_over_answered_items(table):
    blank = table.copy()
    items = list(responses_of(study({"responses": table})).items)
    blank.loc[0, items[1:]] = None
    blank.loc[1, items] = None
    total = responses_of(study({"responses": blank})).scores["total"]
    assert total[0] == blank.loc[0, items[0]]
    assert np.isnan(total[1])


def test_only_chosen_batches_take_part(table):
    chosen = responses_of(study({"responses": table}, settings=Settings(batches=("7", "5"))))
    assert set(chosen.batches) == {"5", "7"}
    assert chosen.people == table["batch"].isin(["5", "7"]).sum()
    assert responses_of(study({})) is None


def test_an_answer_outside_the_scale_is_refused_with_its_place(table):
    wrong = table.copy()
    wrong.loc[4, "materi_2"] = 7
    with pytest.raises(DesignError, match="row 5, column 'materi_2': found 7; allowed: whole numbers from 1 to 5"):
        responses_of(study({"responses": wrong}))


def test_without_recorded_classes_nothing_is_counted_by_class(table):
    responses = responses_of(study({"responses": table.drop(columns="class_id")}))
    assert class_counts(responses) is None
    assert village_counts(responses) is not None
