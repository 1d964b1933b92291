"""Pre and post averages of a whole training: what they say about the change of people nobody can link."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.tables import rounding_rule
from analysis.stats import assumptions
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import (
    Alternative,
    Effect,
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Statistic,
    Status,
    Unit,
)
from analysis.stats.published.change import (
    AlikeBounds,
    ChangeBounds,
    MeanInterval,
    alike_bounds,
    change_bounds,
    enough_units,
    n_gain,
)
from analysis.stats.published.p_bounds import verdict
from analysis.stats.published.rounding import parse_printed
from analysis.stats.result import Estimate, not_estimable

TestRow = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """Printed pre and post mean of one group: values and rounding intervals, in points of 0..``maximum``.

    ``maximum`` is None where the source does not say it: then nothing bounds how far scores lie apart.
    ``n`` is the number of pairs that the bounds are computed for; ``n_is_published`` says whether it is
    printed as such, or taken from attendance as if everyone had taken both tests.
    """

    group: str
    pre: float
    post: float
    pre_interval: MeanInterval
    post_interval: MeanInterval
    maximum: float | None
    n: int | None
    n_is_published: bool


def published_changes(data: StudyData) -> list[PublishedChange]:
    """Return the groups of the published score table that have both a pre and a post mean."""
    frame = data.tables.get("published_scores")
    if frame is None:
        return []
    found = []
    for group, rows in frame.groupby("group", sort=False):
        by_test = {str(row["test"]): row for row in rows.to_dict("records")}
        if {"pre", "post"} <= set(by_test):
            found.append(_published_change(data, str(group), by_test["pre"], by_test["post"]))
    return found


def _published_change(data: StudyData, group: str, pre: TestRow, post: TestRow) -> PublishedChange:
    rule = rounding_rule(data)
    maximum: float | None = None if pd.isna(pre["maximum"]) else float(pre["maximum"])
    highest = math.inf if maximum is None else maximum
    printed = [parse_printed(str(row["mean_printed"])) for row in (pre, post)]
    before, after = (
        MeanInterval(max(0.0, float(low)), min(highest, float(high)))
        for low, high in (number.interval(rule) for number in printed)
    )
    n, is_published = _number_of_pairs(data, group, pre, post)
    return PublishedChange(group, printed[0].value, printed[1].value, before, after, maximum, n, is_published)


def _number_of_pairs(data: StudyData, group: str, pre: TestRow, post: TestRow) -> tuple[int | None, bool]:
    """Return the number of pairs and whether it is published as such; else everyone who attended."""
    if str(pre["n_is"]) == "pairs" and str(post["n_is"]) == "pairs":
        return int(min(pre["n"], post["n"])), True
    if group == "all" and data.province.published.test_pairs is not None:
        return data.province.published.test_pairs, True
    counted = _count(pre["n"])
    if str(pre["n_is"]) == "attended" and counted is not None:
        return counted, False
    attendance = data.tables.get("published_attendance")
    if attendance is None or group != "all":
        return None, False
    attended = [int(count) for count in attendance["attended"][attendance["unit"] == "people"].dropna()]
    return (attended[0], False) if attended else (None, False)


def _count(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def pair_conditions(published: PublishedChange) -> str:
    """Return the conditions on the number of pairs."""
    if published.n is None:
        return ""
    assumed = "" if published.n_is_published else Assumption.PAIRS_ARE_ATTENDED
    return assumptions.join(assumptions.pairs(published.n), assumed)


ANALYSIS, CONTRAST = "published.change", "post-pre"


def change(data: StudyData) -> Outcome:
    """Return bounds of the change, its test under several likenesses, N-gain, and how many pairs are enough.

    Subjects: the group (over rounding), ``group|printed`` (means exactly as printed), ``group|villages`` and
    ``group|classes`` (all people of a village or class change alike), ``group|enough`` rows.
    """
    changes = published_changes(data)
    if not changes:
        missing = not_estimable(
            EstimateName.MEAN_CHANGE,
            Unit.TEST_POINTS,
            Method.PAIRED_T_BOUNDS,
            Reason.NO_SUCH_DATA,
        )
        return outcome(data.identity, [Row(ANALYSIS, "all", CONTRAST, missing)])
    rows = []
    for published in changes:
        rows += [
            *_means(published),
            *_tests(data, published),
            _gain(published),
            *enough_rows(data, published, ANALYSIS, CONTRAST),
        ]
    return outcome(data.identity, rows)


def _means(published: PublishedChange) -> list[Row]:
    """Return the printed means with what rounding leaves open, and the highest score."""
    maximum = (
        _unknown_maximum(EstimateName.TEST_MAXIMUM, Unit.TEST_POINTS, Method.DECLARED)
        if published.maximum is None
        else Estimate(
            estimate_name=EstimateName.TEST_MAXIMUM,
            unit=Unit.TEST_POINTS,
            method=Method.DECLARED,
            status=Status.ESTIMATED,
            estimate=published.maximum,
        )
    )
    means = [
        Row(
            ANALYSIS,
            f"{published.group}|{test}",
            test,
            Estimate(
                estimate_name=EstimateName.MEAN,
                unit=Unit.TEST_POINTS,
                method=Method.PRINTED_MEAN,
                status=Status.BOUNDED,
                reason=Reason.MEANS_ONLY,
                estimate=value,
                estimate_low=interval.low,
                estimate_high=interval.high,
                assumes=str(Assumption.NONE_BUT_PRINTED),
            ),
        )
        for test, value, interval in (
            ("pre", published.pre, published.pre_interval),
            ("post", published.post, published.post_interval),
        )
    ]
    return [*means, Row(ANALYSIS, f"{published.group}|maximum", None, maximum)]


def _unknown_maximum(name: EstimateName, unit: Unit, method: Method) -> Estimate:
    return not_estimable(name, unit, method, Reason.MAXIMUM_NOT_KNOWN)


def why_untested(published: PublishedChange) -> Reason | None:
    """Return why the change of a group cannot be tested, None where it can."""
    if published.n is None:
        return Reason.PAIRS_UNPUBLISHED
    if published.n < 2:
        return Reason.TOO_FEW_PEOPLE
    return Reason.MAXIMUM_NOT_KNOWN if published.maximum is None else None


def _tests(data: StudyData, published: PublishedChange) -> list[Row]:
    reason = why_untested(published)
    if published.n is None or published.maximum is None or reason is not None:
        missing = not_estimable(
            EstimateName.MEAN_CHANGE,
            Unit.TEST_POINTS,
            Method.PAIRED_T_BOUNDS,
            reason or Reason.MAXIMUM_NOT_KNOWN,
            n=published.n,
        )
        return [Row(ANALYSIS, published.group, CONTRAST, missing)]
    alpha = data.settings.alpha
    rounded = change_bounds(
        published.pre_interval,
        published.post_interval,
        published.maximum,
        published.n,
        alpha,
    )
    exact = change_bounds(
        MeanInterval(published.pre, published.pre),
        MeanInterval(published.post, published.post),
        published.maximum,
        published.n,
        alpha,
    )
    base = assumptions.join(Assumption.PEOPLE_INDEPENDENT, pair_conditions(published))
    main = _estimate(published, rounded, base, alpha)
    rows = [
        Row(ANALYSIS, published.group, CONTRAST, main),
        Row(
            ANALYSIS,
            f"{published.group}|printed",
            CONTRAST,
            _estimate(
                published,
                exact,
                assumptions.join(base, Assumption.AT_PRINTED_VALUES),
                alpha,
            ),
        ),
    ]
    return [*rows, _largest_sd(published, rounded, base), *_alike_rows(data, published, main)]


def _largest_sd(published: PublishedChange, bounds: ChangeBounds, assumes: str) -> Row:
    """Return the largest SD of the change at the least favourable means: the one that the largest p rests on."""
    estimate = Estimate(
        estimate_name=EstimateName.LARGEST_SD_OF_CHANGE,
        unit=Unit.TEST_POINTS,
        method=Method.PAIRED_T_BOUNDS,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate=bounds.sd_high,
        n=published.n,
        sampling_unit=SamplingUnit.PERSON,
        assumes=assumes,
    )
    return Row(ANALYSIS, f"{published.group}|spread", CONTRAST, estimate)


def _alike_rows(data: StudyData, published: PublishedChange, main: Estimate) -> list[Row]:
    """Return the test and the break-down correlation for villages and classes, as far as the guide sizes them."""
    guide, alpha = data.training.guide, data.settings.alpha
    rows = []
    for name, size, unit, phrase in (
        ("villages", guide.people_per_village, SamplingUnit.VILLAGE, Assumption.VILLAGES_AGREE),
        ("classes", guide.class_size, SamplingUnit.CLASS, Assumption.CLASSES_AGREE),
    ):
        bounds = bounds_of_alike(published, size, alpha)
        if size is not None and bounds is not None:
            subject = f"{published.group}|{name}"
            clusters = units_of(published, size)
            rows.append(
                Row(ANALYSIS, subject, CONTRAST, _alike(main, bounds, clusters, unit, phrase, published, alpha))
            )
            rows.append(Row(ANALYSIS, subject, CONTRAST, _icc(bounds, published, clusters, unit)))
    return rows


def _estimate(published: PublishedChange, bounds: ChangeBounds, assumes: str, alpha: float) -> Estimate:
    n = published.n or 0
    p_low = 0.0 if bounds.t_worst else 1.0 if bounds.change_low == bounds.change_high else 0.0
    return Estimate(
        estimate_name=EstimateName.MEAN_CHANGE,
        unit=Unit.TEST_POINTS,
        method=Method.PAIRED_T_BOUNDS,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate=published.post - published.pre,
        estimate_low=bounds.change_low,
        estimate_high=bounds.change_high,
        statistic_name=Statistic.T,
        statistic=bounds.t_worst,
        df=n - 1,
        p_low=p_low,
        p_high=bounds.p_high,
        effect_name=Effect.D_Z,
        effect_low=bounds.t_worst / np.sqrt(n),
        n=n,
        sampling_unit=SamplingUnit.PERSON,
        clusters=n,
        breakdown_design_effect=bounds.breakdown,
        verdict=verdict(p_low, bounds.p_high, alpha),
        assumes=assumes,
        alternative=Alternative.TWO_SIDED,
    )


def units_of(published: PublishedChange, size: int) -> int:
    """Return how many classes or villages of ``size`` people the pairs fill; what is left over fills none."""
    return (published.n or 0) // size


def bounds_of_alike(published: PublishedChange, size: int | None, alpha: float) -> AlikeBounds | None:
    """Return the bounds when all people of a unit of ``size`` change alike; None below two units, without a size
    or a maximum."""
    if published.maximum is None or size is None or size < 2 or units_of(published, size) < 2:
        return None
    clusters = units_of(published, size)
    before, after = published.pre_interval, published.post_interval
    return alike_bounds(before, after, published.maximum, clusters, (published.n or 0) / clusters, alpha)


def _alike(
    main: Estimate,
    bounds: AlikeBounds,
    clusters: int,
    unit: SamplingUnit,
    phrase: Assumption,
    published: PublishedChange,
    alpha: float,
) -> Estimate:
    """Return the test when all people of a unit change alike: the units are all that varies."""
    return replace(
        main,
        statistic=bounds.t_worst,
        df=clusters - 1,
        p_high=bounds.p_high,
        effect_name=None,
        effect_low=None,
        sampling_unit=unit,
        clusters=clusters,
        breakdown_design_effect=bounds.breakdown,
        verdict=verdict(main.p_low or 0.0, bounds.p_high, alpha),
        assumes=assumptions.join(phrase, Assumption.EQUAL_UNITS, pair_conditions(published)),
    )


def _icc(bounds: AlikeBounds, published: PublishedChange, clusters: int, unit: SamplingUnit) -> Estimate:
    """Return the likeness within units that undoes the change; ``statistic`` is t of independent people."""
    return Estimate(
        estimate_name=EstimateName.BREAKDOWN_ICC,
        unit=Unit.NONE,
        method=Method.DESIGN_EFFECT_BREAKDOWN,
        status=Status.BOUNDED,
        reason=Reason.UNDONE_BY_FEW_CLASSES if bounds.breakdown < 1 else Reason.MEANS_ONLY,
        estimate=bounds.breakdown_icc,
        statistic=bounds.t_independent,
        df=clusters - 1,
        n=published.n,
        sampling_unit=unit,
        clusters=clusters,
        breakdown_design_effect=bounds.breakdown,
        assumes=assumptions.join(Assumption.EQUAL_UNITS, pair_conditions(published)),
    )


def _gain(published: PublishedChange) -> Row:
    pre, post, maximum = published.pre_interval, published.post_interval, published.maximum
    if maximum is None or pre.high >= maximum:
        reason = Reason.MAXIMUM_NOT_KNOWN if maximum is None else Reason.PRE_AT_MAXIMUM
        missing = not_estimable(EstimateName.N_GAIN, Unit.NONE, Method.GAIN_OF_MEANS, reason)
        return Row(ANALYSIS, f"{published.group}|gain", CONTRAST, missing)
    estimate = Estimate(
        estimate_name=EstimateName.N_GAIN,
        unit=Unit.NONE,
        method=Method.GAIN_OF_MEANS,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate=n_gain(published.pre, published.post, maximum),
        estimate_low=n_gain(pre.high, post.low, maximum),
        estimate_high=n_gain(pre.low, post.high, maximum),
        n=published.n,
        assumes=str(Assumption.NONE_BUT_PRINTED),
    )
    return Row(ANALYSIS, f"{published.group}|gain", CONTRAST, estimate)


def enough_rows(data: StudyData, published: PublishedChange, analysis: str, contrast: str) -> list[Row]:
    """Return rows of how many independent pairs, villages or classes suffice whatever the scores."""
    before, after, maximum = published.pre_interval, published.post_interval, published.maximum
    enough = None if maximum is None else enough_units(before, after, maximum, data.settings.alpha)
    guide = data.training.guide
    kinds = (
        ("enough", 1, SamplingUnit.PERSON, Unit.PAIRS, Assumption.PEOPLE_INDEPENDENT),
        (
            "enough_villages",
            guide.people_per_village,
            SamplingUnit.VILLAGE,
            Unit.VILLAGES,
            Assumption.VILLAGES_AGREE,
        ),
        (
            "enough_classes",
            guide.class_size,
            SamplingUnit.CLASS,
            Unit.CLASSES,
            Assumption.CLASSES_AGREE,
        ),
    )
    rows = []
    for name, size, unit, counted, phrase in kinds:
        if size is None:
            continue
        if enough is None:
            estimate = not_estimable(
                EstimateName.ENOUGH_UNITS,
                counted,
                Method.PAIRED_T_BOUNDS,
                Reason.MAXIMUM_NOT_KNOWN if maximum is None else Reason.NO_NUMBER_IS_ENOUGH,
            )
        else:
            estimate = Estimate(
                estimate_name=EstimateName.ENOUGH_UNITS,
                unit=counted,
                method=Method.PAIRED_T_BOUNDS,
                status=Status.ESTIMATED,
                estimate=float(enough),
                n=enough * size,
                sampling_unit=unit,
                assumes=str(phrase),
            )
        rows.append(Row(analysis, f"{published.group}|{name}", contrast, estimate))
    return rows
