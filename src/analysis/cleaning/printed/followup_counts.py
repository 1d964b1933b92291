"""Published follow-up of action plans (RKTL): villages visited, plans and plans carried out, by regency and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.printed.headers import Column, Columns
from analysis.cleaning.printed.rows import Body, check_sum, is_sum_row, regency_of
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.kinds import Cleaning, Context, Found, TableKind
from analysis.study.regions import name_key

NAME = "tindak_lanjut_agregat"
ALL, OTHER = "all", "lainnya"
_COUNTS = ("villages_total", "villages_visited", "plans", "plans_done")
TABLE = Columns(
    (
        Column("number", ("No", "Nomor"), required=False),
        Column("regency", ("Kabupaten", "Kabupaten/Kota", "Kab/Kota", "Kab")),
        Column(
            "plan_kind", ("Jenis RKTL", "Jenis rencana", "Bentuk kerja sama", "Jenis tindak lanjut"), required=False
        ),
        Column("villages_total", ("Jumlah desa", "Desa", "Desa dilatih")),
        Column("villages_visited", ("Desa dikunjungi", "Dikunjungi", "Desa dimonitor", "Desa dimonev")),
        Column("plans", ("RKTL", "Rencana", "Jumlah RKTL", "Jumlah rencana")),
        Column("plans_done", ("Terlaksana", "RKTL terlaksana", "Rencana terlaksana", "Dilaksanakan")),
    ),
    frozenset({"regency", "villages_visited", "plans", "plans_done"}),
)


@dataclass(frozen=True, slots=True)
class _Followup:
    regency: str
    plan_kind: str
    counts: tuple[int, ...]
    row: int
    ledger: Body


def recognise(sheet: Sheet, context: Context) -> Header | None:
    """Return the header with the columns regency, villages visited, plans and plans done."""
    return TABLE.find(sheet, context)


def clean(found: Sequence[Found], context: Context) -> Cleaning:
    """Return ``published_followup`` (regency, plan_kind, villages_total, villages_visited, plans, plans_done).

    ``plan_kind`` is an id of the training's kinds of follow-up, "lainnya", or "all" where the table has none.
    """
    if not found:
        return Cleaning({}, (), ())
    ledgers = [Body(one, NAME) for one in found]
    rows = [row for ledger in ledgers for row in _sheet_rows(ledger, context)]
    counts = Counter((row.regency, row.plan_kind) for row in rows)
    for row in rows:
        if counts[row.regency, row.plan_kind] > 1:
            row.ledger.report("row_twice", row.row, "regency", f"{row.regency}, {row.plan_kind}")
            row.ledger.leave_out("rejected")
    kept = [row for row in rows if counts[row.regency, row.plan_kind] == 1]
    columns = ["regency", "plan_kind", *_COUNTS]
    frame = pd.DataFrame([(row.regency, row.plan_kind, *row.counts) for row in kept], columns=columns)
    frame = frame.astype({"regency": "str", "plan_kind": "str", **dict.fromkeys(_COUNTS, "int64")})
    problems = tuple(problem for ledger in ledgers for problem in ledger.problems)
    return Cleaning({"published_followup": frame}, problems, tuple(ledger.account() for ledger in ledgers))


def _sheet_rows(ledger: Body, context: Context) -> list[_Followup]:
    rows: list[_Followup] = []
    sums = dict.fromkeys(_COUNTS, 0)
    for row in ledger.body():
        if is_sum_row(ledger, row):
            check_sum(ledger, row, sums)
            ledger.put(row, "total_row")
            continue
        counts = {name: ledger.count(row, name) for name in _COUNTS}
        sums = {name: sums[name] + (counts[name] or 0) for name in _COUNTS}
        regency = regency_of(ledger, row, "regency", context)
        whole = tuple(count for count in counts.values() if count is not None)
        if regency is None or len(whole) < len(_COUNTS) or not _are_parts(ledger, row, whole):
            ledger.leave_out("rejected")
            continue
        rows.append(_Followup(regency, _plan_kind(ledger, row, context), whole, row, ledger))
    if not rows:
        ledger.report("table_without_rows", None)
    return rows


def _are_parts(ledger: Body, row: int, counts: tuple[int, ...]) -> bool:
    """Tell whether no more villages were visited than there are, and no more plans done than made."""
    total, visited, plans, done = counts
    if visited > total:
        ledger.report("part_above_whole", row, "villages_visited", f"{visited} > {total}")
    if done > plans:
        ledger.report("part_above_whole", row, "plans_done", f"{done} > {plans}")
    return visited <= total and done <= plans


def _plan_kind(ledger: Body, row: int, context: Context) -> str:
    text = ledger.text(row, "plan_kind")
    if "plan_kind" not in ledger.header.columns:
        return ALL
    key = name_key(text)
    for kind in context.training.followup_kinds:
        names = (kind.id, kind.name_id, *(name for one in kind.evidence for name in (one.id, one.name_id)))
        if key in map(name_key, names):
            return kind.id
    if key != OTHER:
        ledger.report("plan_kind_unknown", row, "plan_kind", text)
    return OTHER


KIND = TableKind(NAME, ("published_followup",), recognise, clean, meanings=TABLE.names)
