"""Coverage of every interval of the reaction analyses, and rejection rates of their tests, by simulation.

One row per interval and design: classes of 32 per batch (3, 6, 12, 24) and class intraclass correlation (0, .05, .10)
of the latent score; two batches, the later one higher. A band is declared for each interval; a row outside it (beyond
the 99.9 % range of the simulation's own error) is marked. Seeds are fixed: the table is the same on every run.

Run: python benchmarks/coverage_reaction.py [REPLICATES]  (4,000 unless told, some 20 minutes)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.stats.bootstrap import FEWEST_CLUSTERS, bootstrap_deltas
from analysis.stats.clusters import ClusterCounts
from analysis.stats.composition import standardised_contrast
from analysis.stats.description import describe
from analysis.stats.group_jackknife import Interval
from analysis.stats.groups import kruskal_wallis
from analysis.stats.means import (
    ClusterSums,
    cluster_sums,
    hedges_g,
    person_weighted_difference,
    welch_anova,
    welch_t,
)
from analysis.stats.odds import odds_ratios
from analysis.stats.ordinal import cliffs_delta, delta_interval
from analysis.stats.reliability import (
    ClassProducts,
    alpha_interval,
    class_products,
    item_rest_intervals,
    omega_interval,
)
from analysis.stats.variance import nested_sums, variance_components

CLASSES, CORRELATIONS, PEOPLE, SHIFT, LEVEL = (3, 6, 12, 24), (0.0, 0.05, 0.10), 32, 0.5, 0.95
CUTS = np.array([-3.0, -1.8, -0.4, 1.2])
LEVELS = np.arange(1.0, 6.0)
PIECE = 250  # data sets simulated at once


@dataclass(frozen=True)
class Band:
    """Declared limits of coverage; ``high`` is 1 where an interval is conservative by construction."""

    low: float
    high: float


JACKKNIFE = Band(0.935, 0.975)
BANDS = {
    "cliffs_delta, class jackknife, arctanh": JACKKNIFE,
    "mean difference, Welch on class means": JACKKNIFE,
    "hedges_g, class jackknife": JACKKNIFE,
    "log odds ratio, class jackknife": JACKKNIFE,
    "alpha, class jackknife": JACKKNIFE,
    "omega, class jackknife": JACKKNIFE,
    "mean, class jackknife": JACKKNIFE,
    "share of top two, Wilson with effective n": Band(0.935, 1.0),
    "item-rest correlation, class jackknife, arctanh": JACKKNIFE,
    "person-weighted difference, class jackknife": JACKKNIFE,
    "standardised difference, class jackknife": JACKKNIFE,
    "icc_class, profile REML": Band(0.90, 1.0),
    "cliffs_delta, cluster bootstrap": Band(0.925, 0.975),
}


def latent(rng: np.random.Generator, classes: int, icc: float, sets: int, groups: int = 2) -> np.ndarray:
    """Return scores of shape (groups * classes, people, sets) that are logistic whatever the class correlation."""
    shared = rng.standard_normal((groups * classes, 1, sets))
    own = rng.standard_normal((groups * classes, PEOPLE, sets))
    return stats.logistic.ppf(stats.norm.cdf(np.sqrt(icc) * shared + np.sqrt(1 - icc) * own))


def counted(score: np.ndarray, groups: int) -> ClusterCounts:
    """Return the scores cut into five levels, each data set as one item."""
    answers = 1 + np.searchsorted(CUTS, score)
    counts = np.stack([(answers == level).sum(axis=1) for level in range(1, 6)], axis=-1).astype(float)
    return ClusterCounts(counts, np.repeat(np.arange(groups), score.shape[0] // groups), LEVELS, groups)


def shares(shift: float) -> np.ndarray:
    """Return the true shares of the five levels."""
    return np.diff(np.concatenate([[0.0], stats.logistic.cdf(CUTS - shift), [1.0]]))


def truths() -> dict[str, float]:
    """Return the true value of everything that is computed from the five levels."""
    earlier, later = shares(0.0), shares(SHIFT)
    means = [float(share @ LEVELS) for share in (earlier, later)]
    variances = [float(share @ LEVELS**2) - mean**2 for share, mean in zip((earlier, later), means, strict=True)]
    return {
        "delta": float(cliffs_delta(earlier, later)),
        "difference": means[1] - means[0],
        "g": (means[1] - means[0]) / np.sqrt(np.mean(variances)),
        "log_odds": SHIFT,
        "mean": means[0],
        "share": float(earlier[3:].sum()),
    }


def covers(low: np.ndarray, high: np.ndarray, truth: float) -> np.ndarray:
    """Return whether each interval holds the truth; one that cannot be computed does not count."""
    low, high = np.ravel(low), np.ravel(high)
    known = ~np.isnan(low)
    return (low[known] <= truth) & (truth <= high[known])


def sums_of(data: ClusterCounts, item: int, group: int) -> ClusterSums:
    rows = data.counts[data.group == group, item]
    total, squares = rows @ LEVELS, rows @ LEVELS**2
    return ClusterSums(rows.sum(axis=1), total, squares, np.zeros(len(rows), dtype=np.int64))


def per_item(data: ClusterCounts, truth: dict[str, float]) -> dict[str, list[np.ndarray]]:
    """Return coverage of the intervals that are computed one data set at a time."""
    found: dict[str, list[np.ndarray]] = {}

    def add(name: str, interval: Interval, value: float) -> None:
        found.setdefault(name, []).append(covers(interval.low, interval.high, value))

    for item in range(data.counts.shape[1]):
        earlier, later = (sums_of(data, item, group) for group in (0, 1))
        welch = welch_t(earlier.means, later.means, level=LEVEL)
        add("mean difference, Welch on class means", welch, truth["difference"])
        add("hedges_g, class jackknife", hedges_g(earlier, later, level=LEVEL), truth["g"])
        ratios = odds_ratios(data, item, [(0, 1)], level=LEVEL, design_effect=1e9)
        add("log odds ratio, class jackknife", ratios.log_odds, truth["log_odds"])
    return found


def of_answers(rng: np.random.Generator, classes: int, icc: float, sets: int) -> dict[str, list[np.ndarray]]:
    """Return coverage of everything that is computed from five-level answers."""
    truth = truths()
    score = latent(rng, classes, icc, sets)
    score[classes:] += SHIFT
    data = counted(score, 2)
    delta, shown = delta_interval(data, 0, 1, level=LEVEL), describe(data, level=LEVEL)
    found = per_item(data, truth)
    found["cliffs_delta, class jackknife, arctanh"] = [covers(delta.low, delta.high, truth["delta"])]
    found["mean, class jackknife"] = [covers(shown.mean_low[0], shown.mean_high[0], truth["mean"])]
    found["share of top two, Wilson with effective n"] = [
        covers(shown.share_low[0], shown.share_high[0], truth["share"])
    ]
    if classes >= FEWEST_CLUSTERS:
        drawn = bootstrap_deltas(data, [(0, 1)], resamples=999, seed=1, level=LEVEL)
        found["cliffs_delta, cluster bootstrap"] = [covers(drawn.low, drawn.high, truth["delta"])]
    return found


def scale_products(rng: np.random.Generator, classes: int, icc: float) -> ClassProducts:
    """Return answers to six parallel items whose true score makes up half of their variance."""
    code = np.repeat(np.arange(2 * classes), PEOPLE)
    shared = rng.standard_normal(2 * classes)[code]
    true_score = np.sqrt(0.5) * (np.sqrt(icc) * shared + np.sqrt(1 - icc) * rng.standard_normal(code.size))
    answers = true_score[:, None] + np.sqrt(0.5) * rng.standard_normal((code.size, 6))
    return class_products(answers, code, np.arange(2 * classes) // classes)


def of_scores(rng: np.random.Generator, classes: int, icc: float, sets: int) -> dict[str, list[np.ndarray]]:
    """Return coverage of reliability, item-rest correlations and the class correlation."""
    reliability = 6 * 0.5 / (1 + 5 * 0.5)
    rest_correlation = 5 * 0.5 / np.sqrt(5 + 5 * 4 * 0.5)
    found: dict[str, list[np.ndarray]] = {}
    code = np.repeat(np.arange(2 * classes), PEOPLE)
    for number in range(sets):
        products = scale_products(rng, classes, icc)
        alpha = alpha_interval(products, level=LEVEL)
        found.setdefault("alpha, class jackknife", []).append(covers(alpha.low, alpha.high, reliability))
        rest = item_rest_intervals(products, level=LEVEL)
        rows = found.setdefault("item-rest correlation, class jackknife, arctanh", [])
        rows.append(covers(rest.low[:1], rest.high[:1], rest_correlation))
        if number % 10 == 0:  # each replicate of omega is a factor analysis per class
            omega = omega_interval(products, 1, level=LEVEL)
            found.setdefault("omega, class jackknife", []).append(covers(omega.low, omega.high, reliability))
        if number % 4 == 0:
            shared = rng.standard_normal(2 * classes)[code]
            score = np.sqrt(icc) * shared + np.sqrt(1 - icc) * rng.standard_normal(code.size)
            fit = variance_components(nested_sums(score, None, code, np.arange(2 * classes) // classes), level=LEVEL)
            if fit is not None:
                limits = np.array(fit.icc_class_low), np.array(fit.icc_class_high)
                found.setdefault("icc_class, profile REML", []).append(covers(*limits, icc))
    return found


def of_uneven_classes(rng: np.random.Generator, classes: int, icc: float, sets: int) -> dict[str, list[np.ndarray]]:
    """Return coverage of contrasts in classes of 16, 32 and 48 people whose two roles differ by half a point."""
    sizes = np.resize([16, 32, 48], 2 * classes)
    code = np.repeat(np.arange(2 * classes), sizes)
    group_of_class = np.arange(2 * classes) // classes
    found: dict[str, list[np.ndarray]] = {}
    for _ in range(sets):
        role = rng.integers(0, 2, code.size)
        shared = np.sqrt(icc) * rng.standard_normal(2 * classes)[code]
        score = 0.5 * role + SHIFT * group_of_class[code] + shared + np.sqrt(1 - icc) * rng.standard_normal(code.size)
        sums = cluster_sums(score, code, group_of_class)
        weighted = person_weighted_difference(sums.of_group(0), sums.of_group(1), level=LEVEL)
        contrast = standardised_contrast(score, role, code, group_of_class[code], level=LEVEL).contrast
        intervals = {"person-weighted": weighted, "standardised": contrast}
        for name, interval in intervals.items():
            row = found.setdefault(f"{name} difference, class jackknife", [])
            row.append(covers(interval.low, interval.high, SHIFT))
    return found


def print_coverage(classes: int, icc: float, replicates: int) -> None:
    """Print the rows of one design."""
    seen: dict[str, list[np.ndarray]] = {}
    for start in range(0, replicates, PIECE):
        sets = min(PIECE, replicates - start)
        rng = np.random.default_rng([classes, round(1000 * icc), start])
        parts = of_answers, of_scores, of_uneven_classes
        for part in (made(rng, classes, icc, sets) for made in parts):
            for name, flags in part.items():
                seen.setdefault(name, []).extend(flags)
    for name, flags in seen.items():
        together = np.concatenate(flags)
        share, band = float(together.mean()), BANDS[name]
        margin = 3.29 * np.sqrt(LEVEL * (1 - LEVEL) / together.size)
        mark = "" if band.low - margin <= share <= band.high + margin else "  OUTSIDE"
        design = f"{classes:>7} {icc:>5.2f} {together.size:>6}"
        print(f"{design} {share:>9.4f} {band.low:>6.3f} {band.high:>6.3f}  {name}{mark}")
    sys.stdout.flush()


TESTS: dict[str, Callable[[ClusterCounts, ClusterCounts], np.ndarray]] = {
    "kruskal_wallis, classes permuted": lambda classes, _: kruskal_wallis(classes, resamples=999, seed=1).p_value,
    "kruskal_wallis, villages permuted": lambda _, villages: kruskal_wallis(villages, resamples=999, seed=1).p_value,
    "kruskal_wallis, people independent": lambda classes, _: (
        kruskal_wallis(classes, resamples=1, seed=1).p_if_independent
    ),
    "welch_anova, class means": lambda classes, _: np.array(
        [
            welch_anova([sums_of(classes, item, group).means for group in range(3)]).p_value
            for item in range(classes.counts.shape[1])
        ]
    ),
}


def print_rejections(icc: float, replicates: int) -> None:
    """Print how often each test rejects at 5 % without any batch effect: three batches of three classes."""
    score = latent(np.random.default_rng([7, round(1000 * icc)]), 3, icc, replicates, groups=3)
    classes = counted(score, 3)
    villages = counted(score.reshape(9 * 8, PEOPLE // 8, replicates), 3)
    for name, test in TESTS.items():
        p = test(classes, villages)
        print(f"{icc:>5.2f} {p.size:>6} {np.mean(p <= 0.05):>9.4f}  {name}")
    sys.stdout.flush()


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    print("rejection rate at 5 % without a batch effect, three batches of three classes of 32")
    print("  icc   sets  rejected  test")
    for icc in (0.0, 0.05, 0.10, 0.14):
        print_rejections(icc, replicates)
    print("coverage at 95 %, two batches")
    print("classes   icc   sets  coverage   band of         interval")
    for classes in CLASSES:
        for icc in CORRELATIONS:
            print_coverage(classes, icc, replicates)


if __name__ == "__main__":
    main()
