"""Random-effects synthesis against metafor, and properties."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import ParameterError
from analysis.stats.synthesis import leave_one_out, pooled_range, synthesise, unweighted_mean

GOLDEN = Path(__file__).parents[1] / "golden"
VALUES = pd.read_csv(GOLDEN / "synthesis.csv").pivot_table(index="data", columns="quantity", values="value")
DATA = pd.read_csv(GOLDEN / "synthesis_data.csv")


@pytest.fixture(params=sorted(VALUES.index))
def case(request):
    rows = DATA[DATA["data"] == request.param]
    return rows["yi"].to_numpy(), np.sqrt(rows["vi"].to_numpy()), VALUES.loc[request.param]


def test_agrees_with_metafor(case):
    y, se, golden = case
    result = synthesise(y, se)
    for name in ("estimate", "se", "tau2", "i2", "q", "p", "low", "high"):
        # metafor iterates to 1e-14 in tau2, which leaves about 1e-7 in it
        assert getattr(result, name) == pytest.approx(golden[name], rel=1e-6), name
    assert leave_one_out(y, se)[0].estimate == pytest.approx(golden["without_first"], rel=1e-6)


def test_the_prediction_interval_uses_one_degree_of_freedom_less_than_metafor(case):
    """Higgins et al. use t(k - 2); metafor takes the test's t(k - 1), so its limits differ by that factor."""
    y, se, golden = case
    result = synthesise(y, se)
    half = result.prediction_high - result.estimate
    factor = stats.t.ppf(0.975, result.k - 1) / stats.t.ppf(0.975, result.k - 2)
    assert half * factor == pytest.approx(golden["predict_high"] - golden["estimate"], rel=1e-6)


studies = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.05, 3)), min_size=3, max_size=12)


@given(studies)
def test_the_variance_between_studies_is_never_negative_and_the_interval_holds_the_estimate(pairs):
    y, se = np.array(pairs).T
    result = synthesise(y, se)
    assert result.tau2 >= 0
    assert result.low <= result.estimate <= result.high
    assert min(y) - 1e-9 <= result.estimate <= max(y) + 1e-9


@given(studies, st.floats(-3, 3))
def test_shifting_all_studies_shifts_the_pooled_estimate(pairs, shift):
    y, se = np.array(pairs).T
    plain, shifted = synthesise(y, se), synthesise(y + shift, se)
    assert shifted.estimate == pytest.approx(plain.estimate + shift, abs=1e-6)
    assert shifted.tau2 == pytest.approx(plain.tau2, abs=1e-5)


def test_the_range_holds_every_pooled_estimate_inside_the_limits():
    generator = np.random.default_rng(5)
    y = np.array([1.0, 2.5, 3.0, 8.0])
    low, high = np.full(4, 0.2), np.array([0.4, 2.0, 3.0, 4.0])
    smallest, largest = pooled_range(y, low, high)
    for _ in range(300):
        se = generator.uniform(low, high)
        assert smallest - 1e-6 <= synthesise(y, se).estimate <= largest + 1e-6
    assert smallest < synthesise(y, low).estimate < largest


def test_known_standard_errors_leave_no_range():
    y, se = np.array([1.0, 2.0, 4.0]), np.array([0.5, 0.6, 0.7])
    low, high = pooled_range(y, se, se)
    assert low == pytest.approx(high)
    assert low == pytest.approx(synthesise(y, se).estimate)


def test_the_unweighted_mean_is_a_one_sample_t():
    y = [1.0, 2.0, 4.0, 4.5]
    mean, low, high = unweighted_mean(y)
    expected = stats.ttest_1samp(y, 0).confidence_interval()
    assert (mean, low, high) == pytest.approx((np.mean(y), expected.low, expected.high))


@pytest.mark.parametrize(("y", "se", "message"), [([1.0], [1.0], "two or more"), ([1.0, 2.0], [0.0, 1.0], "above 0")])
def test_what_cannot_be_pooled_is_refused(y, se, message):
    with pytest.raises(ParameterError, match=message):
        synthesise(y, se)


def test_leaving_one_out_of_two_is_refused():
    with pytest.raises(ParameterError, match="three or more"):
        leave_one_out([1.0, 2.0], [1.0, 1.0])
