"""Normalised differences and contrasts standardised to a common mix."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.stats.composition import normalised_difference, standardised_contrast


def test_normalised_difference_by_hand() -> None:
    assert normalised_difference(0.2, 0.5) == pytest.approx(0.3 / np.sqrt((0.16 + 0.25) / 2))
    assert normalised_difference(0.3, 0.3) == 0
    assert normalised_difference(0.0, 0.0) == 0
    assert normalised_difference(0.0, 1.0) == np.inf


def two_groups(shares: tuple[float, float], effects: tuple[float, float]) -> tuple[np.ndarray, ...]:
    """Return score, cell, class and group: 4 classes of 20 per group; in cell 1 scores are 2 points higher."""
    score, cell, class_code, group = [], [], [], []
    rng = np.random.default_rng(1)
    for side, (share, effect) in enumerate(zip(shares, effects, strict=True)):
        for number in range(4):
            in_second = np.arange(20) < round(20 * share)
            cell.append(in_second.astype(int))
            score.append(3 + 2 * in_second + effect + rng.normal(scale=0.1, size=20))
            class_code.append(np.full(20, 4 * side + number))
            group.append(np.full(20, side))
    return tuple(np.concatenate(part) for part in (score, cell, class_code, group))


def test_a_difference_that_the_mix_makes_disappears() -> None:
    score, cell, class_code, group = two_groups((0.2, 0.8), (0.0, 0.0))
    found = standardised_contrast(score, cell, class_code, group, level=0.95)

    assert score[group == 1].mean() - score[group == 0].mean() == pytest.approx(1.2, abs=0.05)
    assert float(found.contrast.estimate) == pytest.approx(0.0, abs=0.05)
    assert found.share_outside == 0
    assert found.classes == 8


def test_a_difference_inside_the_cells_stays() -> None:
    found = standardised_contrast(*two_groups((0.2, 0.8), (0.0, 0.5)), level=0.95)

    assert float(found.contrast.low) < 0.5 < float(found.contrast.high)
    assert float(found.contrast.p_value) < 0.001


def test_little_overlap_is_not_estimable() -> None:
    score, cell, class_code, group = two_groups((0.1, 1.0), (0.0, 0.0))
    first_cell_only = np.where((group == 1) | (cell == 1), cell, 0)
    found = standardised_contrast(score, np.where(group == 1, 2, first_cell_only), class_code, group, level=0.95)

    assert found.share_outside == 1
    assert np.isnan(float(found.contrast.estimate))


def test_equal_mixes_leave_the_person_weighted_difference() -> None:
    score, cell, class_code, group = two_groups((0.5, 0.5), (0.0, 0.3))
    found = standardised_contrast(score, cell, class_code, group, level=0.95)

    assert float(found.contrast.estimate) == pytest.approx(score[group == 1].mean() - score[group == 0].mean())
