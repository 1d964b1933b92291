"""Suppressing small groups, and as many others as keep the small ones from being worked out.

A *group* is named by what all its people share, ``frozenset({("regency", "Mesuji"), ("role", "bpd")})``; the
empty set is everybody. The same group is one cell wherever it appears, so that tables which share margins
are protected together. A suppressed group loses every statistic (count, mean, SD, minimum, maximum).

Protection: from all published counts, with counts known to be at least zero, the range in which a
suppressed count must lie is at least ``minimum`` wide. The range is found by linear programming, as in
Fischetti & Salazar (2001), Mathematics of Operations Research 26; complementary groups are chosen
smallest first, one at a time, which protects but may suppress more than the least possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd

from analysis.errors import ParameterError

Group = frozenset[tuple[str, str]]
EVERYBODY: Group = frozenset()
SMALLEST_MINIMUM = 3  # below this a group could be a single person and a neighbour


@dataclass(frozen=True, slots=True)
class Sum:
    """A total that is the sum of its parts."""

    total: Group
    parts: tuple[Group, ...]


def count_groups(people: pd.DataFrame, tables: Sequence[Sequence[str]]) -> dict[Group, int]:
    """Return how many people each group of the tables has, with all margins and the grand total.

    ``people`` has one row per person; each table is a list of its columns. Crossings without people count
    zero. Raises :class:`ParameterError` for an unknown column.
    """
    unknown = sorted({column for table in tables for column in table} - set(people.columns))
    if unknown:
        raise ParameterError(f"There is no column {', '.join(unknown)} to count groups by.")
    counts: dict[Group, int] = {EVERYBODY: len(people)}
    for table in tables:
        for size in range(1, len(table) + 1):
            for columns in combinations(table, size):
                counts.update(_crossing(people, columns))
    return counts


def _crossing(people: pd.DataFrame, columns: tuple[str, ...]) -> dict[Group, int]:
    values = [sorted(people[column].dropna().astype(str).unique()) for column in columns]
    people_of = Counter(people[list(columns)].dropna().astype(str).itertuples(index=False, name=None))
    return {frozenset(zip(columns, key, strict=True)): people_of[key] for key in product(*values)}


def sums_of(counts: Mapping[Group, int]) -> tuple[Sum, ...]:
    """Return every way in which one group is the sum of others that differ in one column.

    Only sums that hold exactly are returned: where people have no value in a column, its groups do not add
    up to the total, and nothing can be worked out by subtraction alone.
    """
    families: dict[tuple[Group, str], list[Group]] = {}
    for group in counts:
        for column, value in group:
            families.setdefault((group - {(column, value)}, column), []).append(group)
    found = []
    for (total, _), parts in families.items():
        if total in counts and sum(counts[part] for part in parts) == counts[total]:
            found.append(Sum(total, tuple(sorted(parts, key=sorted))))
    return tuple(found)


def suppressed_groups(counts: Mapping[Group, int], minimum: int, sums: Iterable[Sum] | None = None) -> frozenset[Group]:
    """Return the groups that must not be shown: those of 1 to ``minimum`` - 1 people, and their complements.

    ``sums`` are the relations that a reader can use, by default :func:`sums_of` the counts. A group of nobody
    is shown unless it is needed as a complement. Raises :class:`ParameterError` for a minimum below 3.
    """
    if minimum < SMALLEST_MINIMUM:
        raise ParameterError(f"minimum_cell is {minimum}, but groups below {SMALLEST_MINIMUM} people identify persons.")
    relations = tuple(sums_of(counts) if sums is None else sums)
    primary = {group for group, count in counts.items() if 0 < count < minimum}
    hidden = set(primary)
    _hide_partners(counts, relations, hidden)
    # Hiding more only widens the ranges, so a group once protected stays so: the smallest go first.
    for group in sorted(primary, key=lambda group: (counts[group], sorted(group))):
        while not _is_protected(counts, relations, hidden, group, minimum):
            hidden.add(_complement(counts, relations, hidden, group))
            _hide_partners(counts, relations, hidden)
    return frozenset(hidden)


def _hide_partners(counts: Mapping[Group, int], relations: Sequence[Sum], hidden: set[Group]) -> None:
    """Hide a partner wherever a sum has one hidden group only, which subtraction would give away.

    The partner that mends most sums is taken, and of these the smallest.
    """
    while lonely := [relation for relation in relations if _hidden_of(relation, hidden) == 1]:
        mends = Counter(
            part for relation in lonely for part in relation.parts if part not in hidden and counts[part] > 0
        )
        if not mends:
            return
        hidden.add(min(mends, key=lambda group: (-mends[group], counts[group], sorted(group))))


def _is_protected(
    counts: Mapping[Group, int], relations: Sequence[Sum], hidden: set[Group], group: Group, minimum: int
) -> bool:
    """Return whether the range of possible counts of a hidden group is at least ``minimum`` wide."""
    low, high = possible_counts(counts, relations, hidden, [group])[group]
    return high - low >= minimum


def _complement(counts: Mapping[Group, int], relations: Sequence[Sum], hidden: set[Group], exposed: Group) -> Group:
    """Return the group to hide next: near the exposed one in the sums, of people, the smallest of these."""
    reached, frontier = {exposed}, {exposed}
    while frontier:
        touching = [relation for relation in relations if frontier & {relation.total, *relation.parts}]
        candidates = {
            part
            for relation in touching
            if _hidden_of(relation, hidden) <= 1
            for part in relation.parts
            if part not in hidden and counts[part] > 0
        }
        candidates = candidates or {
            group
            for relation in touching
            for group in (*relation.parts, relation.total)
            if group not in hidden and counts[group] > 0
        }
        if candidates:
            return min(candidates, key=lambda group: (group == EVERYBODY, counts[group], sorted(group)))
        near = {group for relation in touching for group in (relation.total, *relation.parts)}
        frontier = near - reached
        reached |= near
    raise ParameterError("No group is left that could protect a small one: publish fewer tables of this study.")


def _hidden_of(relation: Sum, hidden: set[Group]) -> int:
    return sum(group in hidden for group in (relation.total, *relation.parts))


def possible_counts(
    counts: Mapping[Group, int], sums: Sequence[Sum], hidden: Iterable[Group], asked: Iterable[Group]
) -> dict[Group, tuple[float, float]]:
    """Return for each asked hidden group the least and greatest count that fits everything published."""
    asked = list(asked)
    if not asked:
        return {}
    from scipy.optimize import linprog

    unknown = {group: place for place, group in enumerate(sorted(hidden, key=sorted))}
    rows, constants = _equations(counts, sums, unknown)
    found = {}
    for group in asked:
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(unknown))
            aim[unknown[group]] = sign
            solved = linprog(aim, A_eq=rows, b_eq=constants, bounds=(0, None), method="highs")
            ends.append(sign * solved.fun if solved.status == 0 else np.inf)
        found[group] = (float(ends[0]), float(ends[1]))
    return found


def _equations(
    counts: Mapping[Group, int], sums: Sequence[Sum], unknown: Mapping[Group, int]
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Return the linear equations among hidden counts: parts minus total equals what is published of them."""
    rows, constants = [], []
    for relation in sums:
        row, constant = np.zeros(len(unknown)), 0.0
        for group, sign in [*((part, 1.0) for part in relation.parts), (relation.total, -1.0)]:
            if group in unknown:
                row[unknown[group]] += sign
            else:
                constant -= sign * counts[group]
        if row.any():
            rows.append(row)
            constants.append(constant)
    return (np.array(rows), np.array(constants)) if rows else (None, None)
