"""Published attendance: invited, attended and the percent as printed, for all and for groups.

Press figures often contradict their own counts: the share is recomputed and the printed percent kept beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from analysis.cleaning.cells.printed import Printed
from analysis.cleaning.printed.headers import Column, Columns
from analysis.cleaning.printed.rows import SUM_WORDS, Body
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.kinds import Cleaning, Context, Found, TableKind
from analysis.study.batches import find_batch
from analysis.study.regions import find_province, find_regency, name_key

NAME = "kehadiran_agregat"
PEOPLE = "people"  # the unit of everyone
TABLE = Columns(
    (
        Column("number", ("No", "Nomor"), required=False),
        Column("unit", ("Unit", "Kelompok", "Uraian", "Kabupaten", "Kabupaten/Kota", "Angkatan", "Batch", "Provinsi")),
        Column("invited", ("Diundang", "Undangan", "Target", "Peserta diundang", "Sasaran")),
        Column("attended", ("Hadir", "Peserta hadir", "Kehadiran", "Jumlah hadir")),
        Column("percent", ("Persen", "Persentase", "%", "Persen hadir", "Prosentase"), required=False),
    ),
    frozenset({"unit", "invited", "attended"}),
)
_EVERYONE = SUM_WORDS | {"peserta", "semua", "seluruhpeserta", "provinsi"}
_SEXES = {"perempuan": "women", "wanita": "women", "p": "women", "lakilaki": "men", "pria": "men", "l": "men"}
COLUMNS = ("unit", "unit_kind", "invited", "attended", "percent_printed", "attended_share")


@dataclass(frozen=True, slots=True)
class _Attendance:
    unit: str
    unit_kind: str
    invited: int | None
    attended: int
    percent: Printed | None
    row: int
    ledger: Body


def recognise(sheet: Sheet, context: Context) -> Header | None:
    """Return the header with the columns unit, invited and attended."""
    return TABLE.find(sheet, context)


def clean(found: Sequence[Found], context: Context) -> Cleaning:
    """Return ``published_attendance``, one row per unit.

    Columns: unit ("people", "women", "men", a batch id, a regency or the printed text), unit_kind ("all",
    "sex", "batch", "regency", "other"), invited and attended (people; invited may be missing),
    percent_printed (text), attended_share (attended / invited, unrounded).
    """
    if not found:
        return Cleaning({}, (), ())
    ledgers = [Body(one, NAME) for one in found]
    rows = [row for ledger in ledgers for row in _sheet_rows(ledger, context)]
    counts = Counter((row.unit_kind, row.unit) for row in rows)
    for row in rows:
        if counts[row.unit_kind, row.unit] > 1:
            row.ledger.report("row_twice", row.row, "unit", row.unit)
            row.ledger.leave_out("rejected")
    kept = [row for row in rows if counts[row.unit_kind, row.unit] == 1]
    _check_parts(kept)
    _compare_with_published(kept, context)
    problems = tuple(problem for ledger in ledgers for problem in ledger.problems)
    return Cleaning({"published_attendance": _frame(kept)}, problems, tuple(ledger.account() for ledger in ledgers))


def _sheet_rows(ledger: Body, context: Context) -> list[_Attendance]:
    rows: list[_Attendance] = []
    for row in ledger.body():
        unit, kind = _unit(ledger.text(row, "unit"), context)
        invited, attended = ledger.count(row, "invited", required=False), ledger.count(row, "attended")
        impossible = invited is not None and attended is not None and attended > invited
        if impossible:
            ledger.report("part_above_whole", row, "attended", f"{attended} > {invited}")
        if not unit:
            ledger.report("value_missing", row, "unit")
        if not unit or attended is None or impossible:
            ledger.leave_out("rejected")
            continue
        percent = ledger.mean(row, "percent") if ledger.text(row, "percent") else None
        _compare_percent(ledger, row, invited, attended, percent)
        rows.append(_Attendance(unit, kind, invited, attended, percent, row, ledger))
    if not rows:
        ledger.report("table_without_rows", None)
    return rows


def _unit(text: str, context: Context) -> tuple[str, str]:
    """Return the canonical unit of a row and its kind; what is neither stays as printed, of kind "other"."""
    key = name_key(text)
    province = find_province(text)
    batch = find_batch(text, context.province)
    regency = find_regency(text, context.province.code).regency
    if key in _EVERYONE or (province is not None and province.code_kemendagri == context.province.code):
        return PEOPLE, "all"
    if key in _SEXES:
        return _SEXES[key], "sex"
    if batch is not None:
        return batch, "batch"
    return (regency.label, "regency") if regency is not None else (text, "other")


def _compare_percent(ledger: Body, row: int, invited: int | None, attended: int, percent: Printed | None) -> None:
    """Note a printed percent that is not the rounded share of its own counts."""
    if percent is None or not invited:
        return
    recomputed = Decimal(100 * attended) / invited
    if abs(recomputed - percent.value) > percent.half_unit:
        shown = f"{recomputed:.{max(percent.decimals, 1)}f}%".replace(".", ",")
        ledger.report("percent_differs", row, "percent", f"{percent.text} ≠ {shown}")


def _check_parts(rows: list[_Attendance]) -> None:
    """Compare the sum of batches, of regencies and of both sexes with the row of all."""
    everyone = next((row for row in rows if row.unit_kind == "all"), None)
    if everyone is None:
        return
    for kind in ("batch", "regency", "sex"):
        parts = [row for row in rows if row.unit_kind == kind]
        total = sum(row.attended for row in parts)
        is_all = len(parts) > 1 or total > everyone.attended
        if parts and is_all and total != everyone.attended:
            everyone.ledger.report("sum_differs", everyone.row, "attended", f"{everyone.attended} ≠ {total}")


def _compare_with_published(rows: list[_Attendance], context: Context) -> None:
    """Compare the invited people of the row of all with what ``province.toml`` states."""
    stated = context.province.invited_people
    for row in rows:
        if row.unit_kind == "all" and None not in (stated, row.invited) and row.invited != stated:
            row.ledger.report("published_differs", row.row, "invited", f"{row.invited} ≠ {stated} (invited_people)")


def _frame(rows: list[_Attendance]) -> pd.DataFrame:
    records = [
        (
            row.unit,
            row.unit_kind,
            row.invited,
            row.attended,
            None if row.percent is None else row.percent.text,
            row.attended / row.invited if row.invited else None,
        )
        for row in rows
    ]
    types = {"unit": "str", "unit_kind": "str", "invited": "Int64", "attended": "Int64", "percent_printed": "str"}
    return pd.DataFrame(records, columns=list(COLUMNS)).astype({**types, "attended_share": "float64"})


KIND = TableKind(NAME, ("published_attendance",), recognise, clean, meanings=TABLE.names)
