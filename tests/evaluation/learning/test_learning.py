"""Learning from single scores: matching, change, gain, subgroups, contrasts, other explanations, stated outcomes."""

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import PairingError
from analysis.evaluation import learning
from analysis.evaluation.learning.tables import learning_table
from analysis.evaluation.outcome import RESULT_COLUMNS
from analysis.report.content.subjects import subject_in_words
from analysis.stats.paired_effects import hedges_factor
from analysis.study.settings import Settings
from evaluation.learners import learners, participants, province, scores_of, study, with_scores

VERBS = tuple(getattr(learning, name) for name in learning.__all__)


@pytest.fixture(scope="module")
def data():
    return learners()


def select(outcome, **wanted):
    rows = outcome.results
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return rows


def test_matching_counts_everyone_once(data):
    table = learning_table(data)
    found = select(learning.matching(data), estimate_name="count").set_index("subject")["estimate"]
    total = found[["both", "pre_only", "post_only", "not_linkable", "no_test"]].sum()
    assert total == len(data.tables["participants"])
    assert found["both"] == table.is_complete.sum()
    by_batch = sum(found[f"batch={batch}|both"] for batch in ("5", "6", "7"))
    assert by_batch == found["both"]


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


def test_holm_runs_over_the_groups_of_one_dimension(data):
    rows = select(learning.subgroups(data), estimate_name="mean_change")
    roles = rows[rows["subject"].str.startswith("role=")]
    smallest = roles["p_value"].min()
    assert roles["p_adjusted"].min() == pytest.approx(4 * smallest)
    assert set(roles["family"]) == {"learning.subgroups|role"}


def test_small_groups_are_suppressed_with_a_companion_where_the_total_would_tell(data):
    people = data.tables["participants"]
    regency = people["regency"].where(people["village"] != "v0000", "Tulang Bawang Barat")
    tables = {**data.tables, "participants": people.assign(regency=regency)}
    rows = select(learning.subgroups(replace(data, tables=tables)), estimate_name="mean_change")
    regencies = rows[rows["subject"].str.startswith("regency=")].set_index("subject")
    hidden = regencies[regencies["status"] == "suppressed"]
    assert hidden.loc["regency=Tulang Bawang Barat", "reason"] == "small_cell"
    assert list(hidden["reason"]).count("complementary_suppression") == 1
    assert hidden[["estimate", "p_value", "n", "clusters"]].isna().all(axis=None)


def test_batches_are_contrasted_in_both_ways_later_minus_earlier(data):
    outcome = learning.batches(data)
    rows = select(outcome, subject="batch")
    assert list(dict.fromkeys(rows["contrast"])) == ["7-5", "7-6", "6-5"]
    change = rows[rows["estimate_name"] == "difference_in_change"].set_index("contrast")["estimate"]
    ancova = rows[rows["estimate_name"] == "adjusted_post_difference"].set_index("contrast")["estimate"]
    identity = rows[rows["estimate_name"] == "change_minus_ancova"].set_index("contrast")["estimate"]
    pd.testing.assert_series_equal(change - ancova, identity, check_names=False)
    assert set(outcome.details["agreement"]["subject"]) == {"batch", "role"}


def test_only_the_chosen_batches_are_analysed(data):
    chosen = replace(data, settings=Settings(batches=("5", "6"), resamples=99))
    assert select(learning.batches(chosen), subject="batch")["contrast"].unique().tolist() == ["6-5"]
    assert learning_table(chosen).people["batch"].unique().tolist() == ["5", "6"]


@pytest.fixture(scope="module")
def compared():
    """Return a study of six trained classes, who gain ten points, and six classes that are trained later."""
    people = participants(classes=12, batches=("5", "later"))
    scores = scores_of(people, missing=0, gain=0)
    scores["post_points"] += np.where(people["batch"] == "5", 10, 0)
    of = province(batches=("5", "later"), compared=("later",))
    return study({"participants": people, "scores": scores}, of=of)


def test_a_comparison_group_gives_a_difference_in_differences(compared):
    rows = learning.comparison(compared).results
    differences = rows[rows["estimate_name"] == "difference_in_change"]
    assert list(differences["method"]) == [
        "class_jackknife_within_groups_satterthwaite", "welch_t_class_means", "welch_t_persons"
    ]  # fmt: skip
    # equal classes: both are the same interval
    assert differences["estimate_low"].iloc[0] == pytest.approx(differences["estimate_low"].iloc[1])
    assert (differences["estimate_low"] < 10).all()
    assert (differences["estimate_high"] > 10).all()
    assert set(rows["contrast"]) == {"training-comparison"}


def test_the_comparison_group_takes_part_in_nothing_else(compared):
    """Mixed into the change of the trained it would halve what they gained."""
    alone = replace(compared, comparison={})
    for verb in (learning.change, learning.gain, learning.subgroups, learning.matching, learning.alternatives):
        pd.testing.assert_frame_equal(verb(compared).results, verb(alone).results)
    assert select(learning.matching(compared), subject="both")["estimate"].iloc[0] == 192
    assert learning.batches(compared).results["contrast"].str.contains("later").sum() == 0
    assert compared.settings.batches_of(compared.province) == ("5",)


def test_chosen_batches_keep_the_comparison_group(compared):
    chosen = replace(compared, settings=Settings(batches=("5",), resamples=99))
    pd.testing.assert_frame_equal(learning.comparison(chosen).results, learning.comparison(compared).results)


def test_a_comparison_group_without_both_tests_is_none(compared):
    scores = compared.comparison["scores"].assign(post_points=np.nan)
    without = replace(compared, comparison={**compared.comparison, "scores": scores})
    assert learning.comparison(without).results["reason"].tolist() == ["no_comparison_group"]


def test_without_a_comparison_group_it_says_so(data):
    assert learning.comparison(data).results["reason"].tolist() == ["no_comparison_group"]


def test_other_explanations_carry_their_numbers(data):
    outcome = learning.alternatives(data)
    attrition = select(outcome, subject="attrition")
    assert attrition["reason"].iloc[0] == "impossible_tipping_point"
    assert attrition["n_missing"].iloc[0] == (~learning_table(data).is_complete).sum()
    regression = select(outcome, subject="regression|lowest_quarter")
    expected = regression[regression["estimate_name"] == "expected_gain_without_effect"]
    assert list(expected["assumes"]) == [f"rho = {rho}" for rho in (0.5, 0.6, 0.7, 0.8, 0.9)]
    assert expected["estimate"].is_monotonic_decreasing
    assert len(select(outcome, subject="ceiling")) == len(select(outcome, subject="retest")) == 1
    curve = outcome.details["tipping"]
    crossing = np.interp(0, curve["change_of_all"], curve["missing_change"])
    assert crossing == pytest.approx(attrition["estimate"].iloc[0])


def test_nobody_missing_is_said():
    rows = learning.alternatives(learners(missing=0)).results
    assert rows[rows["subject"] == "attrition"]["reason"].tolist() == ["nobody_missing"]


def test_published_means_are_confronted_with_the_scores(data):
    scores = data.tables["scores"]
    printed = pd.DataFrame(
        {
            "test": ["pre", "post"],
            "group": "all",
            "mean_printed": [f"{scores['pre_points'].mean():.2f}".replace(".", ","), "99,00"],
            "maximum": 100.0,
            "n": pd.array([None, None], dtype="Int64"),
            "n_is": "unknown",
        }
    )
    both = replace(data, tables={**data.tables, "published_scores": printed})
    rows = learning.confrontation(both).results.set_index("subject")
    assert rows.loc["pre", "reason"] == "reproduced"
    assert rows.loc["post", "reason"] == "contradicted"
    assert rows.loc["post", "estimate"] == pytest.approx(scores["post_points"].mean() - 99)


def test_published_means_of_a_batch_and_a_regency_are_confronted_with_their_people(data):
    people = data.tables["scores"].merge(data.tables["participants"])
    means = [
        people[people["batch"] == "6"]["pre_points"].mean(),
        people.query("regency == 'Tanggamus'").post_points.mean(),
    ]
    printed = pd.DataFrame(
        {"test": ["pre", "post"], "group": ["6", "Tanggamus"], "mean_printed": [f"{mean:.1f}" for mean in means],
         "maximum": [np.nan, 100.0]}
    )  # fmt: skip
    both = replace(data, tables={**data.tables, "published_scores": printed})
    rows = learning.confrontation(both).results.set_index("subject")
    assert rows.loc[["batch=6|pre", "regency=Tanggamus|post"], "reason"].tolist() == ["reproduced"] * 2


# Stated outcomes


@pytest.mark.parametrize("verb", VERBS)
def test_a_province_without_scores_has_one_row_that_says_so(empty, verb):
    results = verb(empty).results
    assert results["status"].tolist() == ["not_estimable"]
    assert results["reason"].tolist() == ["no_such_data"]
    assert tuple(results.columns) == RESULT_COLUMNS


@pytest.mark.parametrize("verb", [learning.change, learning.effects, learning.gain, learning.subgroups])
def test_a_posttest_never_given(data, verb):
    assert verb(with_scores(data, post_points=np.nan)).results["reason"].tolist() == ["test_not_given"]


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


def test_a_few_people_without_a_class_leave_in_a_counted_step(data):
    people = data.tables["participants"].copy()
    complete = data.tables["scores"].dropna()["participant_id"].iloc[:5]
    people.loc[people["participant_id"].isin(complete), "class_id"] = pd.NA
    without = replace(data, tables={**data.tables, "participants": people})
    counted = select(learning.matching(without), subject="no_class")["estimate"]
    assert counted.tolist() == [5]
    rows = select(learning.change(without), estimate_name="mean_change")
    missing = int((~learning_table(data).is_complete).sum())
    assert rows["n_missing"].tolist() == [missing + 5] * 4


@pytest.fixture(scope="module")
def unlinkable(data):
    scores = data.tables["scores"].merge(data.tables["participants"][["participant_id", "class_id"]])
    pre = scores.dropna(subset=["pre_points"]).assign(post_points=np.nan)
    post = scores.dropna(subset=["post_points"]).assign(pre_points=np.nan)
    forms = pd.concat([pre, post], ignore_index=True).assign(participant_id=pd.NA)
    return replace(data, tables={"scores": forms})


def test_unlinkable_forms_are_refused_for_a_paired_test_with_an_explanation(unlinkable):
    with pytest.raises(PairingError, match=r"share no participant_id.*read the unpaired analysis and its bounds"):
        learning_table(unlinkable).pairs()


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


def test_order_of_rows_and_names_of_ids_change_nothing(data):
    people, scores = data.tables["participants"], data.tables["scores"]
    renamed = {name: f"x{name[::-1]}" for name in people["participant_id"]}
    tables = {
        "participants": people.assign(participant_id=people["participant_id"].map(renamed)).sample(
            frac=1, random_state=1
        ),
        "scores": scores.assign(participant_id=scores["participant_id"].map(renamed)).sample(frac=1, random_state=2),
    }
    for verb in VERBS:
        first, second = verb(data).results, verb(replace(data, tables=tables)).results
        pd.testing.assert_frame_equal(first, second, rtol=1e-5)  # the REML search stops near 1e-6


def test_a_level_that_nobody_has_changes_no_test(data):
    people = data.tables["participants"]
    levels = pd.Categorical(people["batch"], categories=["5", "6", "7", "8"])
    with_level = replace(data, tables={**data.tables, "participants": people.assign(batch=levels)})
    for verb in (learning.batches, learning.subgroups, learning.matching):
        pd.testing.assert_frame_equal(verb(with_level).results, verb(data).results)


def test_forms_without_an_id_are_counted_but_are_nobody_who_is_missing(data):
    extra = pd.DataFrame({"participant_id": [None] * 6, "pre_points": 50.0, "post_points": np.nan})
    scores = pd.concat([data.tables["scores"], extra], ignore_index=True)
    more = replace(data, tables={**data.tables, "scores": scores})
    assert select(learning.matching(more), subject="not_linkable")["estimate"].tolist() == [6]
    first, second = (select(learning.alternatives(each), subject="attrition") for each in (data, more))
    assert first["estimate"].tolist()[:2] == second["estimate"].tolist()[:2]


def difference_of_leavers(data):
    rows = select(learning.alternatives(data), subject="attrition|pre")
    (row,) = rows[rows["estimate_name"] == "baseline_difference"].to_dict("records")
    return row


def test_people_without_a_class_are_left_out_of_the_difference_of_leavers_and_counted(data):
    whole = difference_of_leavers(data)
    people = data.tables["participants"].copy()
    scores = data.tables["scores"]
    with_pretest = scores["pre_points"].notna().to_numpy()
    unknown = np.flatnonzero(with_pretest)[:2]
    people.loc[unknown, "class_id"] = None
    found = difference_of_leavers(replace(data, tables={**data.tables, "participants": people}))
    assert whole["status"] == found["status"] == "estimated"
    assert (whole["n_missing"], found["n_missing"]) == (0, 2)
    assert found["n"] == whole["n"] - 2
    kept = with_pretest & people["class_id"].notna().to_numpy()
    left = scores["post_points"].isna().to_numpy()
    expected = scores.loc[kept & left, "pre_points"].mean() - scores.loc[kept & ~left, "pre_points"].mean()
    assert found["estimate"] == pytest.approx(expected)
    assert found["clusters"] == 9


def test_with_few_recorded_classes_the_difference_of_leavers_says_so(data):
    people = data.tables["participants"].copy()
    people.loc[::5, "class_id"] = None
    row = difference_of_leavers(replace(data, tables={**data.tables, "participants": people}))
    assert (row["status"], row["reason"]) == ("not_estimable", "class_not_recorded")


def test_leavers_of_a_single_class_have_a_difference_without_interval(data):
    scores, people = data.tables["scores"].copy(), data.tables["participants"]
    scores[["pre_points", "post_points"]] = scores[["pre_points", "post_points"]].fillna(50.0)
    scores.loc[people["class_id"] == "c00", "post_points"] = np.nan
    row = difference_of_leavers(replace(data, tables={**data.tables, "scores": scores}))
    assert (row["status"], row["reason"]) == ("not_estimable", "no_interval")


def test_the_share_of_each_group_is_that_of_both_tests_and_its_subject_says_so(data):
    rows = learning.alternatives(data).results
    (row,) = rows[rows["subject"] == "attrition|role=bpd|both"].to_dict("records")
    is_bpd = (data.tables["participants"]["role"] == "bpd").to_numpy()
    scores = data.tables["scores"]
    both = scores["pre_points"].notna() & scores["post_points"].notna()
    assert row["estimate"] == pytest.approx((both & is_bpd).sum() / row["n"])
    assert "kedua tes" in subject_in_words(row["subject"], "id")


def test_a_count_of_one_is_shown_in_a_group_of_enough_people(data):
    """The size of a group decides, not how many of it gave an answer: one of 72 names nobody."""
    scores, people = data.tables["scores"].copy(), data.tables["participants"]
    is_bpd = (people["role"] == "bpd").to_numpy()
    scores.loc[is_bpd, ["pre_points", "post_points"]] = 50.0
    scores.loc[np.flatnonzero(is_bpd)[0], "pre_points"] = np.nan
    rows = learning.matching(replace(data, tables={**data.tables, "scores": scores})).results
    (row,) = rows[rows["subject"] == "role=bpd|post_only"].to_dict("records")
    assert (row["status"], row["estimate"], row["n"]) == ("estimated", 1, 72)


@pytest.mark.parametrize("verb", learning.__all__)
def test_pretests_that_are_all_alike_warn_nobody(data, verb):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = getattr(learning, verb)(with_scores(data, pre_points=100.0)).results
    assert len(results)


def test_hedges_factor_of_a_constant_pretest_rests_on_the_posttest_alone(data):
    effects = learning.effects(with_scores(data, pre_points=50.0)).results
    by_class = effects[effects["sampling_unit"] == "class"].set_index("effect_name")["estimate"]
    n = int(effects["n"].dropna().iloc[0])
    assert by_class["hedges_d_av"] == pytest.approx(by_class["d_av"] * hedges_factor(n - 1), rel=1e-12)
