"""Rank and sign tests of a change by flipping the signs of whole classes, with the ordinary p-values beside them.

One rule for all sizes: zero changes are dropped before ranking (Wilcoxon 1945), ties get mean ranks. Under the null
hypothesis the changes of a class may be mirrored together, so all 2^G flips are enumerated where they are at most
``LARGEST_ENUMERATION``, else drawn at random with p = (b + 1)/(B + 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.stats.assumptions import Assumption, join
from analysis.stats.codes import (
    Alternative,
    Effect,
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Statistic,
    Status,
    Unit,
)
from analysis.stats.matching import Codes, Floats, PairedScores
from analysis.stats.moments import sums_by_cluster
from analysis.stats.multiplicity import tie_margin
from analysis.stats.paired import why_not_clustered
from analysis.stats.result import Estimate, not_estimable

# All sign assignments are enumerated up to this many, so up to 14 classes.
LARGEST_ENUMERATION = 20_000
# Random flips are drawn in pieces of this many, so memory does not grow with their number.
FLIPS_PER_PIECE = 2_048


@dataclass(frozen=True, slots=True)
class FlipTest:
    """Two-sided p-values of the signed-rank sum, the sign sum and the change sum under class sign flips."""

    p_signed_rank: float
    p_sign: float
    p_mean: float
    smallest_p: float
    is_exact: bool
    clusters: int


def signed_ranks(change: Floats) -> Floats:
    """Return sign times mean rank of |change| among the changes that are not zero; zeros get 0."""
    ranks = np.zeros_like(change)
    moved = change != 0
    ranks[moved] = stats.rankdata(np.abs(change[moved])) * np.sign(change[moved])
    return ranks


def _flips(clusters: int, resamples: int, rng: np.random.Generator) -> Iterator[Floats]:
    if 2**clusters <= LARGEST_ENUMERATION:
        numbers = np.arange(2**clusters)
        yield np.where((numbers[:, None] >> np.arange(clusters)) & 1, -1.0, 1.0)
        return
    for start in range(0, resamples, FLIPS_PER_PIECE):
        size = (min(FLIPS_PER_PIECE, resamples - start), clusters)
        yield np.where(rng.integers(0, 2, size=size), -1.0, 1.0)


def flip_test(change: Floats, clusters: Codes, *, resamples: int = 9_999, seed: int = 20230) -> FlipTest:
    """Return p-values from mirroring the changes of whole clusters.

    Parameters
    ----------
    change
        post - pre per person.
    clusters
        Cluster numbers 0..G-1 per person (classes; or the people themselves).
    resamples, seed
        Number and seed of random flips where 2^G exceeds ``LARGEST_ENUMERATION``.
    """
    per_cluster = sums_by_cluster(np.stack([signed_ranks(change), np.sign(change), change], axis=1), clusters)
    count = per_cluster.shape[0]
    observed = np.abs(per_cluster.sum(axis=0))
    threshold = observed - tie_margin(observed)
    reached, drawn = np.zeros(3), 0
    for flips in _flips(count, resamples, np.random.default_rng(seed)):
        reached += np.count_nonzero(np.abs(flips @ per_cluster) >= threshold, axis=0)
        drawn += flips.shape[0]
    is_exact = 2**count <= LARGEST_ENUMERATION
    p_values = reached / drawn if is_exact else (reached + 1) / (drawn + 1)
    smallest = 2 / 2**count if is_exact else 1 / (drawn + 1)
    return FlipTest(float(p_values[0]), float(p_values[1]), float(p_values[2]), smallest, is_exact, count)


def ordinary_wilcoxon_p(change: Floats) -> float:
    """Return Wilcoxon's p of independent people: normal approximation, ties and continuity corrected, zeros dropped.

    As ``wilcox.test(exact = FALSE, correct = TRUE)`` in R, for every size. NaN where all changes are zero.
    """
    ranks = signed_ranks(change)
    moved = ranks[ranks != 0]
    variance = float(np.sum(moved**2)) / 4
    if variance == 0:
        return float("nan")
    distance = float(moved[moved > 0].sum()) - float(np.abs(moved).sum()) / 2
    z = (distance - 0.5 * np.sign(distance)) / np.sqrt(variance)
    return float(min(1.0, 2 * stats.norm.sf(abs(z))))


def rank_biserial(change: Floats) -> float:
    """Return (W+ - W-)/(W+ + W-) of post - pre, zeros dropped; NaN where all changes are zero (Kerby 2014)."""
    ranks = signed_ranks(change)
    total = float(np.abs(ranks).sum())
    return float(ranks.sum()) / total if total else float("nan")


def _not_testable(pairs: PairedScores) -> Reason | None:
    if pairs.n == 0:
        return Reason.TOO_FEW_PEOPLE
    if not np.any(pairs.change):
        return Reason.NO_VARIATION
    return None


def rank_and_sign_tests(
    pairs: PairedScores, *, level: float = 0.95, resamples: int = 9_999, seed: int = 20230
) -> list[Estimate]:
    """Return Wilcoxon's signed rank and the sign test, each by class sign flips and as if people were independent.

    Four rows (rank-biserial by class and naive, sign difference by class and naive) and the smallest two-sided p that
    this number of classes can give. ``not_estimable``: all changes zero, class not recorded, one class.
    """
    from analysis.stats.rank_intervals import rank_biserial_limits

    nothing = _not_testable(pairs)
    no_class = nothing or why_not_clustered(pairs, SamplingUnit.CLASS)
    flips = None
    limits = None
    if no_class is None and pairs.classes is not None:
        flips = flip_test(pairs.change, pairs.classes, resamples=resamples, seed=seed)
        limits = rank_biserial_limits(pairs.change, pairs.classes, level)
    rows = [
        _rank_row(pairs, flips, limits, no_class, level),
        _naive_rank_row(pairs, nothing),
        _sign_row(pairs, flips, no_class),
        _naive_sign_row(pairs, nothing),
    ]
    return [*rows, _smallest_p_row(pairs, flips, no_class)]


def _refused(pairs: PairedScores, name: EstimateName, method: Method, reason: Reason, unit: SamplingUnit) -> Estimate:
    return not_estimable(name, Unit.NONE, method, reason, n=pairs.n, n_missing=pairs.n_missing, sampling_unit=unit)


def _flip_method(flips: FlipTest | None) -> Method:
    is_exact = flips is None or flips.is_exact
    return Method.CLASS_SIGN_FLIP_EXACT if is_exact else Method.CLASS_SIGN_FLIP_MONTE_CARLO


def _rank_row(
    pairs: PairedScores,
    flips: FlipTest | None,
    limits: tuple[float, float] | None,
    reason: Reason | None,
    level: float,
) -> Estimate:
    name, method = EstimateName.RANK_BISERIAL_OF_CHANGE, _flip_method(flips)
    if flips is None:
        return _refused(pairs, name, method, reason or Reason.TOO_FEW_CLASSES, SamplingUnit.CLASS)
    low, high = limits or (None, None)
    ranks, value = signed_ranks(pairs.change), rank_biserial(pairs.change)
    return Estimate(
        estimate_name=name,
        unit=Unit.NONE,
        method=method,
        status=Status.ESTIMATED,
        estimate=value,
        estimate_low=low,
        estimate_high=high,
        interval_level=level if limits else None,
        statistic_name=Statistic.WILCOXON_SIGNED_RANK_SUM,
        statistic=float(ranks[ranks > 0].sum()),
        p_value=flips.p_signed_rank,
        effect_name=Effect.RANK_BISERIAL_PAIRED,
        effect=value,
        effect_low=low,
        effect_high=high,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.CLASS,
        clusters=flips.clusters,
        assumes=join(Assumption.CLASSES_INDEPENDENT, Assumption.MIRRORED_CLASSES),
        alternative=Alternative.TWO_SIDED,
        reason=None if limits else Reason.AT_BOUNDARY,
    )


def _naive_rank_row(pairs: PairedScores, reason: Reason | None) -> Estimate:
    name, method = EstimateName.RANK_BISERIAL_OF_CHANGE, Method.WILCOXON_ZEROS_DROPPED_NORMAL_CORRECTED
    if reason is not None:
        return _refused(pairs, name, method, reason, SamplingUnit.PERSON)
    ranks, value = signed_ranks(pairs.change), rank_biserial(pairs.change)
    return Estimate(
        estimate_name=name,
        unit=Unit.NONE,
        method=method,
        status=Status.ESTIMATED,
        estimate=value,
        statistic_name=Statistic.WILCOXON_SIGNED_RANK_SUM,
        statistic=float(ranks[ranks > 0].sum()),
        p_value=ordinary_wilcoxon_p(pairs.change),
        effect_name=Effect.RANK_BISERIAL_PAIRED,
        effect=value,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.PERSON,
        assumes=Assumption.PEOPLE_INDEPENDENT,
        alternative=Alternative.TWO_SIDED,
    )


def _sign_row(pairs: PairedScores, flips: FlipTest | None, reason: Reason | None) -> Estimate:
    name, method = EstimateName.SIGN_DIFFERENCE, _flip_method(flips)
    if flips is None:
        return _refused(pairs, name, method, reason or Reason.TOO_FEW_CLASSES, SamplingUnit.CLASS)
    assumes = join(Assumption.CLASSES_INDEPENDENT, Assumption.MIRRORED_CLASSES)
    return _signs(pairs, method, flips.p_sign, SamplingUnit.CLASS, flips.clusters, assumes)


def _naive_sign_row(pairs: PairedScores, reason: Reason | None) -> Estimate:
    name, method = EstimateName.SIGN_DIFFERENCE, Method.SIGN_TEST_EXACT_BINOMIAL
    if reason is not None:
        return _refused(pairs, name, method, reason, SamplingUnit.PERSON)
    moved = pairs.change[pairs.change != 0]
    p_value = float(stats.binomtest(int((moved > 0).sum()), moved.size).pvalue)
    return _signs(pairs, method, p_value, SamplingUnit.PERSON, None, Assumption.PEOPLE_INDEPENDENT)


def _signs(
    pairs: PairedScores, method: Method, p_value: float, unit: SamplingUnit, clusters: int | None, assumes: str
) -> Estimate:
    return Estimate(
        estimate_name=EstimateName.SIGN_DIFFERENCE,
        unit=Unit.SHARE,
        method=method,
        status=Status.ESTIMATED,
        estimate=float(np.sign(pairs.change).mean()),
        statistic_name=Statistic.POSITIVE_CHANGES,
        statistic=float((pairs.change > 0).sum()),
        p_value=p_value,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=unit,
        clusters=clusters,
        assumes=assumes,
        alternative=Alternative.TWO_SIDED,
    )


def _smallest_p_row(pairs: PairedScores, flips: FlipTest | None, reason: Reason | None) -> Estimate:
    name, method = EstimateName.SMALLEST_ATTAINABLE_P, _flip_method(flips)
    if flips is None:
        return _refused(pairs, name, method, reason or Reason.TOO_FEW_CLASSES, SamplingUnit.CLASS)
    return Estimate(
        estimate_name=name,
        unit=Unit.NONE,
        method=method,
        status=Status.ESTIMATED,
        estimate=flips.smallest_p,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.CLASS,
        clusters=flips.clusters,
    )
