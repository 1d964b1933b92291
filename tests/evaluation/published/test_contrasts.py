"""Contrasts of published averages: R's Welch test on worst-case data, families, verdicts, study variants."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation import published
from analysis.evaluation.outcome import RESULT_COLUMNS
from analysis.study.settings import Settings

GOLDEN = Path(__file__).parents[2] / "golden" / "published_bounds.csv"


@pytest.fixture(scope="module")
def golden(lampung) -> pd.DataFrame:
    frame = pd.read_csv(GOLDEN)
    items = frame["kind"] == "item"
    frame.loc[items, "subject"] = [lampung.instrument.item_ids[int(number) - 1] for number in frame["subject"][items]]
    return frame.set_index(["subject", "contrast"])


@pytest.mark.parametrize(("question", "rows"), [("total", 3), ("aspects", 18), ("pairs", 66)])
def test_the_largest_p_value_is_that_of_welchs_test_in_r(lampung, golden, question, rows):
    results = getattr(published, question)(lampung).results
    assert len(results) == rows
    expected = golden.loc[pd.MultiIndex.from_frame(results[["subject", "contrast"]])]
    # R prints twelve digits
    np.testing.assert_allclose(results["estimate"], expected["difference"], rtol=1e-10)
    np.testing.assert_allclose(results["statistic"], expected["t"], rtol=1e-10)
    np.testing.assert_allclose(results["df"], expected["df"], rtol=1e-10)
    np.testing.assert_allclose(results["p_high"], expected["p"], rtol=1e-10)


@pytest.mark.parametrize(
    ("contrast", "always", "undetermined", "never"), [("7-5", 22, 0, 0), ("7-6", 10, 12, 0), ("6-5", 0, 18, 4)]
)
def test_counts_of_verdicts_over_the_indicators(lampung, contrast, always, undetermined, never):
    results = published.pairs(lampung).results
    counts = results[results["contrast"] == contrast]["verdict"].value_counts()
    assert [counts.get(name, 0) for name in ("always", "undetermined", "never")] == [always, undetermined, never]


def test_no_indicator_survives_holm_but_the_total_and_the_aspects_of_the_widest_pair_do(lampung):
    pairs, aspects, total = (getattr(published, name)(lampung).results for name in ("pairs", "aspects", "total"))
    assert pairs["p_adjusted"].min() == pytest.approx(0.0641, abs=5e-5)
    widest = aspects[aspects["contrast"] == "7-5"]
    assert widest["p_adjusted"].max() == pytest.approx(0.0370, abs=5e-5)
    assert list(total["p_adjusted"].round(3)) == [0.024, 0.118, 0.42]
    assert pairs.groupby("contrast")["family"].nunique().eq(1).all()


def test_every_row_says_what_it_assumes(lampung):
    for question in ("total", "aspects", "pairs", "all_pairs", "single_peaked"):
        results = getattr(published, question)(lampung).results
        assert list(results.columns) == list(RESULT_COLUMNS)
        assert results["assumes"].str.contains("independently").all()
        assert results["assumes"].str.contains("n = 96 in each batch").all()


def test_single_peaked_answers_narrow_the_range(lampung):
    free, peaked = published.pairs(lampung).results, published.single_peaked(lampung).results
    assert (peaked["p_high"] <= free["p_high"]).all()
    assert (peaked["p_low"] >= free["p_low"] * (1 - 1e-6)).all()


def test_a_chosen_subset_of_batches_is_respected(lampung):
    two = replace(lampung, settings=Settings(batches=("5", "7")))
    results = published.total(two).results
    assert list(results["contrast"]) == ["7-5"]
    one = replace(lampung, settings=Settings(batches=("5",)))
    assert published.total(one).results["reason"].tolist() == ["fewer_than_two_batches"]


def test_a_study_without_averages_says_so(empty, gorontalo):
    for data in (empty, gorontalo):
        for question in ("total", "aspects", "pairs", "class_unit", "breakdown", "effects", "means", "index", "ladder"):
            results = getattr(published, question)(data).results
            assert results["status"].tolist() == ["not_estimable"], question
            assert results["reason"].tolist() == ["no_such_data"], question


def test_cliffs_delta_contains_a_value_that_some_answers_give(lampung):
    results = published.effects(lampung).results
    assert len(results) == 66
    assert (results["estimate_low"] < results["estimate_high"]).all()
    assert results["estimate_low"].between(-1, 1).all()
