"""Printed totals, percentages and counts recomputed from what is printed beside them."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import TOTAL, printed_by_item, rounding_rule
from analysis.stats import assumptions
from analysis.stats.codes import EstimateName, Method, Reason, Status, Unit
from analysis.stats.published.audit import AuditedNumber, audit_mean, audit_share
from analysis.stats.published.rounding import Printed, parse_printed
from analysis.stats.result import Estimate, not_estimable

ANALYSIS = "published.audit"


def audit(data: StudyData) -> Outcome:
    """Return every printed total and percentage with its recomputation and how the two agree.

    ``estimate`` is the printed number, ``statistic`` the recomputed one, ``estimate_low``/``estimate_high``
    what the unrounded inputs admit; ``reason`` says reproduced, explained by rounding, or contradicted.
    """
    rows = [*_totals(data), *_percentages(data), *_invited(data)]
    if not rows:
        missing = not_estimable(
            EstimateName.PRINTED_TOTAL,
            Unit.NONE,
            Method.RECOMPUTATION,
            Reason.NO_SUCH_DATA,
        )
        rows = [Row(ANALYSIS, "all", None, missing)]
    return outcome(data.identity, rows)


def _totals(data: StudyData) -> list[Row]:
    rule = rounding_rule(data)
    rows = []
    for item, printed in printed_by_item(data).items():
        if TOTAL in printed and all(batch in printed for batch in data.province.trained_batches):
            parts = [printed[batch] for batch in data.province.trained_batches]
            audited = audit_mean(parts, printed[TOTAL], rule)
            rows.append(
                Row(
                    ANALYSIS,
                    item,
                    TOTAL,
                    _estimate(
                        EstimateName.PRINTED_TOTAL,
                        Unit.SCALE_POINTS,
                        printed[TOTAL],
                        audited,
                        rule,
                        len(parts),
                    ),
                )
            )
    return rows


def _percentages(data: StudyData) -> list[Row]:
    frame = data.tables.get("published_attendance")
    if frame is None:
        return []
    rule = rounding_rule(data)
    rows = []
    for unit, invited, attended, percent in frame[["unit", "invited", "attended", "percent_printed"]].itertuples(
        index=False
    ):
        if not any(pd.isna(value) for value in (invited, attended, percent)):
            printed = parse_printed(str(percent).removesuffix("%").strip())
            audited = audit_share(int(attended), int(invited), printed, rule)
            estimate = _estimate(
                EstimateName.PRINTED_PERCENT,
                Unit.PERCENT,
                printed,
                audited,
                rule,
                int(invited),
            )
            rows.append(Row(ANALYSIS, f"attendance={unit}", "attended/invited", estimate))
    return rows


def _invited(data: StudyData) -> list[Row]:
    """Return whether the invited counts of the regencies add up to the totals that the study declares."""
    frame = data.tables.get("invited")
    if frame is None or frame.empty:
        return []
    declared = {
        "villages": data.province.invited_villages,
        "people": data.province.invited_people,
    }
    units = {"villages": Unit.VILLAGES, "people": Unit.PEOPLE}
    return [
        Row(
            ANALYSIS,
            f"invited={column}",
            "sum",
            _estimate(
                EstimateName.PRINTED_TOTAL,
                units[column],
                Printed(stated, 0),
                _sum(frame[column], stated),
                rounding_rule(data),
                len(frame),
            ),
        )
        for column, stated in declared.items()
        if stated is not None
    ]


def _sum(parts: pd.Series, stated: int) -> AuditedNumber:
    total = int(parts.sum())
    return AuditedNumber(
        total,
        total,
        total,
        Reason.REPRODUCED if total == stated else Reason.CONTRADICTED,
    )


def _estimate(
    name: EstimateName,
    unit: Unit,
    printed: Printed,
    audited: AuditedNumber,
    rule: str,
    parts: int,
) -> Estimate:
    return Estimate(
        estimate_name=name,
        unit=unit,
        method=Method.RECOMPUTATION,
        status=Status.ESTIMATED,
        reason=audited.outcome,
        estimate=printed.value,
        estimate_low=audited.low,
        estimate_high=audited.high,
        statistic=audited.recomputed,
        n=parts,
        assumes=assumptions.rounded(rule),
    )
