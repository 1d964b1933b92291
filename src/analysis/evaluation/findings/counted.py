"""Findings that are counts or descriptions, and what a study does not have."""

from __future__ import annotations

from analysis.evaluation.findings.compared import described
from analysis.evaluation.findings.evidence import Evidence
from analysis.evaluation.findings.finding import (
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
from analysis.evaluation.subject import Subject
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit

DONE = "done/plans"
_NO_LEVEL = 1.0  # a description is held against no level


def counted_findings(evidence: Evidence) -> list[Finding]:
    """Return what is counted or described, and what the study lacks."""
    return [
        *_plans(evidence),
        *_printed_attendance(evidence),
        *_attendance(evidence),
        *_batch_size(evidence),
        *_statements(evidence),
        *_file_errors(evidence),
        *_comparison_group(evidence),
        _nothing(Topic.VILLAGES, Question.IMPACT, "villages", None),
    ]


def _nothing(
    topic: Topic, question: Question, subject: str, advice: Advice | None, addressee: Addressee = Addressee.PROVINCE
) -> Finding:
    """Return the finding that a study has no such data."""
    return Finding(
        topic=topic, question=question, subject=Subject.of(subject), contrast=None, verdict=Answer.ABSENT,
        place=Place.ANNEX, grade=Grade.NOTHING, settled_by=advice, recommendation=advice,
        addressee=None if advice is None else addressee,
    )  # fmt: skip


def _told(
    row: Row,
    *,
    topic: Topic,
    question: Question,
    grade: Grade,
    place: Place = Place.FINDING,
    advice: Advice | None = None,
    addressee: Addressee | None = None,
) -> Finding:
    """Return the finding that tells a row as it is."""
    is_told = row.estimate.estimate is not None
    return finding_of(
        described(row, grade),
        topic=topic,
        question=question,
        verdict=Answer.DESCRIBED if is_told else Answer.NOT_COMPUTABLE,
        place=place if is_told else Place.ANNEX,
        p_adjusted=None,
        level=_NO_LEVEL,
        addressee=addressee,
        recommendation=advice,
    )


def _plans(evidence: Evidence) -> list[Finding]:
    """Return the share of action plans carried out, of single plans before published counts."""
    rows = [row for row in evidence.rows("behaviour", contrast=DONE) if row.subject in ("all", "published|all")]
    rows = [row for row in rows if row.estimate.status is not Status.NOT_ESTIMABLE]
    if not rows:
        if {"followup", "published_followup"} & evidence.known.tables:
            return []
        addressee = Addressee.PROVINCE_AND_TRAINERS
        return [_nothing(Topic.ACTION_PLANS, Question.BEHAVIOUR, "all", Advice.RECORD_PLANS, addressee)]
    share = rows[0].estimate.estimate
    is_open = share is not None and share < 1
    is_counted = rows[0].estimate.sampling_unit is SamplingUnit.COMPLETE_COUNT
    return [
        _told(
            rows[0], topic=Topic.ACTION_PLANS, question=Question.BEHAVIOUR,
            grade=Grade.COMPLETE_COUNT if is_counted else Grade.DESCRIPTION,
            advice=Advice.FINISH_PLANS if is_open else None,
            addressee=Addressee.PROVINCE_AND_TRAINERS if is_open else None,
        )
    ]  # fmt: skip


def _printed_attendance(evidence: Evidence) -> list[Finding]:
    """Return each printed percentage of attendance beside its own counts."""
    found = []
    for row in evidence.rows("published.audit", name=EstimateName.PRINTED_PERCENT):
        is_wrong = row.estimate.reason is Reason.CONTRADICTED
        is_of_all = row.subject == "attendance=people"
        found.append(
            _told(
                row, topic=Topic.PRINTED_ATTENDANCE, question=Question.DELIVERY, grade=Grade.COMPLETE_COUNT,
                place=Place.FINDING if is_of_all else Place.ANNEX,
                advice=Advice.CORRECT_PERCENT if is_wrong else None, addressee=Addressee.SOURCE if is_wrong else None,
            )
        )  # fmt: skip
    return found


def _attendance(evidence: Evidence) -> list[Finding]:
    rows = evidence.rows("delivery", subject="people", contrast="attended/registered")
    rows = [row for row in rows if row.estimate.estimate is not None]
    if rows:
        topic, question = Topic.ATTENDANCE, Question.DELIVERY
        return [_told(rows[0], topic=topic, question=question, grade=Grade.COMPLETE_COUNT)]
    if evidence.known.has_attendance:
        return []
    return [_nothing(Topic.ATTENDANCE, Question.DELIVERY, "people", Advice.PUBLISH_ATTENDANCE)]


def _batch_size(evidence: Evidence) -> list[Finding]:
    """Return that the number of answers behind printed means is inferred, where averages are all there is."""
    if evidence.estimable("reaction.items"):
        return []
    rows = evidence.rows("published.batch_size", subject="batch", method=Method.GRIM_TOTALS)
    rows = [row for row in rows if row.estimate.status is not Status.NOT_ESTIMABLE]
    topic, question = Topic.BATCH_SIZE, Question.REACTION
    return [_told(row, topic=topic, question=question, grade=Grade.PRINTED_MEANS) for row in rows[:1]]


def _statements(evidence: Evidence) -> list[Finding]:
    count = evidence.known.statements
    return [] if not count else [_count(Topic.STATEMENTS, "statements", count, Place.FINDING)]


def _file_errors(evidence: Evidence) -> list[Finding]:
    count = evidence.known.file_errors
    return [] if not count else [_count(Topic.FILE_ERRORS, "files", count, Place.ANNEX, Advice.CORRECT_FILES)]


def _count(topic: Topic, subject: str, count: int, place: Place, advice: Advice | None = None) -> Finding:
    return Finding(
        topic=topic, question=Question.DELIVERY if advice else Question.IMPACT, subject=Subject.of(subject),
        contrast=None, verdict=Answer.DESCRIBED, place=place, grade=Grade.COMPLETE_COUNT, estimate=float(count),
        unit=Unit.NONE, recommendation=advice, addressee=Addressee.PROVINCE if advice else None,
    )  # fmt: skip


def _comparison_group(evidence: Evidence) -> list[Finding]:
    if evidence.known.has_comparison:
        return []
    topic, advice = Topic.COMPARISON_GROUP, Advice.PLAN_COMPARISON
    return [_nothing(topic, Question.IMPACT, "comparison", advice, Addressee.DIRECTORATE)]
