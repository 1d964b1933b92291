"""Who came in which batch, and contrasts with the same mix."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation.reaction import aspects, composition
from reaction_studies import draw_responses, only_row, rows_of, study


def test_shares_differ_by_the_normalised_difference() -> None:
    responses = draw_responses()
    responses["regency"] = np.where(
        (responses["batch"] == "7") & (np.arange(288) % 4 == 0), "Pringsewu", responses["regency"]
    )
    outcome = composition(study({"responses": responses}))
    row = only_row(outcome.results, subject="regency=Pringsewu", contrast="7-5")

    assert row["estimate"] == pytest.approx(0.25)
    assert row["effect_name"] == "normalised_difference"
    assert row["effect"] == pytest.approx(0.25 / np.sqrt(0.25 * 0.75 / 2))
    shown = outcome.details["composition"]
    assert shown.loc[shown["category"] == "Pringsewu", "people"].tolist() == [0, 0, 24]


def test_roles_come_from_the_participants_of_the_same_id() -> None:
    responses = draw_responses()
    roles = np.array(["kepala_desa", "bpd", "lkd", "sekdes_kaur"])[np.arange(288) % 4]
    participants = pd.DataFrame({"participant_id": responses["respondent_id"], "role": roles})
    results = composition(study({"responses": responses, "participants": participants})).results

    assert only_row(results, subject="role=bpd", contrast="7-5")["estimate"] == 0
    assert only_row(results, subject="villages", contrast="5")["estimate"] == 24


def test_an_equal_mix_leaves_the_difference_and_no_one_outside() -> None:
    data = study({"responses": draw_responses(shift=0.4)})
    results = composition(data).results
    standardised = only_row(results, subject="total", contrast="7-5", estimate_name="standardised_mean_difference")
    raw = only_row(
        aspects(data).results,
        subject="total", contrast="7-5", estimate_name="mean_difference", sampling_unit="class",
    )  # fmt: skip

    assert standardised["estimate"] == pytest.approx(raw["estimate"])
    assert (
        only_row(results, subject="total", contrast="7-5", estimate_name="share_outside_common_support")["estimate"]
        == 0
    )


def test_batches_without_common_cells_cannot_be_standardised() -> None:
    responses = draw_responses()
    responses["regency"] = responses["batch"].map({"5": "Tanggamus", "6": "Tanggamus", "7": "Pesawaran"}).astype(str)
    results = composition(study({"responses": responses})).results
    rows = rows_of(results, subject="total", estimate_name="standardised_mean_difference")

    assert only_row(rows, contrast="7-5")["reason"] == "little_overlap"
    assert only_row(rows, contrast="6-5")["status"] == "estimated"


def test_without_role_and_regency_the_column_is_missed() -> None:
    results = composition(study({"responses": draw_responses().drop(columns="regency")})).results

    assert set(rows_of(results, estimate_name="standardised_mean_difference")["reason"]) == {"column_absent"}
