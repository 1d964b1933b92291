"""Activity in the learning system (LMS): shown, never read as an effect of the training."""

from __future__ import annotations

from dataclasses import replace

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Row
from analysis.evaluation.small_cells import guarded
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import share_of_count


def learning_system_rows(data: StudyData, analysis: str) -> list[Row]:
    """Return who used the learning system and how much of its modules they did; no row without such a table."""
    activity = data.tables.get("lms")
    if activity is None or activity.empty:
        return []
    by_person = (
        activity.dropna(subset=["participant_id"])
        .groupby("participant_id", sort=False)[["modules_done", "modules"]]
        .sum()
    )
    participants = data.tables.get("participants")
    active = int((by_person["modules_done"] > 0).sum())
    if participants is None or participants.empty:
        share = not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, Reason.DENOMINATOR_UNKNOWN)
    else:
        share = _noted(share_of_count(active, len(participants)))
    minimum = data.settings.minimum_cell
    with_modules = by_person[by_person["modules"] > 0]
    shares_done = with_modules["modules_done"] / with_modules["modules"]
    modules = Estimate(
        estimate_name=EstimateName.MEAN,
        unit=Unit.SHARE,
        method=Method.DESCRIPTION,
        status=Status.ESTIMATED,
        estimate=float(shares_done.mean()) if len(shares_done) else None,
        n=len(shares_done),
        n_missing=len(by_person) - len(shares_done),
        sampling_unit=SamplingUnit.PERSON,
        assumes=str(Assumption.NEVER_IMPACT),
    )
    if not len(shares_done):
        modules = not_estimable(EstimateName.MEAN, Unit.SHARE, Method.DESCRIPTION, Reason.DENOMINATOR_UNKNOWN, n=0)
    return [
        Row(analysis, "lms", "active/participants", share),
        Row(analysis, "lms", "modules_done/modules", guarded([modules], len(shares_done), minimum)[0]),
    ]


def _noted(share: Estimate) -> Estimate:
    return replace(share, assumes=str(Assumption.NEVER_IMPACT))
