"""Findings of the nation: the change of scores over the provinces of one training and year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.evaluation.findings.compared import by_classes, standard_error
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
from analysis.evaluation.national import PARTICIPATION, PROVINCES, SHARE, SYNTHESIS
from analysis.evaluation.outcome import Row, rows_of
from analysis.evaluation.subject import Subject
from analysis.stats.assumptions import parse
from analysis.stats.codes import SamplingUnit, Status
from analysis.stats.detectable import smallest_detectable

Key = tuple[str, int, bool]


def national_findings(results: pd.DataFrame, alpha: float) -> tuple[Finding, ...]:
    """Return the findings of the nation: one per training and year, and what is missing."""
    columns = ["training", "year", "simulated"]
    found: list[Finding] = []
    for key in results[columns].drop_duplicates().itertuples(index=False):
        own = results[(results[columns] == list(key)).all(axis=1)]
        found.append(_change((str(key[0]), int(key[1]), bool(key[2])), rows_of(own), alpha))
    return (*found, *_missing(results))


def group_subject(training: str, year: int, simulated: bool) -> Subject:
    """Return the subject of a group of provinces."""
    named = Subject.of(("training", training), ("year", year))
    return named.narrowed("simulated") if simulated else named


def _change(key: Key, rows: Sequence[Row], alpha: float) -> Finding:
    """Return what the provinces of one group say together; below five it is described."""
    pooled = [row for row in rows if row.analysis == SYNTHESIS and row.estimate.status is Status.ESTIMATED]
    chosen = [row for name in ("learning", "learning|unweighted") for row in pooled if row.subject == name]
    own = [row for row in rows if row.analysis == PROVINCES and (row.contrast or "").endswith(SHARE)]
    if not chosen:
        return _described(key, [row for row in own if row.estimate.estimate is not None])
    row = chosen[0]
    one, estimate = by_classes(row), row.estimate
    is_found = estimate.p_value < alpha if estimate.p_value is not None else one.sign != 0
    verdict = {1: Answer.ROSE, -1: Answer.FELL}.get(one.sign, Answer.NOT_FOUND) if is_found else Answer.NOT_FOUND
    error = standard_error(estimate)
    detectable = smallest_detectable(error, estimate.df, alpha) if error and estimate.df else None
    return Finding(
        topic=Topic.NATION, question=Question.LEARNING, subject=group_subject(*key), contrast=None, verdict=verdict,
        place=Place.HEADLINE if verdict in FOUND else Place.FINDING, grade=Grade.PROVINCES,
        estimate=estimate.estimate, estimate_low=estimate.estimate_low, estimate_high=estimate.estimate_high,
        unit=estimate.unit, p_adjusted=estimate.p_value,
        smallest_detectable=None if verdict in FOUND else detectable, n=estimate.n,
        sampling_unit=SamplingUnit.PROVINCE, conditions=parse(estimate.assumes), rows=(key_of(row),),
    )  # fmt: skip


def _described(key: Key, own: list[Row]) -> Finding:
    """Return that a group has too few provinces for a mean: described where any has scores, absent where none."""
    return Finding(
        topic=Topic.NATION, question=Question.LEARNING, subject=group_subject(*key), contrast=None,
        verdict=Answer.DESCRIBED if own else Answer.ABSENT, place=Place.FINDING if own else Place.ANNEX,
        grade=Grade.DESCRIPTION if own else Grade.NOTHING, n=len(own) or None, settled_by=Advice.MORE_PROVINCES,
        rows=tuple(key_of(row) for row in own),
    )  # fmt: skip


def _missing(results: pd.DataFrame) -> list[Finding]:
    """Return what the nation lacks, with the advice that follows; simulated provinces give none about real ones."""
    real = results[~results["simulated"].astype(bool)] if len(results) else results
    real = real if len(real) else results  # a run of simulated provinces alone is told like a real one
    missing = real[real["status"] == Status.NOT_ESTIMABLE]
    attended = (missing["analysis"] == PARTICIPATION) & (missing["subject"] == "attended")
    given = (
        (Topic.LEARNING_CHANGE, Question.LEARNING, Advice.REPORT_SCORES, missing["analysis"] == PROVINCES),
        (Topic.ATTENDANCE, Question.DELIVERY, Advice.REPORT_ATTENDANCE, attended),
        (Topic.NATION, Question.LEARNING, Advice.MORE_PROVINCES, missing["analysis"] == SYNTHESIS),
    )
    found = [_lack(topic, question, advice) for topic, question, advice, is_missing in given if is_missing.any()]
    lacking = _lack(Topic.COMPARISON_GROUP, Question.IMPACT, Advice.PLAN_COMPARISON)
    return [*found, lacking]


def _lack(topic: Topic, question: Question, advice: Advice) -> Finding:
    to_nation = advice in (Advice.MORE_PROVINCES, Advice.PLAN_COMPARISON)
    return Finding(
        topic=topic, question=question, subject=Subject.of("national"), contrast=None, verdict=Answer.ABSENT,
        place=Place.ANNEX, grade=Grade.NOTHING, settled_by=advice, recommendation=advice,
        addressee=Addressee.DIRECTORATE if to_nation else Addressee.PROVINCE,
    )  # fmt: skip
