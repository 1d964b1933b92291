"""Action plans (RKTL) carried out, each with its denominator, and activity in the learning system (LMS)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData, guarded, hidden_groups, suppressed
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.matching import renumbered
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import count, share_of_count, share_of_people

ANALYSIS = "behaviour"
DONE = "done"
# The kind of plan of a published table that does not tell kinds apart.
ALL_KINDS = "all"
DIMENSIONS = ("plan_kind", "regency", "batch")


def behaviour(data: StudyData) -> Outcome:
    """Return the follow-up of the training.

    Subjects ``all``, ``plan_kind=...``, ``regency=...``, ``batch=...`` (from rows), ``published|all``,
    ``published|plan_kind=...``, ``published|regency=...`` (from counts), ``lms``. Contrasts name the share:
    ``done/plans`` (class as unit where plans belong to people), ``visited/villages``, ``active/participants``.
    Villages visited are a sample of those trained: their share of done plans carries an interval. Details: ``plans``,
    counts by kind and regency.
    """
    rows = data.tables.get("followup")
    published = data.tables.get("published_followup")
    result: list[Row] = []
    details: dict[str, pd.DataFrame] = {}
    if rows is not None and len(rows):
        frame = _with_people(data, rows)
        result += _single_rows(data, frame)
        details["plans"] = _plan_counts(frame, data.settings.minimum_cell)
    if published is not None and len(published):
        result += _published(data, published)
    result += learning_system_rows(data, ANALYSIS)
    if not result:
        missing = not_estimable(EstimateName.SHARE, Unit.SHARE, Method.WILSON_EFFECTIVE_N, Reason.NO_SUCH_DATA)
        result = [Row(ANALYSIS, "all", "done/plans", missing)]
    return outcome(data.identity, result, details)


def _with_people(data: StudyData, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the plans with batch, class, village and regency of their person where an id links them."""
    frame = rows.copy()
    if "plan_kind" in frame:
        frame["plan_kind"] = frame["plan_kind"].astype("string")
    participants = data.tables.get("participants")
    wanted = ("batch", "class_id", "village", "regency")
    if participants is not None and "participant_id" in frame:
        known = ["participant_id", *[column for column in wanted if column in participants]]
        attributes = participants[known].dropna(subset=["participant_id"]).drop_duplicates("participant_id")
        frame = frame.merge(attributes, on="participant_id", how="left", suffixes=("", "_person"))
    for column in wanted:
        own = frame[column] if column in frame else pd.Series(pd.NA, index=frame.index)
        person = frame.get(f"{column}_person", own)
        frame[column] = own.astype("string").fillna(person.astype("string"))
    if data.settings.batches:
        frame = frame[frame["batch"].isin(data.settings.batches)]
    return frame.reset_index(drop=True)


def _single_rows(data: StudyData, frame: pd.DataFrame) -> list[Row]:
    result = [Row(ANALYSIS, "all", "plans", count(len(frame), Unit.PLANS))]
    result.append(Row(ANALYSIS, "all", "done/plans", _done_share(data, frame)))
    result += _visited(data, frame)
    for dimension in DIMENSIONS:
        groups = frame[dimension] if dimension in frame else pd.Series(dtype="string")
        sizes = {str(group): int(size) for group, size in groups.value_counts().items()}
        hidden = hidden_groups(sizes, data.settings.minimum_cell)
        for group, size in sorted(sizes.items()):
            members = frame[(groups == group).fillna(False)]
            for name, estimate in (("plans", count(size, Unit.PLANS)), ("done/plans", _done_share(data, members))):
                shown = suppressed(estimate, hidden[group]) if group in hidden else estimate
                result.append(Row(ANALYSIS, f"{dimension}={group}", name, shown))
    return result


def _done_share(data: StudyData, frame: pd.DataFrame) -> Estimate:
    """Return the share of plans with a known status that were carried out, the class as unit where it is known."""
    known = frame[frame["status"].notna()]
    classes = None
    if len(known) and known["class_id"].notna().all():
        classes = renumbered(known["class_id"])
    done = (known["status"] == DONE).to_numpy(dtype=bool)
    level = 1 - data.settings.alpha
    return share_of_people(done, classes=classes, level=level, n_missing=len(frame) - len(known))


def _visited(data: StudyData, frame: pd.DataFrame) -> list[Row]:
    """Return how many of the trained villages were visited; the denominator is the participants' villages."""
    participants = data.tables.get("participants")
    if participants is None or "village" not in participants or participants["village"].isna().all():
        reason = Reason.DENOMINATOR_UNKNOWN
        refused = not_estimable(EstimateName.SHARE, Unit.SHARE, Method.COMPLETE_COUNT, reason)
        return [Row(ANALYSIS, "all", "visited/villages", refused)]
    if data.settings.batches:
        participants = participants[participants["batch"].isin(data.settings.batches)]
    is_visited = frame["visited_on"].notna() if "visited_on" in frame else pd.Series(data=True, index=frame.index)
    visited = frame.loc[is_visited, "village"].dropna().nunique()
    trained = participants["village"].dropna().nunique()
    return [Row(ANALYSIS, "all", "visited/villages", share_of_count(int(visited), int(trained)))]


def _published(data: StudyData, published: pd.DataFrame) -> list[Row]:
    numbers = published.copy()
    result = _published_group(data, "published|all", numbers)
    for dimension in ("plan_kind", "regency"):
        if dimension in numbers:
            named = numbers[numbers[dimension].notna() & (numbers[dimension] != ALL_KINDS)]
            for group, members in named.groupby(dimension):
                result += _published_group(data, f"published|{dimension}={group}", members)
    return result


def _published_group(data: StudyData, subject: str, members: pd.DataFrame) -> list[Row]:
    """Return the printed counts of a group: a sum over rows counts a village once per regency, not once per kind."""
    plans, done = (_total(members, column) for column in ("plans", "plans_done"))
    visited, villages = (_villages(members, column) for column in ("villages_visited", "villages_total"))
    level = 1 - data.settings.alpha
    is_sample = visited is None or villages is None or visited < villages
    return [
        Row(ANALYSIS, subject, "done/plans", _of(done, plans, level if is_sample else None)),
        Row(ANALYSIS, subject, "visited/villages", _of(visited, villages, None)),
    ]


def _of(part: int | None, whole: int | None, level: float | None) -> Estimate:
    name, method = EstimateName.SHARE, Method.COMPLETE_COUNT
    if part is None or whole is None or whole == 0:
        return not_estimable(name, Unit.SHARE, method, Reason.DENOMINATOR_UNKNOWN, n=whole)
    return share_of_count(part, whole, level=level)


def _total(members: pd.DataFrame, column: str) -> int | None:
    values = members[column].dropna() if column in members else pd.Series(dtype=float)
    return int(values.sum()) if len(values) == len(members) and len(values) else None


def _villages(members: pd.DataFrame, column: str) -> int | None:
    """Return villages of the group: rows of several kinds of plan repeat a regency's villages, the largest stands."""
    if column not in members or members[column].isna().any() or members.empty:
        return None
    if "regency" not in members or members["regency"].isna().all():
        return int(members[column].max())
    return int(members.groupby("regency")[column].max().sum())


def _plan_counts(frame: pd.DataFrame, minimum_cell: int) -> pd.DataFrame:
    """Return plans and done plans by kind and regency, cells of fewer than ``minimum_cell`` plans left blank."""
    kinds = frame["plan_kind"] if "plan_kind" in frame else pd.Series(pd.NA, index=frame.index, dtype="string")
    table = pd.DataFrame({"plan_kind": kinds, "regency": frame["regency"], "done": frame["status"] == DONE})
    counts = table.groupby(["plan_kind", "regency"], dropna=False)["done"].agg(plans="size", plans_done="sum")
    frame = counts.reset_index()
    small = frame["plans"] < minimum_cell
    for column in ("plans", "plans_done"):
        frame[column] = frame[column].astype("Float64").mask(small, np.nan)
    return frame


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
