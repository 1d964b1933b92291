"""Findings about learning: did scores change, more than in a comparison group, and for whom."""

from __future__ import annotations

from dataclasses import replace

from analysis.evaluation.findings.budget import Budget
from analysis.evaluation.findings.compared import (
    Compared,
    adjusted,
    by_bounds,
    by_classes,
    by_people,
    judged,
    told_with,
)
from analysis.evaluation.findings.evidence import Evidence
from analysis.evaluation.findings.finding import (
    FOUND,
    Addressee,
    Advice,
    Answer,
    Finding,
    Grade,
    Place,
    Question,
    Topic,
)
from analysis.evaluation.findings.making import finding_of
from analysis.evaluation.outcome import Row
from analysis.evaluation.subject import Contrast, Subject
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status

CHANGE, PUBLISHED = "learning.change", "published.change"
ROOT = "learning"
DIMENSIONS = ("role", "regency", "batch", "sex")
POST_PRE = Contrast("post", "pre")


def root_of(evidence: Evidence) -> list[Compared]:
    """Return the change of scores that is the root of learning: of people before averages, of all before groups.

    Several only where averages of single groups are printed and none of all; empty without any scores.
    """
    of_people = _change_of_people(evidence)
    rows = [
        row
        for row in evidence.rows(PUBLISHED, name=EstimateName.MEAN_CHANGE)
        if not Subject.parse(row.subject).details and row.estimate.reason is not Reason.NO_SUCH_DATA
    ]
    if of_people is not None and (not rows or of_people.p is not None or of_people.independent_p is not None):
        return [of_people]
    whole = [row for row in rows if row.subject == "all"]
    return [_change_of_averages(evidence, row) for row in whole or rows]


def _change_of_people(evidence: Evidence) -> Compared | None:
    """Return the change of matched people with the class as unit, else of people; of forms that nobody can link."""
    rows = evidence.rows(CHANGE, subject="all", name=EstimateName.MEAN_CHANGE)
    if not rows or rows[0].estimate.reason is Reason.NO_SUCH_DATA:
        return None
    if rows[0].estimate.reason is Reason.UNLINKABLE_FORMS:
        return _unlinked_change(evidence, rows[0])
    of_class = [row for row in rows if row.estimate.sampling_unit is SamplingUnit.CLASS] or rows[:1]
    of_person = [row for row in rows if row.estimate.method is Method.PAIRED_T and row.estimate.p_value is not None]
    tested = [row for row in of_class if row.estimate.p_value is not None]
    if tested or not of_person:
        return by_classes((tested or of_class)[0])
    return _of_people(evidence, of_person[0], of_class[0], groups=1)


def _of_people(evidence: Evidence, row: Row, beside: Row, *, groups: int) -> Compared:
    """Return a comparison of people whose class-based row says why it has no test."""
    found = by_people(row, evidence.known, groups=groups, beside=beside)
    if beside.estimate.reason is Reason.CLASS_NOT_RECORDED:
        return found
    # Classes are recorded and too few for any test: people must not stand in for them.
    return replace(
        found, p=None, error=None, df=None, grade=Grade.INDEPENDENT_PEOPLE, reason=beside.estimate.reason,
        settled_by=Advice.MORE_CLASSES,
    )  # fmt: skip


def _unlinked_change(evidence: Evidence, refused: Row) -> Compared:
    rows = evidence.rows(CHANGE, subject="unlinked")
    by_method = {row.estimate.method: row for row in rows}
    linked = by_method.get(Method.CLASS_JACKKNIFE_UNPAIRED)
    if linked is not None and linked.estimate.p_value is not None:
        return by_classes(linked)
    welch, bounds = by_method.get(Method.WELCH_T_UNPAIRED), by_method.get(Method.CORRELATION_FREE_BOUNDS)
    if welch is None or welch.estimate.p_value is None:
        return by_classes(refused)
    found = replace(_of_people(evidence, welch, linked or refused, groups=2), settled_by=Advice.LINK_FORMS)
    return found if bounds is None else told_with(found, bounds)


def _change_of_averages(evidence: Evidence, row: Row) -> Compared:
    is_assumed = str(Assumption.PAIRS_ARE_ATTENDED) in (row.estimate.assumes or "")
    unknown = row.estimate.reason is Reason.PAIRS_UNPUBLISHED
    settled_by = Advice.PUBLISH_PAIRS if is_assumed or unknown else Advice.PUBLISH_SPREAD
    return by_bounds(row, evidence.known, groups=1, settled_by=settled_by)


def learning_findings(evidence: Evidence, budget: Budget) -> list[Finding]:
    """Return the findings about learning, the change first."""
    root = root_of(evidence)
    if not root:
        return [_absent()]
    p_values = adjusted(root)
    changes = [_change(evidence, budget, one, p, len(root)) for one, p in zip(root, p_values, strict=True)]
    gate = budget.adjusted(ROOT, min((p for p in p_values if p is not None), default=None))
    return [*changes, *_comparison(evidence, budget, gate), *_groups(evidence, budget, gate), *_batches(evidence)]


def _absent() -> Finding:
    return Finding(
        topic=Topic.LEARNING_CHANGE, question=Question.LEARNING, subject=Subject.of("all"), contrast=POST_PRE,
        verdict=Answer.ABSENT, place=Place.ANNEX, grade=Grade.NOTHING, settled_by=Advice.PUBLISH_SCORES,
        addressee=Addressee.PROVINCE, recommendation=Advice.PUBLISH_SCORES,
    )  # fmt: skip


def _change(evidence: Evidence, budget: Budget, one: Compared, p: float | None, family: int) -> Finding:
    level = budget.level(ROOT)
    verdict = judged(one, p, level, evidence.known.alpha, change=True)
    if verdict in (Answer.NOT_FOUND, Answer.UNDETERMINED) and one.grade is Grade.CLASSES:
        shown = _equivalence(evidence, level)
        verdict, one = (Answer.EQUIVALENT, told_with(one, shown)) if shown is not None else (verdict, one)
    advised = one.settled_by if one.settled_by in _ADVISED else None
    return finding_of(
        one,
        topic=Topic.LEARNING_CHANGE,
        question=Question.LEARNING,
        verdict=verdict,
        place=Place.HEADLINE if verdict in FOUND else Place.FINDING,
        p_adjusted=budget.adjusted(ROOT, p),
        level=level / family,
        addressee=Addressee.PROVINCE if advised else None,
        recommendation=advised,
    )


_ADVISED = frozenset([Advice.RECORD_CLASSES, Advice.PUBLISH_PAIRS, Advice.LINK_FORMS])


def _equivalence(evidence: Evidence, level: float) -> Row | None:
    """Return the test that the change is smaller than the smallest that matters, where it shows it."""
    for row in evidence.rows("learning.equivalence", subject="all", unit=SamplingUnit.CLASS):
        p = row.estimate.p_value
        if row.estimate.status is Status.ESTIMATED and p is not None and p < level:
            return row
    return None


def _comparison(evidence: Evidence, budget: Budget, gate: float | None) -> list[Finding]:
    """Return the change of the trained against that of the comparison group."""
    if not evidence.known.has_comparison:
        return []
    rows = evidence.rows("learning.comparison", name=EstimateName.DIFFERENCE_IN_CHANGE)
    if not rows:
        return []
    of_class = [row for row in rows if row.estimate.sampling_unit is SamplingUnit.CLASS] or rows[:1]
    of_person = [row for row in rows if row.estimate.sampling_unit is SamplingUnit.PERSON]
    tested = [row for row in of_class if row.estimate.p_value is not None]
    if tested or not of_person or of_person[0].estimate.p_value is None:
        one = by_classes((tested or of_class)[0])
    else:
        one = _of_people(evidence, of_person[0], of_class[0], groups=2)
    p = _beneath(gate, budget.adjusted(ROOT, one.p))
    verdict = judged(one, p, evidence.known.alpha, evidence.known.alpha)
    return [
        finding_of(
            one,
            topic=Topic.LEARNING_COMPARISON,
            question=Question.IMPACT,
            verdict=verdict,
            place=Place.FINDING,
            p_adjusted=p,
            level=budget.level(ROOT),
        )
    ]


def _groups(evidence: Evidence, budget: Budget, gate: float | None) -> list[Finding]:
    """Return the change of each role, regency, batch and sex, adjusted over all of them, beneath the change of all."""
    rows = [
        row
        for row in evidence.rows("learning.subgroups", name=EstimateName.MEAN_CHANGE)
        if Subject.parse(row.subject).head.name in DIMENSIONS
    ]
    family = [by_classes(row) for row in rows]
    found = []
    for one, p in zip(family, adjusted(family), strict=True):
        held = _beneath(gate, budget.adjusted(ROOT, p))
        verdict = judged(one, held, evidence.known.alpha, evidence.known.alpha, change=True)
        found.append(
            finding_of(
                one, topic=Topic.LEARNING_GROUP, question=Question.LEARNING, verdict=verdict,
                place=Place.FINDING if verdict in FOUND else Place.ANNEX, p_adjusted=held,
                level=budget.level(ROOT) / max(1, len(family)),
            )
        )  # fmt: skip
    return found


def _batches(evidence: Evidence) -> list[Finding]:
    """Return the differences in change between batches: exploratory, by their own adjustment."""
    alpha = evidence.known.alpha
    rows = evidence.rows("learning.batches", subject="batch", name=EstimateName.DIFFERENCE_IN_CHANGE)
    return [
        finding_of(
            one, topic=Topic.LEARNING_BATCHES, question=Question.LEARNING,
            verdict=judged(one, one.estimate.p_adjusted, alpha, alpha), place=Place.ANNEX,
            p_adjusted=one.estimate.p_adjusted, level=alpha / max(1, len(rows)),
        )
        for one in (by_classes(row) for row in rows)
    ]  # fmt: skip


def _beneath(gate: float | None, p: float | None) -> float | None:
    """Return the p of something asked beneath a root: never smaller than the root's own."""
    return None if p is None or gate is None else max(gate, p)
