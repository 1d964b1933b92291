"""Two one-sided tests: is the mean change smaller than the smallest change that would matter?

Schuirmann, D. J. (1987), Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680. The standard error is that of
the mean change, with the class as unit.
"""

from __future__ import annotations

from dataclasses import replace

from scipy import stats

from analysis.stats.assumptions import join, margin
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Unit
from analysis.stats.matching import PairedScores
from analysis.stats.paired import (
    ASSUMES_OF_UNIT,
    METHOD_OF_UNIT,
    cluster_count,
    from_interval,
    mean_change_interval,
    why_not_clustered,
)
from analysis.stats.result import Estimate, not_estimable

TOST_OF = {
    Method.CLASS_JACKKNIFE_T: Method.TOST_CLASS_JACKKNIFE_T,
    Method.CLASS_CR2_T: Method.TOST_CLASS_CR2_T,
    Method.PAIRED_T: Method.TOST_PAIRED_T,
}


def equivalence_of_change(
    pairs: PairedScores,
    smallest_change_points: float | None,
    *,
    unit: SamplingUnit = SamplingUnit.CLASS,
    alpha: float = 0.05,
) -> Estimate:
    """Return the test, with class or person as ``unit``, that the mean change lies inside -smallest..+smallest points.

    ``p_value`` is the larger of the two one-sided p-values; the interval has level 1 - 2 alpha, and lies inside the
    margin exactly when p < alpha. ``not_estimable``: no smallest change stated, too few classes, changes all equal.
    Raises ValueError for a margin that is not positive.
    """
    if smallest_change_points is not None and not smallest_change_points > 0:
        raise ValueError(f"the smallest change that matters is positive, found {smallest_change_points}")
    name = EstimateName.EQUIVALENCE_OF_CHANGE
    interval, method = None, TOST_OF[METHOD_OF_UNIT[unit]]
    reason = Reason.SMALLEST_CHANGE_NOT_STATED if smallest_change_points is None else why_not_clustered(pairs, unit)
    if reason is None:
        interval, made_by = mean_change_interval(pairs, unit, 1 - 2 * alpha)
        method = TOST_OF[made_by]
    if interval is None or smallest_change_points is None:
        why = reason or Reason.NO_VARIATION
        return not_estimable(name, Unit.TEST_POINTS, method, why, n=pairs.n, n_missing=pairs.n_missing)
    nearest = smallest_change_points - abs(interval.estimate)
    statistic = nearest / interval.standard_error
    row = from_interval(
        interval,
        name=name,
        unit=Unit.TEST_POINTS,
        method=method,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=unit,
        clusters=cluster_count(pairs, unit),
        assumes=join(ASSUMES_OF_UNIT[unit], margin(smallest_change_points)),
    )
    return replace(row, statistic=statistic, p_value=float(stats.t.sf(statistic, interval.df)))
