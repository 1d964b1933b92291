"""Invited villages and people per regency (``kuota``), with the printed sum checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.printed.headers import Column, Columns
from analysis.cleaning.printed.rows import Ledger, check_sum, is_sum_row, regency_of
from analysis.cleaning.problems.rules import Rule
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.kinds import Cleaning, Context, Found, Header, TableKind

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
    ledger: Ledger


def recognise(sheet: Sheet, context: Context) -> Header | None:
    """Return the header with the columns regency, villages and people."""
    return TABLE.find(sheet, context)


def clean(found: Sequence[Found], context: Context) -> Cleaning:
    """Return ``invited`` (regency, villages, people), one row per regency."""
    if not found:
        return Cleaning({}, (), ())
    ledgers = [Ledger(one, NAME) for one in found]
    rows = [row for ledger in ledgers for row in _sheet_rows(ledger, context)]
    counts = Counter(row.regency for row in rows)
    for row in rows:
        if counts[row.regency] > 1:
            row.ledger.report(Rule.ROW_TWICE, row.row, "regency", row.regency)
            row.ledger.unkeep("rejected")
    kept = [row for row in rows if counts[row.regency] == 1]
    _compare_with_published(ledgers[0], kept, context)
    frame = pd.DataFrame([(row.regency, row.villages, row.people) for row in kept], columns=["regency", *_COUNTS])
    frame = frame.astype({"regency": "str", "villages": "int64", "people": "int64"})
    problems = tuple(problem for ledger in ledgers for problem in ledger.problems)
    return Cleaning({"invited": frame}, problems, tuple(ledger.account() for ledger in ledgers))


_COUNTS = ("villages", "people")


def _sheet_rows(ledger: Ledger, context: Context) -> list[_Invited]:
    """Return the rows of one sheet; its printed sum is compared with all rows that hold counts."""
    rows: list[_Invited] = []
    sums = dict.fromkeys(_COUNTS, 0)
    for row in ledger.body():
        if is_sum_row(ledger, row):
            check_sum(ledger, row, sums)
            ledger.drop("sum row")
            continue
        villages, people = (ledger.count(row, name) for name in _COUNTS)
        regency = regency_of(ledger, row, "regency", context)
        sums = {"villages": sums["villages"] + (villages or 0), "people": sums["people"] + (people or 0)}
        if regency is None or villages is None or people is None or not _is_possible(ledger, row, villages, people):
            ledger.drop("rejected")
            continue
        _check_people(ledger, row, villages, people, context)
        ledger.keep()
        rows.append(_Invited(regency, villages, people, row, ledger))
    if not rows:
        ledger.report(Rule.TABLE_WITHOUT_ROWS, None)
    return rows


def _is_possible(ledger: Ledger, row: int, villages: int, people: int) -> bool:
    if villages <= people:
        return True
    ledger.report(Rule.PART_ABOVE_WHOLE, row, "villages", f"{villages} > {people}")
    return False


def _check_people(ledger: Ledger, row: int, villages: int, people: int, context: Context) -> None:
    each = context.training.guide.people_per_village
    if each is not None and people != villages * each:
        ledger.report(Rule.PEOPLE_PER_VILLAGE, row, "people", f"{people} ≠ {villages} × {each}")


def _compare_with_published(ledger: Ledger, rows: list[_Invited], context: Context) -> None:
    """Compare the table with the invited people and villages that ``province.toml`` states."""
    province = context.province
    stated = {"people": province.invited_people, "villages": province.invited_villages}
    for name, number in stated.items():
        total = sum(getattr(row, name) for row in rows)
        if number is not None and number != total:
            ledger.report(Rule.PUBLISHED_DIFFERS, None, name, f"{total} ≠ {number} (invited_{name})")


KIND = TableKind(NAME, ("invited",), recognise, clean, meanings=TABLE.names)
