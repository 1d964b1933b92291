"""The ordered trend over the batches of a study."""

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


@pytest.mark.parametrize("question", [trend, model])
def test_without_responses_or_classes_the_reason_stands_there(question) -> None:
    assert question(study({})).results["reason"].tolist() == ["no_such_data"]
    responses = draw_responses().assign(class_id=pd.NA)
    reasons = rows_of(question(study({"responses": responses})).results, sampling_unit="class")["reason"]
    alone = question(study({"responses": responses})).results["reason"]
    assert "class_not_recorded" in set(reasons) | set(alone.dropna())
