"""The ladder of assumptions: what is known with none, and what each further assumption adds."""

from __future__ import annotations

from dataclasses import replace

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome, rows_of
from analysis.evaluation.published.change import change, published_changes
from analysis.evaluation.published.class_unit import breakdown, class_unit
from analysis.evaluation.published.contrasts import total
from analysis.evaluation.published.description import means
from analysis.evaluation.subject import Contrast, Part, Subject
from analysis.stats import assumptions
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, Status, Unit
from analysis.stats.result import Estimate, not_estimable

ANALYSIS, CHANGE_ANALYSIS = "published.ladder", "published.change_ladder"


def _cause(data: StudyData, analysis: str, contrast: str | None) -> Row:
    """Return the rung that averages never reach: a comparison group, where there is one, needs single scores."""
    reason = Reason.MEANS_ONLY if data.comparison else Reason.NO_COMPARISON_GROUP
    missing = not_estimable(EstimateName.CAUSAL_EFFECT, Unit.SCALE_POINTS, Method.RECOMPUTATION, reason)
    return Row(analysis, "cause", contrast, missing)


def _nothing_printed(data: StudyData, analysis: str, unit: Unit, contrast: str | None) -> Outcome:
    missing = not_estimable(EstimateName.MEAN_DIFFERENCE, unit, Method.RECOMPUTATION, Reason.NO_SUCH_DATA)
    return outcome(data.identity, [Row(analysis, "printed", contrast, missing)])


def ladder(data: StudyData) -> Outcome:
    """Return the rungs for the total score of each contrast.

    Subjects: ``printed`` (nothing assumed), ``size`` (n known: the exact difference), ``independent`` (people
    answered independently: p range), ``class_correlation`` (largest class correlation that leaves it
    significant at the worst SD), ``ordinary_spread|sd=...`` (the same at usual SDs), ``classes`` (classes as
    units, nothing assumed on likeness) and ``cause`` (not given by any rung).
    """
    scores = [row for row in rows_of(total(data).results) if row.subject == "total"]
    rows: list[Row] = []
    for score in scores:
        rows.append(_printed(data, score.contrast))
        rows.append(Row(ANALYSIS, "size", score.contrast, _without_test(score.estimate)))
        rows.append(Row(ANALYSIS, "independent", score.contrast, score.estimate))
    if not rows:
        return _nothing_printed(data, ANALYSIS, Unit.SCALE_POINTS, None)
    for row in rows_of(breakdown(data).results):
        subject = Subject.parse(row.subject)
        if subject.head.name == "total" and row.estimate.estimate_name is EstimateName.BREAKDOWN_ICC:
            usual = Subject((Part("ordinary_spread"), *subject.details))
            rung = str(usual) if subject.details else "class_correlation"
            rows.append(Row(ANALYSIS, rung, row.contrast, row.estimate))
    rows += [
        Row(ANALYSIS, "classes", row.contrast, row.estimate)
        for row in rows_of(class_unit(data).results)
        if row.subject == "total"
    ]
    rows += [_cause(data, ANALYSIS, score.contrast) for score in scores]
    return outcome(data.identity, rows)


def _without_test(estimate: Estimate) -> Estimate:
    """Return the same difference without what needs independent people."""
    conditions = assumptions.without(estimate.assumes, Assumption.PEOPLE_INDEPENDENT)
    return replace(
        estimate,
        statistic_name=None,
        statistic=None,
        df=None,
        p_low=None,
        p_high=None,
        p_adjusted=None,
        adjustment=None,
        family=None,
        breakdown_design_effect=None,
        verdict=None,
        assumes=conditions,
        alternative=None,
    )


def _printed(data: StudyData, contrast: str | None) -> Row:
    """Return the difference of the printed totals with nothing but their rounding."""
    pair = Contrast.parse(str(contrast))
    by_batch = {row.contrast: row.estimate for row in rows_of(means(data).results) if row.subject == "total"}
    a, b = by_batch[pair.earlier], by_batch[pair.later]
    estimate = Estimate(
        estimate_name=EstimateName.MEAN_DIFFERENCE,
        unit=Unit.SCALE_POINTS,
        method=Method.MEAN_OF_PRINTED_MEANS,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate=(b.estimate or 0.0) - (a.estimate or 0.0),
        estimate_low=(b.estimate_low or 0.0) - (a.estimate_high or 0.0),
        estimate_high=(b.estimate_high or 0.0) - (a.estimate_low or 0.0),
        assumes=str(Assumption.NONE_BUT_PRINTED),
    )
    return Row(ANALYSIS, "printed", contrast, estimate)


def change_ladder(data: StudyData) -> Outcome:
    """Return the rungs for the change of each published group, from the rows of :func:`change`."""
    found = rows_of(change(data).results)
    rows: list[Row] = []
    for published in published_changes(data):
        tests = {
            subject.detail: row
            for row in found
            if str((subject := Subject.parse(row.subject)).head) == str(Part.parse(published.group))
            and row.estimate.estimate_name is not EstimateName.BREAKDOWN_ICC
        }
        if "" not in tests:
            continue
        independent = tests[""]
        printed = replace(_without_test(independent.estimate), effect_name=None, effect_low=None)
        rows.append(replace(independent, analysis=CHANGE_ANALYSIS, subject="printed", estimate=printed))
        rungs = ("gain", "gain"), ("", "independent"), ("villages", "villages_agree"), ("classes", "classes_agree")
        rows += [replace(tests[name], analysis=CHANGE_ANALYSIS, subject=rung) for name, rung in rungs if name in tests]
    if not rows:
        return _nothing_printed(data, CHANGE_ANALYSIS, Unit.TEST_POINTS, "post-pre")
    rows.append(_cause(data, CHANGE_ANALYSIS, "post-pre"))
    return outcome(data.identity, rows)
