"""The model view: odds ratios of batches, and what few classes leave of them."""

from __future__ import annotations

from analysis.evaluation.data import StudyData
from analysis.evaluation.reaction import model
from reaction_studies import draw_responses, only_row, rows_of, study


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
