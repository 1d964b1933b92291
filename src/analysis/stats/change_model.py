"""The mixed model of the change: random intercepts of classes, and of villages inside them, by REML.

A second opinion on the mean change, and the likeness of the people of one class; below about twenty classes its
standard error is a little too small, so the class jackknife stays the headline. Equal to ``lme4::lmer(change ~ 1 + (1
| class / village), REML = TRUE)``: Bates, D. et al. (2015), Journal of Statistical Software 67(1).
"""

from __future__ import annotations

import numpy as np

from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.matching import PairedScores
from analysis.stats.moments import t_interval
from analysis.stats.paired import from_interval, why_not_clustered
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.variance import NestedSums, VarianceComponents, nested_sums, variance_components

NAMES = (
    EstimateName.MEAN_CHANGE,
    EstimateName.INTRACLASS_CORRELATION_CLASS,
    EstimateName.INTRACLASS_CORRELATION_VILLAGE,
    EstimateName.DESIGN_EFFECT,
)


def model_of_change(pairs: PairedScores, *, level: float = 0.95) -> list[Estimate]:
    """Return the mean change by the mixed model, the two intraclass correlations and the design effect of the change.

    The mean weighs classes and villages by their precision, t with G - 1 degrees of freedom. ``not_estimable``: class
    not recorded, one class, changes all equal within the villages.
    """
    reason = why_not_clustered(pairs, SamplingUnit.CLASS)
    if reason is not None or pairs.classes is None:
        return _refused(pairs, reason or Reason.CLASS_NOT_RECORDED)
    one_group = np.zeros(int(pairs.classes.max()) + 1, dtype=np.int64)
    sums = nested_sums(pairs.change, pairs.villages, pairs.classes, one_group)
    components = variance_components(sums, level=level)
    if components is None:
        return _refused(pairs, Reason.NO_VARIATION)
    mean, error = _weighted_mean(sums, components)
    interval = t_interval(mean, error, components.classes - 1, level)
    if interval is None:
        return _refused(pairs, Reason.NO_VARIATION)
    first = from_interval(
        interval,
        name=NAMES[0],
        unit=Unit.TEST_POINTS,
        method=Method.NESTED_REML,
        n=pairs.n,
        n_missing=pairs.n_missing,
        clusters=components.classes,
        assumes=str(Assumption.CLASSES_INDEPENDENT),
    )
    limits = (components.icc_class_low, components.icc_class_high)
    village = None if pairs.villages is None else components.icc_village
    return [
        first,
        _component(pairs, components, NAMES[1], components.icc_class, limits, level),
        _component(pairs, components, NAMES[2], village, None, level),
        _component(pairs, components, NAMES[3], components.design_effect, None, level),
    ]


def _weighted_mean(sums: NestedSums, components: VarianceComponents) -> tuple[float, float]:
    """Return the generalised least squares mean and its standard error."""
    village_weight = 1 / (components.variance_village + components.variance_person / sums.n)
    classes = sums.group_of_class.size
    weight = np.bincount(sums.class_of_village, weights=village_weight, minlength=classes)
    total = np.bincount(sums.class_of_village, weights=village_weight * sums.mean, minlength=classes)
    class_weight = 1 / (components.variance_class + 1 / weight)
    precision = float(class_weight.sum())
    return float(class_weight @ (total / weight)) / precision, float(precision**-0.5)


def _component(
    pairs: PairedScores,
    components: VarianceComponents,
    name: EstimateName,
    value: float | None,
    limits: tuple[float, float] | None,
    level: float,
) -> Estimate:
    if value is None:
        return not_estimable(name, Unit.NONE, Method.NESTED_REML, Reason.VILLAGE_NOT_RECORDED, n=pairs.n)
    low, high = limits or (None, None)
    return Estimate(
        estimate_name=name,
        unit=Unit.NONE,
        method=Method.NESTED_REML,
        status=Status.ESTIMATED,
        estimate=value,
        estimate_low=low,
        estimate_high=high,
        interval_level=level if limits else None,
        n=pairs.n,
        n_missing=pairs.n_missing,
        sampling_unit=SamplingUnit.CLASS,
        clusters=components.classes,
    )


def _refused(pairs: PairedScores, reason: Reason) -> list[Estimate]:
    return [
        not_estimable(
            name,
            Unit.TEST_POINTS if name is EstimateName.MEAN_CHANGE else Unit.NONE,
            Method.NESTED_REML,
            reason,
            n=pairs.n,
            n_missing=pairs.n_missing,
            sampling_unit=SamplingUnit.CLASS,
        )
        for name in NAMES
    ]
