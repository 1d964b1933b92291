"""What a template of one line is given."""

import pytest

from analysis.report.claims.writer import Material


@pytest.fixture
def bare(sample_results):
    return Material(results=sample_results, facts={"province": "Lampung", "batch": 5, "year": "2023"})
