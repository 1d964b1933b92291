"""Cluster bootstrap of Cliff's deltas on counts, in memory that does not grow with the number of resamples.

Meant for 20 clusters per group or more: of three clusters a bootstrap interval covers 80 % only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.stats.clusters import NUMBERS_PER_PIECE, ClusterCounts
from analysis.stats.multiplicity import Floats

# From this many clusters per group on the percentile interval keeps its level.
FEWEST_CLUSTERS = 20

# Deltas are counted in cells of this width: the limits are read from the counts with an error below it, while their
# Monte Carlo error at 9,999 resamples is some .003.
_CELL_WIDTH = 1e-4


@dataclass(frozen=True, slots=True)
class DeltaBootstrap:
    """Cliff's deltas with percentile limits, shape (pairs, items) each; positive means the later group is higher."""

    estimate: Floats
    low: Floats
    high: Floats
    resamples: int


def _deltas(counts: Sequence[Floats], pairs: Sequence[tuple[int, int]], items: int, levels: int) -> Floats:
    """Return deltas, shape (resamples, pairs, items), of flat counts (resamples, levels * items) per group.

    Level by level: each product runs over a whole (resamples, items) block, and no array has the short levels axis
    last, where numpy would loop over five numbers at a time.
    """
    by_level = [count.reshape(-1, levels, items) for count in counts]
    n = [count.sum(axis=1) for count in by_level]
    # Twice the number below minus all, plus the ties: sum over levels of later * (below - above).
    signed = [2 * np.cumsum(count, axis=1) - count - total[:, None] for count, total in zip(by_level, n, strict=True)]
    result = np.empty((by_level[0].shape[0], len(pairs), items))
    for position, (earlier, later) in enumerate(pairs):
        product = by_level[later][:, 0] * signed[earlier][:, 0]
        for level in range(1, levels):
            product += by_level[later][:, level] * signed[earlier][:, level]
        with np.errstate(invalid="ignore", divide="ignore"):
            result[:, position] = product / (n[earlier] * n[later])
    return result


def _limits(cells: np.ndarray[tuple[int, int], np.dtype[np.int64]], level: float) -> tuple[Floats, Floats]:
    cumulative = cells.cumsum(axis=1)
    total = cumulative[:, -1:]
    low = np.argmax(cumulative >= (1 - level) / 2 * total, axis=1).astype(np.float64)
    high = np.argmax(cumulative >= (1 + level) / 2 * total, axis=1).astype(np.float64)
    return low * _CELL_WIDTH - 1, high * _CELL_WIDTH - 1


def bootstrap_deltas(
    data: ClusterCounts,
    pairs: Sequence[tuple[int, int]],
    *,
    resamples: int,
    seed: int,
    level: float,
) -> DeltaBootstrap:
    """Resample whole clusters within each group and return Cliff's delta of all pairs and items.

    A resample is a vector of cluster weights times the matrix of counts. Percentile limits; a resample in which a
    group has no answer to an item is left out of that item's limits. NaN limits where the delta is NaN.
    """
    clusters, items, levels = data.counts.shape
    flat = data.counts.transpose(0, 2, 1).reshape(clusters, levels * items)
    by_group = [flat[data.group == group] for group in range(data.groups)]
    generator = np.random.default_rng(seed)
    width = round(2 / _CELL_WIDTH) + 1
    cells = np.zeros((len(pairs) * items, width), dtype=np.int64)
    offset = np.arange(len(pairs) * items) * width
    piece_size = max(1, NUMBERS_PER_PIECE // (items * (3 * levels * data.groups + len(pairs))))
    for start in range(0, resamples, piece_size):
        piece = min(piece_size, resamples - start)
        counts = [_resampled(generator, rows, piece) for rows in by_group]
        deltas = _deltas(counts, pairs, items, levels).reshape(piece, -1)
        position = np.rint((np.nan_to_num(deltas) + 1) / _CELL_WIDTH).astype(np.int64) + offset
        kept = position[~np.isnan(deltas)]
        cells += np.bincount(kept, minlength=cells.size).reshape(cells.shape)
    estimate = _deltas([rows.sum(axis=0, keepdims=True) for rows in by_group], pairs, items, levels)[0]
    low, high = (limit.reshape(estimate.shape) for limit in _limits(cells, level))
    is_unknown = np.isnan(estimate)
    return DeltaBootstrap(
        estimate,
        np.where(is_unknown, np.nan, low),
        np.where(is_unknown, np.nan, high),
        resamples,
    )


def _resampled(generator: np.random.Generator, rows: Floats, resamples: int) -> Floats:
    """Return the summed counts of resampled clusters, shape (resamples, levels * items)."""
    clusters = rows.shape[0]
    if clusters == 0:
        return np.zeros((resamples, rows.shape[1]))
    weights = generator.multinomial(clusters, np.full(clusters, 1 / clusters), size=resamples)
    counts: Floats = weights.astype(np.float64) @ rows
    return counts
