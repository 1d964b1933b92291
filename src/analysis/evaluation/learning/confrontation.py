"""Where a province has both single scores and published averages: do the scores reproduce what was printed?"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.evaluation.data import StudyData, guarded
from analysis.evaluation.learning.tables import LearningTable, learning_table, nothing, with_condition
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import rounding_rule
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.published.rounding import parse_printed
from analysis.stats.result import Estimate, not_estimable

ANALYSIS = "learning.confrontation"


def confrontation(data: StudyData) -> Outcome:
    """Compare printed pre and post means with the means of the single scores.

    Subjects ``pre`` and ``post`` (all people) or ``batch=5|pre``; contrast ``scores-printed``. Everybody with the
    test counts, and beside it (``|pairs``) only those with both, as sources differ. ``reason``: reproduced or
    contradicted, on the printed scale.
    """
    table, printed = learning_table(data), data.tables.get("published_scores")
    if table is None or printed is None or printed.empty:
        return nothing(data, ANALYSIS)
    result = []
    for record in printed.to_dict("records"):
        group, test = str(record["group"]), str(record["test"])
        if test not in ("pre", "post"):
            continue
        dimension = _dimension(data, group)
        subject = test if group == "all" else f"{dimension}={group}|{test}"
        for name, only_pairs in ((subject, False), (f"{subject}|pairs", True)):
            estimate, people = _difference(data, table, record, only_pairs)
            shown = guarded([estimate], people, data.settings.minimum_cell)[0]
            result.append(Row(ANALYSIS, name, "scores-printed", with_condition(shown, table.condition)))
    return outcome(data.identity, result) if result else nothing(data, ANALYSIS)


def _dimension(data: StudyData, group: str) -> str:
    """Return the person column that a published group belongs to: a batch of the study, else a regency."""
    return "batch" if group in data.province.batches else "regency"


def _difference(
    data: StudyData, table: LearningTable, record: Mapping[Hashable, Any], only_pairs: bool
) -> tuple[Estimate, int]:
    frame, group, test = table.people, str(record["group"]), str(record["test"])
    if only_pairs:
        frame = frame[table.is_complete]
    if group != "all":
        frame = frame[(frame[_dimension(data, group)] == group).fillna(False)]
    scores = frame[test].dropna()
    name, method = EstimateName.CONFRONTED_DIFFERENCE, Method.RECOMPUTATION
    if scores.empty or table.maximum is None:
        reason = Reason.NO_SUCH_DATA if scores.empty else Reason.MAXIMUM_NOT_KNOWN
        return not_estimable(name, Unit.TEST_POINTS, method, reason, n=0), 0
    printed_maximum = table.maximum if pd.isna(record["maximum"]) else float(record["maximum"])
    recomputed = float(scores.mean()) * printed_maximum / table.maximum
    printed = parse_printed(str(record["mean_printed"]))
    low, high = (float(limit) for limit in printed.interval(rounding_rule(data)))
    is_reproduced = low - 1e-9 <= recomputed <= high + 1e-9
    estimate = Estimate(
        estimate_name=name,
        unit=Unit.TEST_POINTS,
        method=method,
        status=Status.ESTIMATED,
        estimate=recomputed - float(printed.value),
        n=int(scores.size),
        sampling_unit=SamplingUnit.PERSON,
        reason=Reason.REPRODUCED if is_reproduced else Reason.CONTRADICTED,
    )
    return estimate, int(scores.size)
