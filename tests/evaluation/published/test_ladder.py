"""The ladder of assumptions starts with what is printed and never reaches a cause."""

from dataclasses import replace

import pandas as pd

from analysis.evaluation import published


def test_the_ladder_starts_with_what_is_printed_and_never_reaches_a_cause(lampung, gorontalo):
    rungs = published.ladder(lampung).results
    one = rungs[rungs["contrast"] == "7-5"]
    assert one["subject"].tolist() == [
        "printed", "size", "independent", "class_correlation", "ordinary_spread|sd=0.6", "ordinary_spread|sd=0.8",
        "ordinary_spread|sd=1", "ordinary_spread|sd=1.2", "classes", "cause",
    ]  # fmt: skip
    assert one["verdict"].dropna().tolist() == ["always", "undetermined"]
    assert one.iloc[-1]["reason"] == "no_comparison_group"
    change = published.change_ladder(gorontalo).results
    assert change["subject"].tolist() == ["printed", "gain", "independent", "villages_agree", "classes_agree", "cause"]


def test_where_there_is_a_comparison_group_the_ladder_of_averages_does_not_deny_it(gorontalo):
    compared = replace(gorontalo, comparison={"scores": pd.DataFrame({"participant_id": ["a"]})})
    cause = published.change_ladder(compared).results.iloc[-1]
    assert (cause["subject"], cause["reason"]) == ("cause", "means_only")
