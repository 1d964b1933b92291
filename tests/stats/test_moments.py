import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stats.moments import jackknife_interval, moments, sums_by_cluster, t_interval


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(-1000, 1000))
def test_moments_without_a_cluster_are_those_of_the_rest(seed, origin):
    rng = np.random.default_rng(seed)
    clusters = np.sort(rng.permutation(np.arange(20) % 4))
    pre, post = origin + rng.normal(size=20), origin + rng.normal(size=20)
    full, without = moments(pre, post, clusters)
    assert full.covariance[0] == pytest.approx(np.cov(pre, post)[0, 1], abs=1e-9)
    for cluster in range(4):
        kept = clusters != cluster
        assert without.n[cluster] == kept.sum()
        assert without.mean_change[cluster] == pytest.approx((post - pre)[kept].mean(), abs=1e-9)
        assert without.variance_pre[cluster] == pytest.approx(pre[kept].var(ddof=1), abs=1e-8)
        assert without.variance_change[cluster] == pytest.approx((post - pre)[kept].var(ddof=1), abs=1e-8)


def test_the_jackknife_of_a_plain_mean_is_its_ordinary_interval():
    values = np.array([3.0, 5.0, 4.0, 8.0, 1.0])
    without = (values.sum() - values) / 4
    expected = t_interval(values.mean(), values.std(ddof=1) / np.sqrt(5), 4, 0.95)
    found = jackknife_interval(values.mean(), without, 0.95)
    assert (found.low, found.high, found.p_value) == pytest.approx((expected.low, expected.high, expected.p_value))


def test_groups_of_clusters_add_their_variances_with_satterthwaite_df():
    without = np.array([1.0, 2.0, 3.0, 5.0, 9.0])
    strata = np.array([0, 0, 0, 1, 1])
    found = jackknife_interval(4.0, without, 0.9, strata=strata)
    parts = np.array([2 / 3 * 2.0, 1 / 2 * 8.0])
    assert found.standard_error == pytest.approx(np.sqrt(parts.sum()))
    assert found.df == pytest.approx(parts.sum() ** 2 / (parts[0] ** 2 / 2 + parts[1] ** 2 / 1))


@pytest.mark.parametrize(
    ("without", "strata"),
    [([1.0, 1.0, 1.0], None), ([1.0], None), ([1.0, np.inf], None), ([1.0, 2.0, 3.0], [0, 0, 1])],
)
def test_what_does_not_vary_or_stands_alone_has_no_interval(without, strata):
    codes = None if strata is None else np.array(strata)
    assert jackknife_interval(1.0, np.array(without), 0.95, strata=codes) is None


def test_sums_keep_clusters_apart():
    sums = sums_by_cluster(np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]), np.array([1, 0, 1]))
    assert sums.tolist() == [[2, 20], [4, 40]]
