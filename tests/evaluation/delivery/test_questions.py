"""Delivery: each step a share of the step before, a card for each batch."""

from dataclasses import replace

import pandas as pd

from analysis.evaluation.delivery import batch_cards, delivery
from analysis.study.settings import Settings


def test_each_step_is_a_share_of_the_step_before(shares, data):
    people = data.tables["participants"]
    attended = int((people["days_attended"] > 0).sum())
    assert shares.loc[("people", "attended/registered"), ["estimate", "n"]].tolist() == [attended / 288, 288]
    completed = int((people["days_attended"] == 4).sum())
    assert shares.loc[("people", "completed/attended"), "estimate"] == completed / attended
    assert shares.loc[("people", "forms/attended"), "estimate"] == 270 / attended
    assert shares.loc[("people", "plans/attended"), "reason"] == "not_recorded"


def test_everyone_is_counted_so_there_is_no_interval(shares):
    assert shares["estimate_low"].isna().all()
    assert set(shares["sampling_unit"].dropna()) == {"complete_count"}


def test_by_sex_and_role_the_counts_add_up(data):
    rows = delivery(data).results.query("contrast == 'registered'").set_index("subject")["estimate"]
    assert rows[["sex=female", "sex=male"]].sum() == 288
    assert rows[rows.index.str.startswith("role=")].sum() == 288


def test_one_card_per_batch(data):
    cards = batch_cards(data).set_index("batch")
    assert list(cards.index) == ["5", "6", "7"]
    assert cards.loc["5", ["registered", "villages", "villages_all_roles", "classes"]].tolist() == [96, 24, 22, 3]
    assert cards["forms"].sum() == 270
    assert list(batch_cards(replace(data, settings=Settings(batches=("6",))))["batch"]) == ["6"]


def test_a_batch_of_few_people_keeps_its_card_without_numbers(data):
    people = data.tables["participants"]
    few = people[(people["batch"] != "7") | (people["village"] == people["village"].iloc[-1])]
    small = replace(data, tables={**data.tables, "participants": few})
    assert batch_cards(small).set_index("batch").loc["7"].isna().all()
    rows = delivery(small).results
    assert set(rows[rows["subject"] == "batch=7"]["status"]) == {"suppressed"}


def test_without_any_data_there_is_one_row(empty):
    assert delivery(empty).results["reason"].tolist() == ["no_such_data"]


def test_a_level_that_nobody_has_changes_nothing(data):
    people = data.tables["participants"]
    levels = pd.Categorical(people["role"], categories=[*sorted(people["role"].unique()), "lainnya"])
    with_level = replace(data, tables={**data.tables, "participants": people.assign(role=levels)})
    pd.testing.assert_frame_equal(delivery(with_level).results, delivery(data).results)


def test_more_forms_than_people_are_a_contradiction_and_no_share(data):
    twice = pd.concat([data.tables["responses"]] * 2)
    rows = delivery(replace(data, tables={**data.tables, "responses": twice})).results
    forms = rows[(rows["subject"] == "people") & (rows["contrast"] == "forms/attended")]
    assert forms["reason"].tolist() == ["contradicts_counts"]


def test_attendance_of_one_batch_is_a_share_of_that_batch(data):
    people = data.tables["participants"].copy()
    people.loc[people["batch"] != "5", ["days_attended", "days_held"]] = pd.NA
    partly = replace(data, tables={**data.tables, "participants": people})
    rows = delivery(partly).results.set_index(["subject", "contrast"])
    came = int((people["days_attended"] > 0).sum())
    assert rows.loc[("people", "attended/registered"), ["estimate", "n", "n_missing"]].tolist() == [came / 96, 96, 192]
    assert rows.loc[("people", "forms/attended"), "status"] == "not_estimable"
    assert batch_cards(partly).set_index("batch").loc["6", "classes"] == 3
