"""The ordered trend and the model view."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation.data import StudyData
from analysis.evaluation.reaction import model, trend
from analysis.study.settings import Settings
from reaction_studies import draw_responses, only_row, rows_of, study


def test_a_planted_rise_is_a_trend_with_the_smallest_p_of_the_design(planted: StudyData) -> None:
    results = trend(planted).results
    by_class = rows_of(results, estimate_name="kendalls_tau_b", sampling_unit="class")

    assert (by_class["estimate"] > 0).all()
    assert set(by_class["contrast"]) == {"7-5"}
    assert only_row(results, estimate_name="smallest_attainable_p")["estimate"] == pytest.approx(2 / 1680)
    assert by_class["p_value"].min() >= 2 / 1680 - 1e-12
    assert (by_class["p_adjusted"] >= by_class["p_value"]).all()


def test_the_order_of_batches_is_that_of_the_study_not_of_the_alphabet() -> None:
    names = ("9", "10", "11")
    data = study({"responses": draw_responses(batches=names, shift=0.5)}, batches=names)
    by_class = rows_of(trend(data).results, estimate_name="kendalls_tau_b", sampling_unit="class")

    assert set(by_class["contrast"]) == {"11-9"}
    assert (by_class["estimate"] > 0).all()


def test_reversing_the_batches_flips_the_trend_and_inverts_odds_ratios(planted: StudyData) -> None:
    reverse = study(dict(planted.tables), settings=Settings(batches=("7", "6", "5")))
    trends = [
        rows_of(trend(each).results, estimate_name="kendalls_tau_b", sampling_unit="class")
        for each in (planted, reverse)
    ]
    np.testing.assert_allclose(trends[1]["estimate"], -trends[0]["estimate"])
    np.testing.assert_allclose(trends[1]["p_adjusted"], trends[0]["p_adjusted"])

    odds = [
        rows_of(model(each).results, subject="materi_1", contrast=contrast, estimate_name="odds_ratio")
        for each, contrast in ((planted, "7-5"), (reverse, "5-7"))
    ]
    assert odds[0]["estimate"].iloc[0] == pytest.approx(1 / odds[1]["estimate"].iloc[0], rel=1e-6)
    assert odds[0]["estimate_low"].iloc[0] == pytest.approx(1 / odds[1]["estimate_high"].iloc[0], rel=1e-5)


def test_odds_ratios_of_few_classes_are_description() -> None:
    few = model(study({"responses": draw_responses(shift=0.4)})).results
    many = model(study({"responses": draw_responses(classes=6, shift=0.4)})).results

    described = rows_of(few, estimate_name="odds_ratio", status="estimated")
    assert described["p_value"].isna().all()
    assert described["estimate_low"].notna().all()
    assert set(described["reason"]) == {"too_few_classes"}
    tested = rows_of(many, estimate_name="odds_ratio", status="estimated")
    assert tested["p_value"].notna().all()
    assert set(tested["statistic_name"]) == {"t"}


def test_a_constant_item_and_separated_batches_are_named(planted: StudyData) -> None:
    frame = planted.tables["responses"].assign(materi_1=5)
    frame["materi_2"] = frame["batch"].map({"5": 3, "6": 3, "7": 5}).astype("Int64")
    results = model(study({"responses": frame})).results

    assert set(rows_of(results, subject="materi_1", estimate_name="odds_ratio")["reason"]) == {"no_variation"}
    separated = only_row(results, subject="materi_2", estimate_name="odds_ratio", contrast="7-5")
    assert separated["status"] == "not_estimable"
    assert separated["reason"] == "separated"


def test_a_batch_with_one_class_is_left_out_of_the_model_and_named() -> None:
    responses = draw_responses()
    kept = (responses["batch"] != "6") | (responses["class_id"] == "K0")
    results = model(study({"responses": responses[kept]})).results
    odds = rows_of(results, subject="materi_1", estimate_name="odds_ratio")

    assert only_row(odds, contrast="7-5")["status"] == "estimated"
    assert only_row(odds, contrast="6-5")["reason"] == "one_class_in_batch"


def test_thresholds_rise_on_the_cumulative_scale(planted: StudyData) -> None:
    thresholds = model(planted).details["thresholds"]
    of_model = thresholds[thresholds["model"] == "cumulative"].dropna()

    assert len(of_model) > 40
    assert (of_model.groupby("item")["threshold"].diff().dropna() > 0).all()


@pytest.mark.parametrize("question", [trend, model])
def test_without_responses_or_classes_the_reason_stands_there(question) -> None:
    assert question(study({})).results["reason"].tolist() == ["no_such_data"]
    responses = draw_responses().assign(class_id=pd.NA)
    reasons = rows_of(question(study({"responses": responses})).results, sampling_unit="class")["reason"]
    alone = question(study({"responses": responses})).results["reason"]
    assert "class_not_recorded" in set(reasons) | set(alone.dropna())
