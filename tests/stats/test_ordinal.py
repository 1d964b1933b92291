"""Cliff's delta, its class jackknife, pair permutations and Jonckheere-Terpstra; R in tests/golden/reaction.csv."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.clusters import ClusterCounts
from analysis.stats.groups import centred_ranks, side_by_side
from analysis.stats.ordinal import (
    cliffs_delta,
    delta_interval,
    gamma_without_ties,
    jonckheere_terpstra,
    permute_pair,
    permute_ranks,
)
from reaction_oracles import golden, kruskal_cases, nine_clusters, random_counts


@pytest.mark.parametrize("case", ["bfi_A1", "inst_y", "wine_rating"])
def test_delta_is_that_of_effectsize(case: str) -> None:
    by_group = kruskal_cases()[case].by_group()
    earlier, later = (0, 1) if case == "wine_rating" else (0, -1)

    assert cliffs_delta(by_group[earlier, 0], by_group[later, 0]) == pytest.approx(golden()[f"{case}.delta"], abs=1e-12)


@pytest.mark.parametrize("case", ["bfi_A1", "wine_rating"])
def test_trend_is_kendalls_test_of_r(case: str) -> None:
    found = jonckheere_terpstra(kruskal_cases()[case], resamples=1, seed=0)

    assert found.z[0] == pytest.approx(golden()[f"{case}.kendall_z"], rel=1e-9)
    assert found.tau_b[0] == pytest.approx(golden()[f"{case}.kendall_tau"], rel=1e-9)


def test_trend_by_permuting_clusters_is_an_enumeration_in_r() -> None:
    data = nine_clusters()
    found = jonckheere_terpstra(data, resamples=1, seed=0)
    expected_j = 3 * 60 * 60 / 2

    assert found.permutations == 1680
    assert 2 * (found.j[0] - expected_j) == pytest.approx(golden()["trend.s.A1"])
    assert found.p_value[0] == pytest.approx(golden()["trend.p.A1"])


def test_no_overlap_gives_delta_one_and_no_interval() -> None:
    counts = np.zeros((4, 1, 5))
    counts[:2, 0, 0], counts[2:, 0, 4] = 10, 10
    found = delta_interval(ClusterCounts(counts, np.array([0, 0, 1, 1]), np.arange(1.0, 6.0), 2), 0, 1, level=0.95)

    assert found.estimate[0] == 1
    assert np.isnan([found.low[0], found.high[0]]).all()


def test_one_class_in_a_batch_gives_no_interval() -> None:
    data = random_counts(np.random.default_rng(1), classes=3)
    kept = np.array([0, 3, 4, 5])
    found = delta_interval(ClusterCounts(data.counts[kept], data.group[kept], data.levels, 3), 0, 1, level=0.95)

    assert np.isfinite(found.estimate[0])
    assert np.isnan(found.low[0])


def test_gamma_leaves_ties_out() -> None:
    earlier, later = np.array([2.0, 2.0, 0.0]), np.array([0.0, 2.0, 2.0])

    # 16 pairs: 12 in favour of the later, 0 against, 4 ties.
    assert cliffs_delta(earlier, later) == pytest.approx(12 / 16)
    assert gamma_without_ties(earlier, later) == pytest.approx(1.0)


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_reversing_the_order_flips_every_sign(seed: int) -> None:
    data = random_counts(np.random.default_rng(seed), items=2, icc=0.1, shift=0.2)
    mirrored = ClusterCounts(data.counts, 2 - data.group, data.levels, 3)

    delta, flipped = delta_interval(data, 0, 2, level=0.95), delta_interval(mirrored, 0, 2, level=0.95)
    np.testing.assert_allclose(flipped.estimate, -delta.estimate)
    np.testing.assert_allclose(flipped.low, -delta.high)
    trend, reverse = (jonckheere_terpstra(each, resamples=1, seed=0) for each in (data, mirrored))
    np.testing.assert_allclose(reverse.z, -trend.z)
    np.testing.assert_array_equal(reverse.p_value, trend.p_value)


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_an_empty_level_changes_neither_delta_nor_trend(seed: int) -> None:
    data = random_counts(np.random.default_rng(seed), items=2, icc=0.1)
    wider = ClusterCounts(np.insert(data.counts, 2, 0, axis=2), data.group, np.array([1, 2, 2.5, 3, 4, 5.0]), 3)

    before, after = (delta_interval(each, 0, 1, level=0.95) for each in (data, wider))
    np.testing.assert_allclose(after.low, before.low)
    trends = [jonckheere_terpstra(each, resamples=1, seed=0) for each in (data, wider)]
    np.testing.assert_allclose(trends[0].z, trends[1].z)


def test_three_against_three_gives_no_p_below_a_tenth_and_four_against_four_does() -> None:
    rng = np.random.default_rng(5)
    few = permute_pair(random_counts(rng, classes=3, shift=3.0), 0, 1, resamples=1, seed=0)
    more = permute_pair(random_counts(rng, classes=4, shift=3.0), 0, 1, resamples=1, seed=0)

    assert few.p_value[0] == pytest.approx(2 / 20)
    assert more.p_value[0] == pytest.approx(2 / 70)


@pytest.mark.parametrize("icc", [0.0, 0.1])
def test_jackknife_interval_of_delta_covers_in_its_band(icc: float) -> None:
    # 1,500 data sets as items of one call, each with its own class effects; three classes of 32 against three.
    rng, sets, shift = np.random.default_rng(11), 1_500, 0.4
    effect = np.sqrt(icc) * rng.standard_normal((6, 1, sets)) + np.sqrt(1 - icc) * rng.standard_normal((6, 32, sets))
    effect[3:] += shift
    cuts = np.array([-1.5, -0.8, 0.0, 0.9])
    answers = 1 + np.searchsorted(cuts, effect)
    counts = np.stack([(answers == level).sum(axis=1) for level in range(1, 6)], axis=-1).astype(float)
    data = ClusterCounts(counts, np.repeat(np.arange(2), 3), np.arange(1.0, 6.0), 2)
    shares = [np.diff(np.concatenate([[0.0], stats.norm.cdf(cuts, loc=mean), [1.0]])) for mean in (0.0, shift)]
    truth = float(cliffs_delta(shares[0], shares[1]))

    found = delta_interval(data, 0, 1, level=0.95)
    covered = np.mean((found.low <= truth) & (truth <= found.high))

    # Declared band 93.5-97.5 %, widened by the 99.9 % range of a share from 1,500.
    margin = 3.29 * np.sqrt(0.95 * 0.05 / sets)
    assert 0.935 - margin <= covered <= 0.975 + margin


def test_one_table_of_ranks_for_several_scores_gives_each_its_own_p() -> None:
    rng = np.random.default_rng(3)
    parts = [random_counts(rng, classes=9, groups=2, icc=0.1, shift=shift) for shift in (0.0, 0.3)]
    ranks = side_by_side([centred_ranks(part) for part in parts])
    together = permute_ranks(ranks, parts[0].group, resamples=299, seed=4)
    apart = [permute_pair(part, 0, 1, resamples=299, seed=4).p_value[0] for part in parts]
    assert together.p_value.tolist() == apart


def test_a_group_alone_has_no_trend_and_warns_nobody() -> None:
    alone = random_counts(np.random.default_rng(1), groups=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = jonckheere_terpstra(alone, resamples=1, seed=0)
    assert np.isnan(found.tau_b).all()
    assert np.isnan(found.p_value).all()
