"""Published averages of pretest and posttest: one row per test (and group), or one column per test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.cells.printed import Printed
from analysis.cleaning.printed.headers import Column, Columns
from analysis.cleaning.printed.rows import SUM_WORDS, Body
from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.kinds import Cleaning, Context, Found, TableKind
from analysis.study.batches import find_batch
from analysis.study.regions import find_province, find_regency, name_key

NAME = "tes_agregat"
ALL = "all"
PERCENT = 100.0  # the maximum of a test whose averages are given in percent
COLUMNS = ("test", "group", "mean_printed", "maximum", "n", "n_is")
_GROUP = Column("group", ("Kelompok", "Angkatan", "Batch", "Gelombang", "Kabupaten", "Unit", "Kelas"), required=False)
_UNIT = Column("unit", ("Satuan",), required=False)
_MAXIMUM = Column("maximum", ("Maksimum", "Nilai maksimum", "Skor maksimum"), required=False)
_PAIRS = Column("pairs", ("Pasangan", "Jumlah pasangan", "n pasangan"), required=False)
_N = Column("n", ("n", "Jumlah peserta", "Peserta"), required=False)
_PRE = ("Pretes", "Pretest", "Pre test", "Pre-test", "PreTes", "Tes awal", "Rata-rata pretes", "Rata-rata pretest")
_POST = ("Postes", "Posttest", "Post test", "Post-test", "PostTes", "Posttes", "Postest", "Tes akhir")
LONG = Columns(
    (
        Column("test", ("Tes", "Test", "Jenis tes", "Pengukuran", "Jenis test")),
        Column("mean", ("Rata-rata", "Rerata", "Nilai rata-rata", "Rata2", "Rata-rata nilai")),
        *(_GROUP, _UNIT, _MAXIMUM, _PAIRS, _N),
    ),
    frozenset({"test", "mean"}),
)
WIDE = Columns(
    (
        Column("pre", _PRE),
        Column("post", (*_POST, "Rata-rata postes", "Rata-rata posttest")),
        *(_GROUP, _UNIT, _MAXIMUM, _PAIRS, _N),
    ),
    frozenset({"pre", "post"}),
)
_TESTS = {**{name_key(text): "pre" for text in ("pre", *_PRE)}, **{name_key(text): "post" for text in ("post", *_POST)}}


@dataclass(frozen=True, slots=True)
class _Score:
    test: str
    group: str
    printed: Printed
    maximum: float | None
    n: int | None
    n_is: str
    row: int
    ledger: Body


def recognise(sheet: Sheet, context: Context) -> Header | None:
    """Return the header: tests in rows (test, mean) or in columns (pre, post).

    Tables of single people, which have the same columns beside a name, are another kind's.
    """
    for layout in (LONG, WIDE):
        header = layout.find(sheet, context)
        if header is not None and not header.unknown:
            return header
    return None


def clean(found: Sequence[Found], context: Context) -> Cleaning:
    """Return ``published_scores`` (test "pre"/"post", group, mean_printed, maximum, n, n_is).

    ``group`` is "all", a batch id, a regency or the printed text; ``n_is`` says what ``n`` counts: "pairs" of
    both tests or "unknown"; who merely attended is entered once attendance is known.
    """
    if not found:
        return Cleaning({}, (), ())
    ledgers = [Body(one, NAME) for one in found]
    scores = [score for ledger in ledgers for score in _sheet_scores(ledger, context)]
    counts = Counter((score.test, score.group) for score in scores)
    twins = [score for score in scores if counts[score.test, score.group] > 1]
    for ledger, row in dict.fromkeys((score.ledger, score.row) for score in twins):
        ledger.report("row_twice", row, None, ledger.text(row, "test") or ledger.text(row, "group"))
        ledger.leave_out("rejected")
    rejected = {(score.ledger, score.row) for score in twins}
    kept = [score for score in scores if (score.ledger, score.row) not in rejected]
    problems = tuple(problem for ledger in ledgers for problem in ledger.problems)
    return Cleaning({"published_scores": _frame(kept)}, problems, tuple(ledger.account() for ledger in ledgers))


def _sheet_scores(ledger: Body, context: Context) -> list[_Score]:
    scores: list[_Score] = []
    for row in ledger.body():
        cells = _tests_of(ledger, row)
        here = [_score(ledger, row, test, column, context) for test, column in cells.items()]
        usable = [score for score in here if score is not None]
        if not usable:
            ledger.leave_out("rejected")
        scores += usable
    if not scores:
        ledger.report("table_without_rows", None)
    return scores


def _tests_of(ledger: Body, row: int) -> dict[str, str]:
    """Return the tests of a row and the column of each mean; an unknown test is reported."""
    if "test" not in ledger.header.columns:
        return {"pre": "pre", "post": "post"}
    test = _TESTS.get(name_key(ledger.text(row, "test")))
    if test is None:
        ledger.report("test_unknown", row, "test", ledger.text(row, "test"))
        return {}
    return {test: "mean"}


def _score(ledger: Body, row: int, test: str, column: str, context: Context) -> _Score | None:
    """Return one average, None (reported) where it is no number or outside 0 to the test's maximum."""
    printed = ledger.mean(row, column)
    if printed is None:
        return None
    maximum = _maximum(ledger, row, printed, context)
    if maximum is None:
        ledger.report("test_maximum_unknown", row, column, printed.text)
    if printed.value < 0 or (maximum is not None and printed.value > maximum):
        ledger.report("mean_impossible", row, column, printed.text)
        return None
    n, n_is = _people(ledger, row)
    return _Score(test, _group(ledger.text(row, "group"), context), printed, maximum, n, n_is, row, ledger)


def _maximum(ledger: Body, row: int, printed: Printed, context: Context) -> float | None:
    """Return the test's maximum: of the row, of its unit percent, or of ``province.toml``."""
    if ledger.text(row, "maximum"):
        own = ledger.number(row, "maximum")
        return None if own is None else float(own.value)
    if (
        printed.is_percent
        or name_key(ledger.text(row, "unit")) in {"persen", "percent"}
        or ledger.text(row, "unit") == "%"
    ):
        return PERCENT
    return context.province.test_maximum


def _people(ledger: Body, row: int) -> tuple[int | None, str]:
    """Return the number of people behind a row's averages and what it counts."""
    for column, meaning in (("pairs", "pairs"), ("n", "unknown")):
        if ledger.text(row, column):
            return ledger.count(row, column), meaning
    return None, "unknown"


def _group(text: str, context: Context) -> str:
    province = find_province(text) if text else None
    if not text or name_key(text) in SUM_WORDS or (province and province.code_kemendagri == context.province.code):
        return ALL
    batch = find_batch(text, context.province)
    regency = find_regency(text, context.province.code).regency
    return batch or (regency.label if regency is not None else text)


def _frame(scores: list[_Score]) -> pd.DataFrame:
    rows = [
        (one.test, one.group, one.printed.text.removesuffix("%").strip(), one.maximum, one.n, one.n_is)
        for one in scores
    ]
    types = {"test": "str", "group": "str", "mean_printed": "str", "maximum": "float64", "n": "Int64", "n_is": "str"}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)


KIND = TableKind(NAME, ("published_scores",), recognise, clean, meanings=LONG.names | WIDE.names)
