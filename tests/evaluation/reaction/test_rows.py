"""Rows of results: a number stands with its limits, or with the reason why it has none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.evaluation.reaction.rows import (
    MEAN_DIFFERENCE,
    Sample,
    batch_sample,
    interval_estimate,
    missing_estimate,
    number,
    plain_estimate,
)
from analysis.stats.codes import Reason, SamplingUnit, Statistic, Status
from analysis.stats.group_jackknife import Interval

SAMPLE = Sample(n=90, n_missing=6, unit=SamplingUnit.CLASS, clusters=6)


def interval(*numbers):
    return Interval(*(np.array([0.0, one]) for one in numbers))


def test_an_interval_has_its_test_and_its_conditions():
    row = interval_estimate(MEAN_DIFFERENCE, SAMPLE, interval(0.3, 0.1, 0.5, 0.1, 4, 3, 0.04), level=0.95, position=1)
    assert (row.estimate, row.estimate_low, row.estimate_high, row.interval_level) == (0.3, 0.1, 0.5, 0.95)
    assert (row.statistic_name, row.statistic, row.p_value, row.reason) == (Statistic.T, 3, 0.04, None)
    assert (row.n, row.n_missing, row.clusters, row.assumes) == (90, 6, 6, MEAN_DIFFERENCE.assumes)


def test_without_limits_there_is_no_test_but_a_reason():
    unknown = interval(0.3, *[math.nan] * 6)
    row = interval_estimate(MEAN_DIFFERENCE, SAMPLE, unknown, level=0.95, position=1)
    assert (row.status, row.estimate, row.reason) == (Status.ESTIMATED, 0.3, Reason.TOO_FEW_CLASSES)
    assert {row.estimate_low, row.interval_level, row.p_value, row.df, row.alternative} == {None}


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_not_estimable(value):
    assert number(value) is None
    reason = Reason.NO_VARIATION
    expected = missing_estimate(MEAN_DIFFERENCE, SAMPLE, reason)
    assert plain_estimate(MEAN_DIFFERENCE, SAMPLE, value, reason=reason) == expected
    assert (expected.status, expected.reason, expected.n) == (Status.NOT_ESTIMABLE, reason, 90)


def test_people_who_did_not_answer_are_missing():
    sample = batch_sample(np.int64(90), 96, np.int64(3))
    assert (sample.n, sample.n_missing, sample.clusters) == (90, 6, 3)
    assert batch_sample(1, 1, None).clusters is None
