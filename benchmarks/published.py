"""All contrasts of a 22 x 3 table of printed means: bounds of p, verdicts, effects; against one t-test per contrast.

Run: python run.py bench, or python benchmarks/published.py. Prints medians and ratios of one run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
from scipy import stats

from analysis.stats.published.contrasts import contrast, item_ranges
from analysis.stats.published.granularity import PrintedTable, scan_equal_sizes
from analysis.stats.published.rounding import RoundingRule, admitted_sums

ITEMS, REPEATS = 22, 20
PAIRS = ((0, 2), (1, 2), (0, 1))


def median_milliseconds(call: Callable[[], object]) -> float:
    """Return the median duration of a call over some repeats, the first (which imports) left out."""
    call()
    durations = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        durations.append(1000 * (time.perf_counter() - start))
    return statistics.median(durations)


def main() -> None:
    """Measure and print."""
    generator = np.random.default_rng(1)
    n = np.array([96, 96, 96])
    answers = [generator.integers(2, 6, (96, ITEMS)) for _ in range(3)]
    units = np.column_stack([np.floor(100 * group.mean(axis=0) + 0.5).astype(np.int64) for group in answers])

    def bounds() -> None:
        first, last = admitted_sums(units, 2, n, 1, 5, RoundingRule.HALF_UP)
        ranges = item_ranges(first, last, n, 1, 5)
        for pair in PAIRS:
            contrast(ranges, *pair)

    def plain_tests() -> None:
        for a, b in PAIRS:
            for item in range(ITEMS):
                stats.ttest_ind(answers[b][:, item], answers[a][:, item], equal_var=False)

    table = PrintedTable(units, np.full(ITEMS, -1), 2, 1, 5)
    exact, plain = median_milliseconds(bounds), median_milliseconds(plain_tests)
    scan = median_milliseconds(lambda: scan_equal_sizes(table, np.arange(20, 301), RoundingRule.HALF_UP))
    print("66 contrasts of a 22 x 3 table                        median ms   ratio")
    print(f"  bounds of p over all distributions (target < 50)    {exact:9.1f}   {1.0:5.1f}")
    print(f"  scipy.stats.ttest_ind on the 66 pairs of samples    {plain:9.1f}   {plain / exact:5.1f}")
    print(f"  scan of 281 batch sizes                             {scan:9.1f}   {scan / exact:5.1f}")


if __name__ == "__main__":
    main()
