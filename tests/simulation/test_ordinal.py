"""The exact moments of ordinal variables against scipy's bivariate normal and against hand-made cases."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from analysis.simulation.ordinal import covariance, excess_probability, joint_probabilities, moments, probabilities

CUTS = np.array([-2.0, -1.0, 0.3, 1.1])


@pytest.mark.parametrize("correlation", [-0.9, -0.3, 0.05, 0.5, 0.95])
@pytest.mark.parametrize(("a", "b"), [(0.0, 0.0), (-1.2, 0.7), (2.5, -2.0), (1.0, 1.0)])
def test_bivariate_normal_agrees_with_scipy(a: float, b: float, correlation: float) -> None:
    both = multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf([a, b])
    found = excess_probability(np.array(a), np.array(b), correlation) + norm.cdf(a) * norm.cdf(b)
    assert float(found) == pytest.approx(both, abs=2e-8)  # scipy's own tolerance is 1e-8


def test_quadrant_probability_has_its_closed_form() -> None:
    excess = excess_probability(np.array(0.0), np.array(0.0), 0.95)
    assert float(excess) == pytest.approx(np.arcsin(0.95) / (2 * np.pi), abs=1e-12)


def test_one_cut_is_a_coin() -> None:
    assert probabilities(np.array([0.0])) == pytest.approx([0.5, 0.5])
    assert float(moments(np.array([0.0])).variance) == pytest.approx(0.25)


def test_table_has_the_margins_and_the_covariance() -> None:
    table = joint_probabilities(CUTS, CUTS + 0.4, 0.6)
    values = np.arange(5)
    product = values @ table @ values - moments(CUTS).mean * moments(CUTS + 0.4).mean
    assert table.sum(axis=1) == pytest.approx(probabilities(CUTS))
    assert table.sum(axis=0) == pytest.approx(probabilities(CUTS + 0.4))
    assert float(covariance(CUTS, CUTS + 0.4, 0.6)) == pytest.approx(product, abs=1e-12)
    assert (table >= 0).all()


def test_independent_values_have_no_covariance() -> None:
    assert float(covariance(CUTS, CUTS, 0.0)) == 0.0


def test_correlations_too_near_to_one_are_refused() -> None:
    with pytest.raises(ValueError, match=r"up to 0\.95"):
        excess_probability(np.array(0.0), np.array(0.0), 0.99)
