"""Delivery of the training: invited, attended, completed, tests, forms, plans, classes, days; a card per batch."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.data import StudyData, hidden_groups, suppressed, without_hidden
from analysis.evaluation.delivery.counts import STEPS, DeliveryTable, delivery_table, published_rows, recorded_batches
from analysis.evaluation.delivery.guide import (
    class_rows,
    class_sizes,
    guide_rows,
    village_rows,
    villages_with_all_roles,
)
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import count, share_of_count

ANALYSIS = "delivery"
DIMENSIONS = ("batch", "role", "sex")


def delivery(data: StudyData) -> Outcome:
    """Return how the training was given, from single rows and from published counts alike.

    Subjects: ``people`` (and other published units, ``published|people``), ``villages``, ``classes``, ``batch=5``,
    ``role=bpd``, ``sex=female``, ``guide|attendance`` and the like. Contrasts name what a share is of:
    ``attended/invited``, ``completed/attended``, ``in_person/attended``, ``both_tests/attended``, ``forms/attended``,
    ``plans/attended``, ``all_roles/villages``. Everybody invited is counted, so shares carry no interval. Details:
    ``batch_cards``.
    """
    table = delivery_table(data)
    result = published_rows(data, ANALYSIS)
    if table is not None:
        result += _people_rows(data, table)
        result += village_rows(data, table, ANALYSIS)
        result += class_rows(table, ANALYSIS)
    if not result:
        missing = not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, Reason.NO_SUCH_DATA)
        return outcome(data.identity, [Row(ANALYSIS, "people", "attended/invited", missing)])
    result += guide_rows(data, table, ANALYSIS)
    return outcome(data.identity, result, {"batch_cards": batch_cards(data)})


def _people_rows(data: StudyData, table: DeliveryTable) -> list[Row]:
    people = table.people
    is_whole = bool(recorded_batches(people).all())  # else who attended is known of some batches only
    result = [Row(ANALYSIS, "people", "registered", count(len(people), Unit.PEOPLE))]
    invited = data.province.invited_people
    if invited is not None and not data.settings.batches and people["attended"].notna().any() and is_whole:
        attended = int(people["attended"].fillna(False).sum())
        result.append(Row(ANALYSIS, "people", "attended/invited", share_of_count(attended, invited)))
    result += [Row(ANALYSIS, "people", name, share) for name, share in _shares(people)]
    result.append(Row(ANALYSIS, "people", "forms/attended", _forms_share(people, table.forms)))
    for dimension in DIMENSIONS:
        result += _by_group(data, table, dimension)
    return result


def _shares(people: pd.DataFrame) -> list[tuple[str, Estimate]]:
    """Return each step's share of the step before it; a step nobody recorded says so."""
    shares = []
    for step, base in STEPS.items():
        is_base = people[base].fillna(False).astype(bool)
        known = people.loc[is_base, step].dropna()
        name = f"{step}/{base}"
        if known.empty:
            reason = Reason.NOT_RECORDED
            refused = not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, reason, n=int(is_base.sum()))
            shares.append((name, refused))
        else:
            share = share_of_count(int(known.sum()), len(known), n_missing=int(is_base.sum()) - len(known))
            shares.append((name, share))
    return shares


def _forms_share(people: pd.DataFrame, forms: int | None) -> Estimate:
    attended = int(people["attended"].fillna(False).sum())
    if forms is None or attended == 0 or not recorded_batches(people).all():
        reason = Reason.NO_SUCH_DATA if forms is None else Reason.DENOMINATOR_UNKNOWN
        return not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, reason, n=attended)
    return share_of_count(forms, attended)


def _by_group(data: StudyData, table: DeliveryTable, dimension: str) -> list[Row]:
    people = table.people
    sizes = {str(group): int(size) for group, size in people[dimension].value_counts().items()}
    hidden = hidden_groups(sizes, data.settings.minimum_cell)
    result = []
    for group, size in sorted(sizes.items()):
        members = people[(people[dimension] == group).fillna(False)]
        estimates = [("registered", count(size, Unit.PEOPLE)), *_shares(members)]
        if dimension == "batch" and table.forms_by_batch is not None:
            estimates.append(("forms/attended", _forms_share(members, table.forms_by_batch.get(group, 0))))
        for name, estimate in estimates:
            shown = suppressed(estimate, hidden[group]) if group in hidden else estimate
            result.append(Row(ANALYSIS, f"{dimension}={group}", name, shown))
    return result


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
