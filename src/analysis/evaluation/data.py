"""What the questions of the study are asked of: its definition and its tables; groups too small to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.evaluation.outcome import StudyIdentity
from analysis.stats.codes import Reason, Status
from analysis.stats.result import Estimate

if TYPE_CHECKING:
    from analysis.study.instrument import Instrument
    from analysis.study.province import Province
    from analysis.study.settings import Settings
    from analysis.study.training import Training


@dataclass(frozen=True, slots=True)
class StudyData:
    """One study in memory: its definition, its settings, and its processed tables by name.

    A table that the province does not have is absent from ``tables``; every question answers that case
    with a row of status ``not_estimable``. ``comparison`` holds the participants and scores of people who were tested
    without being trained; they stand in no other table.
    """

    province: Province
    training: Training
    instrument: Instrument
    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    problems: pd.DataFrame
    comparison: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def identity(self) -> StudyIdentity:
        """Return the identity columns of this study's result rows."""
        return StudyIdentity(
            self.province.study,
            self.province.name,
            self.province.training,
            self.province.year,
            self.province.simulated,
        )


def split_comparison(
    tables: Mapping[str, pd.DataFrame], province: Province
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return the tables of the trained, and those of the comparison group (empty where the province has none).

    Tables of people are divided by the participant, forms that name nobody by their batch; published tables stay as
    they are.
    """
    apart = [batch for batch in province.batches if batch not in province.trained_batches]
    participants = tables.get("participants", pd.DataFrame({"participant_id": [], "batch": []}))
    if not apart:
        return dict(tables), {}
    compared = set(participants.loc[participants["batch"].isin(apart), "participant_id"].dropna())
    trained, comparison = {}, {}
    for name, table in tables.items():
        if "participant_id" in table:
            is_apart = table["participant_id"].isin(compared)
            if "batch" in table:
                is_apart |= table["participant_id"].isna() & table["batch"].isin(apart)
        elif name == "responses":
            is_apart = table["batch"].isin(apart)
        else:
            is_apart = pd.Series(False, index=table.index)
        trained[name] = table[~is_apart].reset_index(drop=True)
        comparison[name] = table[is_apart].reset_index(drop=True)
    return trained, {name: comparison[name] for name in ("participants", "scores") if name in comparison}


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
