"""Coverage with a dominant class in a reduced form; the full table is printed by benchmarks/coverage_dominant.py."""

import pytest
from scipy import stats

from benchmarks.coverage_dominant import DESIGNS, INTERVALS, coverage

REPLICATES = 300


@pytest.mark.parametrize("icc", [0.05, 0.10])
def test_the_interval_of_a_dominated_sample_covers_and_the_jackknife_does_not(icc):
    found = coverage(DESIGNS[0], icc, REPLICATES, seed=7)
    for name, (_, _, (low, high)) in INTERVALS.items():
        least, most = stats.binom.ppf([0.0005, 0.9995], REPLICATES, [low, high]) / REPLICATES
        assert least <= found[name] <= most, name
    assert found["mean change, jackknife"] < 0.935 < found["mean change"]
