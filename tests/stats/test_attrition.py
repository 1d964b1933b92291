import numpy as np
import pytest

from analysis.stats.attrition import tipping_points

CHANGE = np.array([10.0, 20, 30, 20])


def test_at_the_tipping_point_the_mean_of_all_is_zero():
    points = tipping_points(CHANGE, [40, 60], [70], interval=(12.0, 28.0), maximum=100)
    everyone = np.concatenate([CHANGE, np.full(3, points.estimate_zero)])
    assert everyone.mean() == pytest.approx(0)
    assert points.interval_zero == pytest.approx(-4 * 12 / 3)


def test_what_is_possible_follows_from_the_one_known_test():
    points = tipping_points(CHANGE, [40, 60], [70], interval=(12.0, 28.0), maximum=100)
    assert (points.possible_low, points.possible_high) == (
        pytest.approx((-40 - 60 - 30) / 3),
        pytest.approx((60 + 40 + 70) / 3),
    )
    assert points.all_low == pytest.approx((80 - 130) / 7)
    assert points.is_zero_possible is True


def test_few_missing_cannot_erase_a_large_gain():
    points = tipping_points(np.full(100, 20.0), [90], [], interval=(18.0, 22.0), maximum=100)
    assert points.estimate_zero == -2000
    assert points.is_zero_possible is False
    assert points.is_interval_zero_possible is False


def test_a_fall_needs_missing_people_who_rose():
    points = tipping_points(-CHANGE, [40], [], interval=(-28.0, -12.0), maximum=100)
    assert points.estimate_zero == 80
    assert points.interval_zero == 48
    assert points.is_zero_possible is False
    assert points.is_interval_zero_possible is True


def test_an_interval_that_includes_zero_has_no_tipping_point_and_an_unknown_maximum_no_limits():
    points = tipping_points(CHANGE, [40], [], interval=(-1.0, 41.0), maximum=None)
    assert points.interval_zero is None
    assert points.is_zero_possible is None
    assert points.is_interval_zero_possible is None


def test_nobody_missing_is_refused():
    with pytest.raises(ValueError, match="0 people with one test and 4 pairs"):
        tipping_points(CHANGE, [], [], interval=None, maximum=100)
