"""The jackknife over clusters of independent groups, against the t interval of means that it must equal."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.stats.group_jackknife import jackknife_variance, t_interval

EARLIER, LATER = np.array([3.1, 3.6, 3.9, 4.2]), np.array([4.0, 4.4, 4.1])


def left_out(values):
    return (values.sum() - values) / (values.size - 1)


def test_of_a_difference_of_means_it_is_welchs():
    variance, df = jackknife_variance([left_out(LATER), -left_out(EARLIER)])
    welch = stats.ttest_ind(LATER, EARLIER, equal_var=False)
    found = t_interval(LATER.mean() - EARLIER.mean(), variance, df, level=0.95)
    assert float(df) == pytest.approx(welch.df)
    assert float(found.p_value) == pytest.approx(welch.pvalue)
    low, high = welch.confidence_interval(0.95)
    assert (float(found.low), float(found.high)) == (pytest.approx(low), pytest.approx(high))


def test_on_another_scale_the_limits_come_back_to_the_estimates():
    variance, df = jackknife_variance([np.log(left_out(LATER))])
    found = t_interval(LATER.mean(), variance, df, level=0.9, forward=np.log, backward=np.exp)
    assert float(found.low) * float(found.high) == pytest.approx(LATER.mean() ** 2)


def test_one_cluster_or_none_that_differ_have_no_interval():
    assert all(np.isnan(part) for part in jackknife_variance([left_out(LATER), np.array([4.0])]))
    variance, df = jackknife_variance([np.ones(3)])
    assert np.isnan(t_interval(1.0, variance, df, level=0.95).low)
