"""The printed averages of a study as arrays, with what could not be used and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.subject import Contrast
from analysis.stats.codes import Reason
from analysis.stats.published.granularity import PrintedTable
from analysis.stats.published.rounding import Printed, RoundingRule, parse_printed

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class PublishedMeans:
    """Printed means of the chosen batches.

    ``items`` and ``aspects`` name the rows of ``table``; ``unusable`` names items left out of every
    calculation, with the reason. ``rule`` is the rounding rule of the study, half up where none is declared.
    """

    items: tuple[str, ...]
    aspects: tuple[str, ...]
    batches: tuple[str, ...]
    table: PrintedTable
    unusable: dict[str, Reason]
    rule: RoundingRule

    @property
    def aspect_names(self) -> tuple[str, ...]:
        """Return the aspects in the order of the form, each once."""
        return tuple(dict.fromkeys(self.aspects))

    def members(self, aspect: str) -> np.ndarray:
        """Return the row numbers of an aspect's items."""
        return np.flatnonzero(np.array(self.aspects) == aspect)


def printed_by_item(data: StudyData) -> dict[str, dict[str, Printed]]:
    """Return the printed means of each item by batch ("total" included); empty without such a table."""
    frame = data.tables.get("published_means")
    found: dict[str, dict[str, Printed]] = {item.id: {} for item in data.instrument.items}
    if frame is None:
        return {}
    for item, batch, text in frame[["item", "batch", "mean_printed"]].itertuples(index=False):
        if not pd.isna(text):
            found[str(item)][str(batch)] = parse_printed(str(text))
    return found


def rounding_rule(data: StudyData) -> RoundingRule:
    """Return the rule that the study declares for its tables, half up where it declares none."""
    declared = str(data.province.published.rounding)
    return RoundingRule(declared) if declared in list(RoundingRule) else RoundingRule.HALF_UP


def published_means(data: StudyData) -> PublishedMeans | None:
    """Return the printed means of the chosen batches, or None where the study has no such table."""
    found = printed_by_item(data)
    batches = data.settings.batches_of(data.province)
    if not any(found.values()):
        return None
    usual = Counter(number.decimals for row in found.values() for number in row.values()).most_common(1)[0][0]
    unusable: dict[str, Reason] = {}
    rows: list[tuple[str, str, list[int], int]] = []
    has_totals = batches == data.province.trained_batches
    for item in data.instrument.items:
        row = found[item.id]
        if any(batch not in row for batch in batches):
            unusable[item.id] = Reason.MEAN_MISSING
        elif any(row[batch].decimals != usual for batch in batches):
            unusable[item.id] = Reason.DECIMALS_DIFFER
        else:
            total = row.get(TOTAL)
            usable_total = total.units if has_totals and total and total.decimals == usual else -1
            rows.append(
                (
                    item.id,
                    item.aspect,
                    [row[batch].units for batch in batches],
                    usable_total,
                )
            )
    if not rows:
        return None
    return PublishedMeans(
        items=tuple(row[0] for row in rows),
        aspects=tuple(row[1] for row in rows),
        batches=batches,
        table=PrintedTable(
            units=np.array([row[2] for row in rows], dtype=np.int64),
            total_units=np.array([row[3] for row in rows], dtype=np.int64),
            decimals=usual,
            low=data.instrument.scale_low,
            high=data.instrument.scale_high,
        ),
        unusable=unusable,
        rule=rounding_rule(data),
    )


def contrast_pairs(batches: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return which batches are contrasted, as (earlier, later) positions; the widest distance first.

    Up to four batches: all pairs. More: last against first, and neighbours.
    """
    last = len(batches) - 1
    if last <= 3:
        return sorted(
            ((a, b) for b in range(last + 1) for a in range(b)),
            key=lambda pair: (pair[0] - pair[1], -pair[1]),
        )
    return [(0, last), *((a, a + 1) for a in range(last - 1, -1, -1))]


def contrast_name(batches: tuple[str, ...], pair: tuple[int, int]) -> str:
    """Return the name of a contrast, later minus earlier, such as "7-5"."""
    return str(Contrast(later=batches[pair[1]], earlier=batches[pair[0]]))
