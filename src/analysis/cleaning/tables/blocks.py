"""Blocks of rows that are no data: named once, and compared with the data where they repeat it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.ledger import Ledger
from analysis.cleaning.tables.pattern import as_number
from analysis.cleaning.tables.rows import row_numbers

_LEAST_COLUMNS = 2  # that a row must repeat, for it to be compared
_AGREEING = 0.7  # of the columns, for a row to be a repetition of the data at all
_SHOWN = 5

Statistic = Callable[[Sequence[float]], float]
Columns = Mapping[int, list[float]]  # the numbers of each column of numbers


def told_blocks(ledger: Ledger, data: Sequence[int], columns: Sequence[int]) -> list[Problem]:
    """Return one problem for each block of foreign rows, and one for sums and counts that differ from the data."""
    sheet = ledger.sheet
    left_out = [*ledger.rows_of("foreign_block"), *ledger.rows_of("total_row")]
    numbers = _numbers(sheet, data, columns) if left_out else {}
    told: list[Problem] = []
    for block in _blocks(ledger.rows_of("foreign_block")):
        repeated = [row for row in block if _statistic(sheet.rows[row], numbers) is not None]
        rule = "block_repeats_data" if repeated else "foreign_block"
        told.append(_at(sheet, rule, block[0], row_numbers(sheet, block)))
    for row in left_out:
        told += _differences(sheet, row, numbers)
    return told


def _blocks(rows: Sequence[int]) -> list[list[int]]:
    blocks: list[list[int]] = []
    for row in rows:
        if blocks and row == blocks[-1][-1] + 1:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _numbers(sheet: Sheet, data: Sequence[int], columns: Sequence[int]) -> Columns:
    found: dict[int, list[float]] = {}
    for column in columns:
        values = [sheet.rows[row][column] for row in data if sheet.rows[row][column] != ""]
        numbers = [number for value in values if (number := as_number(value)) is not None]
        if values and len(numbers) == len(values):
            found[column] = numbers
    return found


def _statistic(cells: Sequence[object], numbers: Columns) -> Statistic | None:
    """Return the statistic of the columns that a row prints, None where it repeats none in most columns."""
    printed = {column: number for column in numbers if (number := as_number(cells[column])) is not None}
    if len(printed) < _LEAST_COLUMNS:
        return None
    steps: list[Statistic] = [_counter(step) for step in _steps(numbers)]
    candidates: list[Statistic] = [_sum, _mean, _count, max, min, *steps]
    agreeing = [
        sum(_agrees(cells[column], statistic(numbers[column])) for column in printed) for statistic in candidates
    ]
    best = max(agreeing)
    return candidates[agreeing.index(best)] if best >= _AGREEING * len(printed) else None


def _sum(values: Sequence[float]) -> float:
    return sum(values)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _count(values: Sequence[float]) -> float:
    return len(values)


def _counter(step: float) -> Statistic:
    return lambda values: Counter(values)[step]


def _steps(numbers: Columns) -> list[float]:
    """Return the different values of the columns, where they are few as on a scale."""
    found = {value for values in numbers.values() for value in values}
    whole = range(int(min(found)), int(max(found)) + 1) if found and max(found) <= 10 else range(0)
    return [float(step) for step in whole]


def _agrees(printed: object, value: float) -> bool:
    """Tell whether a number is the printed one, within half a unit of its last decimal where it has any."""
    number = as_number(printed)
    decimals = len(cell_text(printed).replace(",", ".").rstrip("%").partition(".")[2])
    rounding = 0.5 * 10**-decimals if decimals else 0.0
    return number is not None and abs(number - value) <= rounding + 1e-9


def _differences(sheet: Sheet, row: int, numbers: Columns) -> list[Problem]:
    """Return one doubt where some columns of a row that repeats the data differ from them."""
    cells = sheet.rows[row]
    statistic = _statistic(cells, numbers)
    if statistic is None:
        return []
    differing = [
        column
        for column, values in numbers.items()
        if as_number(cells[column]) is not None and not _agrees(cells[column], statistic(values))
    ]
    if not differing:
        return []
    shown = [f"{cell_text(cells[column])} ≠ {statistic(numbers[column]):.4g}" for column in differing[:_SHOWN]]
    value = f"{counted(len(differing), 'cell')}: {', '.join(shown)}".replace(".", ",")
    return [_at(sheet, "block_differs", row, value, differing[0])]


def _at(sheet: Sheet, rule: str, row: int, value: str, column: int = 0) -> Problem:
    return problem(rule, sheet.file, sheet=sheet.name, cell=sheet.address(row, column), value=value)
