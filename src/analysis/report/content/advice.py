"""Which recommendations a report gives: those that its findings carry, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.evaluation.findings import Addressee, Advice, Finding, Place, Topic

MOST_FINDINGS, MOST_RECOMMENDATIONS = 7, 5

# The section that holds what a recommendation rests on.
_SECTIONS = {
    Advice.CORRECT_PERCENT: "kehadiran",
    Advice.CORRECT_FILES: "mutu",
    Advice.COMPARE_BATCHES: "jawaban",
    Advice.FINISH_PLANS: "tindak-lanjut",
    Advice.RECORD_CLASSES: "tidak-ada",
    Advice.LINK_FORMS: "pasangan-nilai",
    Advice.PUBLISH_SPREAD: "tidak-ada",
    Advice.PUBLISH_PAIRS: "pembelajaran",
    Advice.PUBLISH_ATTENDANCE: "tidak-ada",
    Advice.PUBLISH_SCORES: "tidak-ada",
    Advice.COLLECT_RATINGS: "tidak-ada",
    Advice.RECORD_PLANS: "tidak-ada",
    Advice.MORE_CLASSES: "syarat",
    Advice.REPORT_SCORES: "perubahan",
    Advice.REPORT_ATTENDANCE: "cakupan",
    Advice.MORE_PROVINCES: "sintesis",
    Advice.PLAN_COMPARISON: "desain",
}
# Of averages the differences of batches stand in a section of their own.
_OF_AVERAGES = {Advice.COMPARE_BATCHES: "skor-total"}


# What the summary tells, the most telling first; aspects and indicators share one passage.
_TOLD = (
    Topic.REACTION_MEANS, Topic.REACTION_TOTAL, Topic.REACTION_ASPECT, Topic.LEARNING_CHANGE,
    Topic.LEARNING_COMPARISON, Topic.ACTION_PLANS, Topic.PRINTED_ATTENDANCE, Topic.ATTENDANCE, Topic.BATCH_SIZE,
    Topic.STATEMENTS,
)  # fmt: skip
_ITEMS = (Topic.REACTION_ASPECT, Topic.REACTION_ITEM)


def summary_topics(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the topics that the summary tells, at most seven; what is only in the annex is none of them."""
    told = {finding.topic for finding in findings if finding.place is not Place.ANNEX}
    told |= {Topic.REACTION_ASPECT} if told & set(_ITEMS) else set()
    return tuple(str(topic) for topic in _TOLD if topic in told)[:MOST_FINDINGS]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation: what, to whom, the section that shows why, and the finding that it rests on."""

    advice: Advice
    addressee: Addressee
    section: str
    finding: Finding


def recommendations(findings: Sequence[Finding]) -> tuple[Recommendation, ...]:
    """Return at most five recommendations of the findings; a missing comparison group keeps its place at the end."""
    by_advice: dict[Advice, Finding] = {}
    for finding in findings:
        if finding.recommendation is not None:
            by_advice.setdefault(finding.recommendation, finding)
    made = [_made(advice, by_advice[advice]) for advice in Advice if advice in by_advice]
    if len(made) > MOST_RECOMMENDATIONS and made[-1].advice is Advice.PLAN_COMPARISON:
        return (*made[: MOST_RECOMMENDATIONS - 1], made[-1])
    return tuple(made[:MOST_RECOMMENDATIONS])


def _made(advice: Advice, finding: Finding) -> Recommendation:
    is_of_averages = bool(finding.rows) and finding.rows[0].analysis.startswith("published.")
    sections = _SECTIONS | (_OF_AVERAGES if is_of_averages else {})
    return Recommendation(advice, finding.addressee or Addressee.PROVINCE, sections[advice], finding)
