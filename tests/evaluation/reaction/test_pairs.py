"""Pairs of batches on every indicator."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

from analysis.evaluation.data import StudyData
from analysis.evaluation.reaction import items, pairs
from reaction_studies import draw_responses, only_row, rows_of, study

FIVE = ("1", "2", "3", "9", "10")


def test_three_batches_have_three_contrasts_later_minus_earlier(planted: StudyData) -> None:
    results = pairs(planted).results
    delta = rows_of(results, subject="materi_2", method="delta_class_jackknife")

    assert set(delta["contrast"]) == {"7-5", "7-6", "6-5"}
    assert (delta["estimate"] > 0).all()
    assert (delta["estimate_low"] < delta["estimate"]).all()
    assert delta["p_value"].isna().all()
    assert (delta["effect"] == delta["estimate"]).all()


def test_tests_stand_only_where_the_items_omnibus_survives(planted: StudyData) -> None:
    omnibus = rows_of(items(planted).results, estimate_name="epsilon_squared", sampling_unit="class")
    differences = rows_of(pairs(planted).results, estimate_name="mean_difference")
    survives = set(omnibus.loc[omnibus["p_adjusted"] < 0.05, "subject"])
    tested = set(differences.loc[differences["p_value"].notna(), "subject"])

    assert 0 < len(survives) < 22
    assert tested == survives
    untested = differences[~differences["subject"].isin(survives)]
    assert set(untested["reason"]) == {"omnibus_not_significant"}
    assert untested["estimate_low"].notna().all()


def test_four_classes_a_batch_give_a_permutation_p_adjusted_over_items_and_pairs() -> None:
    results = pairs(study({"responses": draw_responses(classes=4, shift=0.8)})).results
    delta = rows_of(results, estimate_name="cliffs_delta", sampling_unit="class", contrast="7-5")

    assert set(delta["method"]) == {"delta_class_jackknife_permutation_exact"}
    assert delta["p_value"].min() == pytest.approx(2 / 70)
    assert set(delta["adjustment"]) == {"step_down_maxt_times_pairs"}
    assert delta["p_adjusted"].min() == pytest.approx(3 * 2 / 70)
    design = only_row(results, subject="all", contrast="7-5", estimate_name="smallest_attainable_p")
    assert (design["estimate"], design["p_adjusted"]) == pytest.approx((2 / 70, 3 * 2 / 70))


def _deltas(classes: int, batches: tuple[str, ...] = ("5", "6", "7"), **values: float) -> pd.DataFrame:
    data = study({"responses": draw_responses(classes=classes, **values)}, batches=batches)
    return rows_of(pairs(data).results, estimate_name="cliffs_delta", sampling_unit="class")


@pytest.mark.parametrize(("classes", "said"), [(3, "each interval holds by itself"), (6, "66 intervals hold together")])
def test_many_deltas_say_whether_their_intervals_hold_together(classes: int, said: str) -> None:
    delta = _deltas(classes)

    assert delta["assumes"].str.contains(said, regex=False).all()
    assert delta["verdict"].isna().all()
    assert (delta["interval_level"] == 0.95).all()


def test_intervals_that_hold_together_exclude_nothing_where_no_batch_differs() -> None:
    """24 null studies of six classes a batch: at 5 % together, 66 intervals exclude 0 in few of them."""
    excluding = 0
    for seed in range(24):
        delta = _deltas(6, shift=0.0, seed=seed)
        excluding += bool(((delta["estimate_low"] > 0) | (delta["estimate_high"] < 0)).any())
    assert excluding <= 4  # the 99.9 % limit of 24 tries at 5 % is 5


def test_what_a_pair_could_have_found_stands_beside_it(planted: StudyData) -> None:
    results = pairs(planted).results
    found = rows_of(results, estimate_name="smallest_detectable")
    tested = rows_of(results, estimate_name="mean_difference").set_index(["subject", "contrast"])

    assert len(found) == 66
    for row in found.to_dict("records"):
        beside = tested.loc[(row["subject"], row["contrast"])]
        half = beside["estimate_high"] - beside["estimate_low"]
        error = half / 2 / stats.t.ppf(0.975, beside["df"])
        assert row["estimate"] == pytest.approx(row["statistic"] * error)
        critical = stats.t.ppf(1 - 0.05 / 66 / 2, beside["df"])
        assert stats.nct.sf(critical, beside["df"], row["statistic"]) == pytest.approx(0.8, abs=1e-4)
        assert "found with probability 0.8 at level 0.000757576" in row["assumes"]


def test_more_than_four_batches_are_neighbours_and_last_first_in_the_order_of_time() -> None:
    data = study({"responses": draw_responses(batches=FIVE, villages=2)}, batches=FIVE)
    contrasts = pairs(data).results["contrast"]

    assert set(contrasts) == {"10-1", "10-9", "9-3", "3-2", "2-1"}


def test_without_classes_there_are_points_without_intervals_and_the_naive_p_keeps_its_label() -> None:
    responses = draw_responses().drop(columns="class_id")
    results = pairs(study({"responses": responses})).results
    delta = rows_of(results, sampling_unit="class")

    assert set(delta["reason"]) == {"class_not_recorded"}
    assert delta["estimate"].notna().all()
    assert delta["estimate_low"].isna().all()
    assert rows_of(results, sampling_unit="person")["assumes"].str.contains("independently").all()


def test_a_batch_with_one_class_names_its_pairs() -> None:
    responses = draw_responses()
    kept = (responses["batch"] != "7") | (responses["class_id"] == "K0")
    results = pairs(study({"responses": responses[kept]})).results
    delta = rows_of(results, subject="materi_1", estimate_name="cliffs_delta", sampling_unit="class")

    assert only_row(delta, contrast="7-5")["reason"] == "one_class_in_batch"
    assert pd.notna(only_row(delta, contrast="6-5")["estimate_low"])


def test_the_figures_table_has_every_item_and_contrast(planted: StudyData) -> None:
    effects = pairs(planted).details["effects"]

    assert len(effects) == 66
    assert effects.groupby("contrast")["item"].nunique().tolist() == [22, 22, 22]
