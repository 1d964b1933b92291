"""Invited villages and people per regency (``kuota``), with the printed sum checked."""

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

NAME = "kuota"
TABLE = Columns(
    (
        Column("number", ("No", "Nomor", "No Urut"), required=False),
        Column("regency", ("Kabupaten", "Kabupaten/Kota", "Kab/Kota", "Kab")),
        Column("villages", ("Desa", "Jumlah Desa", "Desa diundang", "Kampung", "Gampong", "Nagari")),
        Column("people", ("Jumlah Peserta", "Peserta", "Peserta diundang", "Kuota", "Jumlah Orang")),
    ),
    frozenset({"regency", "villages", "people"}),
)


@dataclass(frozen=True, slots=True)
class _Invited:
    regency: str
    villages: int
    people: int
    row: int
    ledger: Body


def recognise(sheet: Sheet, context: Context) -> Header | None:
    """Return the header with the columns regency, villages and people."""
    return TABLE.find(sheet, context)


def clean(found: Sequence[Found], context: Context) -> Cleaning:
    """Return ``invited`` (regency, villages, people), one row per regency."""
    if not found:
        return Cleaning({}, (), ())
    ledgers = [Body(one, NAME) for one in found]
    rows = [row for ledger in ledgers for row in _sheet_rows(ledger, context)]
    counts = Counter(row.regency for row in rows)
    for row in rows:
        if counts[row.regency] > 1:
            row.ledger.report("row_twice", row.row, "regency", row.regency)
            row.ledger.leave_out("rejected")
    kept = [row for row in rows if counts[row.regency] == 1]
    _compare_with_published(ledgers[0], kept, context)
    frame = pd.DataFrame([(row.regency, row.villages, row.people) for row in kept], columns=["regency", *_COUNTS])
    frame = frame.astype({"regency": "str", "villages": "int64", "people": "int64"})
    problems = tuple(problem for ledger in ledgers for problem in ledger.problems)
    return Cleaning({"invited": frame}, problems, tuple(ledger.account() for ledger in ledgers))


_COUNTS = ("villages", "people")


def _sheet_rows(ledger: Body, context: Context) -> list[_Invited]:
    """Return the rows of one sheet; its printed sum is compared with all rows that hold counts."""
    rows: list[_Invited] = []
    sums = dict.fromkeys(_COUNTS, 0)
    for row in ledger.body():
        if is_sum_row(ledger, row):
            check_sum(ledger, row, sums)
            ledger.put(row, "total_row")
            continue
        villages, people = (ledger.count(row, name) for name in _COUNTS)
        regency = regency_of(ledger, row, "regency", context)
        sums = {"villages": sums["villages"] + (villages or 0), "people": sums["people"] + (people or 0)}
        if regency is None or villages is None or people is None or not _is_possible(ledger, row, villages, people):
            ledger.leave_out("rejected")
            continue
        _check_people(ledger, row, villages, people, context)
        rows.append(_Invited(regency, villages, people, row, ledger))
    if not rows:
        ledger.report("table_without_rows", None)
    return rows


def _is_possible(ledger: Body, row: int, villages: int, people: int) -> bool:
    if villages <= people:
        return True
    ledger.report("part_above_whole", row, "villages", f"{villages} > {people}")
    return False


def _check_people(ledger: Body, row: int, villages: int, people: int, context: Context) -> None:
    each = context.training.guide.people_per_village
    if each is not None and people != villages * each:
        ledger.report("people_per_village", row, "people", f"{people} ≠ {villages} × {each}")


def _compare_with_published(ledger: Body, rows: list[_Invited], context: Context) -> None:
    """Compare the table with the invited people and villages that ``province.toml`` states."""
    province = context.province
    stated = {"people": province.invited_people, "villages": province.invited_villages}
    for name, number in stated.items():
        total = sum(getattr(row, name) for row in rows)
        if number is not None and number != total:
            ledger.report("published_differs", None, name, f"{total} ≠ {number} (invited_{name})")


KIND = TableKind(NAME, ("invited",), recognise, clean, meanings=TABLE.names)
