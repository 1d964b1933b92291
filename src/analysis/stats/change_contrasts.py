"""Two groups' changes compared in both ways: difference in change, and ANCOVA on post given pre.

The two differ by (b - 1) times the baseline difference, b being the pooled slope within groups (Lord, F. M. 1967,
Psychological Bulletin 68, 304-305); neither is more right than the other without knowing why the groups started apart.
Intervals leave out one class at a time. Where classes belong to one group each the variance is added over groups with
Satterthwaite's degrees of freedom (with equal class sizes, Welch's test on class means); where classes mix the groups,
as roles do, a class leaves both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.stats.assumptions import Assumption, join
from analysis.stats.assumptions import reliability as assume_reliability
from analysis.stats.codes import Effect, EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.matching import Codes, Floats, PairedScores
from analysis.stats.moments import TInterval, jackknife_interval, sums_by_cluster
from analysis.stats.paired import ASSUMES_OF_UNIT, clusters_of, from_interval
from analysis.stats.result import Estimate, not_estimable


@dataclass(frozen=True, slots=True, eq=False)
class _Contrasts:
    """Contrasts of the second group minus the first: one value, or one per left-out class."""

    baseline: Floats
    change: Floats
    slope: Floats
    ancova: Floats
    corrected: Floats


@dataclass(frozen=True, slots=True)
class ChangeContrast:
    """Estimates of the second group minus the first, in points.

    ``identity`` is change contrast - ANCOVA contrast = (slope - 1) x baseline difference; its reason
    says whether the two ways agree. ``corrected`` is the ANCOVA with the slope divided by the pretest's reliability,
    None where none is given.
    """

    difference_in_change: Estimate
    ancova: Estimate
    baseline: Estimate
    normalised_baseline: Estimate
    slope: Estimate
    identity: Estimate
    corrected: Estimate | None

    @property
    def disagree(self) -> bool | None:
        """Tell whether the two ways differ in sign or in significance at the level of their intervals."""
        first, second = self.difference_in_change, self.ancova
        if first.estimate_low is None or second.estimate_low is None:
            return None
        return _verdict(first) != _verdict(second)

    def estimates(self) -> list[Estimate]:
        """Return all estimates in the order in which they are shown."""
        rows = [self.difference_in_change, self.ancova, self.identity, self.slope, self.baseline]
        return [*rows, self.normalised_baseline, *([self.corrected] if self.corrected else [])]


def _verdict(estimate: Estimate) -> int:
    if estimate.estimate_low is None or estimate.estimate_high is None:
        return 0
    return int(estimate.estimate_low > 0) - int(estimate.estimate_high < 0)


def _contrasts(sums: Floats, reliability: float) -> _Contrasts:
    """Return the contrasts from sums of shape (..., 2 groups, 5): n, x, y, xx, xy."""
    n, x, y, xx, xy = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_x, mean_y = x / n, y / n
        slope = (xy - x * y / n).sum(axis=-1) / (xx - x * x / n).sum(axis=-1)
    baseline, post = mean_x[..., 1] - mean_x[..., 0], mean_y[..., 1] - mean_y[..., 0]
    return _Contrasts(baseline, post - baseline, slope, post - slope * baseline, post - slope / reliability * baseline)


def _group_sums(pairs: PairedScores, is_second: NDArray[np.bool_], clusters: Codes) -> Floats:
    x, y = pairs.pre - pairs.pre.mean(), pairs.post - pairs.post.mean()
    columns = np.stack([np.ones_like(x), x, y, x * x, x * y], axis=1)
    return np.stack([sums_by_cluster(columns * mask[:, None], clusters) for mask in (~is_second, is_second)], axis=1)


def normalised_difference(first: Floats, second: Floats) -> float:
    """Return (mean second - mean first)/sqrt of the mean of the two variances (Imbens and Rubin 2015, eq. 14.1)."""
    if min(first.size, second.size) < 2:
        return float("nan")
    spread = float(np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2))
    return float(second.mean() - first.mean()) / spread if spread > 0 else float("nan")


def _why_not(
    pairs: PairedScores, is_second: NDArray[np.bool_], unit: SamplingUnit, sums: Floats | None
) -> Reason | None:
    if min(int(is_second.sum()), int((~is_second).sum())) < 2:
        return Reason.ONE_GROUP_ONLY if min(is_second.sum(), (~is_second).sum()) == 0 else Reason.TOO_FEW_PEOPLE
    if sums is None:
        return Reason.CLASS_NOT_RECORDED if unit is SamplingUnit.CLASS else Reason.VILLAGE_NOT_RECORDED
    if int((sums[:, :, 0] > 0).sum(axis=0).min()) < 2:
        return Reason.TOO_FEW_CLASSES
    return None


def _jackknifed(value: float, without_each: Floats, strata: Codes | None, level: float) -> TInterval | None:
    return jackknife_interval(value, without_each, level, strata=strata)


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """What all rows of one comparison share."""

    n: int
    n_missing: int
    unit: SamplingUnit
    clusters: int | None
    strata: Codes | None
    level: float

    def row(self, name: EstimateName, method: Method, value: float, without_each: Floats, assumes: str) -> Estimate:
        interval = _jackknifed(value, without_each, self.strata, self.level)
        if interval is None:
            return self.refused(name, method, Reason.NO_VARIATION)
        return from_interval(
            interval,
            name=name,
            unit=Unit.NONE if name is EstimateName.PRE_POST_SLOPE else Unit.TEST_POINTS,
            method=method,
            n=self.n,
            n_missing=self.n_missing,
            sampling_unit=self.unit,
            clusters=self.clusters,
            assumes=assumes,
        )

    def refused(self, name: EstimateName, method: Method, reason: Reason) -> Estimate:
        return not_estimable(
            name,
            Unit.NONE if name is EstimateName.PRE_POST_SLOPE else Unit.TEST_POINTS,
            method,
            reason,
            n=self.n,
            n_missing=self.n_missing,
            sampling_unit=self.unit,
            clusters=self.clusters,
        )

    def point(self, name: EstimateName, method: Method, value: float, effect: Effect | None = None) -> Estimate:
        unit = Unit.STANDARD_DEVIATIONS if effect else Unit.TEST_POINTS
        if not np.isfinite(value):
            return not_estimable(name, unit, method, Reason.NO_VARIATION, n=self.n, n_missing=self.n_missing)
        return Estimate(
            estimate_name=name,
            unit=unit,
            method=method,
            status=Status.ESTIMATED,
            estimate=value,
            effect_name=effect,
            effect=value if effect else None,
            n=self.n,
            n_missing=self.n_missing,
            sampling_unit=SamplingUnit.PERSON,
        )


def compare_changes(
    pairs: PairedScores,
    is_second: NDArray[np.bool_],
    *,
    unit: SamplingUnit = SamplingUnit.CLASS,
    reliability: float | None = None,
    level: float = 0.95,
) -> ChangeContrast:
    """Compare the change of two groups of pairs; positive: the second group changed more.

    Parameters
    ----------
    is_second
        True for the people of the second (later, or trained) group, one per pair.
    unit
        CLASS, VILLAGE, or PERSON ("if people were independent").
    reliability
        Reliability of the pretest within groups, strictly between 0 and 1, or None.

    Raises
    ------
    ValueError
        A mask of another length, or a reliability outside 0..1.
    """
    if is_second.shape != pairs.pre.shape:
        raise ValueError(f"{is_second.size} group marks for {pairs.n} pairs")
    if reliability is not None and not 0 < reliability <= 1:
        raise ValueError(f"reliability lies between 0 and 1, found {reliability}")
    clusters = clusters_of(pairs, unit)
    sums = None if clusters is None or pairs.n == 0 else _group_sums(pairs, is_second, clusters)
    reason = _why_not(pairs, is_second, unit, sums)
    strata = None
    if sums is not None and bool(((sums[:, :, 0] > 0).sum(axis=1) == 1).all()):
        strata = (sums[:, 1, 0] > 0).astype(np.int64)
    frame = _Frame(pairs.n, pairs.n_missing, unit, None if sums is None else sums.shape[0], strata, level)
    if reason is not None or sums is None:
        return _refused_contrast(frame, reason or Reason.CLASS_NOT_RECORDED, reliability)
    return _contrast_rows(pairs, is_second, sums, frame, reliability)


_CHANGE_METHODS = (Method.CLASS_JACKKNIFE_WITHIN_GROUPS_SATTERTHWAITE, Method.ANCOVA_CLASS_JACKKNIFE)


def _contrast_rows(
    pairs: PairedScores, is_second: NDArray[np.bool_], sums: Floats, frame: _Frame, reliability: float | None
) -> ChangeContrast:
    total = sums.sum(axis=0)
    full, without = _contrasts(total, reliability or 1.0), _contrasts(total - sums, reliability or 1.0)
    change_method = _CHANGE_METHODS[0] if frame.strata is not None else Method.CLASS_JACKKNIFE_T
    plain = ASSUMES_OF_UNIT[frame.unit]
    straight = join(plain, Assumption.EQUAL_SLOPES)
    ancova = _CHANGE_METHODS[1]
    pre = pairs.pre
    corrected = None
    if reliability is not None:
        corrected = frame.row(
            EstimateName.ADJUSTED_POST_DIFFERENCE,
            Method.ANCOVA_RELIABILITY_CORRECTED,
            float(full.corrected),
            without.corrected,
            join(straight, assume_reliability(reliability)),
        )
    answer = ChangeContrast(
        frame.row(EstimateName.DIFFERENCE_IN_CHANGE, change_method, float(full.change), without.change, plain),
        frame.row(EstimateName.ADJUSTED_POST_DIFFERENCE, ancova, float(full.ancova), without.ancova, straight),
        frame.row(EstimateName.BASELINE_DIFFERENCE, change_method, float(full.baseline), without.baseline, plain),
        frame.point(
            EstimateName.NORMALISED_BASELINE_DIFFERENCE,
            Method.NORMALISED_DIFFERENCE,
            normalised_difference(pre[~is_second], pre[is_second]),
            Effect.NORMALISED_DIFFERENCE,
        ),
        frame.row(EstimateName.PRE_POST_SLOPE, ancova, float(full.slope), without.slope, straight),
        frame.point(
            EstimateName.CHANGE_MINUS_ANCOVA, Method.LORDS_PARADOX_IDENTITY, float((full.slope - 1) * full.baseline)
        ),
        corrected,
    )
    if answer.disagree is None:
        return answer
    reason = Reason.WAYS_DISAGREE if answer.disagree else Reason.WAYS_AGREE
    return replace(answer, identity=replace(answer.identity, reason=reason))


def _refused_contrast(frame: _Frame, reason: Reason, reliability: float | None) -> ChangeContrast:
    change, ancova = _CHANGE_METHODS
    return ChangeContrast(
        frame.refused(EstimateName.DIFFERENCE_IN_CHANGE, change, reason),
        frame.refused(EstimateName.ADJUSTED_POST_DIFFERENCE, ancova, reason),
        frame.refused(EstimateName.BASELINE_DIFFERENCE, change, reason),
        frame.refused(EstimateName.NORMALISED_BASELINE_DIFFERENCE, Method.NORMALISED_DIFFERENCE, reason),
        frame.refused(EstimateName.PRE_POST_SLOPE, ancova, reason),
        frame.refused(EstimateName.CHANGE_MINUS_ANCOVA, Method.LORDS_PARADOX_IDENTITY, reason),
        None
        if reliability is None
        else frame.refused(EstimateName.ADJUSTED_POST_DIFFERENCE, Method.ANCOVA_RELIABILITY_CORRECTED, reason),
    )
