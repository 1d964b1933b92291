"""Whether rounding explains the printed totals of printed averages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from analysis.cleaning.rows import Ledger, cell_text
from analysis.cleaning.rules import Rule
from analysis.study.printed import Printed

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


def check_totals(ledger: Ledger, means: Sequence[Mean], batches: int) -> None:
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
        rule = Rule.TOTAL_UNEXPLAINED if verdict is TotalCheck.UNEXPLAINED else Rule.TOTAL_IMPOSSIBLE
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


def _report_swap(ledger: Ledger, rows: Sequence[dict[str, Mean]]) -> None:
    """Report the column that, taken as the total, explains every row."""
    for batch in (name for name in rows[0] if name != TOTAL):
        if all(batch in row and _verdict(row, total=batch) is TotalCheck.EXPLAINED for row in rows):
            cells = ledger.sheet.rows[ledger.header.row]
            names = [cell_text(cells[ledger.header.columns[name]]) for name in (TOTAL, f"batch {batch}")]
            ledger.report(Rule.COLUMNS_SWAPPED, ledger.header.row, TOTAL, " ↔ ".join(names))
