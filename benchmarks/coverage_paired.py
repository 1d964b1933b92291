"""Coverage of every interval of paired scores, by design, against the band declared for it.

Run: ``python benchmarks/coverage_paired.py [replicates] [seed]`` (default 4000, 20230; about 20 minutes on one core).
One row per interval and design: classes (per group), intraclass correlation of classes, correlation of pre and post.
Scores are normal with SD 10 in classes of 32 = 8 villages of 4; a class shifts both tests, so the change has the same
intraclass correlation. A row outside its band is printed with a star.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import stats

from analysis.stats.change_contrasts import compare_changes
from analysis.stats.codes import Effect, SamplingUnit
from analysis.stats.equivalence import equivalence_of_change
from analysis.stats.gain import gain_of_means
from analysis.stats.matching import PairedScores, pair_scores
from analysis.stats.paired import mean_change
from analysis.stats.paired_effects import standardised_change
from analysis.stats.rank_intervals import rank_biserial_limits
from analysis.stats.result import Estimate
from analysis.stats.shares import share_of_people

CLASSES = (3, 6, 12, 24)
ICCS = (0.0, 0.05, 0.10)
CORRELATIONS = (0.0, 0.3, 0.6, 0.8)
CLASS_SIZE, VILLAGE_SIZE = 32, 4
# The maximum is far enough that no normal score exceeds it: a gain would be refused, not wrong.
CHANGE, SD, PRE_MEAN, MAXIMUM = 0.5, 10.0, 100.0, 200.0
SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)

JACKKNIFE = (0.935, 0.975)
NAIVE = (0.935, 0.965)
# Conservative by construction: equivalence, and shares whose effective number of people never exceeds the people.
AT_LEAST = (0.935, 1.0)


@dataclass(frozen=True, slots=True)
class Design:
    """Classes of a group, share of variance between classes, correlation of pre and post."""

    classes: int
    icc: float
    correlation: float

    @property
    def d_z(self) -> float:
        """Return the true change over the SD of the changes."""
        return CHANGE / float(np.sqrt(2 * (1 - self.correlation)))


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval under test: how it is computed, what it should contain, its declared band, where the band holds."""

    name: str
    compute: Callable[[PairedScores], Iterable[tuple[float | None, float | None]]]
    truths: Callable[[Design], Iterable[float]]
    band: tuple[float, float]
    holds_for: Callable[[Design], bool] = lambda design: True


def draw(design: Design, rng: np.random.Generator, *, groups: int = 1) -> PairedScores:
    """Return the scores of ``groups`` times ``design.classes`` classes."""
    classes = groups * design.classes
    label = np.repeat(np.arange(classes), CLASS_SIZE)
    r = design.correlation
    root = np.array([[1.0, 0.0], [r, np.sqrt(1 - r * r)]])
    between = np.sqrt(design.icc) * rng.normal(size=(classes, 2)) @ root.T
    within = np.sqrt(1 - design.icc) * rng.normal(size=(label.size, 2)) @ root.T
    pre, post = (between[label] + within).T
    villages = np.arange(label.size) // VILLAGE_SIZE
    return pair_scores(PRE_MEAN + SD * pre, PRE_MEAN + SD * (post + CHANGE), classes=label, villages=villages)


def limits(estimate: Estimate) -> list[tuple[float | None, float | None]]:
    """Return the limits of one estimate."""
    return [(estimate.estimate_low, estimate.estimate_high)]


def _share_thresholds(design: Design) -> list[float]:
    sd = SD * np.sqrt(2 * (1 - design.correlation))
    return [float(SD * CHANGE + sd * stats.norm.ppf(1 - share)) for share in SHARES]


def intervals(design: Design) -> list[Interval]:
    """Return the intervals of one group of classes, with their truths and bands."""
    d_av, d_z = CHANGE, design.d_z
    truth_of = {Effect.D_Z: d_z, Effect.D_AV: d_av, Effect.D_RM: d_av, Effect.GLASS_DELTA_PRE: d_av}
    units = ((SamplingUnit.CLASS, JACKKNIFE), (SamplingUnit.PERSON, NAIVE))
    found = []
    for unit, band in units:
        where = _everywhere if unit is SamplingUnit.CLASS else _independent
        found.append(
            Interval(
                f"mean change, {unit}",
                lambda p, u=unit: limits(mean_change(p, unit=u)),
                _constant(SD * CHANGE),
                band,
                where,
            )
        )
        found += [
            Interval(
                f"{effect}, {unit}",
                lambda p, e=effect, u=unit: limits(standardised_change(p, e, unit=u)),
                _constant(truth),
                band,
                where,
            )
            for effect, truth in truth_of.items()
        ]
    found.append(
        Interval(
            "mean change, village",
            lambda p: limits(mean_change(p, unit=SamplingUnit.VILLAGE)),
            _constant(SD * CHANGE),
            NAIVE,
            _independent,
        )
    )
    gain = SD * CHANGE / (MAXIMUM - PRE_MEAN)
    found.append(Interval("N-gain of means", lambda p: limits(gain_of_means(p, MAXIMUM)), _constant(gain), JACKKNIFE))
    superiority = float(2 * stats.norm.cdf(np.sqrt(2) * d_z) - 1)
    found.append(Interval("rank-biserial", _rank_biserial, _constant(superiority), JACKKNIFE))
    thresholds = _share_thresholds(design)
    found.append(Interval("shares (mean over p)", lambda p: _share_limits(p, thresholds), lambda _: SHARES, AT_LEAST))
    return found


def _everywhere(_: Design) -> bool:
    return True


def _independent(design: Design) -> bool:
    return design.icc == 0


def _constant(value: float) -> Callable[[Design], Iterable[float]]:
    return lambda _: [value]


def _rank_biserial(pairs: PairedScores) -> list[tuple[float | None, float | None]]:
    found = rank_biserial_limits(pairs.change, pairs.classes, 0.95)
    return [found or (None, None)]


def _share_limits(pairs: PairedScores, thresholds: list[float]) -> list[tuple[float | None, float | None]]:
    shares = [share_of_people(pairs.change > threshold, classes=pairs.classes) for threshold in thresholds]
    return [(share.estimate_low, share.estimate_high) for share in shares]


def contains(low: float | None, high: float | None, truth: float) -> bool:
    """Tell whether an interval contains the truth; one that could not be computed does not."""
    return low is not None and high is not None and low <= truth <= high


def coverage(design: Design, replicates: int, seed: int) -> Iterator[tuple[str, float, tuple[float, float]]]:
    """Yield name, coverage and declared band of each interval whose band is declared for this design."""
    rng = np.random.default_rng([seed, design.classes, int(1000 * design.icc), int(1000 * design.correlation)])
    tested = [interval for interval in intervals(design) if interval.holds_for(design)]
    hits: dict[str, list[bool]] = {interval.name: [] for interval in tested}
    pair_hits: dict[str, list[bool]] = {"difference in change": [], "ANCOVA": []}
    equivalence: list[bool] = []
    for _ in range(replicates):
        pairs = draw(design, rng)
        for interval in tested:
            for (low, high), truth in zip(interval.compute(pairs), interval.truths(design), strict=True):
                hits[interval.name].append(contains(low, high, truth))
        at_margin = equivalence_of_change(pairs, SD * CHANGE)
        equivalence.append(at_margin.p_value is None or at_margin.p_value >= 0.05)
        both = draw(design, rng, groups=2)
        contrast = compare_changes(both, both.classes >= design.classes)
        for name, row in (("difference in change", contrast.difference_in_change), ("ANCOVA", contrast.ancova)):
            pair_hits[name].append(contains(row.estimate_low, row.estimate_high, 0.0))
    for interval in tested:
        yield interval.name, float(np.mean(hits[interval.name])), interval.band
    for name, found in pair_hits.items():
        yield name, float(np.mean(found)), JACKKNIFE
    yield "equivalence, true change at the margin", float(np.mean(equivalence)), AT_LEAST


def is_inside(share: float, band: tuple[float, float], replicates: int) -> bool:
    """Tell whether a simulated coverage is compatible with its band (99.9 % binomial error added)."""
    errors = [3.29 * np.sqrt(limit * (1 - limit) / replicates) for limit in band]
    return band[0] - errors[0] <= share <= band[1] + errors[1]


def main(replicates: int = 4_000, seed: int = 20230) -> None:
    """Print the table."""
    print(f"{'interval':42}{'classes':>8}{'icc':>6}{'r':>5}{'coverage':>10}  band")
    outside = 0
    for classes, icc, correlation in product(CLASSES, ICCS, CORRELATIONS):
        for name, share, band in coverage(Design(classes, icc, correlation), replicates, seed):
            star = "" if is_inside(share, band, replicates) else " *"
            outside += bool(star)
            print(
                f"{name:42}{classes:8}{icc:6.2f}{correlation:5.1f}{share:10.4f}  {band[0]:.3f}-{band[1]:.3f}{star}",
                flush=True,
            )
    print(f"{outside} rows outside their band ({replicates} replicates, seed {seed})")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
