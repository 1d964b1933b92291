"""What the questions of the study are asked of: one study's definition and its processed tables in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from analysis.evaluation.outcome import StudyIdentity

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

    Tables of people are divided by batch, those without a batch by the participant; published tables stay as they are.
    """
    apart = [batch for batch in province.batches if batch not in province.trained_batches]
    participants = tables.get("participants")
    if not apart or participants is None:
        return dict(tables), {}
    compared = set(participants.loc[participants["batch"].isin(apart), "participant_id"].dropna())
    trained, comparison = {}, {}
    for name, table in tables.items():
        if "participant_id" in table:
            is_apart = table["participant_id"].isin(compared)
        elif name == "responses":
            is_apart = table["batch"].isin(apart)
        else:
            is_apart = pd.Series(False, index=table.index)
        trained[name] = table[~is_apart].reset_index(drop=True)
        comparison[name] = table[is_apart].reset_index(drop=True)
    return trained, {name: comparison[name] for name in ("participants", "scores") if name in comparison}
