"""From a judged comparison to a finding."""

from __future__ import annotations

from analysis.evaluation.findings.compared import Compared, unit_of
from analysis.evaluation.findings.finding import Addressee, Advice, Answer, Finding, Place, Question, Topic
from analysis.evaluation.subject import Contrast, Subject
from analysis.stats.codes import Status

# Verdicts beside which the smallest difference that would have been found is said.
_WITH_DETECTABLE = frozenset([Answer.NOT_FOUND, Answer.EQUIVALENT])
# What settles something that is settled already.
_SETTLED = frozenset([Answer.ROSE, Answer.FELL, Answer.DIFFERS_UP, Answer.DIFFERS_DOWN, Answer.EQUIVALENT])


def finding_of(
    one: Compared,
    *,
    topic: Topic,
    question: Question,
    verdict: Answer,
    place: Place,
    p_adjusted: float | None,
    level: float,
    addressee: Addressee | None = None,
    recommendation: Advice | None = None,
) -> Finding:
    """Return the finding of a comparison; ``level`` is the one that the smallest detectable difference belongs to."""
    estimate, row = one.estimate, one.row
    is_shown = estimate.status is not Status.SUPPRESSED
    return Finding(
        topic=topic,
        question=question,
        subject=Subject.parse(row.subject),
        contrast=row.contrast if row.contrast is None else Contrast.read(row.contrast) or row.contrast,
        verdict=verdict,
        place=place,
        grade=one.grade,
        estimate=estimate.estimate if is_shown else None,
        estimate_low=estimate.estimate_low,
        estimate_high=estimate.estimate_high,
        unit=estimate.unit,
        p_adjusted=p_adjusted,
        smallest_detectable=one.detectable(level) if verdict in _WITH_DETECTABLE else None,
        n=estimate.n,
        sampling_unit=unit_of(one),
        conditions=one.holding if one.holding and verdict in _SETTLED else one.conditions,
        settled_by=None if verdict in _SETTLED else one.settled_by,
        addressee=addressee,
        recommendation=recommendation,
        rows=one.rows,
        reason=one.reason,
        independent_p=one.independent_p,
    )
