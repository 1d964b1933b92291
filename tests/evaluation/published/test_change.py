"""Published pre and post means: bounds under several likenesses, enough pairs, sensitivity."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evaluation import published


@pytest.fixture(scope="module")
def rows(gorontalo):
    results = published.change(gorontalo).results
    return results.set_index(["subject", "estimate_name"])


def test_the_rise_is_significant_for_independent_people_and_villages_but_not_for_classes(rows):
    test = rows.xs("mean_change", level="estimate_name")
    assert test.loc["all", ["estimate", "estimate_low", "estimate_high"]].tolist() == [16, 15, 17]
    assert test["verdict"].to_dict() == {
        "all": "always", "all|printed": "always", "all|villages": "always", "all|classes": "undetermined"
    }  # fmt: skip


def test_breakdown_over_the_rounding_and_at_the_printed_values(rows):
    assert rows.loc[("all", "mean_change"), "breakdown_design_effect"] == pytest.approx(20.51, abs=5e-3)
    assert rows.loc[("all|printed", "mean_change"), "breakdown_design_effect"] == pytest.approx(23.47, abs=5e-3)
    classes = rows.loc[("all|classes", "breakdown_icc")]
    # 61 classes throughout: dividing by 1,955 pairs less one would say 19.7 and .60
    assert classes["breakdown_design_effect"] == pytest.approx(19.4, abs=0.05)
    assert classes["estimate"] == pytest.approx(0.59, abs=5e-3)
    assert rows.loc[("all|classes", "mean_change"), "p_high"] == pytest.approx(0.1249, abs=5e-5)


def printed(gorontalo, pre, post, pairs):
    """Return the study with other printed means of so many pairs."""
    n = pd.array([pairs, pairs], dtype="Int64")
    scores = gorontalo.tables["published_scores"].assign(mean_printed=[pre, post], n=n, n_is="pairs")
    results = published.change(replace(gorontalo, tables={"published_scores": scores})).results
    return results.set_index(["subject", "estimate_name"])


def test_four_classes_of_which_one_stays_and_three_rise_fully_are_not_always_significant(gorontalo):
    found = printed(gorontalo, "25,00", "100,00", 128).loc[("all|classes", "mean_change")]
    assert found["p_high"] > 0.0577
    assert (found["verdict"], found["clusters"], found["df"]) == ("undetermined", 4, 3)
    assert "equal size" in found["assumes"]
    assert printed(gorontalo, "25,00", "100,00", 128).loc[("all|classes", "breakdown_icc"), "estimate"] < 1


def test_always_for_alike_classes_means_that_no_likeness_undoes_it(gorontalo):
    verdicts = set()
    for pre, post, pairs in (("25,00", "100,00", 128), ("25,00", "100,00", 320), ("10,0", "95,0", 1000)):
        rows = printed(gorontalo, pre, post, pairs)
        verdict = rows.loc[("all|classes", "mean_change"), "verdict"]
        assert (verdict == "always") == (rows.loc[("all|classes", "breakdown_icc"), "estimate"] > 1)
        verdicts.add(verdict)
    assert verdicts == {"always", "undetermined"}


def test_gain_of_the_means_with_its_rounding(rows):
    gain = rows.loc[("all|gain", "n_gain")]
    assert gain["estimate"] == pytest.approx(0.4324, abs=1e-4)
    assert (round(gain["estimate_low"], 2), round(gain["estimate_high"], 2)) == (0.41, 0.45)


def test_enough_pairs_and_classes(rows):
    assert rows.loc[("all|enough", "enough_units"), ["estimate", "n"]].tolist() == [99, 99]
    assert rows.loc[("all|enough_classes", "enough_units"), ["estimate", "n"]].tolist() == [99, 3168]


def test_the_number_of_pairs_is_assumed_and_said_so(rows):
    assert "everyone who attended took both tests" in rows.loc[("all", "mean_change"), "assumes"]


def test_without_any_count_only_the_change_and_gain_remain(gorontalo):
    unknown = replace(gorontalo, tables={"published_scores": gorontalo.tables["published_scores"]})
    results = published.change(unknown).results
    test = results[results["estimate_name"] == "mean_change"]
    assert test["reason"].tolist() == ["pairs_unpublished"]
    assert (results["estimate_name"] == "enough_units").sum() == 3


def test_published_pairs_come_before_attendance(gorontalo):
    scores = gorontalo.tables["published_scores"].assign(n=pd.array([1900, 1900], dtype="Int64"), n_is="pairs")
    results = published.change(replace(gorontalo, tables={**gorontalo.tables, "published_scores": scores})).results
    row = results[(results["subject"] == "all") & (results["estimate_name"] == "mean_change")].iloc[0]
    assert row["n"] == 1900
    assert "attended" not in row["assumes"]


def test_a_mean_at_the_maximum_has_no_gain(gorontalo):
    scores = gorontalo.tables["published_scores"].assign(mean_printed=["100", "100"])
    results = published.change(replace(gorontalo, tables={**gorontalo.tables, "published_scores": scores})).results
    gain = results[results["subject"] == "all|gain"].iloc[0]
    assert gain["status"] == "not_estimable"


def test_a_study_without_tests_says_so(lampung):
    assert published.change(lampung).results["reason"].tolist() == ["no_such_data"]
    assert published.change_sensitivity(lampung).results["reason"].tolist() == ["no_such_data"]
    assert published.change_ladder(lampung).results["reason"].tolist() == ["no_such_data"]


def test_means_without_a_number_of_pairs_are_not_said_to_be_absent(gorontalo):
    unknown = replace(gorontalo, tables={"published_scores": gorontalo.tables["published_scores"]})
    assert published.change_sensitivity(unknown).results["reason"].tolist() == ["pairs_unpublished"]
