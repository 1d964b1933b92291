"""Invited and attended from published counts: shares recomputed, regencies as printed."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Row
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import count, share_of_count

# Units of the table that count people of one sex.
SEXES = ("women", "men")


def published_rows(data: StudyData, analysis: str) -> list[Row]:
    """Return rows of the tables ``invited`` and ``published_attendance``; printed percents are not audited here."""
    return [*_invited(data, analysis), *_attendance(data, analysis)]


def _invited(data: StudyData, analysis: str) -> list[Row]:
    invited = data.tables.get("invited")
    if invited is None or invited.empty:
        return []
    result = [
        Row(analysis, "published|people", "invited", count(int(invited["people"].sum()), Unit.PEOPLE)),
        Row(analysis, "published|villages", "invited", count(int(invited["villages"].sum()), Unit.VILLAGES)),
    ]
    for regency, villages, people in invited[["regency", "villages", "people"]].itertuples(index=False):
        result.append(Row(analysis, f"regency={regency}", "invited", count(int(people), Unit.PEOPLE)))
        result.append(Row(analysis, f"regency={regency}", "invited", count(int(villages), Unit.VILLAGES)))
    return result


def _attendance(data: StudyData, analysis: str) -> list[Row]:
    attendance = data.tables.get("published_attendance")
    if attendance is None or attendance.empty:
        return []
    everyone = people_attended(attendance)
    result = []
    for record in attendance.to_dict("records"):
        unit, attended, invited = str(record["unit"]), record["attended"], record["invited"]
        if pd.isna(attended):
            continue
        subject = _subject(unit, str(record.get("unit_kind", "other")))
        kind = Unit.VILLAGES if unit == "villages" else Unit.PEOPLE
        result.append(Row(analysis, subject, "attended", count(int(attended), kind)))
        result.append(Row(analysis, subject, "attended/invited", _share(int(attended), invited)))
        if unit in SEXES and everyone:
            part = share_of_count(int(attended), everyone)
            result.append(Row(analysis, subject, f"{unit}/attended", part))
    return result


def people_attended(attendance: pd.DataFrame) -> int | None:
    """Return the published number of all who attended, or None."""
    everyone = attendance.loc[attendance["unit"] == "people", "attended"].dropna()
    return int(everyone.iloc[0]) if len(everyone) else None


def _subject(unit: str, kind: str) -> str:
    return f"published|{kind}={unit}" if kind in ("batch", "regency") else f"published|{unit}"


def _share(attended: int, invited: float | None) -> Estimate:
    if invited is None or pd.isna(invited):
        reason = Reason.DENOMINATOR_UNKNOWN
        return not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, reason)
    return share_of_count(attended, int(invited))
