"""Cluster bootstrap of Cliff's deltas: the same limits as scipy's, in bounded memory."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.stats.bootstrap import bootstrap_deltas
from analysis.stats.clusters import ClusterCounts
from analysis.stats.ordinal import cliffs_delta
from reaction_oracles import random_counts

PAIRS = [(0, 1), (0, 2), (1, 2)]


def test_limits_are_those_of_scipy() -> None:
    data = random_counts(np.random.default_rng(1), classes=20, icc=0.1, shift=0.3, items=2)
    found = bootstrap_deltas(data, PAIRS, resamples=9_999, seed=1, level=0.95)
    sides = [data.counts[data.group == group, 0] for group in (0, 2)]

    def delta(earlier: np.ndarray, later: np.ndarray, axis: int) -> np.ndarray:
        return cliffs_delta(sides[0][earlier].sum(axis=-2), sides[1][later].sum(axis=-2))

    index = np.arange(20)
    expected = stats.bootstrap(
        (index, index), delta, n_resamples=9_999, method="percentile", vectorized=True, rng=np.random.default_rng(2)
    ).confidence_interval

    assert found.estimate[1, 0] == pytest.approx(cliffs_delta(sides[0].sum(axis=0), sides[1].sum(axis=0)))
    # Monte Carlo error of a 2.5 % quantile of 9,999 draws: about .03 standard deviations, some .003 here.
    assert (found.low[1, 0], found.high[1, 0]) == pytest.approx((expected.low, expected.high), abs=0.01)


def test_the_seed_decides_and_pieces_bound_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    data = random_counts(np.random.default_rng(1), classes=20)
    first, again = (bootstrap_deltas(data, PAIRS, resamples=999, seed=4, level=0.9) for _ in range(2))
    np.testing.assert_array_equal(first.low, again.low)

    monkeypatch.setattr("analysis.stats.bootstrap.NUMBERS_PER_PIECE", 10_000)
    in_pieces = bootstrap_deltas(data, PAIRS, resamples=999, seed=4, level=0.9)

    np.testing.assert_allclose(in_pieces.low, first.low, atol=0.02)


def test_a_group_without_answers_has_no_limits() -> None:
    data = random_counts(np.random.default_rng(1), classes=20)
    counts = np.where((data.group == 2)[:, None, None], 0.0, data.counts)
    found = bootstrap_deltas(ClusterCounts(counts, data.group, data.levels, 3), PAIRS, resamples=99, seed=4, level=0.9)

    assert np.isnan(found.low[1:, 0]).all()
    assert np.isfinite(found.low[0, 0])
