"""Findings about reaction: do the batches differ in their ratings; in total, by aspect and by indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    key_of,
)
from analysis.evaluation.findings.making import finding_of
from analysis.evaluation.outcome import Row
from analysis.evaluation.subject import Subject
from analysis.stats.assumptions import parse
from analysis.stats.codes import EstimateName, Reason, SamplingUnit, Status, Unit, Verdict

ROOT, TOTAL = "reaction", "total"
ASPECTS, ITEMS, PAIRS = "reaction.aspects", "reaction.items", "reaction.pairs"
PUBLISHED_TOTAL, PUBLISHED_ASPECTS, PUBLISHED_ITEMS = "published.total", "published.aspects", "published.pairs"
CLASS_UNIT, PUBLISHED_MEANS = "published.class_unit", "published.means"


def root_of(evidence: Evidence) -> list[Compared]:
    """Return the contrasts of the total rating that are the root of reaction: of people before averages."""
    if evidence.estimable(ASPECTS):
        return _contrasts_of_people(evidence, lambda subject: subject == TOTAL)
    return _contrasts_of_averages(evidence, PUBLISHED_TOTAL)


def _contrasts_of_people(evidence: Evidence, wanted: Callable[[str], bool]) -> list[Compared]:
    """Return the differences of batches in a score of people, with the class as unit or, unrecorded, of people."""
    rows = evidence.rows(ASPECTS, name=EstimateName.MEAN_DIFFERENCE)
    rows = [row for row in rows if wanted(row.subject)]
    naive = {(row.subject, row.contrast): row for row in rows if row.estimate.sampling_unit is SamplingUnit.PERSON}
    found = []
    for row in rows:
        if row.estimate.sampling_unit is not SamplingUnit.CLASS:
            continue
        person = naive.get((row.subject, row.contrast))
        is_unrecorded = row.estimate.reason is Reason.CLASS_NOT_RECORDED
        if is_unrecorded and person is not None and person.estimate.p_value is not None:
            found.append(by_people(person, evidence.known, groups=2, beside=row))
        else:
            found.append(by_classes(row))
    return found


def _contrasts_of_averages(evidence: Evidence, analysis: str) -> list[Compared]:
    """Return the differences of batches in printed averages; what holds for classes of any likeness needs no more."""
    by_class = {(row.subject, row.contrast): row for row in evidence.rows(CLASS_UNIT)}
    found = []
    for row in evidence.rows(analysis, name=EstimateName.MEAN_DIFFERENCE):
        if row.contrast is None:
            continue  # an indicator left out of every contrast
        one = by_bounds(row, evidence.known, groups=2, settled_by=Advice.PUBLISH_SPREAD)
        classes = by_class.get((row.subject, row.contrast))
        found.append(one if classes is None else _with_classes(one, classes))
    return found


# The tables that ratings stand in.
_TABLES = frozenset({"responses", "published_means"})


def _with_classes(one: Compared, classes: Row) -> Compared:
    """Return a comparison of averages beside its bounds with the class as unit, which decide where they can."""
    p = classes.estimate.p_high
    if classes.estimate.verdict is Verdict.ALWAYS and p is not None and (one.p is None or p < one.p):
        conditions = parse(classes.estimate.assumes)
        decided = replace(one, p=p, grade=Grade.CLASSES, conditions=conditions, holding=())
        return told_with(decided, classes)
    return told_with(one, classes)


def reaction_findings(evidence: Evidence, budget: Budget) -> list[Finding]:
    """Return the findings about reaction: means, total, aspects, indicators."""
    of_people = evidence.estimable(ASPECTS)
    means = _means(evidence, of_people=of_people)
    if not means:
        return [_unusable() if _TABLES & evidence.known.tables else _absent()]
    root = root_of(evidence)
    p_values = [budget.adjusted(ROOT, p) for p in adjusted(root)]
    totals = [_total(evidence, budget, one, p, len(root)) for one, p in zip(root, p_values, strict=True)]
    gates = {str(one.row.contrast): p for one, p in zip(root, p_values, strict=True) if p is not None}
    if of_people:
        return [*means, *totals, *_aspects(evidence, budget, gates), *_items(evidence, budget, gates)]
    return [*means, *totals, *_aspects(evidence, budget, gates), *_printed_items(evidence, budget, gates)]


def _absent() -> Finding:
    return Finding(
        topic=Topic.REACTION_MEANS, question=Question.REACTION, subject=Subject.of(TOTAL), contrast=None,
        verdict=Answer.ABSENT, place=Place.ANNEX, grade=Grade.NOTHING, settled_by=Advice.COLLECT_RATINGS,
        addressee=Addressee.PROVINCE, recommendation=Advice.COLLECT_RATINGS,
    )  # fmt: skip


def _unusable() -> Finding:
    """Return the finding of forms that came without one answer that can be used."""
    return Finding(
        topic=Topic.REACTION_MEANS, question=Question.REACTION, subject=Subject.of(TOTAL), contrast=None,
        verdict=Answer.NOT_COMPUTABLE, place=Place.FINDING, grade=Grade.NOTHING, settled_by=Advice.CORRECT_FILES,
        addressee=Addressee.PROVINCE, reason=Reason.ITEM_NOT_ANSWERED,
    )  # fmt: skip


def _means(evidence: Evidence, *, of_people: bool) -> list[Finding]:
    """Return the described mean rating of all batches, one finding over their rows."""
    if of_people:
        rows = evidence.rows(ASPECTS, subject=TOTAL, name=EstimateName.MEAN)
        grade = Grade.CLASSES if any(row.estimate.estimate_low is not None for row in rows) else Grade.DESCRIPTION
    else:
        rows, grade = evidence.rows(PUBLISHED_MEANS, subject=TOTAL), Grade.PRINTED_MEANS
    shown = [row for row in rows if row.estimate.estimate is not None]
    if not shown and not evidence.estimable(ITEMS) and not evidence.estimable(PUBLISHED_MEANS):
        return []
    return [
        Finding(
            topic=Topic.REACTION_MEANS,
            question=Question.REACTION,
            subject=Subject.of(TOTAL),
            contrast=None,
            verdict=Answer.DESCRIBED if shown else Answer.NOT_COMPUTABLE,
            place=Place.FINDING,
            grade=grade,
            estimate=shown[0].estimate.estimate if len(shown) == 1 else None,
            unit=Unit.SCALE_POINTS,
            n=sum(row.estimate.n or 0 for row in shown) or None,
            rows=tuple(key_of(row) for row in shown),
            reason=None if shown or not rows else rows[0].estimate.reason,
        )
    ]


def _total(evidence: Evidence, budget: Budget, one: Compared, p: float | None, family: int) -> Finding:
    alpha = evidence.known.alpha
    verdict = judged(one, p, alpha, alpha)
    advice, addressee = _advised(one, verdict)
    return finding_of(
        one,
        topic=Topic.REACTION_TOTAL,
        question=Question.REACTION,
        verdict=verdict,
        place=Place.HEADLINE if verdict in FOUND else Place.FINDING,
        p_adjusted=p,
        level=budget.level(ROOT) / family,
        addressee=addressee,
        recommendation=advice,
    )


def _advised(one: Compared, verdict: Answer) -> tuple[Advice | None, Addressee | None]:
    """Return what is recommended of a contrast of the total, and to whom."""
    if verdict in FOUND:
        return Advice.COMPARE_BATCHES, Addressee.PROVINCE_AND_TRAINERS
    if one.settled_by in (Advice.PUBLISH_SPREAD, Advice.RECORD_CLASSES):
        return one.settled_by, Addressee.PROVINCE
    return None, None


Gates = dict[str, float]


def _aspects(evidence: Evidence, budget: Budget, gates: Gates) -> list[Finding]:
    """Return the aspects of each pair of batches, adjusted over all of them, beneath the total of their pair."""
    if evidence.estimable(ASPECTS):
        family = _contrasts_of_people(evidence, lambda subject: subject != TOTAL)
    else:
        family = _contrasts_of_averages(evidence, PUBLISHED_ASPECTS)
    return _beneath(evidence, budget, family, Topic.REACTION_ASPECT, gates)


def _beneath(evidence: Evidence, budget: Budget, family: list[Compared], topic: Topic, gates: Gates) -> list[Finding]:
    alpha = evidence.known.alpha
    found = []
    for one, p in zip(family, adjusted(family), strict=True):
        held = _gated(budget.adjusted(ROOT, p), gates.get(str(one.row.contrast)))
        verdict = judged(one, held, alpha, alpha)
        found.append(
            finding_of(
                one, topic=topic, question=Question.REACTION, verdict=_of_bounds(one, verdict, alpha),
                place=Place.FINDING if verdict in FOUND else Place.ANNEX, p_adjusted=held,
                level=budget.level(ROOT) / max(1, len(family)),
            )
        )  # fmt: skip
    return found


def _of_bounds(one: Compared, verdict: Answer, alpha: float) -> Answer:
    """Return what bounds say under independence, after the adjustment of their family, where nothing is found."""
    if verdict in FOUND or one.bound is None:
        return verdict
    if one.estimate.p_adjusted is not None and one.estimate.p_adjusted < alpha:
        return Answer.ALWAYS
    return Answer.NEVER if one.bound is Verdict.NEVER else Answer.UNDETERMINED


def _gated(p: float | None, gate: float | None) -> float | None:
    """Return the p of something asked beneath another question: never smaller than that one's own."""
    return None if p is None or gate is None else max(p, gate)


def _printed_items(evidence: Evidence, budget: Budget, gates: Gates) -> list[Finding]:
    family = _contrasts_of_averages(evidence, PUBLISHED_ITEMS)
    return _beneath(evidence, budget, family, Topic.REACTION_ITEM, gates)


def _items(evidence: Evidence, budget: Budget, gates: Gates) -> list[Finding]:
    """Return each indicator over all batches (adjusted by maxT), then its pairs, beneath the total."""
    gate = min(gates.values(), default=None)
    attainable = evidence.rows(ITEMS, subject="all", name=EstimateName.SMALLEST_ATTAINABLE_P)
    smallest = attainable[0].estimate.estimate if attainable else None
    pairs = _pairs_by_item(evidence)
    found: list[Finding] = []
    held_by_item: dict[str, float | None] = {}
    for row in evidence.rows(ITEMS, name=EstimateName.EPSILON_SQUARED, contrast="all"):
        if row.estimate.sampling_unit is SamplingUnit.CLASS:
            held = _gated(budget.adjusted(ROOT, row.estimate.p_adjusted), gate)
            held_by_item[row.subject] = held
            found.append(_item(evidence, budget, row, held, smallest, pairs.get(row.subject, [])))
    family = [one for item in held_by_item for one in pairs.get(item, []) if one.p is not None]
    return [*found, *_item_pairs(evidence, budget, family, held_by_item, gates)]


def _pairs_by_item(evidence: Evidence) -> dict[str, list[Compared]]:
    found: dict[str, list[Compared]] = {}
    for row in evidence.rows(PAIRS, name=EstimateName.MEAN_DIFFERENCE):
        if row.estimate.sampling_unit is SamplingUnit.CLASS:
            found.setdefault(row.subject, []).append(by_classes(row))
    return found


def _item(
    evidence: Evidence, budget: Budget, row: Row, p: float | None, smallest: float | None, pairs: Iterable[Compared]
) -> Finding:
    """Return the verdict of one indicator; its direction is that of the pairs whose interval leaves out zero."""
    level = budget.level(ROOT)
    signs = {one.sign for one in pairs} - {0}
    if row.estimate.status is not Status.ESTIMATED or row.estimate.p_adjusted is None:
        verdict = Answer.NOT_COMPUTABLE
    elif smallest is not None and smallest >= level:
        verdict = Answer.NOT_ATTAINABLE
    elif p is not None and p < evidence.known.alpha:
        up_or_down = Answer.DIFFERS_UP if signs == {1} else Answer.DIFFERS_DOWN
        verdict = up_or_down if len(signs) == 1 else Answer.UNDETERMINED
    else:
        verdict = Answer.NOT_FOUND
    one = replace(by_classes(row), error=None, df=None)
    return finding_of(
        one, topic=Topic.REACTION_ITEM, question=Question.REACTION, verdict=verdict,
        place=Place.FINDING if verdict in FOUND else Place.ANNEX, p_adjusted=p, level=level,
    )  # fmt: skip


def _item_pairs(
    evidence: Evidence, budget: Budget, family: list[Compared], items: dict[str, float | None], gates: Gates
) -> list[Finding]:
    """Return the pairs of batches on each indicator, adjusted over all pairs, beneath total and indicator."""
    alpha = evidence.known.alpha
    found = []
    for one, p in zip(family, adjusted(family), strict=True):
        held = _gated(budget.adjusted(ROOT, p), gates.get(str(one.row.contrast)))
        held = _gated(held, items.get(one.row.subject))
        verdict = judged(one, held, alpha, alpha)
        found.append(
            finding_of(
                one, topic=Topic.REACTION_PAIR, question=Question.REACTION, verdict=verdict, place=Place.ANNEX,
                p_adjusted=held, level=budget.level(ROOT) / len(family),
            )
        )  # fmt: skip
    return found
