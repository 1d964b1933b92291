"""Which findings the executive summary tells, in which order, and which recommendations follow from which finding.

The words stand in the templates ``summary.md.j2`` and ``recommendations.md.j2`` of each language, a passage a code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

from analysis.report.claims.selection import Choice, estimable
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, Status
from analysis.stats.paired import CLASS_METHODS

MOST_FINDINGS, MOST_RECOMMENDATIONS = 7, 5


class Finding(StrEnum):
    """What the executive summary can tell, the most telling first."""

    RESPONSES_MEANS = "responses_means"
    RESPONSES_TOTAL = "responses_total"
    RESPONSES_ITEMS = "responses_items"
    MEANS = "means"
    TOTAL = "total"
    ASPECTS = "aspects"
    INDICATORS = "indicators"
    CLASSES = "classes"
    SCORES = "scores"
    COMPARISON = "comparison"
    CHANGE = "change"
    CHANGE_LIMITS = "change_limits"
    FOLLOWUP = "followup"
    ATTENDANCE = "attendance"
    DELIVERY = "delivery"
    BATCH_SIZE = "batch_size"
    STATEMENTS = "statements"


class Addressee(StrEnum):
    """Whom a recommendation concerns."""

    SOURCE = "source"
    PROVINCE = "province"
    PROVINCE_AND_TRAINERS = "province_and_trainers"
    DIRECTORATE = "directorate"


class Advice(StrEnum):
    """What the report can recommend, the most urgent first; the last ones are about what is missing."""

    CORRECT_PERCENT = "correct_percent"
    CORRECT_FILES = "correct_files"
    COMPARE_BATCHES = "compare_batches"
    FINISH_PLANS = "finish_plans"
    PUBLISH_SPREAD = "publish_spread"
    PUBLISH_PAIRS = "publish_pairs"
    PUBLISH_ATTENDANCE = "publish_attendance"
    PUBLISH_SCORES = "publish_scores"
    COLLECT_RATINGS = "collect_ratings"
    RECORD_PLANS = "record_plans"
    PLAN_COMPARISON = "plan_comparison"


@dataclass(frozen=True, slots=True)
class Rule:
    """A recommendation: whom it concerns, the section that holds the finding, and when it is made."""

    advice: Advice
    addressee: Addressee
    section: str
    fires: Callable[[Evidence], bool]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The results of one study, with the questions that rules ask of them."""

    results: pd.DataFrame
    alpha: float
    file_errors: int
    statements: int
    has_attendance: bool

    def rows(self, analysis: str, wanted: Mapping[str, Choice] = MappingProxyType({})) -> pd.DataFrame:
        """Return the estimable rows of an analysis whose columns hold the wanted values."""
        return estimable(self.results, analysis, wanted)

    def has(self, analysis: str, wanted: Mapping[str, Choice] = MappingProxyType({})) -> bool:
        """Return whether there is an estimable row."""
        return len(self.rows(analysis, wanted)) > 0


def pairs_are_published(results: pd.DataFrame) -> bool:
    """Return whether the number of people with both tests is published, not taken from attendance."""
    tested = results[
        (results["analysis"] == "published.change") & (results["estimate_name"] == EstimateName.MEAN_CHANGE)
    ]
    conditions = tested["assumes"].dropna().astype(str)
    return len(conditions) > 0 and not conditions.str.contains(Assumption.PAIRS_ARE_ATTENDED, regex=False).any()


def _people_total(evidence: Evidence) -> pd.DataFrame:
    return evidence.rows("reaction.aspects", {"subject": "total", "method": Method.WELCH_T_CLASS_MEANS})


def _batches_differ(evidence: Evidence) -> bool:
    """Return whether a difference of total scores survives adjustment with the class as the unit."""
    return bool((_people_total(evidence)["p_adjusted"] < evidence.alpha).any())


def _compared_changes(evidence: Evidence) -> pd.DataFrame:
    """Return the change of the trained minus that of the comparison group, class as unit."""
    method = Method.CLASS_JACKKNIFE_WITHIN_GROUPS_SATTERTHWAITE
    return evidence.rows("learning.comparison", {"estimate_name": EstimateName.DIFFERENCE_IN_CHANGE, "method": method})


def _plans_are_open(evidence: Evidence) -> bool:
    done = evidence.rows("behaviour", {"subject": "all", "contrast": "done/plans"})["estimate"]
    return bool((done < 1).any())


def _percent_is_wrong(evidence: Evidence) -> bool:
    wanted = {"estimate_name": EstimateName.PRINTED_PERCENT, "reason": Reason.CONTRADICTED}
    return evidence.has("published.audit", wanted)


def _has_ratings(evidence: Evidence) -> bool:
    return evidence.has("published.means") or evidence.has("reaction.items")


def _has_learning(evidence: Evidence) -> bool:
    return evidence.has("published.change") or evidence.has("learning.change")


RULES = (
    Rule(Advice.CORRECT_PERCENT, Addressee.SOURCE, "kehadiran", _percent_is_wrong),
    Rule(Advice.CORRECT_FILES, Addressee.PROVINCE, "mutu", lambda evidence: evidence.file_errors > 0),
    Rule(Advice.COMPARE_BATCHES, Addressee.PROVINCE_AND_TRAINERS, "jawaban", _batches_differ),
    Rule(Advice.FINISH_PLANS, Addressee.PROVINCE_AND_TRAINERS, "tindak-lanjut", _plans_are_open),
    Rule(
        Advice.PUBLISH_SPREAD,
        Addressee.PROVINCE,
        "tidak-ada",
        lambda evidence: evidence.has("published.means") and not evidence.has("reaction.items"),
    ),
    Rule(
        Advice.PUBLISH_PAIRS,
        Addressee.PROVINCE,
        "pembelajaran",
        lambda evidence: (
            evidence.has("published.change", {"subject": "all|enough"})
            and not pairs_are_published(evidence.results)
            and not evidence.has("learning.change")
        ),
    ),
    Rule(Advice.PUBLISH_ATTENDANCE, Addressee.PROVINCE, "tidak-ada", lambda evidence: not evidence.has_attendance),
    Rule(Advice.PUBLISH_SCORES, Addressee.PROVINCE, "tidak-ada", lambda evidence: not _has_learning(evidence)),
    Rule(Advice.COLLECT_RATINGS, Addressee.PROVINCE, "tidak-ada", lambda evidence: not _has_ratings(evidence)),
    Rule(
        Advice.RECORD_PLANS,
        Addressee.PROVINCE_AND_TRAINERS,
        "tidak-ada",
        lambda evidence: not evidence.has("behaviour", {"contrast": "done/plans"}),
    ),
    Rule(
        Advice.PLAN_COMPARISON,
        Addressee.DIRECTORATE,
        "desain",
        lambda evidence: not evidence.has("learning.comparison"),
    ),
)


def recommendations(evidence: Evidence) -> tuple[Rule, ...]:
    """Return at most five rules that fire; a missing comparison group keeps its place at the end."""
    fired = [rule for rule in RULES if rule.fires(evidence)]
    if len(fired) > MOST_RECOMMENDATIONS and fired[-1].advice is Advice.PLAN_COMPARISON:
        return (*fired[: MOST_RECOMMENDATIONS - 1], fired[-1])
    return tuple(fired[:MOST_RECOMMENDATIONS])


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """Return at most seven findings that the results allow; single responses and scores come before averages."""
    by_people = evidence.has("reaction.items")
    has_batches = evidence.has("published.total") and not by_people
    allowed = {
        Finding.RESPONSES_MEANS: evidence.has(
            "reaction.aspects", {"subject": "total", "method": Method.MEAN_OF_CLASS_MEANS_T}
        ),
        Finding.RESPONSES_TOTAL: _people_total(evidence)["contrast"].str.contains("-", regex=False).any(),
        Finding.RESPONSES_ITEMS: evidence.has("reaction.items", {"contrast": "all"}),
        Finding.MEANS: evidence.has("published.means", {"subject": "total"}) and not by_people,
        Finding.TOTAL: has_batches,
        Finding.ASPECTS: has_batches and evidence.has("published.aspects"),
        Finding.INDICATORS: has_batches and evidence.has("published.pairs"),
        Finding.CLASSES: has_batches and evidence.has("published.class_unit"),
        Finding.SCORES: evidence.has("learning.change", {"subject": "all", "method": CLASS_METHODS}),
        Finding.COMPARISON: (_compared_changes(evidence)["status"] == Status.ESTIMATED).any(),
        Finding.CHANGE: evidence.has("published.change") and not evidence.has("learning.change"),
        Finding.CHANGE_LIMITS: evidence.has("published.change", {"estimate_name": EstimateName.ENOUGH_UNITS})
        and not evidence.has("learning.change"),
        Finding.FOLLOWUP: evidence.has("behaviour", {"subject": "all", "contrast": "done/plans"}),
        Finding.ATTENDANCE: evidence.has("published.audit", {"subject": "attendance=people"}),
        Finding.DELIVERY: evidence.has("delivery", {"subject": "people", "contrast": "attended/registered"}),
        Finding.BATCH_SIZE: evidence.has("published.batch_size", {"subject": "batch", "method": Method.GRIM_TOTALS})
        and not by_people,
        Finding.STATEMENTS: evidence.statements > 0,
    }
    return tuple(finding for finding in Finding if allowed[finding])[:MOST_FINDINGS]
