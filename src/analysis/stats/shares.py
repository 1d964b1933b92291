"""Shares of people: Wilson's interval with the effective number of people that the classes leave.

Wilson, E. B. (1927), JASA 22, 209-212; effective n and t quantile for clusters as in Korn, E. L. and Graubard, B. I.
(1998), Survey Methodology 24, 193-201, and Franco, C. et al. (2019), Journal of Survey Statistics and Methodology 7,
334-364.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.matching import Codes, Floats
from analysis.stats.moments import sums_by_cluster
from analysis.stats.result import Estimate, not_estimable


def wilson_limits(share: float, n_effective: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's limits of a share with ``n_effective`` people and a normal or t ``quantile``."""
    scale = 1 + quantile**2 / n_effective
    centre = (share + quantile**2 / (2 * n_effective)) / scale
    half = quantile / scale * np.sqrt(share * (1 - share) / n_effective + quantile**2 / (4 * n_effective**2))
    low = 0.0 if share == 0 else max(0.0, float(centre - half))
    high = 1.0 if share == 1 else min(1.0, float(centre + half))
    return low, high


def effective_n(values: Floats, clusters: Codes) -> float:
    """Return the number of independent people that would give the share's variance between clusters.

    ``values`` lie in 0..1 (0 and 1, or .5 for a tie). Never more than the people; where all values are equal the
    variance says nothing, and each cluster counts as one answer (the most cautious reading).
    """
    n, share = values.size, float(values.mean())
    sums = sums_by_cluster(np.stack([np.ones_like(values), values], axis=1), clusters)
    count = sums.shape[0]
    variance_of_person = float(values.var())
    if variance_of_person == 0:
        return float(count)
    residuals = sums[:, 1] - share * sums[:, 0]
    variance = count / (count - 1) * float(np.sum(residuals**2)) / n**2
    if variance == 0:
        return float(n)
    return float(min(n, max(1.0, share * (1 - share) / variance)))


def share_of_people(
    values: Floats | NDArray[np.bool_],
    *,
    classes: Codes | None = None,
    is_class_needed: bool = True,
    level: float = 0.95,
    name: EstimateName = EstimateName.SHARE,
    n_missing: int = 0,
) -> Estimate:
    """Return a share of people with its interval.

    Parameters
    ----------
    values
        True/False, or 0..1 with .5 for a tie, one per person.
    classes
        Class of each person, or None.
    is_class_needed
        True: without two classes there is a point value and no interval (status ``estimated``, reason given). False:
        people are taken as independent, with that condition in ``assumes``.
    """
    scores = np.asarray(values, dtype=np.float64)
    unit = SamplingUnit.CLASS if is_class_needed else SamplingUnit.PERSON
    if scores.size == 0:
        return not_estimable(
            name, Unit.SHARE, Method.WILSON_EFFECTIVE_N, Reason.TOO_FEW_PEOPLE, n=0, n_missing=n_missing
        )
    if not is_class_needed:
        limits = wilson_limits(float(scores.mean()), scores.size, float(stats.norm.ppf(0.5 + level / 2)))
        return _share(scores, limits, level, name, n_missing, Method.WILSON, unit, None, None)
    count = None if classes is None else int(classes.max()) + 1
    if classes is None or count is None or count < 2:
        reason = Reason.CLASS_NOT_RECORDED if classes is None else Reason.TOO_FEW_CLASSES
        return _share(scores, None, level, name, n_missing, Method.WILSON_EFFECTIVE_N, unit, count, reason)
    quantile = float(stats.t.ppf(0.5 + level / 2, count - 1))
    limits = wilson_limits(float(scores.mean()), effective_n(scores, classes), quantile)
    return _share(scores, limits, level, name, n_missing, Method.WILSON_EFFECTIVE_N, unit, count, None)


def _share(
    scores: Floats,
    limits: tuple[float, float] | None,
    level: float,
    name: EstimateName,
    n_missing: int,
    method: Method,
    unit: SamplingUnit,
    clusters: int | None,
    reason: Reason | None,
) -> Estimate:
    low, high = limits or (None, None)
    return Estimate(
        estimate_name=name,
        unit=Unit.SHARE,
        method=method,
        status=Status.ESTIMATED,
        estimate=float(scores.mean()),
        estimate_low=low,
        estimate_high=high,
        interval_level=level if limits else None,
        n=int(scores.size),
        n_missing=n_missing,
        sampling_unit=unit,
        clusters=clusters,
        assumes=Assumption.CLASSES_INDEPENDENT if unit is SamplingUnit.CLASS else Assumption.PEOPLE_INDEPENDENT,
        reason=reason,
    )


def share_of_count(part: int, whole: int, *, level: float | None = None, n_missing: int = 0) -> Estimate:
    """Return a share of a complete count (``level`` None: no interval), or of a sample with Wilson's interval.

    ``not_estimable``: the whole is 0, or the part is larger than the whole, so the counts contradict each other.
    """
    if whole <= 0:
        return not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, Reason.DENOMINATOR_UNKNOWN, n=whole)
    if not 0 <= part <= whole:
        reason = Reason.CONTRADICTS_COUNTS
        return not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, reason, n=whole)
    share = part / whole
    limits = None
    if level is not None:
        limits = wilson_limits(share, whole, float(stats.norm.ppf(0.5 + level / 2)))
    low, high = limits or (None, None)
    return Estimate(
        estimate_name=EstimateName.SHARE,
        unit=Unit.SHARE,
        method=Method.WILSON if limits else Method.COMPLETE_COUNT,
        status=Status.ESTIMATED,
        estimate=share,
        estimate_low=low,
        estimate_high=high,
        interval_level=level if limits else None,
        n=whole,
        n_missing=n_missing,
        sampling_unit=SamplingUnit.PERSON if limits else SamplingUnit.COMPLETE_COUNT,
        assumes=Assumption.PEOPLE_INDEPENDENT if limits else None,
    )


def count(number: int, unit: Unit, *, name: EstimateName = EstimateName.COUNT, n: int | None = None) -> Estimate:
    """Return a plain count."""
    return Estimate(
        estimate_name=name,
        unit=unit,
        method=Method.COMPLETE_COUNT,
        status=Status.ESTIMATED,
        estimate=float(number),
        n=number if n is None else n,
        sampling_unit=SamplingUnit.COMPLETE_COUNT,
    )
