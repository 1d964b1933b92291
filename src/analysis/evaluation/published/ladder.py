"""The ladder of assumptions: what is known with none, and what each further assumption adds."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import IDENTITY_COLUMNS, Outcome, Row, outcome
from analysis.evaluation.published.change import change, published_changes
from analysis.evaluation.published.class_unit import breakdown, class_unit
from analysis.evaluation.published.contrasts import total
from analysis.evaluation.published.description import means
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, Status, Unit
from analysis.stats.result import Estimate, not_estimable

ANALYSIS = "published.ladder"
ESTIMATE_COLUMNS = [
    field for field in Estimate.__dataclass_fields__ if field not in IDENTITY_COLUMNS
]


def _estimates(results: pd.DataFrame) -> list[tuple[str, str | None, Estimate]]:
    """Return (subject, contrast, estimate) of result rows that other questions computed."""
    found = []
    for record in results.to_dict("records"):
        values = {
            name: None if pd.isna(record[name]) else record[name]
            for name in ESTIMATE_COLUMNS
        }
        contrast = None if pd.isna(record["contrast"]) else str(record["contrast"])
        found.append((str(record["subject"]), contrast, Estimate(**values)))
    return found


def _cause(contrast: str | None) -> Row:
    missing = not_estimable(
        EstimateName.CAUSAL_EFFECT,
        Unit.SCALE_POINTS,
        Method.RECOMPUTATION,
        Reason.NO_COMPARISON_GROUP,
    )
    return Row(ANALYSIS, "cause", contrast, missing)


def ladder(data: StudyData) -> Outcome:
    """Return the rungs for the total score of each contrast.

    Subjects: ``printed`` (nothing assumed), ``size`` (n known: the exact difference), ``independent`` (people
    answered independently: p range), ``class_correlation`` (largest class correlation that leaves it
    significant at the worst SD), ``ordinary_spread|sd=...`` (the same at usual SDs), ``classes`` (classes as
    units, nothing assumed on likeness) and ``cause`` (not given by any rung).
    """
    scores = [found for found in _estimates(total(data).results) if found[0] == "total"]
    rows: list[Row] = []
    for _, contrast, estimate in scores:
        rows.append(_printed(data, contrast))
        rows.append(Row(ANALYSIS, "size", contrast, _without_test(estimate)))
        rows.append(Row(ANALYSIS, "independent", contrast, estimate))
    if not rows:
        missing = not_estimable(
            EstimateName.MEAN_DIFFERENCE,
            Unit.SCALE_POINTS,
            Method.RECOMPUTATION,
            Reason.NO_SUCH_DATA,
        )
        return outcome(data.identity, [Row(ANALYSIS, "printed", None, missing)])
    for subject, contrast, estimate in _estimates(breakdown(data).results):
        name, _, condition = subject.partition("|")
        if name == "total" and estimate.estimate_name == EstimateName.BREAKDOWN_ICC:
            rung = f"ordinary_spread|{condition}" if condition else "class_correlation"
            rows.append(Row(ANALYSIS, rung, contrast, estimate))
    rows += [
        Row(ANALYSIS, "classes", contrast, estimate)
        for subject, contrast, estimate in _estimates(class_unit(data).results)
        if subject == "total"
    ]
    rows += [_cause(contrast) for _, contrast, _ in scores]
    return outcome(data.identity, rows)


def _without_test(estimate: Estimate) -> Estimate:
    """Return the same difference without what needs independent people."""
    conditions = (estimate.assumes or "").replace(
        f"{Assumption.PEOPLE_INDEPENDENT}; ", ""
    )
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
    later, earlier = str(contrast).split("-", 1)
    frame = means(data).results
    frame = frame[frame["subject"] == "total"].set_index("contrast")
    a, b = frame.loc[earlier], frame.loc[later]
    estimate = Estimate(
        estimate_name=EstimateName.MEAN_DIFFERENCE,
        unit=Unit.SCALE_POINTS,
        method=Method.MEAN_OF_PRINTED_MEANS,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate=float(b["estimate"] - a["estimate"]),
        estimate_low=float(b["estimate_low"] - a["estimate_high"]),
        estimate_high=float(b["estimate_high"] - a["estimate_low"]),
        assumes=str(Assumption.NONE_BUT_PRINTED),
    )
    return Row(ANALYSIS, "printed", contrast, estimate)


def change_ladder(data: StudyData) -> Outcome:
    """Return the rungs for the change of each published group, from the rows of :func:`change`."""
    rows: list[Row] = []
    found = _estimates(change(data).results)
    rungs = {
        "": "independent",
        "villages": "villages",
        "classes": "classes",
        "gain": "gain",
    }
    groups = {published.group for published in published_changes(data)}
    for subject, contrast, estimate in found:
        group, _, rest = subject.partition("|")
        if (
            group in groups
            and rest in rungs
            and estimate.estimate_name != EstimateName.BREAKDOWN_ICC
        ):
            if rest == "":
                rows.append(
                    Row(
                        ANALYSIS,
                        "printed",
                        contrast,
                        _without_test(replace(estimate, effect_low=None)),
                    )
                )
            rows.append(Row(ANALYSIS, rungs[rest], contrast, estimate))
    rows.append(_cause("post-pre"))
    return outcome(data.identity, rows)
