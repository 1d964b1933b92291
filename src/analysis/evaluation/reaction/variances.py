"""How much of a score's variance lies between classes and villages, and what that costs."""

from __future__ import annotations

import numpy as np

from analysis.evaluation.outcome import Row
from analysis.evaluation.reaction.responses import Floats, Responses
from analysis.evaluation.reaction.rows import Quantity, batch_sample, missing_estimate, plain_estimate
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.variance import VarianceComponents, nested_sums, variance_components

VILLAGE_ONLY = frozenset([EstimateName.VARIANCE_VILLAGE, EstimateName.INTRACLASS_CORRELATION_VILLAGE])


def _quantity(name: EstimateName) -> Quantity:
    unit = Unit.RATIO if name is EstimateName.DESIGN_EFFECT else Unit.NONE
    return Quantity(name=name, unit=unit, method=Method.NESTED_REML, assumes=Assumption.CLASSES_INDEPENDENT)


def fitted_components(responses: Responses, score: Floats, *, level: float) -> VarianceComponents | None:
    """Return the variance components of a score, None where classes are not recorded or the design has none."""
    if responses.class_code is None:
        return None
    kept = responses.class_code >= 0
    if responses.village is not None:
        kept &= responses.village >= 0
    if not (kept & ~np.isnan(score)).any():
        return None
    village = None if responses.village is None else responses.village[kept]
    sums = nested_sums(score[kept], village, responses.class_code[kept], responses.batch_of_class)
    return variance_components(sums, level=level)


def variance_rows(analysis: str, responses: Responses, name: str, score: Floats, *, level: float) -> list[Row]:
    """Return variance components, intraclass correlations and the design effect of one score.

    Without villages there is no village component: its rows say so.
    """
    found = fitted_components(responses, score, level=level)
    sample = batch_sample(
        found.n if found else int((~np.isnan(score)).sum()), responses.people, found.classes if found else None
    )
    names = (
        EstimateName.INTRACLASS_CORRELATION_CLASS,
        EstimateName.INTRACLASS_CORRELATION_VILLAGE,
        EstimateName.DESIGN_EFFECT,
        EstimateName.VARIANCE_CLASS,
        EstimateName.VARIANCE_VILLAGE,
        EstimateName.VARIANCE_PERSON,
    )
    if found is None:
        reason = Reason.CLASS_NOT_RECORDED if responses.class_code is None else Reason.FIT_FAILED
        return [Row(analysis, name, None, missing_estimate(_quantity(each), sample, reason)) for each in names]
    values = (
        found.icc_class,
        found.icc_village,
        found.design_effect,
        found.variance_class,
        found.variance_village,
        found.variance_person,
    )
    rows = []
    for each, value in zip(names, values, strict=True):
        if each in VILLAGE_ONLY and responses.village is None:
            estimate = missing_estimate(_quantity(each), sample, Reason.VILLAGE_NOT_RECORDED)
        elif each is EstimateName.INTRACLASS_CORRELATION_CLASS:
            estimate = plain_estimate(
                _quantity(each), sample, value, low=found.icc_class_low, high=found.icc_class_high, level=level
            )
        else:
            estimate = plain_estimate(_quantity(each), sample, value)
        rows.append(Row(analysis, name, None, estimate))
    return rows
