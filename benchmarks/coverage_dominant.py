"""Coverage of one-sample intervals where one class has many more people than the others.

Run: ``python benchmarks/coverage_dominant.py [replicates] [seed]`` (default 4000, 20260; about 5 minutes on one core).
Scores are normal with SD 10, pre and post correlate by .5, and a class shifts both tests; the true change is 5 points.
The jackknife of the mean change is shown beside what takes its place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

import numpy as np

from analysis.stats.codes import Effect
from analysis.stats.gain import gain_of_means
from analysis.stats.matching import PairedScores, pair_scores
from analysis.stats.moments import jackknife_interval, moments
from analysis.stats.paired import mean_change, mean_change_of_class_means
from analysis.stats.paired_effects import standardised_change
from analysis.stats.result import Estimate

DESIGNS = ((60, 3, 5, 9, 4, 7), (60, 3, 4, 5, 6, 7, 8, 9, 3), (60, *(5,) * 11))
ICCS = (0.0, 0.05, 0.10)
CORRELATION, SD, CHANGE, PRE_MEAN, MAXIMUM = 0.5, 10.0, 5.0, 100.0, 200.0
# CR2 is unbiased for independent people and its degrees of freedom are few: it errs on the cautious side.
CR2_BAND, PLAIN_BAND = (0.94, 1.0), (0.935, 0.975)

Limits = tuple[float | None, float | None]


def draw(sizes: tuple[int, ...], icc: float, rng: np.random.Generator) -> PairedScores:
    """Return the scores of classes of these sizes; ``icc`` of the variance lies between classes."""
    labels = np.repeat(np.arange(len(sizes)), sizes)
    between = np.sqrt(icc) * rng.normal(size=(len(sizes), 2))
    both = between[labels] + np.sqrt(1 - icc) * rng.normal(size=(labels.size, 2))
    pre = both[:, 0]
    post = CORRELATION * pre + np.sqrt(1 - CORRELATION**2) * both[:, 1]
    return pair_scores(PRE_MEAN + SD * pre, PRE_MEAN + SD * post + CHANGE, classes=labels)


def _limits(estimate: Estimate) -> Limits:
    return estimate.estimate_low, estimate.estimate_high


def jackknife_limits(pairs: PairedScores) -> Limits:
    """Return what the jackknife over classes says of the mean change, whatever their sizes."""
    full, without_each = moments(pairs.pre, pairs.post, pairs.classes)
    found = None if without_each is None else jackknife_interval(full.mean_change[0], without_each.mean_change, 0.95)
    return (None, None) if found is None else (found.low, found.high)


INTERVALS: dict[str, tuple[Callable[[PairedScores], Limits], float, tuple[float, float]]] = {
    "mean change": (lambda pairs: _limits(mean_change(pairs)), CHANGE, CR2_BAND),
    "unweighted mean of class means": (lambda pairs: _limits(mean_change_of_class_means(pairs)), CHANGE, PLAIN_BAND),
    "d z": (lambda pairs: _limits(standardised_change(pairs, Effect.D_Z)), CHANGE / SD, CR2_BAND),
    "N-gain of means": (lambda pairs: _limits(gain_of_means(pairs, MAXIMUM)), CHANGE / PRE_MEAN, CR2_BAND),
    "mean change, jackknife": (jackknife_limits, CHANGE, (0.0, 1.0)),
}


def coverage(sizes: tuple[int, ...], icc: float, replicates: int, *, seed: int) -> dict[str, float]:
    """Return how often each interval holds the truth."""
    rng = np.random.default_rng(seed)
    held = dict.fromkeys(INTERVALS, 0)
    for _ in range(replicates):
        pairs = draw(sizes, icc, rng)
        for name, (compute, truth, _band) in INTERVALS.items():
            low, high = compute(pairs)
            held[name] += low is not None and high is not None and low <= truth <= high
    return {name: count / replicates for name, count in held.items()}


def main(replicates: int, seed: int, designs: Iterable[tuple[int, ...]] = DESIGNS) -> None:
    """Print the lowest and highest coverage of each interval over the designs."""
    found = [coverage(sizes, icc, replicates, seed=seed) for sizes in designs for icc in ICCS]
    for name, (_, _, (low, high)) in INTERVALS.items():
        shares = [one[name] for one in found]
        star = "" if low <= min(shares) and max(shares) <= high else " *"
        print(f"| {name} | {len(shares)} | {min(shares):.3f} | {max(shares):.3f} | {low:.3f}-{high:.3f}{star} |")


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    main(*(numbers + [4000, 20260][len(numbers) :])[:2])
