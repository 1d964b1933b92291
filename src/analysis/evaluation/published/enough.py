"""How many independent pairs, villages or classes make a published change significant whatever the scores."""

from __future__ import annotations

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Row
from analysis.evaluation.published.pre_post import PublishedChange
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.published.change import enough_units
from analysis.stats.result import Estimate, not_estimable


def enough_rows(data: StudyData, published: PublishedChange, analysis: str, contrast: str) -> list[Row]:
    """Return rows of how many independent pairs, villages or classes suffice whatever the scores."""
    enough = enough_units(
        published.pre_interval,
        published.post_interval,
        published.maximum,
        data.settings.alpha,
    )
    guide = data.training.guide
    kinds = (
        ("enough", 1, SamplingUnit.PERSON, Unit.PAIRS, Assumption.PEOPLE_INDEPENDENT),
        (
            "enough_villages",
            guide.people_per_village,
            SamplingUnit.VILLAGE,
            Unit.VILLAGES,
            Assumption.VILLAGES_AGREE,
        ),
        (
            "enough_classes",
            guide.class_size,
            SamplingUnit.CLASS,
            Unit.CLASSES,
            Assumption.CLASSES_AGREE,
        ),
    )
    rows = []
    for name, size, unit, counted, phrase in kinds:
        if size is None:
            continue
        if enough is None:
            estimate = not_estimable(
                EstimateName.ENOUGH_UNITS,
                counted,
                Method.PAIRED_T_BOUNDS,
                Reason.NO_NUMBER_IS_ENOUGH,
            )
        else:
            estimate = Estimate(
                estimate_name=EstimateName.ENOUGH_UNITS,
                unit=counted,
                method=Method.PAIRED_T_BOUNDS,
                status=Status.ESTIMATED,
                estimate=float(enough),
                n=enough * size,
                sampling_unit=unit,
                assumes=str(phrase),
            )
        rows.append(Row(analysis, f"{published.group}|{name}", contrast, estimate))
    return rows
