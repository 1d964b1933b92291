"""Invited and attended from published counts: shares recomputed, regencies as printed."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Row
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import count, share_of_count


def published_rows(data: StudyData, analysis: str) -> list[Row]:
    """Return rows of the tables ``invited`` and ``published_attendance``; printed percents are not audited here."""
    return [*_invited(data, analysis), *_attendance(data, analysis)]


def _invited(data: StudyData, analysis: str) -> list[Row]:
    invited = data.tables.get("invited")
    if invited is None or invited.empty:
        return []
    result = [
        Row(analysis, "published=people", "invited", count(int(invited["people"].sum()), Unit.PEOPLE)),
        Row(analysis, "published=villages", "invited", count(int(invited["villages"].sum()), Unit.VILLAGES)),
    ]
    for regency, villages, people in invited[["regency", "villages", "people"]].itertuples(index=False):
        result.append(Row(analysis, f"regency={regency}", "invited", count(int(people), Unit.PEOPLE)))
        result.append(Row(analysis, f"regency={regency}", "invited", count(int(villages), Unit.VILLAGES)))
    return result


def _attendance(data: StudyData, analysis: str) -> list[Row]:
    attendance = data.tables.get("published_attendance")
    if attendance is None or attendance.empty:
        return []
    result = []
    everyone = None
    for record in attendance.to_dict("records"):
        unit, attended, invited = str(record["unit"]), record["attended"], record["invited"]
        if pd.isna(attended):
            continue
        everyone = int(attended) if unit == "people" else everyone
        kind = Unit.VILLAGES if unit == "villages" else Unit.PEOPLE
        result.append(Row(analysis, f"published={unit}", "attended", count(int(attended), kind)))
        result.append(Row(analysis, f"published={unit}", "attended/invited", _share(int(attended), invited)))
        if kind is Unit.PEOPLE and unit != "people" and everyone:
            part = share_of_count(int(attended), everyone)
            result.append(Row(analysis, f"published={unit}", f"{unit}/attended", part))
    return result


def _share(attended: int, invited: float | None) -> Estimate:
    if invited is None or pd.isna(invited):
        reason = Reason.DENOMINATOR_UNKNOWN
        return not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, reason)
    return share_of_count(attended, int(invited))
