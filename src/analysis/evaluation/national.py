"""From provinces to the nation: counts that add up, headline estimates side by side, and their synthesis.

Provinces are summed and pooled within one training and year, and real ones never with simulated ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.evaluation.delivery.counts import has_attended
from analysis.evaluation.headlines import LEARNING, Headline, headlines
from analysis.evaluation.outcome import Outcome, Row, StudyIdentity, results_frame
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import (
    Alternative,
    EstimateName,
    Method,
    Reason,
    SamplingUnit,
    Statistic,
    Status,
    Unit,
)
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.synthesis import Synthesis, leave_one_out, pooled_range, synthesise, unweighted_mean

NATION, COUNTRY = "national", "Indonesia"
PARTICIPATION, PROVINCES, SYNTHESIS = "national.participation", "national.provinces", "national.synthesis"
# Below five provinces an interval between provinces rests on too few of them: description only.
FEWEST_PROVINCES = 5
SHARE = "share"  # of the test's maximum
# An averages-only province may have changed almost alike: its smallest standard error is taken as this share
# of its largest, since a standard error of exactly 0 would let one province decide alone.
_SMALLEST_SE_SHARE = 1e-3
_COUNTS = (("invited_villages", Unit.VILLAGES), ("invited_people", Unit.PEOPLE), ("attended", Unit.PEOPLE))


def _groups(studies: Iterable[StudyData]) -> dict[tuple[str, int, bool], list[StudyData]]:
    """Return studies by training, year and whether they are simulated, in a fixed order."""
    groups: dict[tuple[str, int, bool], list[StudyData]] = {}
    for study in sorted(studies, key=lambda one: one.province.study):
        province = study.province
        groups.setdefault((province.training, province.year, province.simulated), []).append(study)
    return dict(sorted(groups.items()))


def _national(group: tuple[str, int, bool], rows: Iterable[Row]) -> pd.DataFrame:
    training, year, simulated = group
    return results_frame(StudyIdentity(NATION, COUNTRY, training, year, simulated), rows)


def _together(frames: Sequence[pd.DataFrame]) -> Outcome:
    empty = results_frame(StudyIdentity(NATION, COUNTRY, "", 0, False), [])
    return Outcome(pd.concat(frames, ignore_index=True) if frames else empty, {})


def participation(studies: Sequence[StudyData]) -> Outcome:
    """Return, per training and year, provinces, villages and people invited and attendances, summed.

    ``n`` counts the provinces that publish the number and ``n_missing`` those that do not: a sum over some
    provinces is never passed off as the nation's.
    """
    frames = []
    for group, members in _groups(studies).items():
        rows = [Row(PARTICIPATION, "provinces", None, _count(len(members), Unit.NONE, len(members), 0))]
        for subject, unit in _COUNTS:
            known = [value for value in (_published_count(study, subject) for study in members) if value is not None]
            if known:
                estimate = _count(sum(known), unit, len(known), len(members) - len(known))
            else:
                estimate = not_estimable(
                    EstimateName.TOTAL, unit, Method.SUM_OF_PROVINCES, Reason.NO_SUCH_DATA, n_missing=len(members)
                )
            rows.append(Row(PARTICIPATION, subject, None, estimate))
        frames.append(_national(group, rows))
    return _together(frames)


def _count(total: float, unit: Unit, n: int, n_missing: int) -> Estimate:
    return Estimate(
        estimate_name=EstimateName.TOTAL,
        unit=unit,
        method=Method.SUM_OF_PROVINCES,
        status=Status.ESTIMATED,
        estimate=float(total),
        n=n,
        n_missing=n_missing,
        sampling_unit=SamplingUnit.PROVINCE,
    )


def _published_count(study: StudyData, subject: str) -> int | None:
    """Return a count of one province: from its tables, else from what it declares."""
    if subject == "attended":
        participants = study.tables.get("participants")
        present = None if participants is None else has_attended(participants)
        if present is not None and present.notna().any():
            return int(present.sum())
        attendance = study.tables.get("published_attendance")
        if attendance is None:
            return None
        people = [int(count) for count in attendance["attended"][attendance["unit"] == "people"].dropna()]
        return people[0] if people else None
    column = "villages" if subject == "invited_villages" else "people"
    invited = study.tables.get("invited")
    if invited is not None and len(invited):
        return int(invited[column].sum())
    return study.province.invited_villages if column == "villages" else study.province.invited_people


def provinces(studies: Sequence[StudyData]) -> Outcome:
    """Return the headline estimates of all provinces side by side, in points and (contrast ``learning|share``) as
    shares of the test's maximum; a province without one says so.
    """
    frames = []
    for group, members in _groups(studies).items():
        rows = []
        for study in members:
            own = headlines(study)
            for one in own:
                rows.append(Row(PROVINCES, one.study, one.question, one.estimate))
                rows.append(Row(PROVINCES, one.study, f"{one.question}|{SHARE}", one.as_share()))
            if not own:
                missing = not_estimable(
                    EstimateName.MEAN_CHANGE, Unit.TEST_SHARE, Method.RANDOM_EFFECTS, Reason.NO_SUCH_DATA
                )
                rows.append(Row(PROVINCES, study.province.study, LEARNING, missing))
        frames.append(_national(group, rows))
    return _together(frames)


def synthesis(studies: Sequence[StudyData], alpha: float = 0.05) -> Outcome:
    """Return the pooled change of each training and year, from five provinces on.

    Subjects: ``learning`` (provinces with a standard error), ``learning|unweighted`` (all provinces, needs no
    standard error), ``learning|range`` (pooled over all standard errors that the averages, or scores without classes,
    admit: up to classes of the guide's size wholly alike) and
    ``learning|without=...`` (leaving one province out). Estimates are shares of the test's maximum.
    """
    frames = []
    for group, members in _groups(studies).items():
        own = [one for study in members for one in headlines(study) if one.question == LEARNING]
        frames.append(_national(group, _synthesis_rows(own, alpha)))
    return _together(frames)


def _synthesis_rows(own: list[Headline], alpha: float) -> list[Row]:
    if len(own) < FEWEST_PROVINCES:
        missing = not_estimable(
            EstimateName.MEAN_CHANGE, Unit.TEST_SHARE, Method.RANDOM_EFFECTS, Reason.FEWER_THAN_FIVE_PROVINCES,
            n=len(own), sampling_unit=SamplingUnit.PROVINCE,
        )  # fmt: skip
        return [Row(SYNTHESIS, LEARNING, None, missing)]
    rows = [Row(SYNTHESIS, f"{LEARNING}|unweighted", None, _unweighted(own, alpha))]
    exact = [one for one in own if one.se is not None]
    if len(exact) >= FEWEST_PROVINCES:
        changes, errors = [one.change for one in exact], [one.se or 0.0 for one in exact]
        pooled = synthesise(changes, errors, alpha)
        rows.append(Row(SYNTHESIS, LEARNING, None, _pooled(pooled, alpha)))
        rows.append(Row(SYNTHESIS, f"{LEARNING}|prediction", None, _prediction(pooled, alpha)))
        for left_out, result in zip(exact, leave_one_out(changes, errors, alpha), strict=True):
            rows.append(Row(SYNTHESIS, f"{LEARNING}|without={left_out.study}", None, _pooled(result, alpha)))
    if len(exact) < len(own):
        rows.append(Row(SYNTHESIS, f"{LEARNING}|range", None, _range(own)))
    return rows


def _mean_change(
    method: Method, estimate: float, limits: tuple[float, float], df: int, k: int, alpha: float
) -> Estimate:
    """Return a mean of k provinces' changes with its limits at level 1 - alpha."""
    low, high = limits
    return Estimate(
        estimate_name=EstimateName.MEAN_CHANGE,
        unit=Unit.TEST_SHARE,
        method=method,
        status=Status.ESTIMATED,
        estimate=estimate,
        estimate_low=low,
        estimate_high=high,
        interval_level=1 - alpha,
        df=df,
        n=k,
        sampling_unit=SamplingUnit.PROVINCE,
        clusters=k,
    )


def _unweighted(own: list[Headline], alpha: float) -> Estimate:
    mean, low, high = unweighted_mean([one.change for one in own], alpha)
    return _mean_change(Method.UNWEIGHTED_MEAN, mean, (low, high), len(own) - 1, len(own), alpha)


def _pooled(result: Synthesis, alpha: float) -> Estimate:
    limits = (result.low, result.high)
    pooled = _mean_change(Method.RANDOM_EFFECTS, result.estimate, limits, result.df, result.k, alpha)
    return replace(
        pooled,
        statistic_name=Statistic.T,
        statistic=result.t,
        p_value=result.p,
        alternative=Alternative.TWO_SIDED,
    )


def _prediction(result: Synthesis, alpha: float) -> Estimate:
    limits = (result.prediction_low, result.prediction_high)
    return _mean_change(Method.PREDICTION_INTERVAL, result.estimate, limits, result.k - 2, result.k, alpha)


def _range(own: list[Headline]) -> Estimate:
    largest = [one.se if one.se is not None else one.se_high or 0.0 for one in own]
    smallest = [
        one.se if one.se is not None else max(one.se_low or 0.0, _SMALLEST_SE_SHARE * (one.se_high or 0.0))
        for one in own
    ]
    low, high = pooled_range([one.change for one in own], smallest, largest)
    return Estimate(
        estimate_name=EstimateName.MEAN_CHANGE,
        unit=Unit.TEST_SHARE,
        method=Method.RANDOM_EFFECTS_RANGE,
        status=Status.BOUNDED,
        reason=Reason.MEANS_ONLY,
        estimate_low=low,
        estimate_high=high,
        n=len(own),
        n_missing=sum(one.se is None for one in own),
        sampling_unit=SamplingUnit.PROVINCE,
        clusters=len(own),
        assumes=str(Assumption.GUIDE_CLASSES),
    )
