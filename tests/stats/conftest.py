"""What several tests of statistics share."""

import pytest

from analysis.stats import one_sample


@pytest.fixture
def jackknife_for_any_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no class count as dominant: R's scripts write out the jackknife for schools of any size."""
    monkeypatch.setattr(one_sample, "DOMINANT_RATIO", float("inf"))
