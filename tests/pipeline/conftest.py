"""Fixtures of the pipeline's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.projects import Project, make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two provinces, two notebooks for each and one for the nation."""
    return make_project(tmp_path, {"dua": 2.0, "satu": 1.0}, ("01_clean", "02_batches", "05_national"))
