"""What one province brings to the nation: the change of its people where it has scores, else the published one."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from analysis.evaluation import learning, published
from analysis.evaluation.data import StudyData
from analysis.evaluation.learning.tables import learning_table, no_change
from analysis.evaluation.outcome import rows_of
from analysis.evaluation.published.change import published_changes
from analysis.stats.codes import EstimateName, Method, Reason, Status, Unit
from analysis.stats.paired import CLASS_METHODS
from analysis.stats.published.change import largest_standard_error
from analysis.stats.result import Estimate

LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Headline:
    """One province's headline estimate of a question, as a share of the scale's or test's length.

    ``se`` is None where only averages are published or scores have no classes; then ``se_low`` and ``se_high`` are the
    standard errors between which it lies: 0 or that of independent people, and that of classes of the guide's size
    wholly alike. ``maximum`` is the length of the scale or test in points.
    """

    study: str
    question: str
    estimate: Estimate
    change: float
    se: float | None
    se_low: float | None
    se_high: float | None
    maximum: float

    def as_share(self) -> Estimate:
        """Return the estimate and its limits as shares of the maximum, so that tests of any length compare."""
        limits = (self.estimate.estimate_low, self.estimate.estimate_high)
        low, high = (None if limit is None else limit / self.maximum for limit in limits)
        return replace(self.estimate, unit=Unit.TEST_SHARE, estimate=self.change, estimate_low=low, estimate_high=high)


def headlines(study: StudyData) -> list[Headline]:
    """Return the headline estimates of one province: the change from pre to post, as far as it has one.

    Scores of people come before published averages; their standard error has the class as unit, and is a range where
    classes do not give one.
    """
    found = _change_of_people(study) or _published_change(study)
    return [] if found is None else [found]


def _change_of_people(study: StudyData) -> Headline | None:
    table = learning_table(study)
    if table is None or table.maximum is None:
        return None
    own = [row.estimate for row in rows_of(learning.change(study).results) if row.subject == "all"]
    changes = [one for one in own if one.estimate_name is EstimateName.MEAN_CHANGE and one.estimate is not None]
    for estimate in changes:
        error = estimate.standard_error() if estimate.method in CLASS_METHODS else None
        if error is not None:
            return _headline(study, estimate, float(table.maximum), (error, None, None))
    for estimate in changes:
        error = estimate.standard_error() if estimate.method is Method.PAIRED_T else None
        if error is not None:
            return _without_classes(study, estimate, float(table.maximum), error)
    return None


def _without_classes(study: StudyData, estimate: Estimate, maximum: float, error: float) -> Headline:
    """Return the change of people whose classes give no standard error: from independent people to classes alike."""
    n = estimate.n or 0
    alike = error * math.sqrt((n - 1) / (_classes_of(study, n) - 1))
    described = replace(
        no_change(Reason.CLASS_NOT_RECORDED),
        method=Method.DESCRIPTION,
        status=Status.ESTIMATED,
        estimate=estimate.estimate,
        n=n,
        n_missing=estimate.n_missing,
        sampling_unit=estimate.sampling_unit,
    )
    return _headline(study, described, maximum, (None, error, max(error, alike)))


def _classes_of(study: StudyData, people: int) -> int:
    """Return how many classes of the guide's size people fill; two, the fewest that vary, where that is not known."""
    size = study.training.guide.class_size
    return max(2, people // size) if size else 2


def _headline(
    study: StudyData, estimate: Estimate, maximum: float, errors: tuple[float | None, float | None, float | None]
) -> Headline:
    """Return a headline from points; ``errors`` are the standard error, or its smallest and largest value."""
    se, low, high = (None if error is None else error / maximum for error in errors)
    change = (estimate.estimate or 0.0) / maximum
    return Headline(study.province.study, LEARNING, estimate, change, se, low, high, maximum)


def _published_change(study: StudyData) -> Headline | None:
    pair = next((one for one in published_changes(study) if one.group == "all"), None)
    if pair is None or pair.maximum is None or pair.n is None or pair.n < 2:
        return None
    classes = min(pair.n, _classes_of(study, pair.n))
    largest = largest_standard_error(pair.pre_interval, pair.post_interval, pair.maximum, classes)
    for row in rows_of(published.change(study).results):
        estimate = row.estimate
        if row.subject == "all" and estimate.status is not Status.NOT_ESTIMABLE and largest > 0:
            return _headline(study, estimate, float(pair.maximum), (None, 0.0, largest))
    return None
