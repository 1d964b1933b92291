"""Every indicator described and compared, with the class as the unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.errors import DesignError
from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import RESULT_COLUMNS
from analysis.evaluation.reaction import items
from analysis.study.settings import Settings
from reaction_studies import draw_responses, only_row, rows_of, study

ITEM = "materi_1"


def test_description_is_that_of_the_answers(planted: StudyData) -> None:
    results = items(planted).results
    frame = planted.tables["responses"]
    values = frame.loc[frame["batch"] == "6", ITEM].to_numpy(dtype=float)
    described = {
        name: only_row(results, subject=ITEM, contrast="6", estimate_name=name)
        for name in ("mean", "standard_deviation", "median", "share_top_two")
    }

    assert described["mean"]["estimate"] == pytest.approx(values.mean())
    assert described["standard_deviation"]["estimate"] == pytest.approx(values.std(ddof=1))
    assert described["median"]["estimate"] == np.median(values)
    assert described["share_top_two"]["estimate"] == pytest.approx((values >= 4).mean())
    assert described["mean"]["n"] == 96
    assert described["mean"]["clusters"] == 3
    assert described["mean"]["interval_level"] == 0.95
    assert tuple(results.columns) == RESULT_COLUMNS


def test_the_naive_p_stands_beside_the_clustered_one_with_its_label(planted: StudyData) -> None:
    results = items(planted).results
    frame = planted.tables["responses"]
    expected = stats.kruskal(*(group[ITEM].to_numpy(dtype=float) for _, group in frame.groupby("batch", observed=True)))
    by_unit = {
        unit: only_row(results, subject=ITEM, estimate_name="epsilon_squared", sampling_unit=unit)
        for unit in ("class", "village", "person")
    }

    assert by_unit["person"]["p_value"] == pytest.approx(expected.pvalue)
    assert by_unit["class"]["statistic"] == pytest.approx(expected.statistic)
    assert "independently" in by_unit["person"]["assumes"]
    assert "no effect of their own" in by_unit["village"]["assumes"]
    assert by_unit["class"]["method"] == "kruskal_wallis_class_permutation_exact"
    assert (by_unit["class"]["p_value"] * 280) == pytest.approx(round(by_unit["class"]["p_value"] * 280))
    assert pd.isna(by_unit["person"]["p_adjusted"])


def test_the_smallest_p_of_the_design_is_printed(planted: StudyData) -> None:
    assert only_row(items(planted).results, estimate_name="smallest_attainable_p")["estimate"] == pytest.approx(1 / 280)


def test_counts_keep_levels_that_nobody_used(planted: StudyData) -> None:
    counts = items(planted).details["counts"]
    of_item = counts[(counts["item"] == ITEM) & (counts["batch"] == "7")]

    assert of_item["level"].tolist() == [1, 2, 3, 4, 5]
    assert of_item["count"].sum() == 96
    assert of_item["count"].iloc[0] == 0


def test_an_item_answered_alike_by_everyone_is_named_and_kept_out_of_the_family(planted: StudyData) -> None:
    constant = planted.tables["responses"].assign(materi_1=5)
    results = items(study({"responses": constant})).results
    omnibus = rows_of(results, subject=ITEM, estimate_name="epsilon_squared")

    assert set(omnibus["status"]) == {"not_estimable"}
    assert set(omnibus["reason"]) == {"no_variation"}
    assert only_row(results, subject=ITEM, contrast="5", estimate_name="mean")["estimate"] == 5
    others = rows_of(results, estimate_name="epsilon_squared", sampling_unit="class", status="estimated")
    assert len(others) == 21
    assert others["p_adjusted"].notna().all()


def test_without_classes_there_is_no_p_for_batches() -> None:
    responses = draw_responses().assign(class_id=pd.array([pd.NA] * 288, dtype="string"))
    results = items(study({"responses": responses})).results
    by_class = rows_of(results, subject=ITEM, estimate_name="epsilon_squared", sampling_unit="class")
    mean = only_row(results, subject=ITEM, contrast="5", estimate_name="mean")

    assert by_class["reason"].tolist() == ["class_not_recorded"]
    assert by_class["p_value"].isna().all()
    assert pd.isna(mean["estimate_low"])
    assert mean["reason"] == "class_not_recorded"
    assert (
        rows_of(results, subject=ITEM, estimate_name="epsilon_squared", sampling_unit="village")["p_value"]
        .notna()
        .all()
    )


def test_a_batch_with_one_class_has_no_interval_and_the_others_keep_theirs() -> None:
    responses = draw_responses()
    kept = (responses["batch"] != "7") | (responses["class_id"] == "K0")
    results = items(study({"responses": responses[kept]})).results

    assert only_row(results, subject=ITEM, contrast="7", estimate_name="mean")["reason"] == "one_class_in_batch"
    assert pd.notna(only_row(results, subject=ITEM, contrast="5", estimate_name="mean")["estimate_low"])
    assert only_row(results, estimate_name="smallest_attainable_p")["estimate"] == pytest.approx(1 / 70)


def test_a_batch_with_one_person_is_described_without_a_standard_deviation() -> None:
    responses = draw_responses()
    results = items(study({"responses": responses.iloc[:193]})).results
    last = rows_of(results, subject=ITEM, contrast="7")

    assert only_row(last, estimate_name="mean")["n"] == 1
    assert only_row(last, estimate_name="standard_deviation")["status"] == "not_estimable"
    assert (
        only_row(results, subject=ITEM, estimate_name="epsilon_squared", sampling_unit="class")["status"] == "estimated"
    )


def test_one_class_in_every_batch_leaves_nothing_to_permute() -> None:
    results = items(study({"responses": draw_responses(classes=1)})).results
    by_class = rows_of(results, estimate_name="epsilon_squared", sampling_unit="class")

    assert set(by_class["reason"]) == {"one_class_in_batch"}


def test_a_chosen_single_batch_is_described_only() -> None:
    only = study({"responses": draw_responses()}, settings=Settings(batches=("6",)))
    results = items(only).results

    assert set(rows_of(results, estimate_name="mean")["contrast"]) == {"6"}
    assert set(rows_of(results, estimate_name="epsilon_squared")["reason"]) == {"fewer_than_two_batches"}


def test_a_study_without_responses_says_so() -> None:
    results = items(study({})).results

    assert results["status"].tolist() == ["not_estimable"]
    assert results["reason"].tolist() == ["no_such_data"]


def test_shuffled_rows_and_other_ids_change_nothing(planted: StudyData) -> None:
    frame = planted.tables["responses"].sample(frac=1, random_state=3)
    frame = frame.assign(respondent_id=range(len(frame)), class_id="other " + frame["class_id"])

    expected, found = (items(each).results for each in (planted, study({"responses": frame})))

    pd.testing.assert_frame_equal(found, expected)


def test_padding_with_missing_rows_changes_n_missing_only(planted: StudyData) -> None:
    frame = planted.tables["responses"]
    blank = frame.iloc[:5].copy()
    blank[list(planted.instrument.item_ids)] = pd.NA
    padded = study({"responses": pd.concat([frame, blank], ignore_index=True)})

    expected, found = (items(each).results for each in (planted, padded))

    pd.testing.assert_frame_equal(found.drop(columns="n_missing"), expected.drop(columns="n_missing"), rtol=1e-12)
    assert rows_of(found, subject=ITEM, contrast="all")["n_missing"].tolist()[0] == 5


def test_an_answer_outside_the_scale_names_the_column_and_the_value() -> None:
    responses = draw_responses()
    responses.loc[3, "metode_2"] = 7

    with pytest.raises(DesignError, match="row 4, column 'metode_2': found 7; allowed: whole numbers from 1 to 5"):
        items(study({"responses": responses}))


def test_what_an_items_omnibus_could_have_found_stands_beside_it(planted: StudyData) -> None:
    found = rows_of(items(planted).results, estimate_name="smallest_detectable")
    assert len(found) == 22
    assert set(found["method"]) == {"power_of_f"}
    assert (found["estimate"] > 0).all()
    assert found["assumes"].str.contains("at level 0.00227273", regex=False).all()
