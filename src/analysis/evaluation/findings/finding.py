"""A finding: one answer of a study, with its verdict, what it rests on, and what would settle or better it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

import pandas as pd

from analysis.evaluation.outcome import Row
from analysis.evaluation.subject import Contrast, Subject
from analysis.stats.assumptions import Condition, join
from analysis.stats.codes import Reason, SamplingUnit, Unit


class Question(StrEnum):
    """The questions of a study that findings answer."""

    DELIVERY = "delivery"
    REACTION = "reaction"
    LEARNING = "learning"
    BEHAVIOUR = "behaviour"
    FACILITATORS = "facilitators"
    COMMENTS = "comments"
    ITEMS = "items"
    IMPACT = "impact"


class Topic(StrEnum):
    """What a finding is about, in the order in which a summary tells it."""

    REACTION_MEANS = "reaction_means"
    REACTION_TOTAL = "reaction_total"
    REACTION_ASPECT = "reaction_aspect"
    REACTION_ITEM = "reaction_item"
    REACTION_PAIR = "reaction_pair"
    LEARNING_CHANGE = "learning_change"
    LEARNING_COMPARISON = "learning_comparison"
    LEARNING_GROUP = "learning_group"
    LEARNING_BATCHES = "learning_batches"
    ACTION_PLANS = "action_plans"
    PRINTED_ATTENDANCE = "printed_attendance"
    ATTENDANCE = "attendance"
    BATCH_SIZE = "batch_size"
    STATEMENTS = "statements"
    FILE_ERRORS = "file_errors"
    COMPARISON_GROUP = "comparison_group"
    VILLAGES = "villages"
    NATION = "nation"


class Answer(StrEnum):
    """The closed list of verdicts; direction is that of the later test, batch, group or year."""

    ROSE = "rose"
    FELL = "fell"
    DIFFERS_UP = "differs_up"
    DIFFERS_DOWN = "differs_down"
    EQUIVALENT = "equivalent"
    NOT_FOUND = "not_found"
    NOT_ATTAINABLE = "not_attainable"
    UNDETERMINED = "undetermined"
    ALWAYS = "always"
    NEVER = "never"
    DESCRIBED = "described"
    NOT_COMPUTABLE = "not_computable"
    ABSENT = "absent"


# Verdicts that something is there.
FOUND = frozenset([Answer.ROSE, Answer.FELL, Answer.DIFFERS_UP, Answer.DIFFERS_DOWN])


class Place(StrEnum):
    """Where a finding may stand: first page and summary, summary, or annex (exploratory, bounds)."""

    HEADLINE = "headline"
    FINDING = "finding"
    ANNEX = "annex"


class Grade(StrEnum):
    """What a verdict rests on, the firmest first."""

    COMPLETE_COUNT = "complete_count"
    CLASSES = "classes"
    DECLARED_CORRELATION = "declared_correlation"
    PROVINCES = "provinces"
    INDEPENDENT_PEOPLE = "independent_people"
    PRINTED_MEANS = "printed_means"
    DESCRIPTION = "description"
    NOTHING = "nothing"


class Addressee(StrEnum):
    """Whom a recommendation concerns."""

    SOURCE = "source"
    PROVINCE = "province"
    PROVINCE_AND_TRAINERS = "province_and_trainers"
    DIRECTORATE = "directorate"


class Advice(StrEnum):
    """What can be recommended, and what would settle a finding; the most urgent first."""

    CORRECT_PERCENT = "correct_percent"
    CORRECT_FILES = "correct_files"
    COMPARE_BATCHES = "compare_batches"
    FINISH_PLANS = "finish_plans"
    RECORD_CLASSES = "record_classes"
    LINK_FORMS = "link_forms"
    PUBLISH_SPREAD = "publish_spread"
    PUBLISH_PAIRS = "publish_pairs"
    PUBLISH_ATTENDANCE = "publish_attendance"
    PUBLISH_SCORES = "publish_scores"
    COLLECT_RATINGS = "collect_ratings"
    RECORD_PLANS = "record_plans"
    MORE_CLASSES = "more_classes"
    REPORT_SCORES = "report_scores"
    REPORT_ATTENDANCE = "report_attendance"
    MORE_PROVINCES = "more_provinces"
    PLAN_COMPARISON = "plan_comparison"


@dataclass(frozen=True, slots=True)
class RowKey:
    """The columns that tell a result row apart from every other of its study."""

    analysis: str
    subject: str
    contrast: str | None
    estimate_name: str
    method: str
    sampling_unit: str | None
    effect_name: str | None

    def __str__(self) -> str:
        parts = (getattr(self, field.name) for field in fields(self))
        return " ".join("-" if part is None else str(part).replace(" ", "_") for part in parts)


def key_of(row: Row) -> RowKey:
    """Return the key of a result row."""
    estimate = row.estimate
    return RowKey(
        row.analysis,
        row.subject,
        row.contrast,
        str(estimate.estimate_name),
        str(estimate.method),
        None if estimate.sampling_unit is None else str(estimate.sampling_unit),
        None if estimate.effect_name is None else str(estimate.effect_name),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    ``estimate`` with its interval, ``unit``, ``n`` and ``sampling_unit`` are those of the first of ``rows``;
    ``p_adjusted`` is adjusted over everything that its error budget counts, ``smallest_detectable`` is in ``unit``.
    ``reason`` says why nothing could be computed; ``independent_p`` is the p-value with people as independent units,
    the condition under which an undetermined finding would be one.
    """

    topic: Topic
    question: Question
    subject: Subject
    contrast: Contrast | str | None
    verdict: Answer
    place: Place
    grade: Grade
    estimate: float | None = None
    estimate_low: float | None = None
    estimate_high: float | None = None
    unit: Unit | None = None
    p_adjusted: float | None = None
    smallest_detectable: float | None = None
    n: int | None = None
    sampling_unit: SamplingUnit | None = None
    conditions: tuple[Condition, ...] = ()
    settled_by: Advice | None = None
    addressee: Addressee | None = None
    recommendation: Advice | None = None
    rows: tuple[RowKey, ...] = ()
    reason: Reason | None = None
    independent_p: float | None = None

    @property
    def id(self) -> str:
        """Return the name of the finding, unique in its study."""
        about = [str(self.subject)] + ([] if self.contrast is None else [str(self.contrast)])
        return "/".join([str(self.topic), *about])

    @property
    def is_found(self) -> bool:
        """Return whether the verdict is that something rose, fell or differs."""
        return self.verdict in FOUND


# The contract of findings.csv: the columns and their order never change.
FINDING_COLUMNS = (
    "finding", "question", "subject", "contrast", "verdict", "place", "estimate", "estimate_low", "estimate_high",
    "unit", "p_adjusted", "smallest_detectable", "n", "sampling_unit", "conditions", "grade", "settled_by",
    "addressee", "recommendation", "rows",
)  # fmt: skip


def findings_frame(found: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as the table of ``findings.csv``: codes, full precision, one row each."""
    return pd.DataFrame([_record(finding) for finding in found], columns=list(FINDING_COLUMNS))


def _record(finding: Finding) -> dict[str, object]:
    written: dict[str, object] = {
        "finding": finding.id,
        "conditions": join(*map(str, finding.conditions)),
        "rows": "; ".join(map(str, finding.rows)),
    }
    plain = ("estimate", "estimate_low", "estimate_high", "p_adjusted", "smallest_detectable", "n")
    for name in FINDING_COLUMNS:
        if name not in written:
            value = getattr(finding, name)
            written[name] = value if value is None or name in plain else str(value)
    return written
