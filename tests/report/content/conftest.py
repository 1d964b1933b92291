"""Studies that lack something, with their results, and six provinces that make a nation."""

from __future__ import annotations

import pytest

from report.study_questions import results_of
from report.study_variants import OF_GORONTALO, OF_LAMPUNG
from tests.report.content.nation_studies import another


@pytest.fixture(scope="module")
def variants(lampung, gorontalo):
    """Return each variant with its results."""
    made = {("lampung", name): change(lampung) for name, change in OF_LAMPUNG.items()}
    made |= {("gorontalo", name): change(gorontalo) for name, change in OF_GORONTALO.items()}
    return {key: (data, results_of(data)) for key, data in made.items()}


@pytest.fixture(scope="module")
def six(gorontalo):
    return [
        another(gorontalo, f"p-{name}", post) for name, post in zip("abcdef", (55, 70, 75, 79, 80, 83), strict=True)
    ]
