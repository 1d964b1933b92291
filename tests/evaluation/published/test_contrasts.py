"""Contrasts of published averages: R's Welch test on worst-case data, families, verdicts, study variants."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

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


def test_with_classes_as_units_nothing_is_significant_for_every_distribution(lampung):
    results = published.class_unit(lampung).results
    assert len(results) == 87
    assert not (results["verdict"] == "always").any()
    assert (results[results["contrast"] == "7-5"]["verdict"] == "undetermined").all()
    assert (results["clusters"] == 6).all()


def declared(lampung, people, classes=None, means=None):
    """Return the study with declared people (and classes) per batch, and other printed means."""
    counts = classes or (None,) * len(people)
    batches = tuple(
        batch.model_copy(update={"participants": n, "classes": count})
        for batch, n, count in zip(lampung.province.batch, people, counts, strict=True)
    )
    tables = dict(lampung.tables)
    if means is not None:
        items = lampung.instrument.item_ids
        rows = [
            (item, batch.id, f"{mean:.2f}".replace(".", ","), 2)
            for batch, row in zip(batches, means, strict=True)
            for item, mean in zip(items, row, strict=True)
        ]
        tables["published_means"] = pd.DataFrame(rows, columns=["item", "batch", "mean_printed", "decimals"])
    return replace(lampung, province=lampung.province.model_copy(update={"batch": batches}), tables=tables)


@pytest.mark.parametrize(
    ("people", "classes", "counts", "said"),
    [
        ((100, 100, 100), None, [3, 3, 3], "3, 3, 3 classes by batch"),
        ((130, 96, 64), None, [4, 3, 2], "4, 3, 2 classes by batch"),
        ((120, 120, 120), (5, 4, 3), [5, 4, 3], "5, 4, 3 classes by batch"),
        ((96, 96, 96), (3, 3, 3), [3, 3, 3], "3 classes of 32 people in each batch"),
    ],
)
def test_the_class_as_unit_takes_the_declared_people_and_classes(lampung, people, classes, counts, said):
    """Answers of people in classes: what Welch's test on their class means gives lies inside the bounds."""
    generator = np.random.default_rng(sum(people))
    items = len(lampung.instrument.item_ids)
    labels = [np.arange(n) % count for n, count in zip(people, counts, strict=True)]
    answers = [
        np.clip(np.rint(generator.normal(3.2 + 0.4 * k + generator.normal(0, 0.2, count)[label, None], 1.0,
                                         (n, items))), 1, 5)
        for k, (n, count, label) in enumerate(zip(people, counts, labels, strict=True))
    ]  # fmt: skip
    means = [np.floor(of_batch.mean(axis=0) * 100 + 0.5 + 1e-9) / 100 for of_batch in answers]
    results = published.class_unit(declared(lampung, people, classes, means)).results
    assert (results["status"] == "bounded").all()
    assert results["assumes"].str.contains(said, regex=False).all()
    batches = [batch.id for batch in lampung.province.batch]
    for row in results.to_dict("records"):
        later, earlier = (batches.index(batch) for batch in row["contrast"].split("-"))
        assert row["n"] == people[later] + people[earlier]
        assert row["clusters"] == counts[later] + counts[earlier]
        if row["subject"] in lampung.instrument.item_ids:
            column = lampung.instrument.item_ids.index(row["subject"])
            by_class = [[answers[k][labels[k] == c, column].mean() for c in range(counts[k])] for k in (later, earlier)]
            p = stats.ttest_ind(*by_class, equal_var=False).pvalue
            assert row["p_low"] - 1e-9 <= p <= row["p_high"] + 1e-9


def test_breakdown_belongs_to_the_class_as_unit(lampung):
    results = published.pairs(lampung).results
    widest = results[results["contrast"] == "7-5"]["breakdown_design_effect"]
    assert widest.min() == pytest.approx(0.67, abs=5e-3)
    assert widest.max() == pytest.approx(1.18, abs=5e-3)
    assert (widest < 1).sum() == 16


def test_few_classes_undo_items_at_the_worst_spread_only(lampung):
    """16 of 22 at the largest SD that the means admit; at SDs of .6 to 1.2 none: both stand in the results."""
    results = published.breakdown(lampung).results
    rows = results[(results["contrast"] == "7-5") & (results["estimate_name"] == "breakdown_icc")]
    names = rows["subject"].str.partition("|")
    items = rows[names[0].isin(lampung.instrument.item_ids)]
    undone = (items["breakdown_design_effect"] < 1).groupby(names[2]).sum()
    assert undone.to_dict() == {"": 16, "sd=0.6": 0, "sd=0.8": 0, "sd=1": 0, "sd=1.2": 0}


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


def test_cliffs_delta_uses_the_one_sum_that_each_mean_admits(lampung):
    results = published.effects(lampung).results.set_index(["subject", "contrast"])
    row = results.loc[("suasana_1", "6-5")]
    # Any mean that rounds to the print would give -.403 to +.473
    assert row[["estimate_low", "estimate_high"]].tolist() == pytest.approx([-0.401, 0.468], abs=5e-4)
    assert row["n"] == 192
    assert "n = 96 in each batch" in row["assumes"]


def test_cliffs_delta_without_a_size_takes_every_mean_that_rounds_to_the_print(lampung):
    unknown = lampung.province.published.model_copy(update={"invited_people": None})
    province = lampung.province.model_copy(update={"published": unknown})
    row = published.effects(replace(lampung, province=province)).results.set_index(["subject", "contrast"])
    row = row.loc[("suasana_1", "6-5")]
    assert row[["estimate_low", "estimate_high"]].tolist() == pytest.approx([-0.403, 0.473], abs=5e-4)
    assert "n =" not in row["assumes"]


def test_cliffs_delta_of_a_mean_that_its_people_cannot_give_is_not_estimable(lampung):
    means = lampung.tables["published_means"].copy()
    means.loc[(means["item"] == "media_1") & (means["batch"] == "6"), "mean_printed"] = "3,87"
    results = published.effects(replace(declared(lampung, (96, 96, 96)), tables={"published_means": means})).results
    rows = results[results["subject"] == "media_1"].set_index("contrast")["status"]
    assert rows.to_dict() == {"7-5": "bounded", "7-6": "not_estimable", "6-5": "not_estimable"}


def test_results_at_the_invited_number_are_sharper(lampung):
    results = published.sensitivity(lampung).results
    assert len(results) == 87
    assert results["subject"].str.endswith("|n=288").all()
    total = results[(results["subject"] == "total|n=288") & (results["contrast"] == "7-5")]
    assert total["p_high"].iloc[0] < published.total(lampung).results["p_high"].iloc[0]
