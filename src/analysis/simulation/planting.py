"""Planting: which cell or row got which problem, and where it stands in the file that is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.errors import ParameterError
from analysis.simulation.mess_kinds import SEVERITIES
from analysis.simulation.sheets import Row, SheetPlan


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted problem or variant as ``truth.json`` tells it.

    ``rule`` is the code that the problem list must show, None where the spelling is unusual but must be
    understood without a word. ``cell`` is None for a whole file; ``row_only`` where the rule is about a row.
    """

    kind: str
    rule: str | None
    severity: str | None
    file: str
    sheet: str | None
    cell: str | None
    column: str | None
    row_only: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    rule: str | None
    sheet: SheetPlan
    row: Row
    column: str | None


class Planter:
    """Chooses cells for planting, each person at most once, and remembers what was planted where."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self._rows: set[int] = set()  # identities of rows that were changed: a damaged NIK names nobody known
        self._marks: list[_Mark] = []
        self._files: list[Planted] = []

    def choose(self, sheet: SheetPlan, fits: Callable[[Row], bool] = lambda row: True) -> Row | None:
        """Return a row of an untouched person that ``fits``, and take it; None where a small sheet has none left."""
        count = len(sheet.rows)
        for position in self._rng.permutation(count).tolist() if count <= 2_000 else self._some(count):
            row = sheet.rows[position]
            key = self._key(sheet, row)
            if key is not None and key not in self._taken and id(row) not in self._rows and fits(row):
                self._taken.add(key)
                self._rows.add(id(row))
                return row
        return None

    def _some(self, count: int) -> list[int]:
        return [int(number) for number in self._rng.integers(count, size=2_000)]

    def _key(self, sheet: SheetPlan, row: Row) -> str | None:
        """Return who a row is about (the NIK), the row itself where it names nobody, None for rows of totals."""
        if len(row) != len(sheet.columns):
            return None
        if "nik" not in sheet.columns:
            return f"{sheet.file} {sheet.name} {id(row)}" if row[0] is not None else None
        number = row[sheet.index("nik")]
        return number if isinstance(number, str) and number else None

    def choice(self, values: list[object]) -> object:
        """Return one of some values."""
        return values[int(self._rng.integers(len(values)))]

    def order(self, count: int) -> list[int]:
        """Return the numbers below ``count`` in random order."""
        return [int(number) for number in self._rng.permutation(count)]

    def mark(self, kind: str, rule: str | None, sheet: SheetPlan, row: Row, column: str | None = None) -> None:
        """Remember that ``row`` (and ``column``) of ``sheet`` now has a problem or, with ``rule`` None, a variant."""
        if rule is not None and rule not in SEVERITIES:
            raise ParameterError(f"{kind}: there is no rule {rule!r} that raw files can break. Correct the kind.")
        self._marks.append(_Mark(kind, rule, sheet, row, column))

    def mark_file(self, kind: str, rule: str, file: str, sheet: str | None = None, cell: str | None = None) -> None:
        """Remember a problem of a whole file or sheet."""
        self._files.append(Planted(kind, rule, str(SEVERITIES[rule]), file, sheet, cell, None, True))

    def planted(self) -> list[Planted]:
        """Return everything that was planted, with final addresses; call it when no row moves any more."""
        numbers: dict[int, dict[int, int]] = {}
        found = []
        for mark in self._marks:
            if id(mark.sheet) not in numbers:
                numbers[id(mark.sheet)] = mark.sheet.row_numbers()
            rows = numbers[id(mark.sheet)]
            severity = None if mark.rule is None else str(SEVERITIES[mark.rule])
            cell = mark.sheet.address(rows[id(mark.row)], mark.column)
            header = mark.sheet.printed_header(mark.column) if mark.column else None
            found.append(Planted(mark.kind, mark.rule, severity, mark.sheet.file, mark.sheet.name, cell, header,
                                 mark.column is None))  # fmt: skip
        return [*found, *self._files]
