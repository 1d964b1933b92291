"""Who has both tests, only one, none: shown before anything is tested."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.learning.tables import LearningTable, learning_table, nothing, rows
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.small_cells import hidden_groups, suppressed, without_hidden
from analysis.stats.codes import Reason, Unit
from analysis.stats.shares import count, share_of_count

ANALYSIS = "learning.matching"
DIMENSIONS = ("batch", "role", "regency")
KINDS = ("both", "pre_only", "post_only")


def matching(data: StudyData) -> Outcome:
    """Count who has both tests, one, none; and by batch, role and regency.

    Subjects: ``both``, ``pre_only``, ``post_only``, ``no_test``, ``not_linkable`` (forms without id), ``no_class``
    (pairs left out because their class is unknown), and ``role=bpd|both`` and the like. Details: ``matching``, one
    row per dimension and group with the counts.
    """
    table = learning_table(data)
    if table is None:
        return nothing(data, ANALYSIS)
    kind = matching_kind(table)
    numbers = {name: int((kind == name).sum()) for name in (*KINDS, "not_linkable")}
    numbers["no_test"] = table.without_any_test
    numbers["no_class"] = int(table.is_complete.sum() - table.is_analysed.sum())
    result = [Row(ANALYSIS, name, None, count(number, Unit.PEOPLE)) for name, number in numbers.items()]
    people = len(table.people) + table.without_any_test
    result += rows(ANALYSIS, "both", None, [share_of_count(numbers["both"], people)])
    details = []
    for dimension in DIMENSIONS:
        by_group, frame = _by_group(table, kind, dimension, data.settings.minimum_cell)
        result += by_group
        details.append(frame)
    return outcome(data.identity, result, {"matching": pd.concat(details, ignore_index=True)})


def matching_kind(table: LearningTable) -> pd.Series:
    """Return for each row of the table: both, pre_only, post_only or not_linkable."""
    frame = table.people
    kind = pd.Series("both", index=frame.index)
    kind[frame["post"].isna()] = "pre_only"
    kind[frame["pre"].isna()] = "post_only"
    kind[frame["participant_id"].isna()] = "not_linkable"
    return kind


def _by_group(
    table: LearningTable, kind: pd.Series, dimension: str, minimum_cell: int
) -> tuple[list[Row], pd.DataFrame]:
    groups = table.people[dimension]
    counts = pd.crosstab(groups, kind).reindex(columns=list(KINDS), fill_value=0)
    sizes = {str(group): int(size) for group, size in groups.value_counts().items()}
    hidden = hidden_groups(sizes, minimum_cell)
    result = []
    for group, numbers in counts.iterrows():
        for name in KINDS:
            estimate = count(int(numbers[name]), Unit.PEOPLE, n=sizes[str(group)])
            reason = hidden.get(str(group))
            shown = suppressed(estimate, reason) if isinstance(reason, Reason) else estimate
            result.append(Row(ANALYSIS, f"{dimension}={group}|{name}", None, shown))
    frame = counts.reset_index(names="group")
    frame.insert(0, "dimension", dimension)
    return result, without_hidden(frame, list(KINDS), frame["group"].isin(list(hidden)))
