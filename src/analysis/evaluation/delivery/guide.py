"""Villages, class sizes and days, and the thresholds of the training's guide against what was counted."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.data import StudyData, hidden_groups, suppressed
from analysis.evaluation.delivery.counts import DeliveryTable, recorded_batches
from analysis.evaluation.outcome import Row
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import count, share_of_count


def guide_rows(data: StudyData, table: DeliveryTable | None, analysis: str) -> list[Row]:
    """Return one row per threshold: measured minus required, ``reason`` meets_guide or below_guide.

    Subjects ``guide|attendance``, ``guide|forms``, ``guide|people_per_village``, ``guide|class_size`` (share of
    classes no larger than the guide's), ``guide|villages_per_class`` and ``guide|days``. Where the guide states
    nothing, or nothing was recorded, the row is ``not_estimable`` and says which.
    """
    guide = data.training.guide
    forms = _share_of_attended(table)
    rows = [
        ("attendance", Unit.SHARE, _attendance(data, table), guide.attendance_share_minimum),
        ("forms", Unit.SHARE, forms, guide.forms_returned_share_minimum),
        ("people_per_village", Unit.PEOPLE, _people_per_village(data, table), guide.people_per_village),
        ("class_size", Unit.SHARE, _classes_in_size(table, guide.class_size), 1.0 if guide.class_size else None),
        ("all_roles", Unit.SHARE, _all_roles(data, table), 1.0),
        ("days", Unit.DAYS, _days(table), guide.days),
    ]
    return [
        Row(analysis, f"guide|{name}", "measured-guide", _compared(unit, measured, required))
        for name, unit, measured, required in rows
    ]


def _compared(unit: Unit, measured: float | None, required: float | None) -> Estimate:
    name, method = EstimateName.GUIDE_THRESHOLD, Method.SHARE_COMPARED_WITH_GUIDE
    if required is None or measured is None:
        reason = Reason.NOT_STATED_IN_GUIDE if required is None else Reason.NOT_RECORDED
        return not_estimable(name, unit, method, reason)
    difference = measured - float(required)
    return Estimate(
        estimate_name=name,
        unit=unit,
        method=method,
        status=Status.ESTIMATED,
        estimate=difference,
        sampling_unit=SamplingUnit.COMPLETE_COUNT,
        reason=Reason.MEETS_GUIDE if difference >= -1e-9 else Reason.BELOW_GUIDE,
    )


def _attendance(data: StudyData, table: DeliveryTable | None) -> float | None:
    if table is not None and table.people["attended"].notna().any():
        attended = float(table.people["attended"].fillna(False).sum())
        is_recorded = recorded_batches(table.people)
        invited = data.province.invited_people if is_recorded.all() and not data.settings.batches else None
        return attended / (invited or int(is_recorded.sum()))
    published = data.tables.get("published_attendance")
    if published is None:
        return None
    people = published[published["unit"] == "people"].dropna(subset=["attended", "invited"])
    return float(people["attended"].iloc[0] / people["invited"].iloc[0]) if len(people) else None


def _share_of_attended(table: DeliveryTable | None) -> float | None:
    if table is None or table.forms is None:
        return None
    attended = int(table.people["attended"].fillna(False).sum())
    return table.forms / attended if attended and recorded_batches(table.people).all() else None


def _people_per_village(data: StudyData, table: DeliveryTable | None) -> float | None:
    invited = data.tables.get("invited")
    if invited is not None and len(invited) and invited["villages"].sum():
        return float(invited["people"].sum() / invited["villages"].sum())
    if table is None or table.people["village"].isna().all():
        return None
    return float(table.people["village"].notna().sum() / table.people["village"].nunique())


def _classes_in_size(table: DeliveryTable | None, largest: int | None) -> float | None:
    if table is None or largest is None:
        return None
    sizes = class_sizes(table)
    return float((sizes <= largest).mean()) if len(sizes) else None


def _all_roles(data: StudyData, table: DeliveryTable | None) -> float | None:
    villages = None if table is None else villages_with_all_roles(data, table)
    return None if villages is None or villages.empty else float(villages["has_all_roles"].mean())


def _days(table: DeliveryTable | None) -> float | None:
    if table is None or table.people["days_held"].isna().all():
        return None
    return float(table.people["days_held"].min())


ALL_ROLES = "all_roles/villages"


def present_people(table: DeliveryTable) -> pd.DataFrame:
    """Return who attended; of batches whose attendance was not recorded at all, who is registered."""
    people = table.people
    return people[people["attended"].fillna(~recorded_batches(people)).astype(bool)]


def villages_with_all_roles(data: StudyData, table: DeliveryTable) -> pd.DataFrame | None:
    """Return one row per village of the registered people: batch, and whether each role was there exactly once.

    None where village or role was not recorded.
    """
    people = table.people
    if people["village"].isna().all() or people["role"].isna().all():
        return None
    roles = {role.id for role in data.training.roles}
    present = present_people(table)
    seen = present[present["role"].isin(roles)].groupby("village")["role"].agg(["nunique", "size"])
    villages = people.dropna(subset=["village"]).groupby("village")["batch"].first().to_frame()
    found = seen.reindex(villages.index, fill_value=0)
    villages["has_all_roles"] = (found["nunique"] == len(roles)) & (found["size"] == len(roles))
    return villages


def village_rows(data: StudyData, table: DeliveryTable, analysis: str) -> list[Row]:
    """Return the villages and the share of them that sent exactly one person of each role, in total and by batch."""
    villages = villages_with_all_roles(data, table)
    if villages is None:
        refused = not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, Reason.VILLAGE_NOT_RECORDED)
        return [Row(analysis, "villages", ALL_ROLES, refused)]
    result = [Row(analysis, "villages", "registered", count(len(villages), Unit.VILLAGES))]
    result.append(
        Row(analysis, "villages", ALL_ROLES, share_of_count(int(villages["has_all_roles"].sum()), len(villages)))
    )
    sizes = {str(batch): int(size) for batch, size in table.people["batch"].value_counts().items()}
    hidden = hidden_groups(sizes, data.settings.minimum_cell)
    for batch, members in villages.groupby("batch"):
        share = share_of_count(int(members["has_all_roles"].sum()), len(members))
        shown = suppressed(share, hidden[str(batch)]) if str(batch) in hidden else share
        result.append(Row(analysis, f"batch={batch}", ALL_ROLES, shown))
    return result


def class_rows(table: DeliveryTable, analysis: str) -> list[Row]:
    """Return the number of classes, their mean size and the days held."""
    sizes = class_sizes(table)
    if sizes.empty:
        refused = not_estimable(EstimateName.MEAN, Unit.PEOPLE, Method.DESCRIPTION, Reason.CLASS_NOT_RECORDED)
        result = [Row(analysis, "classes", "size", refused)]
    else:
        result = [
            Row(analysis, "classes", "registered", count(len(sizes), Unit.CLASSES)),
            Row(analysis, "classes", "size", _described(float(sizes.mean()), Unit.PEOPLE, len(sizes))),
        ]
    days = table.people["days_held"].dropna()
    if days.empty:
        refused = not_estimable(EstimateName.MEAN, Unit.DAYS, Method.DESCRIPTION, Reason.NOT_RECORDED)
        return [*result, Row(analysis, "days", "held", refused)]
    return [*result, Row(analysis, "days", "held", _described(float(days.mean()), Unit.DAYS, len(days)))]


def class_sizes(table: DeliveryTable) -> pd.Series:
    """Return how many people attended in each class."""
    return present_people(table)["class_id"].dropna().value_counts()


def _described(value: float, unit: Unit, n: int) -> Estimate:
    return Estimate(
        estimate_name=EstimateName.MEAN,
        unit=unit,
        method=Method.DESCRIPTION,
        status=Status.ESTIMATED,
        estimate=value,
        n=n,
        sampling_unit=SamplingUnit.COMPLETE_COUNT,
    )
