"""What else could explain the gain: missing people, regression to the mean, the ceiling, taking a test twice."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData, guarded
from analysis.evaluation.learning.attrition import attrition_rows
from analysis.evaluation.learning.tables import CONTRAST, LearningTable, analysable, nothing, rows
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.stats import assumptions
from analysis.stats.codes import Effect, EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.gain import floor_and_ceiling
from analysis.stats.matching import PairedScores
from analysis.stats.paired_effects import standardised_change
from analysis.stats.regression_to_mean import (
    RHO_GRID,
    RegressionToMean,
    highest_quarter,
    lowest_quarter,
    regression_to_mean,
)
from analysis.stats.result import Estimate, not_estimable

ANALYSIS = "learning.alternatives"


def alternatives(data: StudyData, *, retest_correlation: float | None = None) -> Outcome:
    """Return each other explanation of the gain with its number.

    Subjects: ``attrition`` (tipping points, what is possible), ``attrition|...`` (who is missing);
    ``regression|lowest_quarter`` and ``regression|highest_quarter`` (chosen by the pretest, at or beyond its quartile,
    which with ties is more than a quarter: ``pretest_cut`` is the score at the edge; gain expected without an
    effect of their own, for ``retest_correlation`` or a grid of correlations, and the one that would explain all);
    ``ceiling`` (share at the maximum after the training); ``retest`` (the retest gain, in pretest standard
    deviations, that would explain all). Details: ``tipping`` and ``regression`` for figures.
    """
    found = analysable(data)
    if isinstance(found, Reason):
        return nothing(data, ANALYSIS, found)
    pairs, minimum = found.pairs(), data.settings.minimum_cell
    result, tipping = attrition_rows(data, found, pairs, ANALYSIS)
    rhos = RHO_GRID if retest_correlation is None else (retest_correlation,)
    regression_rows, regression = _regression(pairs, rhos, minimum, found)
    result += regression_rows
    ceiling = floor_and_ceiling(pairs, found.maximum, level=1 - data.settings.alpha).ceiling_post
    result += rows(ANALYSIS, "ceiling", None, guarded([ceiling], pairs.n, minimum), found.condition)
    retest = guarded([_retest(pairs, 1 - data.settings.alpha)], pairs.n, minimum)
    result += rows(ANALYSIS, "retest", CONTRAST, retest, found.condition)
    return outcome(data.identity, result, {"tipping": tipping, "regression": regression})


def _retest(pairs: PairedScores, level: float) -> Estimate:
    """Return the gain that taking the test a second time would have to give, in pretest standard deviations."""
    delta = standardised_change(pairs, Effect.GLASS_DELTA_PRE, level=level)
    values = {name: getattr(delta, name) for name in ("estimate", "estimate_low", "estimate_high", "interval_level")}
    return Estimate(
        estimate_name=EstimateName.RETEST_GAIN_EXPLAINING,
        unit=Unit.STANDARD_DEVIATIONS,
        method=delta.method,
        status=delta.status,
        df=delta.df,
        n=delta.n,
        n_missing=delta.n_missing,
        sampling_unit=delta.sampling_unit,
        clusters=delta.clusters,
        assumes=delta.assumes,
        reason=delta.reason,
        **values,
    )


def _regression(
    pairs: PairedScores, rhos: tuple[float, ...], minimum: int, table: LearningTable
) -> tuple[list[Row], pd.DataFrame]:
    result: list[Row] = []
    frames = []
    for subject, choose in (("lowest_quarter", lowest_quarter), ("highest_quarter", highest_quarter)):
        chosen = choose(pairs.pre)
        size = int(chosen.sum())
        answer = regression_to_mean(pairs, chosen, rhos=rhos)
        cut = pairs.pre[chosen].max() if choose is lowest_quarter else pairs.pre[chosen].min()
        named = _plain(EstimateName.PRETEST_CUT, Unit.TEST_POINTS, Method.DESCRIPTION, float(cut), size)
        estimates = guarded([*_regression_estimates(answer), named], min(size, pairs.n), minimum)
        result += rows(ANALYSIS, f"regression|{subject}", CONTRAST, estimates, table.condition)
        if size >= minimum:
            frames.append(_regression_frame(subject, answer))
    columns = ["subgroup", "rho", "expected_gain", "observed_gain", "n"]
    return result, pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def _regression_frame(subject: str, answer: RegressionToMean) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "subgroup": subject,
            "rho": answer.rhos,
            "expected_gain": answer.expected_gains,
            "observed_gain": answer.subgroup_gain,
            "n": answer.n,
        }
    )


def _regression_estimates(answer: RegressionToMean) -> list[Estimate]:
    method = Method.REGRESSION_TO_MEAN_FORMULA
    observed = _plain(EstimateName.MEAN_CHANGE, Unit.TEST_POINTS, Method.DESCRIPTION, answer.subgroup_gain, answer.n)
    result = [observed]
    for rho, expected in zip(answer.rhos, answer.expected_gains, strict=True):
        said = assumptions.retest_correlation(rho)
        for name, value in (
            (EstimateName.EXPECTED_GAIN_WITHOUT_EFFECT, expected),
            (EstimateName.GAIN_BEYOND_REGRESSION, answer.subgroup_gain - expected),
        ):
            result.append(_plain(name, Unit.TEST_POINTS, method, value, answer.n, said))
    if answer.rho_explaining is None or not np.isfinite(answer.rho_explaining):
        name = EstimateName.RHO_EXPLAINING_GAIN
        return [*result, not_estimable(name, Unit.NONE, method, Reason.BASELINES_EQUAL, n=answer.n)]
    explaining = _plain(EstimateName.RHO_EXPLAINING_GAIN, Unit.NONE, method, answer.rho_explaining, answer.n)
    return [*result, explaining]


def _plain(
    name: EstimateName, unit: Unit, method: Method, value: float, n: int, assumes: str | None = None
) -> Estimate:
    return Estimate(
        estimate_name=name,
        unit=unit,
        method=method,
        status=Status.ESTIMATED,
        estimate=value,
        n=n,
        sampling_unit=SamplingUnit.PERSON,
        assumes=assumes,
    )
