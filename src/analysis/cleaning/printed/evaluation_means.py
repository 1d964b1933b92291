"""Published averages of the end evaluation: one row per indicator, one column per batch, a printed total.

Forms merge cells, and a merged cell that is lost on the way moves a whole row one column to the left; such
rows are moved back and noted. Strings stay as printed: "4,00" has two decimals, the number 4.0 has none to
tell and is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.cleaning.printed.evaluation_rows import TOTAL, LayoutRow, Mean, check_totals, read_layout
from analysis.cleaning.printed.rows import Body
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.headers import Header, find_header
from analysis.cleaning.tables.kinds import Cleaning, Context, Found, TableKind
from analysis.study.batches import batch_label, find_batch
from analysis.study.province import Province
from analysis.study.regions import name_key

NAME = "evaluasi_agregat"
COLUMNS = ("item", "batch", "mean_printed", "decimals")
_INDICATOR = frozenset(map(name_key, ("indikator", "aspek/indikator", "indikator/aspek", "pernyataan", "uraian")))
_TOTAL = frozenset(
    map(name_key, ("rata2 total", "rata-rata total", "total rata-rata", "rata-rata", "rata2", "rerata", "total"))
)
UNKNOWN = "unknown batch"
LEAST_INDICATORS = 3  # below each other, for a table without a label above them
_LEGEND = re.compile(r"(\d+)\s*=\s*(\S.*)")


def recognise(sheet: Sheet, context: Context) -> Header | None:
    """Return the header: a column of indicators, and columns of batches beside it.

    Where no label names the indicators, their texts stand below each other to the left of the batches.
    """

    def meanings(label: str) -> tuple[str, ...]:
        name = _column_name(label, context.province)
        return () if name is None else (name,)

    header = find_header(sheet, meanings)
    if header is None:
        return None
    names = [_column_name(label, context.province) for label in header.labels]
    batches = [index for index, name in enumerate(names) if name and (name.startswith("batch ") or name == UNKNOWN)]
    if not batches or not ("indicator" in names or _holds_indicators(sheet, header, batches[0], context)):
        return None
    return _with_columns(header, names)


def _holds_indicators(sheet: Sheet, header: Header, before: int, context: Context) -> bool:
    """Tell whether indicators of the form stand below each other in a column left of the first batch."""
    indicators = {name_key(item.text_id) for item in context.instrument.items}
    below = sheet.rows[header.first_data_row :]
    counts = [sum(name_key(str(row[column])) in indicators for row in below) for column in range(before)]
    return max(counts, default=0) >= LEAST_INDICATORS


def _column_name(text: str, province: Province) -> str | None:
    """Return "indicator", "total", "batch <id>", "unknown batch" or None for a header cell."""
    own = next((name for spelling, name in province.columns.items() if name_key(spelling) == name_key(text)), None)
    key = name_key(text)
    if not key:
        return None
    if own in ("indicator", TOTAL) or (own is None and (key in _INDICATOR or key in _TOTAL)):
        return own or ("indicator" if key in _INDICATOR else TOTAL)
    batch = find_batch(text, province)
    if batch is not None:
        return f"batch {batch}"
    return UNKNOWN if batch_label(text) is not None else None


def _with_columns(header: Header, names: list[str | None]) -> Header:
    """Return the header with its columns; unknown are other batches and any named column right of the indicator."""
    known = [name for name in names if name not in (None, UNKNOWN)]
    places = {name: index for index, name in reversed(list(enumerate(names))) if name in known and name is not None}
    others = [index for index, name in enumerate(names) if name is None and header.labels[index]]
    foreign = [index for index, name in enumerate(names) if name == UNKNOWN]
    return replace(
        header,
        columns=places,
        missing=() if "indicator" in known else ("indicator",),
        twice=tuple(sorted(str(name) for name, count in Counter(known).items() if count > 1)),
        unknown=tuple(sorted([*foreign, *(index for index in others if index > places.get("indicator", 0))])),
    )


@dataclass(frozen=True, slots=True)
class _SheetMeans:
    """The averages of one sheet with its ledger, and every item that a row of it names."""

    ledger: Body
    means: list[Mean]
    named: frozenset[str]


def clean(found: Sequence[Found], context: Context) -> Cleaning:
    """Return ``published_means`` (item, batch, mean_printed, decimals); printed totals are batch "total"."""
    if not found:
        return Cleaning({}, (), ())
    sheets = [_sheet_means(Body(one, NAME), context) for one in found]
    counts = Counter((mean.item, mean.batch) for sheet in sheets for mean in sheet.means)
    means = [mean for sheet in sheets for mean in _without_repeated_rows(sheet, counts)]
    _report_gaps(sheets, context)
    problems = [problem for sheet in sheets for problem in sheet.ledger.problems]
    accounts = tuple(sheet.ledger.account() for sheet in sheets)
    return Cleaning({"published_means": _frame(means, context)}, tuple(problems), accounts)


def _sheet_means(ledger: Body, context: Context) -> _SheetMeans:
    """Return the averages of one sheet and enter its problems."""
    header = ledger.header
    for column in header.unknown:
        printed = header.labels[column]
        is_batch = batch_label(printed) is not None
        ledger.report("batch_unknown" if is_batch else "column_unknown", header.label_row, column, printed)
    _check_scale(ledger, context)
    columns = {name: index for name, index in header.columns.items() if name != "indicator"}
    layout = read_layout(ledger, context)
    rows = _without_twins(ledger, layout)
    found = [_mean(ledger, row, name, index, context) for row in rows for name, index in columns.items()]
    means = [mean for mean in found if mean is not None]
    check_totals(ledger, means, batches=len(columns) - (TOTAL in columns))
    _note_decimal_points(ledger, means)
    if not layout:
        ledger.report("table_without_rows", None)
    return _SheetMeans(ledger, means, frozenset(row.item for row in layout))


def _without_twins(ledger: Body, rows: list[LayoutRow]) -> list[LayoutRow]:
    """Return the rows whose indicator stands once; the others are reported and none of them is used."""
    counts = Counter(row.item for row in rows)
    for row in rows:
        if counts[row.item] > 1:
            printed = cell_text(ledger.sheet.rows[row.row][row.text_column])
            ledger.report("indicator_twice", row.row, row.text_column, printed)
            ledger.leave_out("rejected")
    return [row for row in rows if counts[row.item] == 1]


def _without_repeated_rows(sheet: _SheetMeans, counts: Counter[tuple[str, str]]) -> list[Mean]:
    """Return the averages of a sheet without rows that another sheet repeats for the same batch."""
    repeated = {mean.row: mean.item for mean in sheet.means if counts[mean.item, mean.batch] > 1}
    for row, item in repeated.items():
        sheet.ledger.report("indicator_twice", row, None, item)
        sheet.ledger.leave_out("rejected")
    return [mean for mean in sheet.means if mean.row not in repeated]


def _mean(ledger: Body, row: LayoutRow, name: str, column: int, context: Context) -> Mean | None:
    """Return one average, None (with its problem) where the cell holds none that the scale allows."""
    place = column - row.shift
    printed = ledger.mean(row.row, place)
    if printed is None:
        return None
    if not context.instrument.scale_low <= printed.value <= context.instrument.scale_high:
        ledger.report("mean_impossible", row.row, place, printed.text)
        return None
    return Mean(row.item, name.removeprefix("batch "), printed, row.row, place)


def _note_decimal_points(ledger: Body, means: list[Mean]) -> None:
    """Note each decimal point of a table that otherwise writes decimal commas."""
    if any("," in mean.printed.text for mean in means):
        for mean in means:
            if "." in mean.printed.text:
                ledger.report("decimal_point", mean.row, mean.column, mean.printed.text)


def _check_scale(ledger: Body, context: Context) -> None:
    """Report a line of the printed scale legend ("5 = sangat baik") that is not the questionnaire's."""
    labels = {label.value: name_key(label.label_id) for label in context.instrument.scale_labels}
    for row in range(ledger.header.row):
        for column, cell in enumerate(ledger.sheet.rows[row]):
            match = _LEGEND.fullmatch(cell_text(cell))
            if match and labels.get(int(match.group(1))) != name_key(match.group(2)):
                ledger.report("scale_differs", row, column, match.group())


def _report_gaps(sheets: Sequence[_SheetMeans], context: Context) -> None:
    """Report indicators and batches of the study that no sheet names, at the first sheet."""
    ledger = sheets[0].ledger
    named = frozenset().union(*(sheet.named for sheet in sheets))
    for item in context.instrument.items:
        if item.id not in named:
            ledger.report("indicator_missing", None, "indicator", f"{item.id}: {item.text_id}")
    columns = {name for sheet in sheets for name in sheet.ledger.header.columns}
    for batch in context.province.batches:
        if f"batch {batch}" not in columns:
            ledger.report("batch_missing", None, value=batch)


def _frame(means: list[Mean], context: Context) -> pd.DataFrame:
    """Return the averages in the order of questionnaire and batches, the total last."""
    items = {item: place for place, item in enumerate(context.instrument.item_ids)}
    batches = {batch: place for place, batch in enumerate((*context.province.batches, TOTAL))}
    ordered = sorted(means, key=lambda mean: (items[mean.item], batches[mean.batch]))
    rows = [(mean.item, mean.batch, mean.printed.text, mean.printed.decimals) for mean in ordered]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"item": "str", "batch": "str", "mean_printed": "str", "decimals": "int64"})


KIND = TableKind(NAME, ("published_means",), recognise, clean, meanings=frozenset({"indicator", TOTAL}))
