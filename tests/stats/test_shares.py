import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.codes import Method, Reason, Status
from analysis.stats.shares import effective_n, share_of_count, share_of_people, wilson_limits
from stats.paired_examples import golden


def test_wilson_agrees_with_r_where_people_are_independent():
    share = share_of_count(30, 40, level=0.95)
    expected = golden()["wilson", "low_30_of_40"], golden()["wilson", "high_30_of_40"]
    assert (share.estimate_low, share.estimate_high) == pytest.approx(expected, rel=1e-10)


def test_a_complete_count_has_no_interval():
    share = share_of_count(1956, 1988)
    assert share.estimate == pytest.approx(0.983903, abs=1e-6)
    assert (share.method, share.estimate_low, share.interval_level) == (Method.COMPLETE_COUNT, None, None)
    assert share_of_count(1, 0).reason is Reason.DENOMINATOR_UNKNOWN


def test_total_agreement_within_classes_leaves_one_answer_per_class():
    classes = np.repeat(np.arange(6), 10)
    values = np.repeat([1.0, 0, 1, 1, 0, 1], 10)
    # variance between class means over G (G - 1), against p (1 - p)
    assert effective_n(values, classes) == pytest.approx(5)


def test_the_effective_number_never_exceeds_the_people_and_is_the_classes_without_variation():
    classes = np.repeat(np.arange(4), 5)
    balanced = np.tile([1.0, 0, 1, 0, 1], 4)
    assert effective_n(balanced, classes) == 20
    assert effective_n(np.ones(20), classes) == 4


def test_limits_use_t_for_the_classes():
    classes = np.repeat(np.arange(5), 8)
    values = np.random.default_rng(2).random(40) < np.repeat([0.2, 0.4, 0.5, 0.7, 0.9], 8)
    share = share_of_people(values, classes=classes)
    expected = wilson_limits(values.mean(), effective_n(values.astype(float), classes), stats.t.ppf(0.975, 4))
    assert (share.estimate_low, share.estimate_high) == expected
    assert share.clusters == 5


def test_without_classes_there_is_a_share_and_no_interval():
    share = share_of_people(np.array([True, False]))
    assert (share.status, share.estimate, share.estimate_low) == (Status.ESTIMATED, 0.5, None)
    assert share.reason is Reason.CLASS_NOT_RECORDED


@given(st.integers(1, 200), st.data())
def test_limits_hold_the_share_and_stay_inside_0_and_1(n, data):
    part = data.draw(st.integers(0, n))
    low, high = wilson_limits(part / n, n, 1.96)
    assert 0 <= low <= part / n <= high <= 1
    mirror_low, mirror_high = wilson_limits(1 - part / n, n, 1.96)
    assert (mirror_low, mirror_high) == pytest.approx((1 - high, 1 - low))
