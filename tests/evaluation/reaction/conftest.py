"""Studies that several tests of the reaction questions share."""

from __future__ import annotations

import pytest

from analysis.evaluation.data import StudyData
from reaction_studies import draw_responses, study


@pytest.fixture(scope="session")
def planted() -> StudyData:
    """Return a study whose batches rise clearly."""
    return study({"responses": draw_responses(shift=0.5, class_sd=0.15)})
