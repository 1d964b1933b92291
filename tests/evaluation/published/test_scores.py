"""What printed means admit of the scores that are contrasted."""

from dataclasses import replace

from analysis.evaluation import published


def test_an_item_without_a_mean_is_named_and_left_out(lampung):
    means = lampung.tables["published_means"].copy()
    means.loc[(means["item"] == "media_1") & (means["batch"] == "6"), "mean_printed"] = None
    results = published.pairs(replace(lampung, tables={"published_means": means})).results
    left_out = results[results["subject"] == "media_1"]
    assert left_out["reason"].tolist() == ["mean_missing"]
    assert (results["status"] == "bounded").sum() == 63


def test_a_mean_that_its_n_cannot_give_is_not_estimable(lampung):
    means = lampung.tables["published_means"].copy()
    means.loc[(means["item"] == "media_1") & (means["batch"] == "6"), "mean_printed"] = "3,87"  # no sum of 96 gives it
    results = published.pairs(replace(lampung, tables={**lampung.tables, "published_means": means})).results
    rows = results[(results["subject"] == "media_1")].set_index("contrast")
    assert rows.loc["7-6", "reason"] == "mean_not_attainable"
    assert rows.loc["7-5", "status"] == "bounded"
