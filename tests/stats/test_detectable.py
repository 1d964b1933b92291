"""The smallest difference that a test finds with eighty percent probability."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.stats.detectable import smallest_detectable


@pytest.mark.parametrize(("level", "errors"), [(0.05, 3.76), (0.05 / 6, 6.17)])
def test_three_against_three_classes(level, errors):
    assert smallest_detectable(1.0, 4, level) == pytest.approx(errors, abs=0.005)


def test_it_is_found_so_often():
    rng = np.random.default_rng(3)
    shift = smallest_detectable(np.sqrt(2 / 5), 8, 0.05)
    first, second = rng.standard_normal((2, 4_000, 5))
    found = stats.ttest_ind(second + shift, first, axis=1).pvalue < 0.05
    assert found.mean() == pytest.approx(0.80, abs=0.02)


def test_it_grows_with_the_error_and_with_a_stricter_level():
    assert smallest_detectable(2.0, 8, 0.05) == pytest.approx(2 * smallest_detectable(1.0, 8, 0.05))
    assert smallest_detectable(1.0, 8, 0.01) > smallest_detectable(1.0, 8, 0.05)


@pytest.mark.parametrize(("error", "df"), [(0.0, 4), (float("nan"), 4), (1.0, 0)])
def test_without_a_test_nothing_is_detectable(error, df):
    assert smallest_detectable(error, df, 0.05) is None
