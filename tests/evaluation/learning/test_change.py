"""The change, its sizes and the gain: the class comes first, and what cannot be estimated says why."""

from dataclasses import replace

import pandas as pd
import pytest
from scipy import stats

from analysis.errors import PairingError
from analysis.evaluation import learning
from analysis.stats.paired_effects import hedges_factor
from evaluation.learners import select, with_scores


def test_the_class_interval_comes_first_and_the_naive_one_carries_its_condition(data):
    rows = select(learning.change(data), estimate_name="mean_change")
    assert list(rows["sampling_unit"]) == ["class", "village", "person", "class"]
    assert list(rows["method"])[-1] == "nested_reml"
    assert list(rows["clusters"].dropna()) == [9, 72, 9]
    widths = (rows["estimate_high"] - rows["estimate_low"]).to_numpy()
    assert widths[0] > widths[2]
    assert rows["assumes"].iloc[2] == "people answered independently of each other"


def test_shares_of_those_who_rose_stayed_and_fell_add_up(data):
    rows = select(learning.change(data), estimate_name="share")
    assert list(rows["subject"]) == ["improved", "equal", "worse"]
    assert rows["estimate"].sum() == pytest.approx(1)
    details = learning.change(data).details
    assert details["change_counts"]["people"].sum() == len(details["pairs"])


def test_each_effect_size_stands_with_three_units_and_its_divisor(data):
    rows = learning.effects(data).results
    assert rows.groupby("sampling_unit").size().to_dict() == {"class": 7, "village": 7, "person": 7}
    assert rows["effect_low"].notna().all()
    assert set(rows["effect_name"]) == {
        "d_z", "d_av", "d_rm", "glass_delta_pre", "hedges_d_z", "hedges_d_av", "hedges_glass_delta_pre"
    }  # fmt: skip


def test_every_pretest_at_the_maximum(data):
    rows = learning.gain(with_scores(data, pre_points=100.0)).results
    means = rows[rows["subject"] == "all"]
    assert set(means["reason"]) == {"pre_at_maximum"}
    undefined = rows[(rows["subject"] == "band=undefined") & (rows["estimate_name"] == "count")]
    assert undefined["estimate"].tolist() == undefined["n"].tolist()


def test_every_change_zero(data):
    same = with_scores(data, post_points=data.tables["scores"]["pre_points"])
    rows = learning.change(same).results
    tests = rows[rows["estimate_name"].isin(["mean_change", "rank_biserial_of_change", "sign_difference"])]
    assert set(tests["status"]) == {"not_estimable"}
    assert set(tests["reason"]) == {"no_variation"}
    assert rows.set_index("subject").loc["equal", "estimate"] == 1
    assert set(learning.effects(same).results["reason"]) == {"no_variation"}
    adjusted = select(learning.subgroups(same), estimate_name="mean_change")
    assert adjusted["p_adjusted"].isna().all()


def test_one_pair_is_withheld_because_it_describes_one_person(data):
    scores = data.tables["scores"].dropna().iloc[:1]
    rows = learning.change(replace(data, tables={**data.tables, "scores": scores})).results
    assert set(rows["status"]) == {"suppressed"}
    assert rows[["estimate", "n"]].isna().all(axis=None)


@pytest.mark.parametrize("n", [13, 14])
def test_thirteen_and_fourteen_pairs_run_the_same_methods(data, n):
    scores = data.tables["scores"].dropna().iloc[::16].iloc[:n]
    rows = learning.change(replace(data, tables={**data.tables, "scores": scores})).results
    assert rows["n"].iloc[0] == n
    assert rows["method"].tolist() == learning.change(data).results["method"].tolist()


def test_scores_above_the_maximum_keep_the_change_and_refuse_the_gain(data):
    high = with_scores(data, post_points=data.tables["scores"]["post_points"] + 60)
    assert learning.change(high).results["status"].iloc[0] == "estimated"
    assert set(learning.gain(high).results.query("subject == 'all'")["reason"]) == {"scores_outside_range"}
    attrition = select(learning.alternatives(high), subject="attrition")
    assert attrition["reason"].iloc[0] == "maximum_not_known"


def test_different_maxima_are_rescaled_and_said(data):
    rescaled = with_scores(
        data, pre_points=data.tables["scores"]["pre_points"] / 5, pre_maximum=20.0, post_maximum=100.0
    )
    first, second = learning.change(data).results, learning.change(rescaled).results
    assert second["estimate"].iloc[0] == pytest.approx(first["estimate"].iloc[0])
    assert second["assumes"].str.contains("pretest rescaled from 20 to 100 points").all()


def test_a_person_twice_in_the_scores_is_refused(data):
    scores = pd.concat([data.tables["scores"], data.tables["scores"].iloc[:1]])
    with pytest.raises(PairingError, match=r"scores: 1 rows repeat a participant_id.*first attempt"):
        learning.change(replace(data, tables={**data.tables, "scores": scores}))


def test_without_classes_there_is_no_class_interval_but_a_labelled_naive_one(data):
    people = data.tables["participants"].assign(class_id=pd.NA)
    rows = select(
        learning.change(replace(data, tables={**data.tables, "participants": people})), estimate_name="mean_change"
    )
    assert rows["status"].tolist() == ["not_estimable", "estimated", "estimated", "not_estimable"]
    assert rows["reason"].iloc[0] == "class_not_recorded"


def test_unlinkable_forms_get_the_honest_answers(unlinkable, data):
    rows = learning.change(unlinkable).results
    assert rows["reason"].iloc[0] == "unlinkable_forms"
    honest = rows[rows["subject"] == "unlinked"]
    assert list(honest["method"]) == ["class_jackknife_unpaired", "welch_t_unpaired", "correlation_free_bounds"]
    bounds = honest.iloc[2]
    assert (bounds["status"], bounds["verdict"]) == ("bounded", "always")
    scores = data.tables["scores"]
    assert bounds["estimate"] == pytest.approx(scores["post_points"].mean() - scores["pre_points"].mean())
    assert set(learning.effects(unlinkable).results["reason"]) == {"unlinkable_forms"}


def test_hedges_factor_of_a_constant_pretest_rests_on_the_posttest_alone(data):
    effects = learning.effects(with_scores(data, pre_points=50.0)).results
    by_class = effects[effects["sampling_unit"] == "class"].set_index("effect_name")["estimate"]
    n = int(effects["n"].dropna().iloc[0])
    assert by_class["hedges_d_av"] == pytest.approx(by_class["d_av"] * hedges_factor(n - 1), rel=1e-12)


def test_a_dominant_class_changes_the_method_and_stands_beside_the_mean_of_class_means(data):
    """All people of a batch in one class: it has 96 among classes of 32."""
    people = data.tables["participants"]
    one = people.assign(class_id=people["class_id"].where(people["batch"] != "5", people["class_id"].iloc[0]))
    rows = learning.change(replace(data, tables={**data.tables, "participants": one})).results
    changes = rows[(rows["estimate_name"] == "mean_change") & (rows["sampling_unit"] == "class")]
    assert list(changes["method"]) == ["class_cr2_t", "mean_of_class_means_t", "nested_reml"]
    assert (rows[rows["estimate_name"] == "effective_classes"]["estimate"] < 7).all()


def test_what_the_change_could_have_found_stands_beside_it(data):
    rows = learning.change(data).results
    change = rows.iloc[0]
    (found,) = rows[rows["estimate_name"] == "smallest_detectable"].to_dict("records")
    error = abs(change["estimate"] / change["statistic"])
    assert found["estimate"] == pytest.approx(found["statistic"] * error)
    critical = stats.t.ppf(0.975, change["df"])
    assert stats.nct.sf(critical, change["df"], found["statistic"]) == pytest.approx(0.8, abs=1e-4)
    subgroups = learning.subgroups(data).results
    beside = subgroups[subgroups["estimate_name"] == "smallest_detectable"]
    tested = subgroups[(subgroups["estimate_name"] == "mean_change") & subgroups["p_adjusted"].notna()]
    assert set(beside["subject"]) == set(tested["subject"])
