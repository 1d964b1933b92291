"""The contract of the processed tables of published averages and counts, as pandera schemas.

Import this module inside functions only: pandera takes most of a second to import.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from analysis.cleaning.kinds import Context
from analysis.errors import SourceError
from analysis.study.printed import printed_mean


def _is_printed_mean(values: pd.Series) -> pd.Series:
    return values.map(lambda text: printed_mean(text) is not None)


def _text(*checks: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column("str", list(checks), nullable=nullable)


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


SCHEMAS: dict[str, Callable[[Context], pa.DataFrameSchema]] = {
    "published_means": _published_means,
    "published_scores": _published_scores,
    "invited": _invited,
    "published_attendance": _published_attendance,
    "published_followup": _published_followup,
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
