"""The one shape of a result: what the data do not allow carries its reason and no number."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from analysis.stats.codes import Adjustment, EstimateName, Method, Reason, Status, Unit
from analysis.stats.result import Estimate, not_estimable


def test_what_cannot_be_estimated_has_a_reason_and_its_people_alone():
    row = not_estimable(
        EstimateName.MEAN, Unit.SCALE_POINTS, Method.WELCH_T_BOUNDS, Reason.NO_SUCH_DATA, n=3, clusters=1
    )
    assert (row.status, row.reason, row.n, row.clusters) == (Status.NOT_ESTIMABLE, Reason.NO_SUCH_DATA, 3, 1)
    assert {row.estimate, row.estimate_low, row.p_value, row.verdict, row.effect} == {None}


def test_an_adjusted_p_leaves_the_estimate_as_it_was():
    before = Estimate(
        estimate_name=EstimateName.MEAN, unit=Unit.SCALE_POINTS, method=Method.WELCH_T_BOUNDS,
        status=Status.ESTIMATED, estimate=4.2, p_value=0.01,
    )  # fmt: skip
    after = before.with_adjustment(0.03, Adjustment.HOLM, "published.pairs|7-5")
    assert (after.p_adjusted, after.adjustment, after.family) == (0.03, "holm", "published.pairs|7-5")
    assert (after.estimate, after.p_value, before.p_adjusted) == (4.2, 0.01, None)
    with pytest.raises(FrozenInstanceError):
        after.p_adjusted = 0.5
