"""Variance components by profile REML against lme4 (tests/golden/reaction.csv), ICC and design effect."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.stats.variance import class_design_effects, nested_sums, variance_components
from reaction_oracles import golden, inst_eval, random_counts, wine


def test_nested_intercepts_of_73421_ratings_are_those_of_lme4() -> None:
    frame, r = inst_eval(), golden()
    group = (np.arange(frame["dept"].max() + 1) > 7).astype(int)
    sums = nested_sums(frame["y"].to_numpy(dtype=float), frame["d"].to_numpy(), frame["dept"].to_numpy(), group)
    found = variance_components(sums, level=0.95)

    assert found is not None
    # lme4 stops at a relative tolerance of about 1e-4 in the variance ratios.
    assert found.variance_class == pytest.approx(r["inst.variance_class"], rel=2e-3)
    assert found.variance_village == pytest.approx(r["inst.variance_village"], rel=1e-4)
    assert found.variance_person == pytest.approx(r["inst.variance_person"], rel=1e-5)


def test_one_level_is_that_of_lme4_without_villages() -> None:
    frame = wine()
    contact = (frame.groupby("bottle")["contact"].first() == "yes").astype(int).to_numpy()
    sums = nested_sums(frame["response"].to_numpy(dtype=float), None, frame["bottle"].to_numpy() - 1, contact)
    found = variance_components(sums, level=0.95)

    assert found is not None
    assert found.variance_class == pytest.approx(golden()["wine.variance_class"], rel=1e-4)
    assert found.variance_person == pytest.approx(golden()["wine.variance_person"], rel=1e-5)
    assert found.variance_village == 0
    assert found.icc_class_low < found.icc_class < found.icc_class_high


def test_design_effect_of_villages_in_classes() -> None:
    rng = np.random.default_rng(2)
    village = np.repeat(np.arange(720), 4)
    class_code = village // 8
    score = (
        rng.normal(size=90)[class_code] * 0.3
        + rng.normal(size=720)[village] * 0.4
        + rng.normal(size=village.size) * 0.9
    )
    found = variance_components(nested_sums(score, village, class_code, np.arange(90) // 30), level=0.95)

    assert found is not None
    assert found.people_per_class == 32
    assert found.people_per_village == 4
    assert found.design_effect == pytest.approx(1 + 3 * found.icc_village + 28 * found.icc_class)
    # Planted: .09 + .16 + .81 = 1.06.
    assert found.icc_class_low <= 0.09 / 1.06 <= found.icc_class_high
    assert found.icc_village == pytest.approx(0.25 / 1.06, abs=0.06)


def test_designs_that_identify_nothing_are_refused() -> None:
    score = np.arange(12.0)
    one_class_per_batch = nested_sums(score, None, np.repeat([0, 1, 2], 4), np.arange(3))
    constant = nested_sums(np.full(12, 5.0), None, np.repeat(np.arange(6), 2), np.repeat([0, 1], 3))

    assert variance_components(one_class_per_batch, level=0.95) is None
    assert variance_components(constant, level=0.95) is None


# Seed 8142: a search that stops where the village variance is 0 gives .387 for a class correlation of .384.
@given(st.integers(0, 10_000), st.floats(-100, 100))
@example(8142, 3.3)
@settings(max_examples=10, deadline=None)
def test_a_constant_and_shuffled_rows_change_nothing(seed: int, constant: float) -> None:
    rng = np.random.default_rng(seed)
    village = np.repeat(np.arange(24), 4)
    score = rng.normal(size=96) + rng.normal(size=6)[village // 4]
    order = rng.permutation(96)
    first = variance_components(nested_sums(score, village, village // 4, np.arange(6) // 3), level=0.95)
    other = variance_components(
        nested_sums(score[order] + constant, village[order], village[order] // 4, np.arange(6) // 3), level=0.95
    )

    assert first is not None
    assert other is not None
    assert other.icc_class == pytest.approx(first.icc_class, abs=1e-6)
    assert other.icc_village == pytest.approx(first.icc_village, abs=1e-6)
    assert other.variance_person == pytest.approx(first.variance_person, rel=1e-6)


def test_design_effects_of_items_rise_with_the_correlation_in_classes() -> None:
    rng = np.random.default_rng(4)
    alone, together = (
        class_design_effects(random_counts(rng, classes=40, items=30, icc=icc)).mean() for icc in (0.0, 0.2)
    )

    assert alone < 1.3
    assert together > 3


def test_limits_of_the_class_correlation_cover_nearly_at_their_level() -> None:
    rng, sets, icc, covered = np.random.default_rng(6), 200, 0.1, 0
    class_code = np.repeat(np.arange(18), 32)
    for _ in range(sets):
        score = np.sqrt(icc) * rng.normal(size=18)[class_code] + np.sqrt(1 - icc) * rng.normal(size=class_code.size)
        found = variance_components(nested_sums(score, None, class_code, np.arange(18) // 6), level=0.95)
        covered += found is not None and found.icc_class_low <= icc <= found.icc_class_high

    # Approximate (chi-squared): at least 90 %, within the 99.9 % range of 200.
    assert covered / sets >= 0.90 - 3.29 * np.sqrt(0.9 * 0.1 / sets)
