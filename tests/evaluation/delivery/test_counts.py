"""Counts as published: what they give and what their denominators leave open."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evaluation.delivery import batch_cards, delivery


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


def test_published_attendance_of_a_batch_fills_its_card(gorontalo):
    rows = pd.DataFrame(
        {"unit": ["2"], "unit_kind": ["batch"], "invited": [330], "attended": [321], "percent_printed": ["97,3%"]}
    )
    by_batch = replace(gorontalo, tables={"published_attendance": rows})
    card = batch_cards(by_batch).set_index("batch").loc["2"]
    assert card[["invited", "attended"]].tolist() == [330, 321]
    share = delivery(by_batch).results.set_index(["subject", "contrast"]).loc[("published|batch=2", "attended/invited")]
    assert share["estimate"] == 321 / 330
