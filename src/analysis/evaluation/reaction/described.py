"""Every indicator described by batch: counts of all levels, mean, standard deviation, median, top-two-box share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.evaluation.outcome import Row
from analysis.evaluation.reaction.responses import Responses
from analysis.evaluation.reaction.rows import Quantity, batch_sample, plain_estimate
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.description import Description


def described_rows(
    responses: Responses, shown: Description, analysis: str, has_classes: bool, level: float
) -> list[Row]:
    """Return mean, SD, median and top-two-box share of every item and batch."""
    people = np.bincount(responses.batch, minlength=len(responses.batches))
    reason = Reason.ONE_CLASS_IN_BATCH if has_classes else Reason.CLASS_NOT_RECORDED
    conditions = Assumption.CLASSES_INDEPENDENT.value if has_classes else None
    quantities = [
        (EstimateName.MEAN, Unit.SCALE_POINTS, Method.MEAN_CLASS_JACKKNIFE_T, shown.mean),
        (EstimateName.STANDARD_DEVIATION, Unit.SCALE_POINTS, Method.DESCRIPTION, shown.standard_deviation),
        (EstimateName.MEDIAN, Unit.SCALE_POINTS, Method.DESCRIPTION, shown.median),
        (EstimateName.SHARE_TOP_TWO, Unit.SHARE, Method.WILSON_EFFECTIVE_N, shown.share_top_two),
    ]
    limits = {
        EstimateName.MEAN: (shown.mean_low, shown.mean_high),
        EstimateName.SHARE_TOP_TWO: (shown.share_low, shown.share_high),
    }
    rows = []
    for column, item in enumerate(responses.items):
        for batch, name in enumerate(responses.batches):
            clusters = shown.clusters[batch, column] if has_classes else None
            sample = batch_sample(shown.n[batch, column], int(people[batch]), clusters)
            no_limits = reason if clusters is None or clusters < 2 else Reason.NO_VARIATION
            for estimate_name, measured_in, method, values in quantities:
                has_limits = estimate_name in limits
                quantity = Quantity(
                    name=estimate_name, unit=measured_in, method=method, assumes=conditions if has_limits else None
                )
                low, high = (limit[batch, column] for limit in limits.get(estimate_name, (values, values)))
                estimate = plain_estimate(
                    quantity,
                    sample,
                    values[batch, column],
                    low=low if has_limits else np.nan,
                    high=high if has_limits else np.nan,
                    level=level,
                    reason=(no_limits if has_limits else None) if sample.n else Reason.ITEM_NOT_ANSWERED,
                )
                rows.append(Row(analysis, item, name, estimate))
    return rows


def counts_table(responses: Responses, shown: Description) -> pd.DataFrame:
    """Return the answers counted by item, batch and level, unused levels kept: n and share of the answers."""
    index = pd.MultiIndex.from_product(
        [responses.items, responses.batches, responses.levels.astype(int)], names=["item", "batch", "level"]
    )
    table = index.to_frame(index=False)
    table["batch"] = pd.Categorical(table["batch"], categories=list(responses.batches), ordered=True)
    table["count"] = shown.counts.transpose(1, 0, 2).ravel().astype(np.int64)
    table["n"] = np.repeat(shown.n.T.ravel(), responses.levels.size)
    table["share"] = np.where(table["n"] > 0, table["count"] / table["n"].where(table["n"] > 0, 1), np.nan)
    table["aspect"] = np.repeat(responses.aspect_of_item, len(responses.batches) * responses.levels.size)
    return table
