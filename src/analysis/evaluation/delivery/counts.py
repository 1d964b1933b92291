"""What is known about the training of each registered person, and of those invited as published."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Row
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import count, share_of_count

# Each step with the one that its share is taken of; every share is recomputed from counts.
STEPS = {
    "attended": "registered",
    "completed": "attended",
    "in_person": "attended",
    "both_tests": "attended",
    "plans": "attended",
}


@dataclass(frozen=True, slots=True, eq=False)
class DeliveryTable:
    """Registered people with their steps.

    ``people`` has role, sex, batch, class_id, village, days_held, ``registered`` (always true) and one boolean column
    per step of ``STEPS``, missing where that was not recorded. ``forms_by_batch`` counts returned evaluation forms by
    batch, None where the study has none; ``forms`` is their total.
    """

    people: pd.DataFrame
    forms: int | None
    forms_by_batch: dict[str, int] | None


def delivery_table(data: StudyData) -> DeliveryTable | None:
    """Return the steps of the registered people of the chosen batches, or None without participants."""
    participants = data.tables.get("participants")
    if participants is None or participants.empty:
        return None
    chosen = data.settings.batches
    if chosen:
        participants = participants[participants["batch"].isin(chosen)]
    frame = pd.DataFrame({"participant_id": participants["participant_id"], "registered": True})
    for column in ("role", "sex", "batch", "class_id", "village"):
        frame[column] = pd.Series(participants.get(column, pd.NA), index=participants.index).astype("string")
    frame["days_held"] = participants.get("days_held", pd.NA)
    frame["attended"] = has_attended(participants)
    frame["completed"] = _completed(participants)
    frame["in_person"] = _boolean(participants, "attended_in_person")
    frame["both_tests"] = _has_both_tests(data, participants)
    frame["plans"] = _has_row(data, participants)
    forms, by_batch = _forms(data)
    return DeliveryTable(frame.reset_index(drop=True), forms, by_batch)


def recorded_batches(people: pd.DataFrame) -> pd.Series:
    """Return whose batch has its attendance recorded for anybody; shape (people,), ``bool``.

    ``people`` is that of a :class:`DeliveryTable`. Who has no batch counts as one batch of their own.
    """
    is_known = people["attended"].notna()
    return is_known.groupby(people["batch"], dropna=False).transform("any").astype(bool)


def _missing(participants: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.array([pd.NA] * len(participants), "boolean"), index=participants.index)


def _boolean(participants: pd.DataFrame, column: str) -> pd.Series:
    return participants[column].astype("boolean") if column in participants else _missing(participants)


def has_attended(participants: pd.DataFrame) -> pd.Series:
    """Return who came on at least one day, missing where nobody recorded it; shape (participants,), ``boolean``."""
    if "days_attended" not in participants:
        return _missing(participants)
    return (participants["days_attended"].astype("Int64") > 0).astype("boolean")


def _completed(participants: pd.DataFrame) -> pd.Series:
    if not {"days_attended", "days_held"} <= set(participants.columns):
        return _missing(participants)
    attended, held = (participants[column].astype("Int64") for column in ("days_attended", "days_held"))
    return (attended >= held).astype("boolean")


def _has_both_tests(data: StudyData, participants: pd.DataFrame) -> pd.Series:
    scores = data.tables.get("scores")
    if scores is None:
        return _missing(participants)
    both = scores["pre_points"].notna() & scores["post_points"].notna()
    return participants["participant_id"].isin(scores.loc[both, "participant_id"].dropna()).astype("boolean")


def _has_row(data: StudyData, participants: pd.DataFrame) -> pd.Series:
    followup = data.tables.get("followup")
    if followup is None or "participant_id" not in followup or followup["participant_id"].isna().all():
        return _missing(participants)
    return participants["participant_id"].isin(followup["participant_id"].dropna()).astype("boolean")


def _forms(data: StudyData) -> tuple[int | None, dict[str, int] | None]:
    responses = data.tables.get("responses")
    if responses is None:
        return None, None
    if "batch" not in responses:
        return len(responses), None
    if data.settings.batches:
        responses = responses[responses["batch"].isin(data.settings.batches)]
    by_batch = {str(batch): int(number) for batch, number in responses["batch"].value_counts().items()}
    return len(responses), by_batch


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
