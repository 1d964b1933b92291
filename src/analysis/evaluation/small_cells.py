"""Groups too small to be shown: their rows keep their place and say why they are empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from analysis.stats.codes import Reason, Status
from analysis.stats.result import Estimate


def suppressed(estimate: Estimate, reason: Reason = Reason.SMALL_CELL) -> Estimate:
    """Return the row with nothing but its name, unit and method; the size of the group is withheld as well."""
    return Estimate(
        estimate_name=estimate.estimate_name,
        unit=estimate.unit,
        method=estimate.method,
        status=Status.SUPPRESSED,
        sampling_unit=estimate.sampling_unit,
        reason=reason,
    )


def guarded(estimates: Iterable[Estimate], people: int, minimum_cell: int) -> list[Estimate]:
    """Return the rows of a group of ``people``, suppressed where it has some but fewer than ``minimum_cell``."""
    if 0 < people < minimum_cell:
        return [suppressed(estimate) for estimate in estimates]
    return list(estimates)


def hidden_groups(sizes: Mapping[str, int], minimum_cell: int) -> dict[str, Reason]:
    """Return which groups of one breakdown must not be shown.

    Groups of fewer than ``minimum_cell`` people; and where these together are so few that the total minus the shown
    groups gives them away, the next smallest group with them.
    """
    hidden = {group: Reason.SMALL_CELL for group, size in sizes.items() if 0 < size < minimum_cell}
    if hidden and sum(sizes[group] for group in hidden) < minimum_cell:
        rest = sorted((size, group) for group, size in sizes.items() if group not in hidden and size > 0)
        if rest:
            hidden[rest[0][1]] = Reason.COMPLEMENTARY_SUPPRESSION
    return hidden


def without_hidden(frame: pd.DataFrame, columns: list[str], is_hidden: pd.Series) -> pd.DataFrame:
    """Return a supporting table with the numbers of hidden groups left blank."""
    shown = frame.copy()
    for column in columns:
        shown[column] = shown[column].astype("Float64").mask(is_hidden.to_numpy(dtype=bool), np.nan)
    return shown
