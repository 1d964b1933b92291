"""What all tests of figures share."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from analysis.report.content.subjects import FigureWords, figure_words
from analysis.study.instrument import load_instrument


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture(params=["id", "en"])
def words(request: pytest.FixtureRequest) -> FigureWords:
    """Return the words of figures in each language."""
    return figure_words(request.param, load_instrument())
