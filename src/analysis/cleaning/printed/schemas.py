"""The contract of the processed tables of published averages and counts, as pandera schemas.

Import this module inside functions only: pandera takes most of a second to import.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from analysis.cleaning.cells.printed import printed_mean
from analysis.cleaning.tables.kinds import Context
from analysis.errors import SourceError


def _is_printed_mean(values: pd.Series) -> pd.Series:
    return values.map(lambda text: printed_mean(text) is not None)


def _text(*checks: pa.Check, nullable: bool = False, required: bool = True) -> pa.Column:
    return pa.Column("str", list(checks), nullable=nullable, required=required)


_COUNT = pa.Check.ge(0)
_PRINTED = pa.Check(_is_printed_mean, name="a printed number")


def _published_means(context: Context) -> pa.DataFrameSchema:
    columns = {
        "item": _text(pa.Check.isin(context.instrument.item_ids)),
        "batch": _text(pa.Check.isin((*context.province.batches, "total"))),
        "mean_printed": _text(_PRINTED),
        "decimals": pa.Column("int64", pa.Check.in_range(0, 10)),
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["item", "batch"])


def _published_scores(_context: Context) -> pa.DataFrameSchema:
    columns = {
        "test": _text(pa.Check.isin(["pre", "post"])),
        "group": _text(),
        "mean_printed": _text(_PRINTED),
        "maximum": pa.Column("float64", pa.Check.gt(0), nullable=True),
        "n": pa.Column("Int64", pa.Check.ge(1), nullable=True),
        "n_is": _text(pa.Check.isin(["pairs", "attended", "unknown"])),
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["test", "group"])


def _invited(_context: Context) -> pa.DataFrameSchema:
    columns = {"regency": _text(), "villages": pa.Column("int64", _COUNT), "people": pa.Column("int64", _COUNT)}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["regency"])


def _published_attendance(_context: Context) -> pa.DataFrameSchema:
    columns = {
        "unit": _text(),
        "unit_kind": _text(pa.Check.isin(["all", "sex", "batch", "regency", "other"])),
        "invited": pa.Column("Int64", _COUNT, nullable=True),
        "attended": pa.Column("Int64", _COUNT),
        "percent_printed": _text(_PRINTED, nullable=True),
        "attended_share": pa.Column("float64", pa.Check.in_range(0, 1), nullable=True),
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["unit_kind", "unit"])


def _published_followup(_context: Context) -> pa.DataFrameSchema:
    counts = ("villages_total", "villages_visited", "plans", "plans_done")
    columns = {
        "regency": _text(),
        "plan_kind": _text(),
        **{name: pa.Column("int64", _COUNT) for name in counts},
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["regency", "plan_kind"])


def _codes(nullable: bool = False, *, each_once: bool = False) -> pa.Column:
    checks = [pa.Check(lambda values: ~values.duplicated(), name="unique where known")] if each_once else []
    return _text(pa.Check.str_matches(r"^[0-9a-f]{16}$"), *checks, nullable=nullable)


def _batch(context: Context, *, required: bool = True) -> pa.Column:
    return _text(pa.Check.isin(context.province.batches), nullable=True, required=required)


def _class_id(*, required: bool = True) -> pa.Column:
    return _text(pa.Check.str_matches(r"^.+/[^/]+$"), nullable=True, required=required)


def _place_columns(context: Context) -> dict[str, pa.Column]:
    return {
        "batch": _batch(context),
        "class_id": _class_id(),
        "class_label": _text(nullable=True),
    }


def _participants(context: Context) -> pa.DataFrameSchema:
    roles = [*(role.id for role in context.training.roles), "kepala_desa", "bpd", "lkd", "sekdes_kaur", "lainnya"]
    days = pa.Column("Int64", pa.Check.in_range(0, 366), nullable=True)
    columns = {
        "participant_id": _codes(),
        "role": _text(pa.Check.isin(roles), nullable=True),
        "sex": _text(pa.Check.isin(["male", "female"]), nullable=True),
        "village": _codes(nullable=True),
        "district": _text(nullable=True),
        "regency": _text(nullable=True),
        **_place_columns(context),
        "days_attended": days,
        "days_held": days,
        "attended_in_person": pa.Column("boolean", nullable=True),
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["participant_id"])


def _scores(context: Context) -> pa.DataFrameSchema:
    points = pa.Column("float64", pa.Check.in_range(0, context.province.test_maximum or float("inf")), nullable=True)
    columns = {
        "participant_id": _codes(nullable=True, each_once=True),  # null: a form that cannot be linked to anybody
        "pre_points": points,
        "post_points": points,
        "batch": _batch(context, required=False),
        "class_id": _class_id(required=False),
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def _responses(context: Context) -> pa.DataFrameSchema:
    form = context.instrument
    step = pa.Column("Int64", pa.Check.in_range(form.scale_low, form.scale_high), nullable=True)
    columns = {
        "respondent_id": _text(),
        **_place_columns(context),
        "village": _codes(nullable=True),
        "regency": _text(nullable=True),
        **dict.fromkeys(form.item_ids, step),
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["respondent_id"])


def _followup(context: Context) -> pa.DataFrameSchema:
    kinds = [*(kind.id for kind in context.training.followup_kinds), "lainnya"]
    moment = pa.Column("datetime64[us]", nullable=True)
    columns = {
        "participant_id": _codes(nullable=True),
        "regency": _text(nullable=True),
        "plan_kind": _text(pa.Check.isin(kinds), nullable=True),
        "agreed_on": moment,
        "visited_on": moment,
        "status": _text(pa.Check.isin(["done", "in_progress", "not_started"]), nullable=True),
        "evidence": _text(nullable=True),
        "obstacle": _text(nullable=True),
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def _lms(_context: Context) -> pa.DataFrameSchema:
    count = pa.Column("Int64", _COUNT, nullable=True)
    columns = {
        "participant_id": _codes(nullable=True),
        "course": _text(nullable=True),
        "modules_done": count,
        "modules": count,
        "last_active": pa.Column("datetime64[us]", nullable=True),
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


SCHEMAS: dict[str, Callable[[Context], pa.DataFrameSchema]] = {
    "published_means": _published_means,
    "published_scores": _published_scores,
    "invited": _invited,
    "published_attendance": _published_attendance,
    "published_followup": _published_followup,
    "participants": _participants,
    "scores": _scores,
    "responses": _responses,
    "followup": _followup,
    "lms": _lms,
}


def check_table(name: str, table: pd.DataFrame, context: Context) -> None:
    """Raise SourceError where a processed table breaks its contract, naming table, column and check.

    No value is shown: tables of people go through the same gate.
    """
    if name not in SCHEMAS:
        raise SourceError(f"processed table {name!r} has no schema: this is a fault of the program, report it.")
    try:
        SCHEMAS[name](context).validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases[["column", "check"]].astype(str).drop_duplicates()
        faults = "; ".join(f"column {column}: {check}" for column, check in cases.itertuples(index=False))
        raise SourceError(f"processed table {name!r} breaks its contract: {faults}. Check the raw files.") from None
