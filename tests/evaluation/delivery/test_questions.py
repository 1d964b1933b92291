"""Delivery: counts and shares from participants and from published counts, guide, cards."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evaluation.delivery import batch_cards, delivery
from analysis.study.settings import Settings
from analysis.study.training import Guide
from evaluation.learners import learners


@pytest.fixture(scope="module")
def data():
    study = learners()
    people = study.tables["participants"].copy()
    people.loc[people["village"] == "v0000", "days_attended"] = 0
    people.loc[people.index[4], "role"] = "bpd"  # its village sends two of one role and none of another
    responses = pd.DataFrame({"respondent_id": range(270), "batch": people["batch"].iloc[:270]})
    return replace(study, tables={**study.tables, "participants": people, "responses": responses})


@pytest.fixture(scope="module")
def shares(data):
    results = delivery(data).results
    return results[results["estimate_name"] == "share"].set_index(["subject", "contrast"])


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


def test_a_village_needs_exactly_one_person_of_each_role(shares):
    assert shares.loc[("villages", "all_roles/villages"), ["estimate", "n"]].tolist() == [70 / 72, 72]
    assert shares.loc[("batch=6", "all_roles/villages"), "estimate"] == 1


def test_by_sex_and_role_the_counts_add_up(data):
    rows = delivery(data).results.query("contrast == 'registered'").set_index("subject")["estimate"]
    assert rows[["sex=female", "sex=male"]].sum() == 288
    assert rows[rows.index.str.startswith("role=")].sum() == 288


def test_the_guide_is_compared_where_it_states_something(data):
    stated = Guide(
        people_per_village=4, class_size=32, days=5, attendance_share_minimum=0.9, forms_returned_share_minimum=0.99
    )
    strict = replace(data, training=data.training.model_copy(update={"guide": stated}))
    rows = delivery(strict).results.query("estimate_name == 'guide_threshold'").set_index("subject")
    assert rows.loc["guide|attendance", "reason"] == "meets_guide"
    assert rows.loc["guide|forms", "reason"] == "below_guide"
    assert rows.loc["guide|days", ["estimate", "reason"]].tolist() == [-1, "below_guide"]
    assert rows.loc["guide|class_size", "reason"] == "meets_guide"
    silent = delivery(data).results.set_index("subject")
    assert silent.loc["guide|attendance", "reason"] == "not_stated_in_guide"


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


def test_published_counts_are_enough(gorontalo):
    rows = delivery(gorontalo).results.set_index(["subject", "contrast"])
    assert rows.loc[("published|people", "attended/invited"), "estimate"] == pytest.approx(1956 / 1988)
    assert rows.loc[("published|women", "attended/invited"), "reason"] == "denominator_unknown"
    assert rows.loc[("published|women", "women/attended"), "estimate"] == pytest.approx(982 / 1956)
    assert rows.loc[("guide|attendance", "measured-guide"), "reason"] == "not_stated_in_guide"
    assert len(delivery(gorontalo).details["batch_cards"]) == 6


def test_invited_villages_send_four_people_each(lampung):
    rows = delivery(lampung).results
    invited = rows[(rows["subject"] == "published|people") & (rows["contrast"] == "invited")]
    assert invited["estimate"].tolist() == [288]
    per_village = rows[rows["subject"] == "guide|people_per_village"]
    assert per_village[["estimate", "reason"]].to_numpy().tolist() == [[0, "meets_guide"]]


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


def test_published_attendance_of_a_batch_fills_its_card(gorontalo):
    rows = pd.DataFrame(
        {"unit": ["2"], "unit_kind": ["batch"], "invited": [330], "attended": [321], "percent_printed": ["97,3%"]}
    )
    by_batch = replace(gorontalo, tables={"published_attendance": rows})
    card = batch_cards(by_batch).set_index("batch").loc["2"]
    assert card[["invited", "attended"]].tolist() == [330, 321]
    share = delivery(by_batch).results.set_index(["subject", "contrast"]).loc[("published|batch=2", "attended/invited")]
    assert share["estimate"] == 321 / 330
