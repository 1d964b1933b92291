"""What one province brings to the nation: the change of its people where it has scores, else the published one."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from scipy import special

from analysis.evaluation import learning, published
from analysis.evaluation.data import StudyData
from analysis.evaluation.learning.tables import learning_table
from analysis.evaluation.outcome import rows_of
from analysis.evaluation.published.change import published_changes
from analysis.stats.codes import Status, Unit
from analysis.stats.paired import CLASS_METHODS
from analysis.stats.published.change import change_bounds
from analysis.stats.result import Estimate

LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Headline:
    """One province's headline estimate of a question, as a share of the scale's or test's length.

    ``se`` is None where only averages are published; then ``se_high`` is the largest standard error that the
    averages admit. ``maximum`` is the length of the scale or test in points.
    """

    study: str
    question: str
    estimate: Estimate
    change: float
    se: float | None
    se_high: float | None
    maximum: float

    def as_share(self) -> Estimate:
        """Return the estimate and its limits as shares of the maximum, so that tests of any length compare."""
        limits = (self.estimate.estimate_low, self.estimate.estimate_high)
        low, high = (None if limit is None else limit / self.maximum for limit in limits)
        return replace(self.estimate, unit=Unit.TEST_SHARE, estimate=self.change, estimate_low=low, estimate_high=high)


def headlines(study: StudyData) -> list[Headline]:
    """Return the headline estimates of one province: the change from pre to post, as far as it has one.

    Scores of people come before published averages; their standard error has the class as unit.
    """
    return [one for one in (_change_of_people(study) or _published_change(study),) if one is not None]


def _change_of_people(study: StudyData) -> Headline | None:
    table = learning_table(study)
    if table is None or table.maximum is None:
        return None
    for row in rows_of(learning.change(study).results):
        estimate = row.estimate
        is_headline = row.subject == "all" and estimate.method in CLASS_METHODS
        error = _standard_error(estimate) if is_headline else None
        if error is not None and estimate.estimate is not None:
            change, error = estimate.estimate / table.maximum, error / table.maximum
            return Headline(study.province.study, LEARNING, estimate, change, error, None, float(table.maximum))
    return None


def _standard_error(estimate: Estimate) -> float | None:
    """Return the standard error behind a t interval, also of an estimate of zero; None without an interval's width."""
    low, high, level, df = estimate.estimate_low, estimate.estimate_high, estimate.interval_level, estimate.df
    if low is None or high is None or level is None or df is None:
        return None
    error = (high - low) / (2 * float(special.stdtrit(df, 0.5 + level / 2)))
    return error if error > 0 else None


def _published_change(study: StudyData) -> Headline | None:
    pair = next((one for one in published_changes(study) if one.group == "all"), None)
    if pair is None or pair.n is None:
        return None
    bounds = change_bounds(pair.pre_interval, pair.post_interval, pair.maximum, pair.n, study.settings.alpha)
    largest = bounds.sd_high / math.sqrt(pair.n) / pair.maximum
    for row in rows_of(published.change(study).results):
        estimate = row.estimate
        if row.subject == "all" and estimate.status is not Status.NOT_ESTIMABLE and largest > 0:
            change = (estimate.estimate or 0.0) / pair.maximum
            return Headline(study.province.study, LEARNING, estimate, change, None, largest, float(pair.maximum))
    return None
