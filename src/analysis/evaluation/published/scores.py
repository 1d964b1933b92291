"""The scores that are contrasted (indicators, aspects, total) and what the printed means admit of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.evaluation.published.batch_size import BatchSizes
from analysis.evaluation.published.tables import PublishedMeans
from analysis.stats import assumptions
from analysis.stats.assumptions import Assumption
from analysis.stats.published.contrasts import ScoreRanges, item_ranges, person_mean_ranges
from analysis.stats.published.rounding import admitted_sums

TOTAL_SCORE = "total"


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores to contrast: their names and, for each, the rows of the printed table that it averages."""

    names: tuple[str, ...]
    members: tuple[np.ndarray, ...]

    @property
    def are_items(self) -> bool:
        """Return whether each score is a single item."""
        return all(len(items) == 1 for items in self.members)


def item_scores(published: PublishedMeans) -> Scores:
    """Return each indicator as a score."""
    return Scores(published.items, tuple(np.array([row]) for row in range(len(published.items))))


def aspect_scores(published: PublishedMeans) -> Scores:
    """Return each aspect, the mean of its indicators per person, as a score."""
    return Scores(
        published.aspect_names,
        tuple(published.members(aspect) for aspect in published.aspect_names),
    )


def total_score(published: PublishedMeans) -> Scores:
    """Return the mean of all indicators per person as the one score."""
    return Scores((TOTAL_SCORE,), (np.arange(len(published.items)),))


def score_ranges(
    published: PublishedMeans,
    scores: Scores,
    sizes: BatchSizes,
    *,
    is_single_peaked: bool = False,
) -> ScoreRanges:
    """Return what the printed means admit for each score when the batches have these sizes."""
    table = published.table
    n = np.array(sizes.n, dtype=np.int64)
    first, last = admitted_sums(table.units, table.decimals, n, table.low, table.high, published.rule)
    if scores.are_items:
        rows = np.concatenate(scores.members)
        return item_ranges(
            first[rows],
            last[rows],
            n,
            table.low,
            table.high,
            is_single_peaked=is_single_peaked,
        )
    return person_mean_ranges(first, last, n, table.low, table.high, scores.members)


def conditions(published: PublishedMeans, sizes: BatchSizes, *more: str) -> str:
    """Return the conditions under which bounds for independent people hold."""
    return assumptions.join(
        Assumption.PEOPLE_INDEPENDENT,
        sizes.conditions,
        Assumption.EVERYONE_ANSWERED,
        assumptions.scale(published.table.low, published.table.high),
        assumptions.rounded(published.rule),
        *more,
    )
