"""Clusters as rows of counts, and the permutations of whole clusters over groups.

A response has few levels, so a cluster (a class, a village) is a row of counts and every statistic of a
resample is a weight vector times a count matrix: time depends on clusters, items and levels, never on people.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.stats.multiplicity import Floats

Integers = NDArray[np.int64]

# Up to this many distinct assignments all are enumerated, which makes the p-value exact and free of a seed.
ENUMERATION_LIMIT = 20_000

# Numbers held at once by a piece of resamples (about 16 MB of doubles).
NUMBERS_PER_PIECE = 2_000_000


@dataclass(frozen=True, slots=True)
class ClusterCounts:
    """Answers of clusters as counts.

    counts
        Shape (clusters, items, levels): how many people of the cluster gave the level to the item.
    group
        Shape (clusters,): code 0..groups-1 of the group (batch, in order of time) that the cluster belongs to.
    levels
        Shape (levels,): the values of the scale, rising, kept where nobody used them.
    groups
        Number of groups, those without a cluster included.
    """

    counts: NDArray[np.float64]
    group: Integers
    levels: Floats
    groups: int

    @property
    def clusters_per_group(self) -> Integers:
        """Return the number of clusters of each group, shape (groups,)."""
        return np.bincount(self.group, minlength=self.groups)

    def by_group(self) -> Floats:
        """Return the counts summed over the clusters of each group, shape (groups, items, levels)."""
        return np.tensordot(membership(self.group, self.groups), self.counts, axes=1)

    def of_groups(self, chosen: Sequence[int]) -> ClusterCounts:
        """Return the clusters of the chosen groups, renumbered 0.. in the order given."""
        renumbered = {group: position for position, group in enumerate(chosen)}
        kept = np.flatnonzero(np.isin(self.group, chosen))
        codes = np.array([renumbered[int(group)] for group in self.group[kept]], dtype=np.int64)
        return ClusterCounts(self.counts[kept], codes, self.levels, len(chosen))


def membership(group: Integers, groups: int) -> Floats:
    """Return the 0/1 matrix of shape (..., groups, clusters) that sums clusters into groups."""
    matrix: Floats = (group[..., None, :] == np.arange(groups)[:, None]).astype(np.float64)
    return matrix


def count_clusters(
    answers: Floats,
    cluster: Integers,
    group_of_cluster: Integers,
    levels: Floats,
    groups: int,
) -> ClusterCounts:
    """Return the counts of each cluster, item and level.

    Parameters
    ----------
    answers
        Shape (people, items); NaN is a missing answer.
    cluster
        Shape (people,): code 0..clusters-1 of each person's cluster.
    group_of_cluster
        Shape (clusters,): code of the group that holds the cluster.
    levels
        The values of the scale, rising.
    groups
        Number of groups.

    Raises
    ------
    ValueError
        If an answer is not a value of the scale.
    """
    clusters, items = group_of_cluster.size, answers.shape[1]
    position = np.searchsorted(levels, answers)
    is_answered = ~np.isnan(answers)
    found = levels[np.minimum(position, levels.size - 1)]
    is_off_scale = is_answered & (found != answers)
    if is_off_scale.any():
        raise ValueError(f"answer {answers[is_off_scale][0]:g} is not a value of the scale {levels.tolist()}")
    cell = (cluster[:, None] * items + np.arange(items)) * levels.size + position
    flat = np.bincount(cell[is_answered], minlength=clusters * items * levels.size)
    return ClusterCounts(
        flat.reshape(clusters, items, levels.size).astype(np.float64),
        group_of_cluster,
        levels,
        groups,
    )


def assignment_count(clusters_per_group: Sequence[int] | Integers, *, is_ordered: bool) -> int:
    """Return how many distinct assignments of clusters to groups of these sizes there are.

    ``is_ordered`` says that the statistic distinguishes the groups (a trend); else groups of equal size may
    swap their names without changing it (Kruskal-Wallis: three groups of three give 1680 / 3! = 280).
    """
    sizes = [int(size) for size in clusters_per_group if size > 0]
    total = math.factorial(sum(sizes)) // math.prod(math.factorial(size) for size in sizes)
    return total if is_ordered else total // math.prod(math.factorial(n) for n in Counter(sizes).values())


def smallest_p(
    clusters_per_group: Sequence[int] | Integers,
    *,
    is_ordered: bool,
    is_two_sided: bool,
    resamples: int,
) -> float:
    """Return the smallest p-value that a permutation of whole clusters can give in this design.

    ``is_two_sided`` holds for a signed statistic with groups of equal sizes, where the mirrored assignment is as
    extreme as the observed one.
    """
    distinct = assignment_count(clusters_per_group, is_ordered=is_ordered)
    if distinct > ENUMERATION_LIMIT:
        return 1 / (resamples + 1)
    sizes = [int(size) for size in clusters_per_group if size > 0]
    has_mirror = is_ordered and is_two_sided and sizes == sizes[::-1]
    return min(1.0, (2 if has_mirror else 1) / distinct)


def _enumerate(
    free: tuple[int, ...],
    sizes: Sequence[int],
    is_ordered: bool,
    previous: tuple[int, ...] = (),
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield the members of each group; unordered groups of equal size (neighbours) stand by rising first member."""
    if not sizes:
        yield ()
        return
    size, rest = sizes[0], sizes[1:]
    least = previous[0] + 1 if not is_ordered and len(previous) == size else 0
    holds_first_free = not is_ordered and all(other == size for other in rest)
    for members in itertools.combinations(free, size):
        if holds_first_free and members[0] != free[0]:
            return
        if members[0] < least:
            continue
        taken = set(members)
        left = tuple(cluster for cluster in free if cluster not in taken)
        for others in _enumerate(left, rest, is_ordered, members):
            yield (members, *others)


def all_assignments(clusters_per_group: Sequence[int] | Integers, *, is_ordered: bool) -> Integers:
    """Return every distinct assignment, shape (assignments, clusters), as group codes.

    Meant for designs with at most :data:`ENUMERATION_LIMIT` assignments.
    """
    occupied = [group for group, size in enumerate(clusters_per_group) if size > 0]
    occupied.sort(key=lambda group: int(clusters_per_group[group]))
    sizes = [int(clusters_per_group[group]) for group in occupied]
    clusters = sum(sizes)
    found = list(_enumerate(tuple(range(clusters)), sizes, is_ordered))
    codes = np.empty((len(found), clusters), dtype=np.int64)
    for position, group in enumerate(occupied):
        members = np.array([assignment[position] for assignment in found], dtype=np.int64)
        np.put_along_axis(codes, members, group, axis=1)
    return codes


@dataclass(frozen=True, slots=True)
class Permutations:
    """Permutations of whole clusters over the groups of one design, in pieces of bounded size.

    is_complete
        True where all distinct assignments are enumerated (the observed one among them), which makes the
        p-value their share; else ``total`` random ones are drawn and it is (b + 1)/(B + 1).
    total
        Number of permutations.
    """

    group: Integers
    groups: int
    is_ordered: bool
    is_complete: bool
    total: int
    seed: int

    def pieces(self, numbers_per_permutation: int) -> Iterator[Integers]:
        """Yield group codes of shape (permutations, clusters), few enough at once to bound memory."""
        size = max(1, NUMBERS_PER_PIECE // max(1, numbers_per_permutation))
        if self.is_complete:
            counts = np.bincount(self.group, minlength=self.groups)
            codes = all_assignments(counts, is_ordered=self.is_ordered)
            for start in range(0, self.total, size):
                yield codes[start : start + size]
            return
        generator = np.random.default_rng(self.seed)
        for start in range(0, self.total, size):
            piece = min(size, self.total - start)
            yield generator.permuted(np.broadcast_to(self.group, (piece, self.group.size)), axis=1)


def permutations_of(group: Integers, groups: int, *, is_ordered: bool, resamples: int, seed: int) -> Permutations:
    """Return all distinct assignments where there are at most 20,000, else ``resamples`` random ones."""
    distinct = assignment_count(np.bincount(group, minlength=groups), is_ordered=is_ordered)
    is_complete = distinct <= ENUMERATION_LIMIT
    return Permutations(
        group,
        groups,
        is_ordered,
        is_complete,
        distinct if is_complete else resamples,
        seed,
    )
