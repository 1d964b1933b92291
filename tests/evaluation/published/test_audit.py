"""Printed totals, percentages and counts recomputed from what is printed beside them."""

from dataclasses import replace

import pytest

from analysis.evaluation import published


def test_six_printed_totals_differ_and_rounding_explains_all(lampung):
    results = published.audit(lampung).results
    totals = results[results["contrast"] == "total"]
    items = list(lampung.instrument.item_ids)
    explained = totals[totals["reason"] == "explained_by_rounding"]["subject"]
    assert [items.index(item) + 1 for item in explained] == [1, 2, 12, 16, 17, 21]
    assert (totals["reason"] == "reproduced").sum() == 16


def test_a_total_that_no_rounding_explains_is_contradicted(lampung):
    means = lampung.tables["published_means"].copy()
    means.loc[(means["item"] == "media_1") & (means["batch"] == "total"), "mean_printed"] = "4,05"
    results = published.audit(replace(lampung, tables={"published_means": means})).results
    assert results.set_index("subject").loc["media_1", "reason"] == "contradicted"


def test_invited_people_and_villages_add_up(lampung):
    results = published.audit(lampung).results.set_index("subject")
    assert results.loc["invited=people", ["estimate", "statistic", "reason"]].tolist() == [288, 288, "reproduced"]
    assert results.loc["invited=villages", "reason"] == "reproduced"


def test_the_printed_attendance_contradicts_its_counts(gorontalo):
    row = published.audit(gorontalo).results.set_index("subject").loc["attendance=people"]
    assert row["estimate"] == 98.8
    assert row["statistic"] == pytest.approx(98.3903, abs=1e-4)
    assert row["reason"] == "contradicted"
