"""Follow-up from rows and published counts, the learning system, links between levels."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evaluation.behaviour import behaviour, link
from analysis.stats.shares import wilson_limits
from evaluation.learners import learners


def rows_of(outcome):
    return outcome.results.set_index(["subject", "contrast"])


def test_the_share_of_plans_carried_out_has_the_class_as_unit(data):
    row = rows_of(behaviour(data)).loc[("all", "done/plans")]
    known = data.tables["followup"]["status"].dropna()
    assert row["estimate"] == pytest.approx((known == "done").mean())
    assert (row["n"], row["n_missing"], row["clusters"]) == (95, 1, 9)
    assert row["estimate_low"] < row["estimate"] < row["estimate_high"]


def test_villages_visited_are_set_against_villages_trained(data):
    assert rows_of(behaviour(data)).loc[("all", "visited/villages"), ["estimate", "n"]].tolist() == [24 / 72, 72]


def test_by_kind_and_batch_the_plans_add_up(data):
    results = behaviour(data).results
    plans = results[results["contrast"] == "plans"].set_index("subject")["estimate"]
    for dimension in ("plan_kind", "batch", "regency"):
        assert plans[plans.index.str.startswith(f"{dimension}=")].sum() == plans["all"] == 96


def test_activity_in_the_learning_system_is_shown_with_its_warning(data):
    row = rows_of(behaviour(data)).loc[("lms", "active/participants")]
    assert row["estimate"] == 100 / 288
    assert row["assumes"] == "activity in the learning system is not an effect of the training"


def test_published_counts_keep_their_denominators():
    published = pd.DataFrame(
        {
            "regency": ["A", "A", "B", "B"],
            "plan_kind": ["antar_desa", "pihak_ketiga"] * 2,
            "villages_total": [40, 40, 32, 32],
            "villages_visited": [10, 10, 8, 8],
            "plans": [10, 12, 8, 6],
            "plans_done": [4, 3, 5, 2],
        }
    )
    rows = rows_of(behaviour(replace(learners(), tables={"published_followup": published})))
    every = rows.loc[("published|all", "done/plans")]
    assert (every["estimate"], every["n"]) == (14 / 36, 36)
    assert (every["estimate_low"], every["estimate_high"]) == pytest.approx(
        wilson_limits(14 / 36, 36, 1.959964), abs=1e-6
    )
    # a regency's villages are counted once, not once per kind of plan
    assert rows.loc[("published|all", "visited/villages"), ["estimate", "n"]].tolist() == [18 / 72, 72]


def test_a_count_without_its_denominator_is_not_turned_into_a_share():
    published = pd.DataFrame({"regency": ["A"], "plan_kind": ["antar_desa"], "plans": [pd.NA], "plans_done": [4]})
    rows = rows_of(behaviour(replace(learners(), tables={"published_followup": published})))
    assert set(rows["reason"]) == {"denominator_unknown"}
    more = published.assign(plans=3)
    rows = rows_of(behaviour(replace(learners(), tables={"published_followup": more})))
    assert rows.loc[("published|all", "done/plans"), "reason"] == "contradicts_counts"


def test_without_followup_there_is_one_row(empty):
    assert behaviour(empty).results["reason"].tolist() == ["no_such_data"]
    assert set(link(empty).results["reason"]) == {"no_linked_people"}
