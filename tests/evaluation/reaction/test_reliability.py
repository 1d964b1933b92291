"""Reliability of the form and careless forms."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pingouin
import pytest

from analysis.evaluation.data import StudyData
from analysis.evaluation.reaction import reliability
from reaction_studies import draw_responses, only_row, rows_of, study


def test_alpha_of_an_aspect_is_that_of_pingouin_with_its_label(planted: StudyData) -> None:
    results = reliability(planted).results
    items = [item.id for item in planted.instrument.items_of("metode")]
    alpha, interval = pingouin.cronbach_alpha(planted.tables["responses"][items].astype(float))
    feldt = only_row(results, subject="metode", method="alpha_feldt")
    jackknife = only_row(results, subject="metode", method="alpha_class_jackknife")

    assert feldt["estimate"] == pytest.approx(alpha)
    # pingouin rounds its limits to three decimals.
    assert [feldt["estimate_low"], feldt["estimate_high"]] == pytest.approx(list(interval), abs=6e-4)
    assert "independently" in feldt["assumes"]
    assert jackknife["estimate"] == pytest.approx(alpha)
    assert jackknife["clusters"] == 9


def test_an_aspect_of_two_items_has_no_omega(planted: StudyData) -> None:
    results = reliability(planted).results

    assert only_row(results, subject="media", estimate_name="omega_total")["reason"] == "too_few_items"
    assert only_row(results, subject="fasilitator", estimate_name="omega_total")["status"] == "estimated"
    assert set(rows_of(results, contrast="media", estimate_name="alpha_if_dropped")["reason"]) == {"too_few_items"}


def test_a_reverse_coded_item_is_called_out() -> None:
    responses = draw_responses()
    responses["metode_3"] = 6 - responses["metode_3"]
    results = reliability(study({"responses": responses})).results
    rest = rows_of(results, subject="metode_3", estimate_name="item_rest_correlation")

    assert (rest["estimate"] < 0).all()
    assert set(rest["reason"]) == {"reverse_coded"}
    others = rows_of(results, estimate_name="item_rest_correlation")
    assert "reverse_coded" not in set(others.loc[others["subject"] != "metode_3", "reason"].dropna())


def test_straight_lined_forms_are_counted_by_share_with_an_interval() -> None:
    responses = draw_responses()
    items = [name for name in responses if name.split("_")[-1].isdigit()]
    untouched = (responses[items].nunique(axis=1) == 1).sum()
    responses.loc[[10, 60, 130], items] = 4
    outcome = reliability(study({"responses": responses}))
    share = only_row(outcome.results, estimate_name="straight_lining_share")

    assert share["estimate"] == pytest.approx((untouched + 3) / 288)
    assert share["estimate_low"] < share["estimate"] < share["estimate_high"]
    runs = outcome.details["runs"]
    assert runs["forms"].sum() == 288
    assert runs.loc[runs["is_straight_lined"], "forms"].sum() == untouched + 3


def test_a_constant_form_and_an_absent_class_have_stated_outcomes() -> None:
    responses = draw_responses().drop(columns="class_id")
    items = [name for name in responses if name.split("_")[-1].isdigit()]
    plain = reliability(study({"responses": responses})).results
    alpha = only_row(plain, subject="total", method="alpha_class_jackknife")
    assert alpha["reason"] == "class_not_recorded"
    assert np.isfinite(alpha["estimate"])
    assert pd.isna(alpha["estimate_low"])

    constant = responses.assign(**dict.fromkeys(items, 5))
    results = reliability(study({"responses": constant})).results
    assert set(rows_of(results, estimate_name="cronbachs_alpha")["status"]) == {"not_estimable"}
    assert only_row(results, estimate_name="straight_lining_share")["estimate"] == 1


def test_a_study_without_responses_says_so() -> None:
    assert reliability(study({})).results["reason"].tolist() == ["no_such_data"]
