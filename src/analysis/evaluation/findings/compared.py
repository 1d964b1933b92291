"""One comparison as findings judge it: its p with classes as units, or of people held to a likeness within classes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scipy import special

from analysis.evaluation.findings.evidence import Known
from analysis.evaluation.findings.finding import Advice, Answer, Grade, RowKey, key_of
from analysis.evaluation.outcome import Row
from analysis.stats.assumptions import Assumption, Condition, class_correlation, parse, without
from analysis.stats.codes import Reason, SamplingUnit, Status, Verdict
from analysis.stats.detectable import smallest_detectable
from analysis.stats.likeness import design_effect, p_with_likeness, unrecorded_classes
from analysis.stats.multiplicity import holm
from analysis.stats.result import Estimate

# Reasons for which the design allows no finding, whatever the data say.
TOO_FEW = frozenset([Reason.ONE_CLASS_IN_BATCH, Reason.TOO_FEW_CLASSES])


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A difference or change with the p that may decide it.

    ``p`` is None where nothing may decide; ``error`` and ``df`` are those of the test that ``p`` comes from;
    ``independent_p`` the p with people as independent units (of averages: its upper bound); ``bound`` the verdict of
    the bounds. ``rows`` begin with the row whose estimate is told. ``conditions`` are those of the estimate;
    ``holding`` those under which ``p`` holds, where people stand in for classes.
    """

    row: Row
    p: float | None
    error: float | None
    df: float | None
    grade: Grade
    rows: tuple[RowKey, ...]
    conditions: tuple[Condition, ...] = ()
    holding: tuple[Condition, ...] = ()
    reason: Reason | None = None
    independent_p: float | None = None
    bound: Verdict | None = None
    settled_by: Advice | None = None

    @property
    def estimate(self) -> Estimate:
        """Return the estimate that is told."""
        return self.row.estimate

    @property
    def sign(self) -> int:
        """Return the direction of the interval: 1 up, -1 down, 0 where it holds zero or is not known."""
        low, high = self.estimate.estimate_low, self.estimate.estimate_high
        if low is None or high is None:
            return 0
        return int(low > 0) - int(high < 0)

    def detectable(self, level: float) -> float | None:
        """Return the smallest difference that the test finds at a level, None where it is not known."""
        if not self.error or not self.df or not math.isfinite(self.error):
            return None
        found = smallest_detectable(self.error, self.df, level)
        return found if math.isfinite(found) else None


def _p_held(t: float, people: int, class_size: float, icc: float, groups: int) -> float | None:
    """Return the p of a t of people held to the likeness of their classes; None where they fill too few classes."""
    classes = unrecorded_classes(people, class_size)
    if classes <= groups or not math.isfinite(t):
        return None
    return p_with_likeness(t, classes=classes, class_size=class_size, icc=icc, samples=groups)


def standard_error(estimate: Estimate) -> float | None:
    """Return the standard error behind a t interval, else behind a t statistic; None where neither tells it."""
    low, high, level, df = estimate.estimate_low, estimate.estimate_high, estimate.interval_level, estimate.df
    if None not in (low, high, level, df) and estimate.status is Status.ESTIMATED:
        return (high - low) / (2 * float(special.stdtrit(df, 0.5 + level / 2)))  # type: ignore[operator]
    if estimate.statistic and estimate.estimate is not None:
        return abs(_nearest(estimate) / estimate.statistic)
    return None


def _nearest(estimate: Estimate) -> float:
    """Return the difference nearest to zero that an estimate admits."""
    if estimate.status is Status.BOUNDED and estimate.estimate_low is not None and estimate.estimate_high is not None:
        low, high = estimate.estimate_low, estimate.estimate_high
        return 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return float(estimate.estimate or 0.0)


def by_classes(row: Row) -> Compared:
    """Return a comparison tested with the class as unit (or why it could not be)."""
    estimate = row.estimate
    has_test = estimate.p_value is not None
    return Compared(
        row=row,
        p=estimate.p_value,
        error=standard_error(estimate) if has_test else None,
        df=estimate.df if has_test else None,
        grade=Grade.CLASSES if has_test else Grade.DESCRIPTION,
        rows=(key_of(row),),
        conditions=parse(estimate.assumes),
        reason=None if has_test else estimate.reason,
        settled_by=Advice.MORE_CLASSES if not has_test and estimate.reason in TOO_FEW else None,
    )


def by_people(row: Row, known: Known, *, groups: int, beside: Row | None = None) -> Compared:
    """Return a comparison of people without recorded classes, held to the declared correlation within classes.

    ``beside`` is the row that says why the class could not be the unit.
    """
    estimate, size, icc = row.estimate, known.class_size, known.class_correlation
    people = estimate.n or 0
    held, error = None, standard_error(estimate)
    if estimate.statistic is not None or (estimate.estimate is not None and error):
        t = estimate.statistic if estimate.statistic is not None else float(estimate.estimate or 0.0) / (error or 1.0)
        held = _p_held(t, people, size, icc, groups)
    rows = (key_of(row),) if beside is None else (key_of(row), key_of(beside))
    return Compared(
        row=row,
        p=held,
        error=None if error is None or held is None else error * math.sqrt(design_effect(size, icc)),
        df=None if held is None else float(people // size - groups),
        grade=Grade.INDEPENDENT_PEOPLE if held is None else Grade.DECLARED_CORRELATION,
        rows=rows,
        conditions=parse(estimate.assumes),
        holding=_clustered(estimate, known),
        reason=estimate.reason if estimate.p_value is None else None,
        independent_p=estimate.p_value,
        settled_by=Advice.RECORD_CLASSES,
    )


def by_bounds(row: Row, known: Known, *, groups: int, settled_by: Advice) -> Compared:
    """Return a comparison of averages: the largest p that they admit, held to the declared correlation."""
    estimate, icc = row.estimate, known.class_correlation
    people, size = estimate.n or 0, _class_size(estimate, known)
    held = None
    if estimate.statistic is not None:
        held = _p_held(estimate.statistic, people, size, icc, groups)
    error = standard_error(estimate)
    known_error = error is not None and error > 0 and held is not None
    return Compared(
        row=row,
        p=held,
        error=error * math.sqrt(design_effect(size, icc)) if known_error and error is not None else None,
        df=math.floor(people / size) - groups if known_error else None,
        grade=Grade.PRINTED_MEANS,
        rows=(key_of(row),),
        conditions=parse(estimate.assumes),
        holding=_clustered(estimate, known),
        reason=estimate.reason if estimate.status is Status.NOT_ESTIMABLE else None,
        independent_p=estimate.p_high,
        bound=estimate.verdict,
        settled_by=settled_by,
    )


def _clustered(estimate: Estimate, known: Known) -> tuple[Condition, ...]:
    """Return the conditions of an estimate with the declared likeness in the place of independent people."""
    kept = parse(without(estimate.assumes, Assumption.PEOPLE_INDEPENDENT))
    return (*parse(class_correlation(known.class_correlation, known.class_size)), *kept)


def _class_size(estimate: Estimate, known: Known) -> float:
    """Return the mean class size of the averages' batches where their classes are known, else the usual one."""
    classes, people = estimate.clusters, estimate.n
    return people / classes if people and classes and 1 < classes < people else float(known.class_size)


def described(row: Row, grade: Grade = Grade.DESCRIPTION) -> Compared:
    """Return a difference that nothing tests."""
    return Compared(
        row=row,
        p=None,
        error=None,
        df=None,
        grade=grade,
        rows=(key_of(row),),
        conditions=parse(row.estimate.assumes),
        reason=row.estimate.reason,
    )


def adjusted(family: Sequence[Compared]) -> list[float | None]:
    """Return Holm's p-values of a family; a comparison without a p stays out of it."""
    found = holm([one.p for one in family])
    return [None if one.p is None else float(p) for one, p in zip(family, found, strict=True)]


def judged(one: Compared, p: float | None, level: float, alpha: float, *, change: bool = False) -> Answer:
    """Return the verdict of a comparison whose adjusted p is held against a level.

    ``change`` chooses rose and fell instead of differs. A p that is not below the level finds nothing; of people
    without classes, and of averages, it leaves open what would hold if people were independent.
    """
    if p is not None and p < level:
        up, down = (Answer.ROSE, Answer.FELL) if change else (Answer.DIFFERS_UP, Answer.DIFFERS_DOWN)
        return {1: up, -1: down}.get(one.sign, Answer.UNDETERMINED)
    if one.estimate.status in (Status.NOT_ESTIMABLE, Status.SUPPRESSED):
        return Answer.NOT_ATTAINABLE if one.reason in TOO_FEW else Answer.NOT_COMPUTABLE
    if one.bound is not None:
        return Answer.NOT_FOUND if one.bound is Verdict.NEVER else Answer.UNDETERMINED
    if one.grade is Grade.CLASSES:
        return Answer.NOT_FOUND
    if one.independent_p is not None:
        return Answer.UNDETERMINED if one.independent_p < alpha else Answer.NOT_FOUND
    return Answer.NOT_ATTAINABLE if one.reason in TOO_FEW else Answer.NOT_COMPUTABLE


def unit_of(one: Compared) -> SamplingUnit | None:
    """Return the unit that the deciding test takes as independent."""
    of_classes = one.grade in (Grade.CLASSES, Grade.DECLARED_CORRELATION)
    return SamplingUnit.CLASS if of_classes else one.estimate.sampling_unit


def told_with(one: Compared, *rows: Row) -> Compared:
    """Return a comparison that rests on further rows too."""
    return replace(one, rows=(*one.rows, *(key_of(row) for row in rows)))
