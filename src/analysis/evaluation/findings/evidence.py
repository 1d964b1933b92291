"""What findings are drawn from: the rows of a results table by analysis, and what is known of the study."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Row, rows_of
from analysis.stats.codes import EstimateName, Method, SamplingUnit, Status

# People of a class where neither the study nor the guide of its training says how many: eight villages of four.
USUAL_CLASS_SIZE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What of a study does not stand in its results.

    ``file_errors`` and ``statements`` are counts; ``has_comparison`` tells whether people were tested untrained;
    ``tables`` names the tables that hold anything.
    """

    alpha: float
    class_size: int
    class_correlation: float
    file_errors: int
    statements: int
    has_comparison: bool
    has_attendance: bool
    tables: frozenset[str]


@dataclass(frozen=True)
class Evidence:
    """The results of one study with what is known of it."""

    results: pd.DataFrame
    known: Known

    @cached_property
    def _by_analysis(self) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows_of(self.results):
            found[row.analysis].append(row)
        return found

    def rows(
        self,
        analysis: str,
        *,
        subject: str | Container[str] | None = None,
        contrast: str | None = None,
        name: EstimateName | None = None,
        method: Method | None = None,
        unit: SamplingUnit | None = None,
    ) -> list[Row]:
        """Return the rows of an analysis that fit, in the table's order; None leaves a column free."""
        return [
            row
            for row in self._by_analysis.get(analysis, [])
            if (subject is None or (row.subject == subject if isinstance(subject, str) else row.subject in subject))
            and (contrast is None or row.contrast == contrast)
            and (name is None or row.estimate.estimate_name is name)
            and (method is None or row.estimate.method is method)
            and (unit is None or row.estimate.sampling_unit is unit)
        ]

    def estimable(self, analysis: str) -> bool:
        """Return whether an analysis gave anything, also something that must not be shown."""
        return any(row.estimate.status is not Status.NOT_ESTIMABLE for row in self._by_analysis.get(analysis, []))


def known_of(study: StudyData) -> Known:
    """Return what findings need to know of a study beside its results."""
    problems = study.problems
    errors = int((problems["severity"].astype(str) == "error").sum()) if "severity" in problems else 0
    return Known(
        alpha=study.settings.alpha,
        class_size=study.training.guide.class_size or USUAL_CLASS_SIZE,
        class_correlation=study.training.class_icc,
        file_errors=errors,
        statements=len(study.province.statements),
        has_comparison=any(len(table) for table in study.comparison.values()),
        has_attendance=_has_attendance(study),
        tables=frozenset(name for name, table in study.tables.items() if len(table)),
    )


def _has_attendance(study: StudyData) -> bool:
    from analysis.evaluation.delivery.counts import has_attended

    participants = study.tables.get("participants")
    is_listed = participants is not None and bool(has_attended(participants).notna().any())
    return is_listed or "published_attendance" in study.tables
