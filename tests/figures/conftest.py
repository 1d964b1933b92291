"""What all tests of figures share."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from analysis.report.content.subjects import FigureWords, figure_words
from analysis.study.instrument import load_instrument
from evaluation.learners import participants, scores_of, study


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture(params=["id", "en"])
def words(request: pytest.FixtureRequest) -> FigureWords:
    """Return the words of figures in each language."""
    return figure_words(request.param, load_instrument())


@pytest.fixture
def items_by_aspect(lampung):
    instrument = lampung.instrument
    return {aspect.id: tuple(item.id for item in instrument.items_of(aspect.id)) for aspect in instrument.aspects}


@pytest.fixture(scope="module")
def learners():
    people = participants()
    people.loc[[0, 4], "role"] = "lainnya"  # two people: too few to be shown
    return study({"participants": people, "scores": scores_of(people)})
