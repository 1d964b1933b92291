"""Kruskal-Wallis on counts, chi-squared and by permuting clusters; values of R in tests/golden/reaction.csv."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.clusters import ClusterCounts
from analysis.stats.groups import kruskal_wallis
from reaction_oracles import AGREEABLENESS, golden, kruskal_cases, nine_clusters, random_counts


@pytest.mark.parametrize("case", ["bfi_A1", "inst_y", "wine_rating"])
def test_h_and_epsilon_squared_are_those_of_r(case: str) -> None:
    found, r = kruskal_wallis(kruskal_cases()[case], resamples=1, seed=0), golden()

    assert found.h[0] == pytest.approx(r[f"{case}.h"], rel=1e-9)
    assert found.h[0] == pytest.approx(r[f"{case}.h_coin"], rel=1e-9)
    assert found.h[0] == pytest.approx(r[f"{case}.h_rstatix"], rel=1e-9)
    assert found.p_if_independent[0] == pytest.approx(r[f"{case}.p"], rel=1e-8)
    assert found.epsilon_squared[0] == pytest.approx(r[f"{case}.epsilon_squared"], rel=1e-9)


def test_permutation_and_maxt_are_those_of_an_enumeration_in_r() -> None:
    found, r = kruskal_wallis(nine_clusters(), resamples=1, seed=0), golden()

    assert found.is_complete
    assert found.permutations == 280 == r["maxt.assignments"] / 6
    for column, item in enumerate(AGREEABLENESS):
        assert found.h[column] == pytest.approx(r[f"maxt.h.{item}"], rel=1e-9)
        assert found.p_value[column] == pytest.approx(r[f"maxt.p.{item}"])
        assert found.p_adjusted[column] == pytest.approx(r[f"maxt.adjusted.{item}"])


def test_monte_carlo_agrees_with_enumeration(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = kruskal_wallis(nine_clusters(), resamples=1, seed=0)
    monkeypatch.setattr("analysis.stats.clusters.ENUMERATION_LIMIT", 10)
    drawn = kruskal_wallis(nine_clusters(), resamples=20_000, seed=1)

    assert not drawn.is_complete
    # Monte Carlo error of a share at 20,000 draws is at most .0035 (one standard error).
    assert drawn.p_value == pytest.approx(exact.p_value, abs=0.015)
    assert drawn.p_adjusted == pytest.approx(exact.p_adjusted, abs=0.015)
    assert drawn.epsilon_squared_null_mean == pytest.approx(exact.epsilon_squared_null_mean, rel=0.03)


def test_the_result_does_not_depend_on_the_size_of_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = kruskal_wallis(nine_clusters(), resamples=1, seed=0)
    monkeypatch.setattr("analysis.stats.clusters.NUMBERS_PER_PIECE", 500)
    pieces = kruskal_wallis(nine_clusters(), resamples=1, seed=0)

    np.testing.assert_array_equal(whole.p_adjusted, pieces.p_adjusted)
    np.testing.assert_array_equal(whole.epsilon_squared_null_q95, pieces.epsilon_squared_null_q95)


def test_an_item_answered_alike_by_everyone_is_left_out_of_the_family() -> None:
    data = nine_clusters()
    constant = np.zeros_like(data.counts[:, :1])
    constant[..., 4] = 20
    with_constant = ClusterCounts(np.concatenate([constant, data.counts], axis=1), data.group, data.levels, data.groups)

    alone, beside = (kruskal_wallis(each, resamples=1, seed=0) for each in (data, with_constant))

    assert np.isnan([beside.p_value[0], beside.p_adjusted[0], beside.epsilon_squared[0]]).all()
    np.testing.assert_array_equal(beside.p_adjusted[1:], alone.p_adjusted)


@given(st.integers(0, 10_000), st.permutations(range(9)))
@settings(max_examples=15, deadline=None)
def test_order_of_clusters_and_names_of_batches_change_nothing(seed: int, order: list[int]) -> None:
    data = random_counts(np.random.default_rng(seed), items=3, icc=0.1, people=12)
    shuffled = ClusterCounts(data.counts[order], data.group[order], data.levels, 3)
    reversed_batches = ClusterCounts(data.counts, 2 - data.group, data.levels, 3)
    expected = kruskal_wallis(data, resamples=1, seed=0)

    for other in (shuffled, reversed_batches):
        found = kruskal_wallis(other, resamples=1, seed=0)
        np.testing.assert_allclose(found.h, expected.h, rtol=1e-9, atol=1e-9)
        np.testing.assert_array_equal(found.p_adjusted, expected.p_adjusted)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_an_empty_level_changes_no_test(seed: int) -> None:
    data = random_counts(np.random.default_rng(seed), items=2, icc=0.1, people=12)
    wider = ClusterCounts(np.pad(data.counts, ((0, 0), (0, 0), (1, 1))), data.group, np.arange(0.0, 7.0), 3)

    for field in ("h", "p_value", "p_adjusted", "epsilon_squared"):
        expected, found = (getattr(kruskal_wallis(each, resamples=1, seed=0), field) for each in (data, wider))
        np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_clustered_null_cluster_permutation_keeps_its_level_and_naive_kruskal_wallis_does_not() -> None:
    # 2,000 data sets without any batch effect, class ICC .14 on the latent scale: the items of one call,
    # each with class effects of its own.
    rng = np.random.default_rng(20231)
    sets, people = 2_000, 32
    effect = np.sqrt(0.14) * rng.standard_normal((9, 1, sets)) + np.sqrt(0.86) * rng.standard_normal((9, people, sets))
    answers = 1 + np.searchsorted(np.array([-1.5, -0.8, 0.0, 0.9]), effect)
    counts = np.stack([(answers == level).sum(axis=1) for level in range(1, 6)], axis=-1).astype(float)
    data = ClusterCounts(counts, np.repeat(np.arange(3), 3), np.arange(1.0, 6.0), 3)

    found = kruskal_wallis(data, resamples=1, seed=0)

    clustered, naive = (float(np.mean(p <= 0.05)) for p in (found.p_value, found.p_if_independent))
    assert 0.03 <= clustered <= 0.07
    assert naive > 0.35
    # P(p <= a) <= a for every attainable a, within the 99.9 % range of a share from 2,000.
    for attainable in np.arange(1, 281) / 280:
        share = np.mean(found.p_value <= attainable + 1e-9)
        assert share <= attainable + stats.norm.ppf(0.9995) * np.sqrt(attainable * (1 - attainable) / sets) + 1e-9


def test_step_down_maxt_keeps_the_familywise_error() -> None:
    # 22 correlated items, no batch effect in 400 data sets: a false rejection in at most about 5 % of them.
    rng, rejected = np.random.default_rng(7), 0
    cuts = np.array([-1.5, -0.8, 0.0, 0.9])
    for _ in range(400):
        shared = rng.standard_normal((9, 1, 1)) * 0.3 + rng.standard_normal((9, 16, 1)) * 0.6
        latent = shared + rng.standard_normal((9, 1, 22)) * 0.15 + rng.standard_normal((9, 16, 22)) * 0.7
        answers = 1 + np.searchsorted(cuts, latent)
        counts = np.stack([(answers == level).sum(axis=1) for level in range(1, 6)], axis=-1).astype(float)
        data = ClusterCounts(counts, np.repeat(np.arange(3), 3), np.arange(1.0, 6.0), 3)
        rejected += bool((kruskal_wallis(data, resamples=1, seed=0).p_adjusted <= 0.05).any())

    assert rejected / 400 <= 0.05 + 3.29 * np.sqrt(0.05 * 0.95 / 400)
