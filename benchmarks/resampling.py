"""Cluster resampling on counts against scipy with the same statistics.

22 items x 3 batches x 288 people in nine classes: 9,999 cluster resamples of all 66 Cliff's deltas, their class
jackknife, and 9,999 cluster permutations of all 22 Kruskal-Wallis H with step-down maxT. scipy gets the same statistics
on people, as its users write them: ``scipy.stats.bootstrap`` and ``scipy.stats.permutation_test`` over classes, with a
function that puts the drawn classes' people together. scipy runs fewer resamples and its time is scaled up in
proportion (it has no fixed cost worth mentioning); a second scipy statistic works on counts, to tell what comes from
counts and what from the resampling itself.

Run: python benchmarks/resampling.py [RESAMPLES_OF_SCIPY]
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from unittest import mock

import numpy as np
from scipy import stats

from analysis.stats.bootstrap import bootstrap_deltas
from analysis.stats.clusters import ClusterCounts, count_clusters
from analysis.stats.groups import centred_ranks, kruskal_wallis, side_by_side
from analysis.stats.ordinal import cliffs_delta, delta_interval, permute_pair, permute_ranks

RESAMPLES, ITEMS = 9_999, 22
PAIRS = [(0, 1), (0, 2), (1, 2)]
CUTS = np.array([-1.5, -0.8, 0.0, 0.9])
LEVELS = np.arange(1.0, 6.0)


def simulated(people_per_class: int, classes: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return answers (people, items), the class of each person and the batch of each class."""
    rng = np.random.default_rng(1)
    cluster = np.repeat(np.arange(3 * classes), people_per_class)
    latent = 0.4 * rng.standard_normal((3 * classes, ITEMS))[cluster] + rng.standard_normal((cluster.size, ITEMS))
    return 1.0 + np.searchsorted(CUTS, latent), cluster, np.repeat(np.arange(3), classes)


def counted(people_per_class: int, classes: int = 3) -> ClusterCounts:
    answers, cluster, batch = simulated(people_per_class, classes)
    return count_clusters(answers, cluster, batch, LEVELS, 3)


def seconds(function: Callable[[], object], repeats: int = 3) -> float:
    """Return the best time of some runs."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def people_delta(earlier: np.ndarray, later: np.ndarray) -> float:
    """Return Cliff's delta of two samples of people as scipy gives it: from the Mann-Whitney U."""
    u = stats.mannwhitneyu(later, earlier, method="asymptotic").statistic
    return 2 * u / (len(earlier) * len(later)) - 1


def scipy_bootstrap(answers: np.ndarray, cluster: np.ndarray, resamples: int) -> object:
    """Run scipy's bootstrap of all 66 deltas over the classes of each batch, on people."""
    people = [answers[cluster == number] for number in range(9)]

    def deltas(*drawn: np.ndarray) -> np.ndarray:
        sides = [np.concatenate([people[3 * batch + number] for number in index]) for batch, index in enumerate(drawn)]
        return np.array([people_delta(sides[a][:, i], sides[b][:, i]) for a, b in PAIRS for i in range(ITEMS)])

    index = (np.arange(3),) * 3
    return stats.bootstrap(index, deltas, n_resamples=resamples, vectorized=False, method="percentile", rng=1)


def scipy_bootstrap_on_counts(data: ClusterCounts, resamples: int) -> object:
    """Run scipy's bootstrap with a vectorised statistic that already works on counts."""
    sides = [data.counts[data.group == batch] for batch in range(3)]

    def deltas(*drawn: np.ndarray, axis: int = -1) -> np.ndarray:
        sums = [side[index].sum(axis=-3) for side, index in zip(sides, drawn, strict=True)]
        found = np.stack([cliffs_delta(sums[a], sums[b]) for a, b in PAIRS])
        return (
            found.reshape(3, *found.shape[1:])
            .transpose(0, -1, *range(1, found.ndim - 1))
            .reshape(66, *found.shape[1:-1])
        )

    index = (np.arange(3),) * 3
    return stats.bootstrap(index, deltas, n_resamples=resamples, vectorized=True, method="percentile", rng=1)


def scipy_permutation(answers: np.ndarray, cluster: np.ndarray, resamples: int) -> object:
    """Run scipy's permutation test of classes for the largest of all 22 H (single-step maxT), on people."""

    def h_of_items(*drawn: np.ndarray) -> float:
        sides = [answers[np.isin(cluster, index)] for index in drawn]
        return max(stats.kruskal(*(side[:, i] for side in sides)).statistic for i in range(ITEMS))

    index = [np.arange(3) + 3 * batch for batch in range(3)]
    return stats.permutation_test(
        index, h_of_items, permutation_type="independent", n_resamples=resamples, alternative="greater",
        vectorized=False, rng=1,
    )  # fmt: skip


def monte_carlo(data: ClusterCounts, resamples: int = RESAMPLES) -> object:
    """Run the package's permutation of classes by drawing, as a design with too many assignments would."""
    with mock.patch("analysis.stats.clusters.ENUMERATION_LIMIT", 1):
        return kruskal_wallis(data, resamples=resamples, seed=1)


def shared_permutations() -> None:
    """Print what one set of permutations for all scores of a pair of batches saves: seven scores, two sets of forms."""
    data = counted(32, classes=167)
    tables = [ClusterCounts(data.counts[:, [item]], data.group, LEVELS, 3).of_groups([0, 2]) for item in range(14)]

    def one_by_one() -> np.ndarray:
        return np.array([permute_pair(table, 0, 1, resamples=RESAMPLES, seed=1).p_value[0] for table in tables])

    def together() -> np.ndarray:
        ranks = side_by_side([centred_ranks(table) for table in tables])
        return permute_ranks(ranks, tables[0].group, resamples=RESAMPLES, seed=1).p_value

    if not np.array_equal(one_by_one(), together()):
        raise RuntimeError("one set of permutations gives other p-values than a set for each table")
    apart, shared = seconds(one_by_one, 1), seconds(together, 1)
    print(f"14 scores of 334 classes, 9,999 permutations each: {apart:.2f} s one by one, {shared:.2f} s together: "
          f"{apart / shared:.1f} times as long, same p-values")  # fmt: skip


def peak_megabytes(function: Callable[[], object]) -> float:
    tracemalloc.start()
    function()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    few = int(sys.argv[1]) if len(sys.argv) > 1 else 99
    answers, cluster, _ = simulated(32)
    data = counted(32)

    def bootstrap() -> object:
        return bootstrap_deltas(data, PAIRS, resamples=RESAMPLES, seed=1, level=0.95)

    own = {
        "bootstrap": seconds(bootstrap),
        "jackknife": seconds(lambda: [delta_interval(data, *pair, level=0.95) for pair in PAIRS]),
        "permutation": seconds(lambda: monte_carlo(data)),
        "enumeration": seconds(lambda: kruskal_wallis(data, resamples=1, seed=1)),
    }
    scipy_seconds = {
        "bootstrap": seconds(lambda: scipy_bootstrap(answers, cluster, few), 1) * RESAMPLES / few,
        "bootstrap_on_counts": seconds(lambda: scipy_bootstrap_on_counts(data, RESAMPLES), 1),
        "permutation": seconds(lambda: scipy_permutation(answers, cluster, few), 1) * RESAMPLES / few,
    }
    print(f"9,999 cluster resamples of 66 deltas: {own['bootstrap']:.3f} s; class jackknife {own['jackknife']:.4f} s")
    print(f"  scipy.stats.bootstrap on people {scipy_seconds['bootstrap']:.1f} s (from {few}): "
          f"{scipy_seconds['bootstrap'] / own['bootstrap']:.0f} times as long")  # fmt: skip
    print(f"  scipy.stats.bootstrap on counts {scipy_seconds['bootstrap_on_counts']:.2f} s: "
          f"{scipy_seconds['bootstrap_on_counts'] / own['bootstrap']:.1f} times as long")  # fmt: skip
    print(
        f"9,999 cluster permutations of 22 H with maxT: {own['permutation']:.3f} s; all 280 {own['enumeration']:.4f} s"
    )
    print(f"  scipy.stats.permutation_test on people {scipy_seconds['permutation']:.1f} s (from {few}, one-step maxT): "
          f"{scipy_seconds['permutation'] / own['permutation']:.0f} times as long")  # fmt: skip

    shared_permutations()
    wide = counted(32, classes=20)
    found = bootstrap_deltas(wide, PAIRS, resamples=RESAMPLES, seed=1, level=0.95)
    sides = [wide.counts[wide.group == batch, 0] for batch in (0, 1)]
    expected = stats.bootstrap(
        (np.arange(20),) * 2,
        lambda a, b, axis: cliffs_delta(sides[0][a].sum(axis=-2), sides[1][b].sum(axis=-2)),
        n_resamples=RESAMPLES, vectorized=True, method="percentile", rng=2,
    ).confidence_interval  # fmt: skip
    limits = found.low[0, 0], found.high[0, 0], expected.low, expected.high
    print("limits of one delta: {:.4f} to {:.4f}, scipy {:.4f} to {:.4f}".format(*limits))

    for people in (32, 3_200):
        larger = counted(people)
        took = seconds(lambda larger=larger: bootstrap_deltas(larger, PAIRS, resamples=RESAMPLES, seed=1, level=0.95))
        permuted = seconds(lambda larger=larger: monte_carlo(larger))
        print(f"people per class {people}: bootstrap {took:.3f} s, permutation {permuted:.3f} s")
    for resamples in (9_999, 99_990):
        megabytes = (
            peak_megabytes(lambda r=resamples: bootstrap_deltas(data, PAIRS, resamples=r, seed=1, level=0.95)),
            peak_megabytes(lambda r=resamples: monte_carlo(data, r)),
        )
        print(
            f"{resamples} resamples: peak memory {megabytes[0]:.1f} MB (bootstrap), {megabytes[1]:.1f} MB (permutation)"
        )


if __name__ == "__main__":
    main()
