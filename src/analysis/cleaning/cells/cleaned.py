"""Cleaning a column value by distinct value, so that 134,000 rows of four roles are four decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Cleaner = Callable[[object], tuple[object, str | None]]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned column: one clean value per row (None is missing), and (row position, rule) of what to tell."""

    values: list[object]
    broken: list[tuple[int, str]]


def clean_distinct(values: Sequence[object], clean: Cleaner) -> Cleaned:
    """Apply ``clean`` once to each distinct value; it returns the clean value and a rule that is broken, or None.

    Values must not mix ``bool`` with numbers, which dictionaries cannot tell apart
    (:meth:`analysis.cleaning.tables.table.Table.values` sees to it).
    """
    decided = {value: clean(value) for value in dict.fromkeys(values)}
    cleaned = [decided[value][0] for value in values]
    rules = {value: rule for value, (_, rule) in decided.items() if rule is not None}
    broken = [(row, rules[value]) for row, value in enumerate(values) if value in rules] if rules else []
    return Cleaned(cleaned, broken)
