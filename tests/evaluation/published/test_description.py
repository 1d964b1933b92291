"""Means, index and concordance of the shipped studies."""

import numpy as np
import pytest

from analysis.evaluation import published


def test_means_carry_what_rounding_leaves_open(lampung):
    results = published.means(lampung).results.set_index(["subject", "contrast"])
    assert len(results) == 3 * (22 + 6 + 1)
    assert results.loc[("materi_1", "5"), ["estimate_low", "estimate_high"]].tolist() == pytest.approx([3.885, 3.895])


def test_every_indicator_rises_and_their_agreement_has_the_indicator_as_unit(lampung):
    results = published.concordance(lampung).results.set_index("subject")
    assert results.loc["rising", ["estimate", "n"]].tolist() == [22, 22]
    assert results.loc["agreement", ["estimate", "statistic"]].tolist() == pytest.approx([1, 44])
    assert (results["sampling_unit"] == "indicator").all()


def test_index_under_both_conversions(lampung):
    results = published.index(lampung).results.set_index(["subject", "contrast"])["estimate"]
    mean = np.mean(
        [float(t.replace(",", ".")) for t in lampung.tables["published_means"].query("batch == '5'")["mean_printed"]]
    )
    assert results[("ikm_times_twenty", "5")] == pytest.approx(20 * mean)
    assert results[("ikm_linear_map", "5")] == pytest.approx(25 * (1 + 0.75 * (mean - 1)))
