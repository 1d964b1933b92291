"""From one result row to a verdict."""

from __future__ import annotations

import pytest

from analysis.evaluation.findings import Answer, Grade
from analysis.evaluation.findings.compared import adjusted, by_bounds, by_classes, by_people, judged
from analysis.evaluation.findings.evidence import Known
from analysis.evaluation.findings.finding import Advice
from analysis.evaluation.outcome import Row
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit, Verdict
from analysis.stats.result import Estimate, not_estimable

KNOWN = Known(
    alpha=0.05, class_size=32, class_correlation=0.14, file_errors=0, statements=0, has_comparison=False,
    has_attendance=False, tables=frozenset(),
)  # fmt: skip


def change(estimate: float, error: float, p: float, *, unit: SamplingUnit = SamplingUnit.CLASS, n: int = 320) -> Row:
    return Row(
        "learning.change", "all", "post-pre",
        Estimate(
            estimate_name=EstimateName.MEAN_CHANGE, unit=Unit.TEST_POINTS, method=Method.CLASS_JACKKNIFE_T,
            status=Status.ESTIMATED, estimate=estimate, estimate_low=estimate - 2 * error,
            estimate_high=estimate + 2 * error, interval_level=0.95, statistic=estimate / error, df=1e6, p_value=p, n=n,
            sampling_unit=unit, assumes=str(Assumption.PEOPLE_INDEPENDENT),
        ),
    )  # fmt: skip


def bounded(low: float, high: float, t: float, p_high: float, verdict: Verdict, n: int = 1_920) -> Row:
    return Row(
        "published.change", "all", "post-pre",
        Estimate(
            estimate_name=EstimateName.MEAN_CHANGE, unit=Unit.TEST_POINTS, method=Method.PAIRED_T_BOUNDS,
            status=Status.BOUNDED, estimate=(low + high) / 2, estimate_low=low, estimate_high=high, statistic=t,
            df=n - 1, p_low=0.0, p_high=p_high, n=n, sampling_unit=SamplingUnit.PERSON, verdict=verdict,
            assumes=str(Assumption.PEOPLE_INDEPENDENT),
        ),
    )  # fmt: skip


def verdict_of(one, *, level: float = 0.05, is_change: bool = True) -> Answer:
    return judged(one, one.p, level, 0.05, change=is_change)


def test_direction_is_that_of_the_interval():
    assert verdict_of(by_classes(change(4, 1, 0.001))) is Answer.ROSE
    assert verdict_of(by_classes(change(-4, 1, 0.001))) is Answer.FELL
    assert verdict_of(by_classes(change(4, 1, 0.001)), is_change=False) is Answer.DIFFERS_UP
    assert verdict_of(by_classes(change(-4, 1, 0.001)), is_change=False) is Answer.DIFFERS_DOWN


def test_an_interval_that_holds_zero_gives_no_direction_whatever_the_p():
    assert verdict_of(by_classes(change(1, 1, 0.001))) is Answer.UNDETERMINED


def test_a_p_that_is_not_below_the_level_after_adjustment_finds_nothing():
    one = by_classes(change(4, 1, 0.03))
    assert verdict_of(one) is Answer.ROSE
    assert verdict_of(one, level=0.025) is Answer.NOT_FOUND
    assert one.detectable(0.025) > one.detectable(0.05) > 0


def test_people_without_classes_are_held_to_the_declared_likeness():
    strong = by_people(change(20, 1, 0.0, unit=SamplingUnit.PERSON), KNOWN, groups=1)
    weak = by_people(change(4, 1, 0.0001, unit=SamplingUnit.PERSON), KNOWN, groups=1)
    none = by_people(change(1, 1, 0.32, unit=SamplingUnit.PERSON), KNOWN, groups=1)
    few = by_people(change(20, 1, 0.0, unit=SamplingUnit.PERSON, n=31), KNOWN, groups=1)
    assert [verdict_of(one) for one in (strong, weak, none, few)] == [
        Answer.ROSE, Answer.UNDETERMINED, Answer.NOT_FOUND, Answer.UNDETERMINED,
    ]  # fmt: skip
    assert strong.grade is Grade.DECLARED_CORRELATION
    assert few.grade is Grade.INDEPENDENT_PEOPLE
    assert "correlation within classes at most 0.14" in map(str, strong.holding)
    assert str(Assumption.PEOPLE_INDEPENDENT) not in map(str, strong.holding)
    assert str(Assumption.PEOPLE_INDEPENDENT) in map(str, strong.conditions)


def test_bounds_become_a_finding_only_if_they_hold_with_likeness():
    kept = {"groups": 1, "settled_by": Advice.PUBLISH_PAIRS}
    strong = by_bounds(bounded(15, 17, 9.0, 1e-9, Verdict.ALWAYS), KNOWN, **kept)
    weak = by_bounds(bounded(15, 17, 4.0, 0.0001, Verdict.ALWAYS), KNOWN, **kept)
    fall = by_bounds(bounded(-17, -15, -9.0, 1e-9, Verdict.ALWAYS), KNOWN, **kept)
    never = by_bounds(bounded(-1, 1, 0.0, 1.0, Verdict.NEVER), KNOWN, **kept)
    assert [verdict_of(one) for one in (strong, weak, fall, never)] == [
        Answer.ROSE, Answer.UNDETERMINED, Answer.FELL, Answer.NOT_FOUND,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        (Reason.ONE_CLASS_IN_BATCH, Answer.NOT_ATTAINABLE),
        (Reason.TOO_FEW_CLASSES, Answer.NOT_ATTAINABLE),
        (Reason.NO_VARIATION, Answer.NOT_COMPUTABLE),
        (Reason.TEST_NOT_GIVEN, Answer.NOT_COMPUTABLE),
    ],
)
def test_why_nothing_can_be_computed(reason, verdict):
    refused = not_estimable(EstimateName.MEAN_CHANGE, Unit.TEST_POINTS, Method.CLASS_JACKKNIFE_T, reason)
    one = by_classes(Row("learning.change", "all", "post-pre", refused))
    assert verdict_of(one) is verdict
    assert one.reason is reason


def test_a_suppressed_row_is_not_computable():
    hidden = Estimate(
        estimate_name=EstimateName.MEAN_CHANGE, unit=Unit.TEST_POINTS, method=Method.CLASS_JACKKNIFE_T,
        status=Status.SUPPRESSED, reason=Reason.SMALL_CELL,
    )  # fmt: skip
    assert verdict_of(by_classes(Row("learning.change", "all", "post-pre", hidden))) is Answer.NOT_COMPUTABLE


def test_a_comparison_without_a_p_stays_out_of_its_family():
    refused = not_estimable(EstimateName.MEAN_CHANGE, Unit.TEST_POINTS, Method.PAIRED_T, Reason.NO_VARIATION)
    rows = [change(4, 1, 0.01), Row("a", "all", None, refused), change(4, 1, 0.02)]
    family = [by_classes(row) for row in rows]
    assert adjusted(family) == [pytest.approx(0.02), None, pytest.approx(0.02)]
