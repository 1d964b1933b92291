"""Villages that sent one person of each role, class sizes, and days."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.delivery.people import DeliveryTable
from analysis.evaluation.outcome import Row
from analysis.evaluation.small_cells import hidden_groups, suppressed
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import count, share_of_count

ALL_ROLES = "all_roles/villages"


def present_people(table: DeliveryTable) -> pd.DataFrame:
    """Return who attended; where attendance was not recorded at all, who is registered."""
    people = table.people
    return people[people["attended"].fillna(False)] if people["attended"].notna().any() else people


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
