"""The rows of a published evaluation: indicators, aspects, shifted cells; whether rounding explains the totals."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from analysis.cleaning.cells.printed import Printed, printed_mean
from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.printed.rows import SUM_WORDS, Body
from analysis.cleaning.reading.sheet import cell_text
from analysis.cleaning.tables.kinds import Context
from analysis.study.instrument import Instrument, Item
from analysis.study.regions import name_key

_SUMMARY = ("ratarata", "rata2", "rerata", *sorted(SUM_WORDS))


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A row that holds an indicator: its item, where its text stands, how many columns its values moved left."""

    row: int
    item: str
    text_column: int
    shift: int


def read_layout(ledger: Body, context: Context) -> list[LayoutRow]:
    """Return the indicator rows of a sheet; every other row is entered as dropped, with its reason."""
    instrument = context.instrument
    headings = {name_key(aspect.heading): aspect.id for aspect in instrument.aspects}
    section = _section(ledger.sheet.rows[ledger.header.label_row], headings)
    rows: list[LayoutRow] = []
    for row in ledger.body():
        cells = ledger.sheet.rows[row]
        values = [index for index, cell in enumerate(cells) if printed_mean(cell_text(cell))]
        texts = [index for index, cell in enumerate(cells) if cell_text(cell) and index not in values]
        heading = _section(cells, headings)
        place = _item_place(cells, texts, instrument, section)
        if place is not None:
            layout = _item_row(ledger, row, place, section)
            rows += [layout] if layout else []
        elif heading is not None and not values:
            section = heading
            ledger.put(row, "section_heading")
        else:
            _other_row(ledger, row, texts, values, instrument)
    return rows


def _section(cells: Sequence[object], headings: dict[str, str]) -> str | None:
    """Return the aspect whose heading stands in the first filled cell of a row, or None."""
    first = next((cell_text(cell) for cell in cells if cell_text(cell)), "")
    return headings.get(name_key(first))


def _item_place(
    cells: Sequence[object], texts: list[int], instrument: Instrument, section: str | None
) -> tuple[Item, int] | None:
    """Return the item that a row names and the column of its text; the current section decides between twins."""
    for index in texts:
        key = name_key(cell_text(cells[index]))
        named = [item for item in instrument.items if key in map(name_key, (item.text_id, *item.spellings))]
        inside = [item for item in named if item.aspect == section]
        if named:
            return (inside or named)[0], index
    return None


def _item_row(ledger: Body, row: int, place: tuple[Item, int], section: str | None) -> LayoutRow | None:
    """Return an indicator row with its shift; None (reported) where its values fit under no columns."""
    item, text_column = place
    shift = _shift(ledger, row, text_column)
    if shift is None:
        ledger.report("row_layout", row, text_column, cell_text(ledger.sheet.rows[row][text_column]))
        ledger.leave_out("rejected")
        return None
    if shift or text_column != ledger.header.columns["indicator"]:
        ledger.report("row_shifted", row, text_column, counted(shift, "column") if shift else None)
    if section is not None and item.aspect != section:
        ledger.report("indicator_in_other_aspect", row, text_column, f"{section} ≠ {item.aspect}")
    return LayoutRow(row, item.id, text_column, shift)


def _shift(ledger: Body, row: int, text_column: int) -> int | None:
    """Return how many columns the values of a row stand to the left of their header.

    The values moved with the text where the indicator's own column holds a value, or where the text moved
    and the last columns are empty; they stand right where no cell beside the columns holds a value. None:
    neither reading leaves every value under a column.
    """
    columns = ledger.header.columns
    cells = ledger.sheet.rows[row]
    values = {index for index, cell in enumerate(cells) if cell_text(cell) and index > text_column}
    wanted = {index for name, index in columns.items() if name != "indicator"} | set(ledger.header.unknown)
    if not wanted:
        return None
    moved = columns["indicator"] - text_column
    fitting = [
        shift
        for shift in dict.fromkeys((0, moved))
        if min(wanted) - shift > text_column and values <= {index - shift for index in wanted}
    ]
    if len(fitting) == 2:  # values are missing at both ends: the text's own move decides
        return moved if max(values, default=0) < max(wanted) else 0
    return fitting[0] if fitting else None


def _other_row(ledger: Body, row: int, texts: list[int], values: list[int], instrument: Instrument) -> None:
    """Enter a row that names no indicator: a sum, a remark without values, or an unknown indicator."""
    labels = [cell_text(ledger.sheet.rows[row][index]) for index in texts]
    if any(name_key(label).startswith(_SUMMARY) for label in labels):
        ledger.put(row, "total_row")
        return
    if not values:
        ledger.report("row_without_values", row, None, labels[0])
        ledger.put(row, "footnote_row")
        return
    text = labels[-1] if labels else ""
    close = difflib.get_close_matches(text, [item.text_id for item in instrument.items], n=1)
    ledger.report("indicator_unknown", row, texts[-1] if texts else None, f"{text} → {close[0]}?" if close else text)
    ledger.leave_out("rejected")


TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Mean:
    """One printed average: of an item in a batch (or the total of its batches), and the cell where it stands."""

    item: str
    batch: str
    printed: Printed
    row: int
    column: int


class TotalCheck(StrEnum):
    """What a printed total says: the plain mean of its parts, a weighted mean, or no mean of them at all."""

    EXPLAINED = "explained"
    UNEXPLAINED = "unexplained"
    IMPOSSIBLE = "impossible"


def check_total(total: Printed, parts: Sequence[Printed]) -> TotalCheck:
    """Compare a printed total with the printed parts whose mean it should be.

    ``EXPLAINED``: the plain mean of unrounded parts can be printed so under one rounding rule for all (to
    the nearest, ties either way, or cut off). ``UNEXPLAINED``: only a weighted mean can, as of batches of
    unequal size. ``IMPOSSIBLE``: the total lies outside the smallest and largest part beyond rounding.
    """
    mean = sum((part.value for part in parts), Decimal(0)) / len(parts)
    half = sum((part.half_unit for part in parts), Decimal(0)) / len(parts)
    difference = total.value - mean
    to_nearest = abs(difference) <= half + total.half_unit
    cut_off = -2 * total.half_unit < difference < 2 * half  # parts lie in [printed, printed + unit)
    if to_nearest or cut_off:
        return TotalCheck.EXPLAINED
    lowest = min(part.value - 2 * part.half_unit for part in parts) - 2 * total.half_unit
    highest = max(part.value + 2 * part.half_unit for part in parts) + 2 * total.half_unit
    return TotalCheck.UNEXPLAINED if lowest <= total.value <= highest else TotalCheck.IMPOSSIBLE


def check_totals(ledger: Body, means: Sequence[Mean], batches: int) -> None:
    """Report printed totals that the batches cannot give, and the columns whose exchange would explain them.

    Rows without all ``batches`` averages, and tables with columns of unknown batches, are not judged.
    """
    rows: dict[int, dict[str, Mean]] = {}
    for mean in means:
        rows.setdefault(mean.row, {})[mean.batch] = mean
    whole = {row: by_batch for row, by_batch in rows.items() if TOTAL in by_batch and len(by_batch) == batches + 1}
    if ledger.header.unknown or not batches:
        return
    faults = {
        row: verdict for row, by_batch in whole.items() if (verdict := _verdict(by_batch)) is not TotalCheck.EXPLAINED
    }
    for row, verdict in faults.items():
        rule = "total_unexplained" if verdict is TotalCheck.UNEXPLAINED else "total_impossible"
        ledger.report(rule, row, whole[row][TOTAL].column, _compared(whole[row]))
    if 2 * len(faults) > len(whole) > 1:
        _report_swap(ledger, list(whole.values()))


def _verdict(by_batch: dict[str, Mean], total: str = TOTAL) -> TotalCheck:
    parts = [mean.printed for batch, mean in by_batch.items() if batch != total]
    return check_total(by_batch[total].printed, parts)


def _compared(by_batch: dict[str, Mean]) -> str:
    """Return a printed total beside the recomputed one, "4,17 ≠ 4,1767"."""
    parts = [mean.printed.value for batch, mean in by_batch.items() if batch != TOTAL]
    return f"{by_batch[TOTAL].printed.text} ≠ {sum(parts) / len(parts):.4f}".replace(".", ",")


def _report_swap(ledger: Body, rows: Sequence[dict[str, Mean]]) -> None:
    """Report the column that, taken as the total, explains every row."""
    for batch in (name for name in rows[0] if name != TOTAL):
        if all(batch in row and _verdict(row, total=batch) is TotalCheck.EXPLAINED for row in rows):
            names = [ledger.header.labels[ledger.header.columns[name]] for name in (TOTAL, f"batch {batch}")]
            ledger.report("columns_swapped", ledger.header.label_row, TOTAL, " ↔ ".join(names))
