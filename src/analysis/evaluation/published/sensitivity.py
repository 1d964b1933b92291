"""The contrasts repeated for another number of people: all invited in one batch instead of an equal share."""

from __future__ import annotations

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.batch_size import known_sizes, same_size
from analysis.evaluation.published.class_unit import all_scores
from analysis.evaluation.published.contrasts import adjusted, contrast_rows
from analysis.evaluation.published.tables import published_means
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.result import not_estimable

ANALYSIS = "published.sensitivity"


def sensitivity(data: StudyData) -> Outcome:
    """Return all contrasts as if every batch had as many people as were invited in all.

    The subject carries the size, such as ``total|n=288``; families are those of the main analyses.
    """
    published = published_means(data)
    invited = data.province.invited_people
    if (
        published is None
        or invited is None
        or len(published.batches) < 2
        or known_sizes(data, published) is None
    ):
        reason = Reason.NO_SUCH_DATA if published is None else Reason.BATCH_SIZE_UNKNOWN
        missing = not_estimable(
            EstimateName.MEAN_DIFFERENCE,
            Unit.SCALE_POINTS,
            Method.WELCH_T_BOUNDS,
            reason,
        )
        return outcome(data.identity, [Row(ANALYSIS, "all", None, missing)])
    sizes = same_size(data, published, invited)
    rows: list[Row] = []
    for scores, family in zip(
        all_scores(published), ("total", "aspects", "pairs"), strict=True
    ):
        method = (
            Method.WELCH_T_BOUNDS
            if scores.are_items
            else Method.WELCH_T_BOUNDS_PERSON_MEANS
        )
        part = contrast_rows(data, published, scores, sizes, ANALYSIS, method)
        part = [
            Row(row.analysis, f"{row.subject}|n={invited}", row.contrast, row.estimate)
            for row in part
        ]
        names = {
            position: f"{ANALYSIS} {family}"
            + ("" if family == "total" else f" {row.contrast}")
            for position, row in enumerate(part)
        }
        rows += adjusted(part, names)
    return outcome(data.identity, rows)
