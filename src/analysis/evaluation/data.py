"""What the questions of the study are asked of: one study's definition and its processed tables in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    with a row of status ``not_estimable``.
    """

    province: Province
    training: Training
    instrument: Instrument
    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    problems: pd.DataFrame

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
