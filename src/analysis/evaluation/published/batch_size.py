"""How many people stand behind the printed averages, and how sure the printed table makes us of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import PublishedMeans, published_means
from analysis.stats import assumptions
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import (
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Status,
    Unit,
)
from analysis.stats.published.clustering import effective_cluster_size
from analysis.stats.published.granularity import (
    SizeScan,
    fitting_triples,
    reachable_share_with_free_ties,
    scan_equal_sizes,
)
from analysis.stats.published.rounding import RoundingRule
from analysis.stats.result import Estimate, not_estimable

ANALYSIS = "published.batch_size"
# Sizes below this are no training batch; sizes above the invited people are scanned a little further, to show
# where the printed table stops excluding anything.
SMALLEST_SIZE = 20
LARGEST_SIZE = 300
# Unequal sizes are tried up to three batches: beyond that the combinations are too many to mean anything.
MOST_BATCHES_UNEQUAL = 3


Classes = tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class BatchSizes:
    """The number of people and classes of each batch that the bounds are computed for.

    ``classes`` are the declared ones, else the people over the guide's class size; None where neither is known or a
    batch has one class. ``basis`` says where the number of people comes from: declared by the study, reconstructed
    from the printed table, or the invited people divided equally.
    """

    n: tuple[int, ...]
    classes: tuple[int, ...] | None
    basis: Method

    def class_size_of(self, pair: tuple[int, int]) -> float:
        """Return the size that enters the design effect of two batches' classes, all as equal as whole people allow."""
        counts = self.classes or ()
        shares = [np.diff(np.arange(counts[batch] + 1) * self.n[batch] // counts[batch]) for batch in pair]
        return effective_cluster_size(np.concatenate(shares))

    @property
    def conditions(self) -> str:
        """Return the conditions on sizes as phrases."""
        equal = Assumption.EQUAL_BATCHES if self.basis is not Method.DECLARED else ""
        return assumptions.join(assumptions.sizes(self.n), equal)


def candidate_sizes(data: StudyData) -> np.ndarray:
    """Return the sizes that are tried, up to the invited people (at least :data:`LARGEST_SIZE`)."""
    largest = max(LARGEST_SIZE, data.province.invited_people or 0)
    return np.arange(SMALLEST_SIZE, largest + 1, dtype=np.int64)


def known_sizes(data: StudyData, published: PublishedMeans) -> BatchSizes | None:
    """Return the sizes to compute with, None where nothing at hand tells them.

    Declared sizes come first; then the largest size that reproduces the whole table and that the invited
    people allow; then the invited people divided equally.
    """
    declared = {batch.id: batch.participants for batch in data.province.batch}
    classes = _declared_classes(data, published)
    if all(declared[batch] for batch in published.batches):
        people = tuple(int(declared[batch] or 0) for batch in published.batches)
        return _with_classes(data, people, Method.DECLARED, classes)
    invited = data.province.invited_people
    if invited is None:
        return None
    limit = invited // len(data.province.trained_batches)
    scan = scan_equal_sizes(published.table, candidate_sizes(data), published.rule)
    fitting = scan.sizes[scan.fits & (scan.sizes <= limit)]
    if len(fitting):
        return _with_classes(data, (int(fitting[-1]),) * len(published.batches), Method.GRIM_TOTALS, classes)
    if limit <= 1:
        return None
    return _with_classes(data, (limit,) * len(published.batches), Method.INVITED_DIVIDED, classes)


def same_size(data: StudyData, published: PublishedMeans, n: int) -> BatchSizes:
    """Return sizes that give every batch the same number of people, for sensitivity."""
    return _with_classes(data, (n,) * len(published.batches), Method.INVITED_DIVIDED)


def _with_classes(data: StudyData, n: tuple[int, ...], basis: Method, declared: Classes = None) -> BatchSizes:
    class_size = data.training.guide.class_size
    counts = declared
    if counts is None and class_size is not None:
        counts = tuple(round(size / class_size) for size in n)
    is_usable = counts is not None and all(2 <= count <= size for count, size in zip(counts, n, strict=True))
    return BatchSizes(n, counts if is_usable else None, basis)


def _declared_classes(data: StudyData, published: PublishedMeans) -> Classes:
    """Return the classes that the study declares for every batch, else None."""
    by_batch = {batch.id: batch.classes for batch in data.province.batch}
    counts = [by_batch[batch] for batch in published.batches]
    return None if None in counts else tuple(int(count or 0) for count in counts)


def batch_size(data: StudyData) -> Outcome:
    """Return which sizes reproduce the printed means and totals, and how much that proves.

    Rows per size: means reproduced, totals reproduced, share of printable values that the size can give
    (the power of the check is what is missing to 1). A row per rounding rule: smallest fitting size, with the
    next one as upper limit; the row ``means`` says the same of the means without the totals. The row ``batch``
    holds the size that the other analyses use; ``ties`` is the share of printable values that this size can give
    where a tie may be rounded either way.
    """
    published = published_means(data)
    if published is None:
        missing = not_estimable(
            EstimateName.BATCH_SIZE,
            Unit.PEOPLE,
            Method.GRIM_TOTALS,
            Reason.NO_SUCH_DATA,
        )
        return outcome(data.identity, [Row(ANALYSIS, "batch", None, missing)])
    sizes = candidate_sizes(data)
    scan = scan_equal_sizes(published.table, sizes, published.rule)
    rows = [_chosen(data, published)]
    rows += [_by_rule(published, sizes, rule) for rule in RoundingRule]
    rows += [_means_alone(scan), *_free_ties(data, published)]
    rows += _unequal(data, published, sizes)
    rows += [row for position in range(len(sizes)) for row in _by_size(scan, position)]
    return outcome(data.identity, rows)


def _chosen(data: StudyData, published: PublishedMeans) -> Row:
    sizes = known_sizes(data, published)
    if sizes is None:
        missing = not_estimable(
            EstimateName.BATCH_SIZE,
            Unit.PEOPLE,
            Method.GRIM_TOTALS,
            Reason.BATCH_SIZE_UNKNOWN,
        )
        return Row(ANALYSIS, "batch", None, missing)
    estimate = Estimate(
        estimate_name=EstimateName.BATCH_SIZE,
        unit=Unit.PEOPLE,
        method=sizes.basis,
        status=Status.ESTIMATED,
        estimate=sum(sizes.n) / len(sizes.n),
        estimate_low=min(sizes.n),
        estimate_high=max(sizes.n),
        n=data.province.invited_people,
        clusters=sum(sizes.classes) if sizes.classes else None,
        sampling_unit=SamplingUnit.PERSON,
        assumes=assumptions.join(
            sizes.conditions,
            Assumption.EVERYONE_ANSWERED,
            assumptions.scale(published.table.low, published.table.high),
            assumptions.rounded(published.rule),
        ),
    )
    return Row(ANALYSIS, "batch", None, estimate)


def _means_alone(scan: SizeScan) -> Row:
    fitting = scan.sizes[scan.means == scan.n_means]
    return Row(ANALYSIS, "means", None, _first_two(fitting, Method.GRIM, Assumption.EQUAL_BATCHES))


def _free_ties(data: StudyData, published: PublishedMeans) -> list[Row]:
    sizes = known_sizes(data, published)
    if sizes is None or len(set(sizes.n)) > 1:
        return []
    table = published.table
    estimate = Estimate(
        estimate_name=EstimateName.REACHABLE_SHARE,
        unit=Unit.SHARE,
        method=Method.GRIM,
        status=Status.ESTIMATED,
        estimate=reachable_share_with_free_ties(sizes.n[0], table.decimals, table.low, table.high),
        n=sizes.n[0],
    )
    return [Row(ANALYSIS, "ties", None, estimate)]


def _by_rule(published: PublishedMeans, sizes: np.ndarray, rule: RoundingRule) -> Row:
    scan = scan_equal_sizes(published.table, sizes, rule)
    conditions = assumptions.join(Assumption.EQUAL_BATCHES, assumptions.rounded(rule))
    estimate = _first_two(scan.sizes[scan.fits], Method.GRIM_TOTALS, conditions)
    return Row(ANALYSIS, f"rule={rule}", None, estimate)


def _first_two(fitting: np.ndarray, method: Method, assumes: str) -> Estimate:
    """Return the smallest fitting size, the next one as upper limit."""
    if not len(fitting):
        return not_estimable(EstimateName.FITTING_SIZE, Unit.PEOPLE, method, Reason.NO_SIZE_FITS)
    return Estimate(
        estimate_name=EstimateName.FITTING_SIZE,
        unit=Unit.PEOPLE,
        method=method,
        status=Status.ESTIMATED,
        estimate=float(fitting[0]),
        estimate_high=float(fitting[1]) if len(fitting) > 1 else None,
        n=len(fitting),
        assumes=assumes,
    )


def _unequal(data: StudyData, published: PublishedMeans, sizes: np.ndarray) -> list[Row]:
    """Return how many combinations of sizes of up to three batches fit, within the people invited."""
    invited = data.province.invited_people
    if invited is None or len(published.batches) > MOST_BATCHES_UNEQUAL or scan_is_powerless(published):
        return []
    within = sizes[sizes <= invited]
    found = fitting_triples(published.table, within, published.rule, invited)
    estimate = Estimate(
        estimate_name=EstimateName.FITTING_COMBINATIONS,
        unit=Unit.NONE,
        method=Method.GRIM_TOTALS,
        status=Status.ESTIMATED,
        estimate=float(len(found)),
        estimate_low=float(found.min()) if len(found) else None,
        estimate_high=float(found.max()) if len(found) else None,
        n=invited,
        assumes=assumptions.join(assumptions.rounded(published.rule)),
    )
    return [Row(ANALYSIS, "combinations", None, estimate)]


def scan_is_powerless(published: PublishedMeans) -> bool:
    """Return whether no totals are printed, so that every combination of fitting sizes fits trivially."""
    return bool((published.table.total_units < 0).all())


def _by_size(scan: SizeScan, position: int) -> list[Row]:
    subject = f"n={scan.sizes[position]}"
    choice = int(scan.largest_choice[position])
    counts = [
        (
            EstimateName.MEANS_REPRODUCED,
            Method.GRIM,
            scan.means[position],
            scan.n_means,
            Unit.ITEMS,
        ),
        (
            EstimateName.TOTALS_REPRODUCED,
            Method.GRIM_TOTALS,
            scan.totals[position],
            scan.n_totals,
            Unit.ITEMS,
        ),
        (
            EstimateName.REACHABLE_SHARE,
            Method.GRIM,
            scan.reachable[position],
            choice,
            Unit.SHARE,
        ),
    ]
    return [
        Row(
            ANALYSIS,
            subject,
            None,
            Estimate(
                estimate_name=name,
                unit=unit,
                method=method,
                status=Status.ESTIMATED,
                estimate=float(value),
                n=int(n),
            ),
        )
        for name, method, value, n, unit in counts
    ]
