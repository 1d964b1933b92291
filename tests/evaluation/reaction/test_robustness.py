"""Headlines under other defensible analyses."""

from __future__ import annotations

import pytest

from analysis.evaluation.data import StudyData
from analysis.evaluation.reaction import aspects, robustness
from reaction_studies import draw_responses, only_row, rows_of, study


def test_the_share_counts_the_analyses_that_agree_with_the_headline(planted: StudyData) -> None:
    outcome = robustness(planted)
    analyses = outcome.details["analyses"]
    of_total = analyses[(analyses["subject"] == "total") & (analyses["contrast"] == "7-5")]
    headline = of_total.iloc[0]
    expected = only_row(
        aspects(planted).results,
        subject="total", contrast="7-5", estimate_name="mean_difference", sampling_unit="class",
    )  # fmt: skip

    assert headline["p_value"] == pytest.approx(expected["p_value"])
    assert headline["agrees"]
    share = only_row(outcome.results, subject="total", contrast="7-5", estimate_name="agreeing_share")
    assert share["estimate"] == pytest.approx(of_total["agrees"].mean())
    assert set(of_total["unit"]) == {"class", "village"}
    assert set(of_total["ties"]) == {"none", "half", "left_out"}
    assert set(of_total["mix"]) == {"raw", "standardised"}
    assert set(of_total["forms"]) == {"all", "without_straight_lined"}


def test_agreement_is_direction_and_significance(planted: StudyData) -> None:
    analyses = robustness(planted).details["analyses"]
    for _, group in analyses.groupby(["subject", "contrast"]):
        said = [
            (p < 0.05) * (1 if estimate > 0 else -1)
            for p, estimate in zip(group["p_value"], group["estimate"], strict=True)
        ]
        assert group["agrees"].tolist() == [word == said[0] for word in said]


def test_the_headline_without_careless_forms_leaves_them_out() -> None:
    responses = draw_responses(shift=0.4)
    items = [name for name in responses if name.split("_")[-1].isdigit()]
    careless = (responses[items].nunique(axis=1) == 1).to_numpy()
    results = robustness(study({"responses": responses})).results
    row = only_row(results, subject="total", contrast="7-5", estimate_name="mean_difference_without_careless")
    kept = responses[~careless]
    means = kept[items].astype(float).mean(axis=1).groupby([kept["batch"], kept["class_id"]], observed=True).mean()

    assert row["n"] == (~careless & (responses["batch"] != "6").to_numpy()).sum()
    assert row["estimate"] == pytest.approx(means["7"].mean() - means["5"].mean())


def test_one_class_in_a_batch_has_no_headline_to_repeat() -> None:
    responses = draw_responses()
    kept = (responses["batch"] != "7") | (responses["class_id"] == "K0")
    shares = rows_of(robustness(study({"responses": responses[kept]})).results, estimate_name="agreeing_share")

    assert only_row(shares, subject="total", contrast="7-5")["reason"] == "one_class_in_batch"
    assert only_row(shares, subject="total", contrast="6-5")["status"] == "estimated"


def test_without_classes_or_responses_the_reason_stands_there() -> None:
    unclassed = study({"responses": draw_responses().drop(columns="class_id")})

    assert robustness(unclassed).results["reason"].tolist() == ["class_not_recorded"]
    assert robustness(study({})).results["reason"].tolist() == ["no_such_data"]
