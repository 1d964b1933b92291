"""Cluster means compared by Welch, Hedges g and the person-weighted difference; R in tests/golden/reaction.csv."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stats.means import (
    ClusterSums,
    cluster_sums,
    hedges_g,
    mean_interval,
    person_weighted_difference,
    welch_anova,
    welch_t,
)
from reaction_oracles import educated, golden, inst_eval, wine


def bfi_cluster_means() -> list[np.ndarray]:
    """Return mean A2 of the clusters education x gender x age decade, by education 1..3."""
    frame = educated().dropna(subset=["A2"])
    few = frame[(frame["education"] <= 3) & frame["age"].between(20, 49)]
    means = few.groupby(["education", "gender", few["age"] // 10])["A2"].mean()
    return [means[level].to_numpy() for level in (1, 2, 3)]


def sums_of(values: np.ndarray, cluster: np.ndarray) -> ClusterSums:
    return cluster_sums(values, cluster, np.zeros(int(cluster.max()) + 1, dtype=np.int64))


def test_welch_anova_on_cluster_means_is_that_of_r() -> None:
    found, r = welch_anova(bfi_cluster_means()), golden()

    assert found.f == pytest.approx(r["bfi_A2.welch_f"], rel=1e-9)
    assert found.df_error == pytest.approx(r["bfi_A2.welch_df"], rel=1e-9)
    assert found.p_value == pytest.approx(r["bfi_A2.welch_p"], rel=1e-9)


def test_welch_t_on_cluster_means_is_that_of_r() -> None:
    means, r = bfi_cluster_means(), golden()
    found = welch_t(means[0], means[2], level=0.95)

    for value, name in (
        (found.t, "t"),
        (found.df, "df"),
        (found.p_value, "t_p"),
        (found.low, "low"),
        (found.high, "high"),
    ):
        assert float(value) == pytest.approx(r[f"bfi_A2.{name}"], rel=1e-8)


@pytest.mark.parametrize("case", ["bfi_A1", "inst_y", "wine_rating"])
def test_hedges_g_is_that_of_effectsize(case: str) -> None:
    frames = {
        "bfi_A1": (educated(), "A1", "education", 1, 5),
        "inst_y": (inst_eval(), "y", "lectage", 1, 6),
        "wine_rating": (wine(), "rating", "temp", "cold", "warm"),
    }
    frame, item, group, first, last = frames[case]
    sides = [frame.loc[frame[group] == level, item].dropna().to_numpy(dtype=float) for level in (first, last)]
    sums = [sums_of(side, np.arange(side.size) % 7) for side in sides]

    assert float(hedges_g(*sums, level=0.95).estimate) == pytest.approx(golden()[f"{case}.hedges_g"], rel=1e-9)


def test_jackknife_of_the_person_weighted_difference_by_brute_force() -> None:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"y": rng.normal(size=200), "cluster": rng.integers(0, 9, 200)})
    frame["group"] = frame["cluster"] // 4 > 0

    def difference(kept: pd.DataFrame) -> float:
        means = kept.groupby("group")["y"].mean()
        return float(means[True] - means[False])

    sums = [
        sums_of(part["y"].to_numpy(), part["cluster"].to_numpy() - part["cluster"].min())
        for _, part in frame.groupby("group")
    ]
    found = person_weighted_difference(*sums, level=0.95)
    variance, weight = 0.0, 0.0
    for group in (False, True):
        clusters = frame.loc[frame["group"] == group, "cluster"].unique()
        left = np.array([difference(frame[frame["cluster"] != cluster]) for cluster in clusters])
        part = (len(left) - 1) / len(left) * ((left - left.mean()) ** 2).sum()
        variance, weight = variance + part, weight + part**2 / (len(left) - 1)

    assert float(found.estimate) == pytest.approx(difference(frame))
    assert float(found.standard_error) == pytest.approx(np.sqrt(variance))
    assert float(found.df) == pytest.approx(variance**2 / weight)


def test_one_cluster_gives_a_point_and_no_interval() -> None:
    found = welch_t(np.array([4.0]), np.array([4.5, 4.7]), level=0.95)

    assert float(found.estimate) == pytest.approx(0.6)
    assert np.isnan([float(found.low), float(found.p_value)]).all()
    assert np.isnan(float(mean_interval(np.array([4.0]), level=0.95).low))


def test_equal_cluster_means_give_no_test() -> None:
    same = np.array([4.0, 4.0, 4.0])

    assert np.isnan(float(welch_t(same, same, level=0.95).p_value))
    assert np.isnan(welch_anova([same, same + 1]).f)


def test_a_constant_score_has_no_standardised_difference() -> None:
    constant = sums_of(np.full(12, 5.0), np.arange(12) % 3)

    assert np.isnan(float(hedges_g(constant, constant, level=0.95).estimate))


@given(st.integers(0, 10_000), st.floats(-50, 50))
@settings(max_examples=25, deadline=None)
def test_a_constant_added_to_all_scores_changes_no_contrast_and_reversal_flips_it(seed: int, constant: float) -> None:
    rng = np.random.default_rng(seed)
    scores, cluster = [rng.normal(size=30) for _ in range(2)], np.arange(30) % 3
    plain, shifted = ([sums_of(score + add, cluster) for score in scores] for add in (0.0, constant))

    for estimator in (hedges_g, person_weighted_difference):
        before, after, flipped = (
            estimator(*plain, level=0.95),
            estimator(*shifted, level=0.95),
            estimator(*plain[::-1], level=0.95),
        )
        assert float(after.estimate) == pytest.approx(float(before.estimate), abs=1e-8)
        assert float(after.low) == pytest.approx(float(before.low), abs=1e-7)
        assert float(flipped.low) == pytest.approx(-float(before.high), abs=1e-9)


def test_welch_on_class_means_keeps_its_level_under_clustering() -> None:
    rng, sets = np.random.default_rng(3), 3_000
    means = rng.standard_normal((sets, 9)) * np.sqrt(0.14 + 0.86 / 32)
    rejected = np.mean([welch_anova([row[:3], row[3:6], row[6:]]).p_value <= 0.05 for row in means])

    assert 0.03 <= rejected <= 0.07
