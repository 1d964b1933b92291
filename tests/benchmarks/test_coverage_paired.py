"""Coverage in a reduced form; the full table is printed by benchmarks/coverage_paired.py."""

import numpy as np
import pytest

from analysis.stats.codes import SamplingUnit
from analysis.stats.paired import mean_change
from benchmarks.coverage_paired import CHANGE, NAIVE, SD, Design, coverage, draw, is_inside

REPLICATES = 150


@pytest.mark.parametrize(
    "design", [Design(3, 0.10, 0.3), Design(9, 0.0, 0.6), Design(9, 0.10, 0.8)], ids=lambda d: f"{d.classes}-{d.icc}"
)
def test_each_interval_contains_the_truth_as_often_as_declared(design):
    found = list(coverage(design, REPLICATES, seed=11))
    outside = {name: share for name, share, band in found if not is_inside(share, band, REPLICATES)}
    assert outside == {}
    assert len(found) >= 10


def test_the_check_of_coverage_sees_an_interval_that_ignores_the_classes():
    rng, design = np.random.default_rng(12), Design(9, 0.10, 0.6)
    rows = [mean_change(draw(design, rng), unit=SamplingUnit.PERSON) for _ in range(REPLICATES)]
    share = float(np.mean([row.estimate_low <= SD * CHANGE <= row.estimate_high for row in rows]))
    assert share < 0.8
    assert not is_inside(share, NAIVE, REPLICATES)
