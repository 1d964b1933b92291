"""Reaction, learning and behaviour of the same people, where ids allow: associations, never causes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from analysis.evaluation.data import StudyData, guarded
from analysis.evaluation.learning.tables import learning_table
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import Effect, EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.matching import renumbered
from analysis.stats.moments import jackknife_interval
from analysis.stats.result import Estimate, not_estimable

ANALYSIS = "behaviour.link"
PAIRS = (("reaction", "learning"), ("learning", "behaviour"), ("reaction", "behaviour"))


def link(data: StudyData) -> Outcome:
    """Return Spearman correlations between the levels at person level, interval by leaving out classes.

    Subjects ``reaction-learning``, ``learning-behaviour``, ``reaction-behaviour``: mean answer of the end evaluation,
    change of score, whether the plan was carried out. Forms of the evaluation are usually anonymous: without ids that
    level is ``not_estimable``. Details: ``levels``, how many people are known at each level and pair of levels.
    """
    levels = _levels(data)
    result, counts = [], []
    for first, second in PAIRS:
        known = levels.dropna(subset=[first, second])
        estimate = _correlation(known, first, second, 1 - data.settings.alpha)
        shown = guarded([estimate], len(known), data.settings.minimum_cell)[0]
        result.append(Row(ANALYSIS, f"{first}-{second}", None, shown))
        counts.append({"first": first, "second": second, "people": len(known)})
    return outcome(data.identity, result, {"levels": pd.DataFrame(counts)})


def _levels(data: StudyData) -> pd.DataFrame:
    """Return one row per participant id with what is known at each level, and the class."""
    empty = pd.DataFrame(index=pd.Index([], name="participant_id"))
    parts = [part for part in (_reaction(data), _learning(data), _behaviour(data)) if part is not None]
    frame = pd.concat(parts, axis=1) if parts else empty
    for column in ("reaction", "learning", "behaviour"):
        if column not in frame:
            frame[column] = np.nan
    participants = data.tables.get("participants")
    frame["class_id"] = pd.NA
    if participants is not None and "class_id" in participants:
        classes = participants.dropna(subset=["participant_id"]).drop_duplicates("participant_id")
        frame["class_id"] = classes.set_index("participant_id")["class_id"].reindex(frame.index)
    return frame


def _reaction(data: StudyData) -> pd.Series | None:
    """Return each person's mean answer; a respondent is a person where his id is a participant's."""
    responses, participants = data.tables.get("responses"), data.tables.get("participants")
    if responses is None or participants is None:
        return None
    column = "participant_id" if "participant_id" in responses else "respondent_id"
    items = [item for item in data.instrument.item_ids if item in responses]
    linked = responses[responses[column].isin(participants["participant_id"].dropna())].drop_duplicates(column)
    if linked.empty or not items:
        return None
    means = linked.set_index(column)[items].astype(float).mean(axis=1)
    return means.rename_axis("participant_id").rename("reaction")


def _learning(data: StudyData) -> pd.Series | None:
    table = learning_table(data)
    if table is None or not table.is_complete.any():
        return None
    frame = table.people[table.is_complete].set_index("participant_id")
    return (frame["post"] - frame["pre"]).rename("learning")


def _behaviour(data: StudyData) -> pd.Series | None:
    followup = data.tables.get("followup")
    if followup is None or "participant_id" not in followup:
        return None
    known = followup.dropna(subset=["participant_id", "status"])
    return (
        (known["status"] == "done").groupby(known["participant_id"], sort=False).max().astype(float).rename("behaviour")
    )


def _spearman(frame: pd.DataFrame, first: str, second: str) -> float:
    x, y = frame[first].to_numpy(dtype=float), frame[second].to_numpy(dtype=float)
    if len(frame) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan")
    return float(stats.spearmanr(x, y).statistic)


def _correlation(known: pd.DataFrame, first: str, second: str, level: float) -> Estimate:
    name, method = EstimateName.RANK_CORRELATION, Method.SPEARMAN_CLASS_JACKKNIFE
    value = _spearman(known, first, second)
    if not np.isfinite(value):
        few = Reason.NO_LINKED_PEOPLE if known.empty else Reason.TOO_FEW_PEOPLE
        reason = few if len(known) < 3 else Reason.NO_VARIATION
        return not_estimable(name, Unit.NONE, method, reason, n=len(known), sampling_unit=SamplingUnit.CLASS)
    limits, clusters, why = _limits(known, first, second, value, level)
    low, high = limits or (None, None)
    return Estimate(
        estimate_name=name,
        unit=Unit.NONE,
        method=method,
        status=Status.ESTIMATED,
        estimate=value,
        estimate_low=low,
        estimate_high=high,
        interval_level=level if limits else None,
        effect_name=Effect.SPEARMAN_RHO,
        effect=value,
        effect_low=low,
        effect_high=high,
        n=len(known),
        sampling_unit=SamplingUnit.CLASS,
        clusters=clusters,
        assumes=str(Assumption.CLASSES_INDEPENDENT),
        reason=why,
    )


def _limits(
    known: pd.DataFrame, first: str, second: str, value: float, level: float
) -> tuple[tuple[float, float] | None, int | None, Reason | None]:
    """Return the limits (arctanh scale, leaving out classes), the number of classes, and why there are no limits."""
    if known["class_id"].isna().any():
        return None, None, Reason.CLASS_NOT_RECORDED
    classes = renumbered(known["class_id"].astype(str))
    clusters = int(classes.max()) + 1
    if clusters < 2:
        return None, clusters, Reason.TOO_FEW_CLASSES
    each = np.array([_spearman(known[classes != one], first, second) for one in range(clusters)])
    if abs(value) >= 1 or not (np.abs(each) < 1).all():
        return None, clusters, Reason.AT_BOUNDARY
    interval = jackknife_interval(float(np.arctanh(value)), np.arctanh(each), level)
    if interval is None:
        return None, clusters, Reason.NO_VARIATION
    return (float(np.tanh(interval.low)), float(np.tanh(interval.high))), clusters, None
