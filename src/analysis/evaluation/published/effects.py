"""What the printed means alone admit of Cliff's delta, item by item."""

from __future__ import annotations

import numpy as np

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.contrasts import no_contrast
from analysis.evaluation.published.tables import contrast_name, contrast_pairs, published_means
from analysis.stats import assumptions
from analysis.stats.codes import EstimateName, Method, Reason, SamplingUnit, Status, Unit
from analysis.stats.published.effects import cliffs_delta_bounds
from analysis.stats.result import Estimate


def effects(data: StudyData) -> Outcome:
    """Return the range of Cliff's delta of every indicator and pair of batches: what the means alone admit."""
    published = published_means(data)
    analysis = "published.effects"
    if published is None:
        return no_contrast(data, analysis, Method.DELTA_BOUNDS, Reason.NO_SUCH_DATA)
    table = published.table
    mean = table.units / 10**table.decimals
    half = 0.5 / 10**table.decimals
    rows = []
    for a, b in contrast_pairs(published.batches):
        low = _delta(mean[:, a] + half, mean[:, b] - half, table.low, table.high)[0]
        high = _delta(mean[:, a] - half, mean[:, b] + half, table.low, table.high)[1]
        for item, name in enumerate(published.items):
            estimate = Estimate(
                estimate_name=EstimateName.CLIFFS_DELTA,
                unit=Unit.NONE,
                method=Method.DELTA_BOUNDS,
                status=Status.BOUNDED,
                reason=Reason.MEANS_ONLY,
                estimate_low=float(low[item]),
                estimate_high=float(high[item]),
                sampling_unit=SamplingUnit.PERSON,
                assumes=assumptions.scale(table.low, table.high),
            )
            rows.append(Row(analysis, name, contrast_name(published.batches, (a, b)), estimate))
    return outcome(data.identity, rows)


def _delta(mean_a: np.ndarray, mean_b: np.ndarray, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
    return cliffs_delta_bounds(np.clip(mean_a, low, high), np.clip(mean_b, low, high), low, high)
