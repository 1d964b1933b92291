"""Aspects and the total score through class means."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.evaluation.data import StudyData
from analysis.evaluation.reaction import aspects
from reaction_studies import draw_responses, only_row, rows_of, study


def test_the_total_is_welchs_t_on_class_means(planted: StudyData) -> None:
    results = aspects(planted).results
    frame = planted.tables["responses"]
    score = frame[list(planted.instrument.item_ids)].astype(float).mean(axis=1)
    means = score.groupby([frame["batch"], frame["class_id"]], observed=True).mean()
    expected = stats.ttest_ind(means["7"], means["5"], equal_var=False)
    row = only_row(results, subject="total", contrast="7-5", estimate_name="mean_difference", sampling_unit="class")

    assert row["estimate"] == pytest.approx(means["7"].mean() - means["5"].mean())
    assert row["p_value"] == pytest.approx(expected.pvalue)
    assert row["df"] == pytest.approx(expected.df)
    assert row["family"] == "reaction.aspects.total.pairs"


def test_families_are_the_totals_contrasts_and_those_of_the_aspects(planted: StudyData) -> None:
    differences = rows_of(aspects(planted).results, estimate_name="mean_difference", sampling_unit="class")

    assert differences["family"].value_counts().to_dict() == {
        "reaction.aspects.aspects.pairs": 18,
        "reaction.aspects.total.pairs": 3,
    }
    of_aspects = differences[differences["subject"] != "total"]
    assert of_aspects["p_adjusted"].min() == pytest.approx(18 * of_aspects["p_value"].min())


def test_an_aspect_is_the_mean_of_its_answered_items() -> None:
    responses = draw_responses()
    responses.loc[0, "materi_1"] = pd.NA
    results = aspects(study({"responses": responses})).results
    materi = responses[["materi_1", "materi_2", "materi_3"]].astype(float).mean(axis=1)
    means = materi.groupby([responses["batch"], responses["class_id"]], observed=True).mean()

    assert only_row(results, subject="materi", contrast="5", estimate_name="mean")["estimate"] == pytest.approx(
        means["5"].mean()
    )


def test_unequal_classes_bring_the_person_weighted_difference() -> None:
    responses = draw_responses(shift=0.5)
    small = (responses["batch"] == "5") & (responses["class_id"] == "K0")
    kept = ~small | (np.arange(len(responses)) < 10)
    equal, unequal = (
        rows_of(aspects(study({"responses": frame})).results, estimate_name="person_weighted_mean_difference")
        for frame in (responses, responses[kept])
    )

    assert equal.empty
    assert len(unequal) == 7 * 3
    expected = responses[kept].assign(
        score=lambda frame: frame[[name for name in frame if name[-1].isdigit()]].astype(float).mean(axis=1)
    )
    means = expected.groupby("batch", observed=True)["score"].mean()
    assert only_row(unequal, subject="total", contrast="7-5")["estimate"] == pytest.approx(means["7"] - means["5"])


def test_planted_class_variance_is_seen_in_the_correlation_and_the_design_effect() -> None:
    data = study({"responses": draw_responses(classes=12, class_sd=0.5)})
    results = aspects(data).results
    icc = only_row(results, subject="total", estimate_name="intraclass_correlation_class")
    effect = only_row(results, subject="total", estimate_name="design_effect")

    assert icc["estimate_low"] > 0.1
    assert effect["estimate"] > 5
    assert icc["clusters"] == 36


def test_without_villages_the_village_rows_say_so(planted: StudyData) -> None:
    frame = planted.tables["responses"].drop(columns="village")
    results = aspects(study({"responses": frame})).results

    assert set(rows_of(results, estimate_name="variance_village")["reason"]) == {"village_not_recorded"}
    assert only_row(results, subject="total", estimate_name="variance_class")["status"] == "estimated"


def test_without_classes_means_stay_and_contrasts_are_not_estimable() -> None:
    frame = draw_responses().drop(columns="class_id")
    results = aspects(study({"responses": frame})).results

    assert only_row(results, subject="total", contrast="5", estimate_name="mean")["reason"] == "class_not_recorded"
    by_class = rows_of(results, estimate_name="mean_difference", sampling_unit="class")
    assert set(by_class["status"]) == {"not_estimable"}
    assert set(by_class["reason"]) == {"class_not_recorded"}


def test_one_person_in_a_batch_has_a_stated_outcome() -> None:
    results = aspects(study({"responses": draw_responses().iloc[:193]})).results
    row = only_row(results, subject="total", contrast="7-5", estimate_name="mean_difference", sampling_unit="class")

    assert row["reason"] == "one_class_in_batch"
    assert pd.notna(row["estimate"])
    assert pd.isna(row["p_value"])
    assert only_row(results, subject="total", estimate_name="batch_difference")["reason"] == "one_class_in_batch"


def test_what_the_total_could_have_found_stands_beside_its_tests(planted: StudyData) -> None:
    """Three contrasts of three against three classes: the level is 5 % over three, the omnibus has 5 % of its own."""
    results = aspects(planted).results
    found = rows_of(results, subject="total", estimate_name="smallest_detectable")
    assert found["contrast"].tolist().count("all") == 1
    assert set(found["contrast"]) == {"all", "7-5", "7-6", "6-5"}
    omnibus = only_row(found, contrast="all")
    assert (omnibus["method"], omnibus["unit"]) == ("power_of_f", "scale_points")
    assert "at level 0.05" in omnibus["assumes"]
    row = only_row(found, contrast="7-5")
    assert row["method"] == "power_of_t"
    critical = stats.t.ppf(1 - 0.05 / 3 / 2, row["df"])
    assert stats.nct.sf(critical, row["df"], row["statistic"]) == pytest.approx(0.8, abs=1e-4)
