"""One card per batch: when and where, who came, and how far the training's steps were taken."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.delivery.people import STEPS, DeliveryTable, delivery_table
from analysis.evaluation.delivery.places import class_sizes, villages_with_all_roles
from analysis.evaluation.small_cells import hidden_groups, without_hidden

NUMBERS = (
    "invited",
    "registered",
    *STEPS,
    "forms",
    "villages",
    "villages_all_roles",
    "classes",
    "mean_class_size",
    "days_held",
)


def batch_cards(data: StudyData) -> pd.DataFrame:
    """Return one row per batch of the study, in its order, also where nothing but its dates is known.

    Columns: batch, first_day, last_day, venue, and the numbers of ``NUMBERS``, missing where not recorded or where the
    batch has fewer people than ``minimum_cell``.
    """
    table = delivery_table(data)
    chosen = data.settings.batches_of(data.province)
    cards = []
    for batch in data.province.batch:
        if batch.id in chosen:
            known = {"batch": batch.id, "first_day": batch.first_day, "last_day": batch.last_day, "venue": batch.venue}
            counted = {**_published(data, batch.id), **_numbers(data, table, batch.id)}
            cards.append({**known, **counted, "declared_classes": batch.classes})
    frame = pd.DataFrame(cards)
    for column in NUMBERS:
        frame[column] = (
            frame[column].astype("Float64") if column in frame else pd.array([pd.NA] * len(frame), "Float64")
        )
    sizes = {str(batch): int(size) for batch, size in zip(frame["batch"], frame["registered"].fillna(0), strict=True)}
    hidden = hidden_groups(sizes, data.settings.minimum_cell)
    return without_hidden(frame, list(NUMBERS), frame["batch"].isin(list(hidden)))


def _published(data: StudyData, batch: str) -> dict[str, float | None]:
    """Return what the source publishes about the attendance of a batch."""
    attendance = data.tables.get("published_attendance")
    if attendance is None or "unit_kind" not in attendance:
        return {}
    own = attendance[(attendance["unit_kind"] == "batch") & (attendance["unit"] == batch)]
    return {name: float(own[name].iloc[0]) for name in ("invited", "attended") if len(own) and own[name].notna().all()}


def _numbers(data: StudyData, table: DeliveryTable | None, batch: str) -> dict[str, float | None]:
    if table is None:
        return {}
    members = table.people[(table.people["batch"] == batch).fillna(False)]
    part = DeliveryTable(members, None, None)
    numbers: dict[str, float | None] = {"registered": len(members)}
    for step in STEPS:
        known = members[step].dropna()
        numbers[step] = float(known.sum()) if len(known) else None
    numbers["forms"] = None if table.forms_by_batch is None else table.forms_by_batch.get(batch, 0)
    villages = villages_with_all_roles(data, part)
    if villages is not None:
        numbers["villages"] = len(villages)
        numbers["villages_all_roles"] = float(villages["has_all_roles"].sum())
    sizes = class_sizes(part)
    if len(sizes):
        numbers["classes"], numbers["mean_class_size"] = len(sizes), float(sizes.mean())
    days = members["days_held"].dropna()
    numbers["days_held"] = float(days.min()) if len(days) else None
    return numbers
