"""Description of answers: levels kept, medians of counts, intervals with the class as the unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.clusters import ClusterCounts, count_clusters
from analysis.stats.description import describe, wilson_with_effective_n
from analysis.stats.matching import pair_scores
from analysis.stats.paired import mean_change
from reaction_oracles import random_counts


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_mean_sd_median_and_share_are_those_of_the_answers(answers: list[int]) -> None:
    values = np.array(answers, dtype=float)
    zeros = np.zeros(values.size, dtype=np.int64)
    shown = describe(count_clusters(values[:, None], zeros, zeros[:1], np.arange(1.0, 6.0), 1), level=0.95)

    assert shown.mean[0, 0] == pytest.approx(values.mean())
    assert shown.median[0, 0] == np.median(values)
    assert shown.share_top_two[0, 0] == pytest.approx((values >= 4).mean())
    assert shown.n[0, 0] == values.size == shown.counts[0, 0].sum()
    if values.size > 1:
        assert shown.standard_deviation[0, 0] == pytest.approx(values.std(ddof=1))
    else:
        assert np.isnan(shown.standard_deviation[0, 0])
    assert np.isnan(shown.mean_low[0, 0])


def test_the_interval_of_a_mean_of_equal_classes_is_that_of_the_class_means() -> None:
    data = random_counts(np.random.default_rng(1), icc=0.2)
    shown = describe(data, level=0.95)
    means = (data.counts[:3, 0] @ data.levels) / 32
    expected = stats.t.interval(0.95, 2, means.mean(), means.std(ddof=1) / np.sqrt(3))

    assert (shown.mean_low[0, 0], shown.mean_high[0, 0]) == pytest.approx(expected)


def test_a_dominant_class_gets_the_interval_of_the_mean_change() -> None:
    """The same numbers as changes of people: one class of 60 among classes of 3 to 9, here answers from 1 to 5."""
    sizes = (60, 3, 5, 9, 4, 7)
    classes = np.repeat(np.arange(6), sizes)
    answers = np.random.default_rng(2).integers(1, 6, classes.size).astype(float)
    data = count_clusters(answers[:, None], classes, np.zeros(6, dtype=np.int64), np.arange(1.0, 6.0), 1)
    shown = describe(data, level=0.95)
    expected = mean_change(pair_scores(np.zeros_like(answers), answers, classes=classes))

    assert shown.is_dominated[0, 0]
    assert (shown.mean_low[0, 0], shown.mean_high[0, 0]) == pytest.approx(
        (expected.estimate_low, expected.estimate_high)
    )


def test_a_batch_that_nobody_answered_has_no_mean() -> None:
    data = random_counts(np.random.default_rng(1))
    counts = np.where((data.group == 2)[:, None, None], 0.0, data.counts)
    shown = describe(ClusterCounts(counts, data.group, data.levels, 3), level=0.95)

    assert np.isnan([shown.mean[2, 0], shown.median[2, 0], shown.share_top_two[2, 0], shown.mean_low[2, 0]]).all()
    assert shown.n[2, 0] == shown.clusters[2, 0] == 0


def test_wilson_with_all_people_effective_is_wilsons_interval() -> None:
    share, n = np.array(0.3), np.array(50.0)
    error = np.sqrt(share * (1 - share) / n)
    low, high = wilson_with_effective_n(share, error, n, np.array(1e7), level=0.95)
    expected = stats.binomtest(15, 50).proportion_ci(0.95, method="wilson")

    assert (float(low), float(high)) == pytest.approx((expected.low, expected.high), rel=1e-4)


def test_a_share_of_one_counts_each_class_once() -> None:
    low, high = wilson_with_effective_n(np.array(1.0), np.array(0.0), np.array(96.0), np.array(3.0), level=0.95)
    quantile = stats.t.ppf(0.975, 2)

    assert float(high) == 1
    assert float(low) == pytest.approx(1 / (1 + quantile**2 / 3))
