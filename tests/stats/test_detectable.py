"""The smallest detectable effect: the noncentral t of scipy, simulated power, levels, the F over groups."""

import numpy as np
import pytest
from scipy import stats

from analysis.errors import ParameterError
from analysis.stats.detectable import (
    detectable_in_errors,
    smallest_detectable,
    smallest_detectable_difference,
    t_power,
)
from analysis.stats.means import welch_anova, welch_t


@pytest.mark.parametrize(("df", "level"), [(4, 0.05), (2.3, 0.05), (8, 0.025), (30, 0.05 / 22), (190, 0.05)])
def test_power_is_that_of_the_noncentral_t(df, level):
    critical = stats.t.ppf(1 - level / 2, df)
    for noncentrality in (0.5, 2.0, 4.0):
        # the nodes resolve the chi-square to a few in a million
        assert t_power(noncentrality, df, level) == pytest.approx(stats.nct.sf(critical, df, noncentrality), abs=2e-5)


def test_three_against_three_classes():
    """3.76 standard errors unadjusted, 6.2 after dividing the level by six; about 1.1 SD at a likeness of .10."""
    assert detectable_in_errors(4, 0.05) == pytest.approx(3.76, abs=5e-3)
    assert detectable_in_errors(4, 0.05 / 6) == pytest.approx(6.2, abs=0.05)
    icc, size = 0.10, 32
    error_of_a_difference = np.sqrt(2 / 3 * (icc + (1 - icc) / size))
    assert smallest_detectable(error_of_a_difference, 4, 0.05) == pytest.approx(1.10, abs=0.01)


def test_a_difference_of_the_smallest_detectable_size_is_found_in_four_of_five_studies():
    rng, classes, error = np.random.default_rng(1), 6, 0.4
    spread = error * np.sqrt(classes / 2)
    difference = smallest_detectable(error, 2 * classes - 2, 0.05)
    found = [
        welch_t(rng.normal(0, spread, classes), rng.normal(difference, spread, classes), level=0.95).p_value < 0.05
        for _ in range(1500)
    ]
    assert np.mean(found) == pytest.approx(0.8, abs=0.04)


def test_the_omnibus_finds_its_smallest_difference_in_four_of_five_studies():
    """Three batches of six classes, the middle one halfway: the hardest place of the third."""
    rng, classes = np.random.default_rng(2), 6
    difference = smallest_detectable_difference([1 / np.sqrt(classes)] * 3, 9.9, 0.05)
    found = [
        welch_anova([rng.normal(shift * difference, 1, classes) for shift in (0, 0.5, 1)]).p_value < 0.05
        for _ in range(1500)
    ]
    assert np.mean(found) == pytest.approx(0.8, abs=0.05)


def test_two_groups_of_equal_error_give_the_difference_of_the_t_test():
    by_f = smallest_detectable_difference([0.3, 0.3], 20, 0.05)
    assert by_f == pytest.approx(smallest_detectable(np.hypot(0.3, 0.3), 20, 0.05), rel=1e-3)


def test_less_data_or_a_stricter_level_detects_less():
    assert detectable_in_errors(2, 0.05) > detectable_in_errors(4, 0.05) > detectable_in_errors(40, 0.05)
    assert detectable_in_errors(4, 0.025) > detectable_in_errors(4, 0.05)
    assert detectable_in_errors(1e6, 0.05) == pytest.approx(1.960 + 0.842, abs=2e-3)
    assert detectable_in_errors(1, 1e-9) == np.inf


@pytest.mark.parametrize(("df", "level", "power"), [(4, 0.0, 0.8), (4, 0.9, 0.8), (0, 0.05, 0.8)])
def test_impossible_numbers_are_refused(df, level, power):
    with pytest.raises(ParameterError):
        detectable_in_errors(df, level, power=power)


def test_a_spread_needs_two_groups():
    with pytest.raises(ParameterError, match="two or more standard errors"):
        smallest_detectable_difference([0.3], 4, 0.05)
