"""Fixtures of the pipeline's tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pipeline.projects import Project, make_project, run_project

TITLES = ("01_clean", "02_batches", "05_national")
PROVINCES = {"dua": 2.0, "satu": 1.0}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two provinces, two notebooks for each and one for the nation."""
    return make_project(tmp_path, PROVINCES, TITLES)


@pytest.fixture(scope="session")
def finished_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same project after a run; not to be changed."""
    project = make_project(tmp_path_factory.mktemp("finished") / "project", PROVINCES, TITLES)
    summary, _ = run_project(project)
    assert summary.exit_code == 0
    return project


@pytest.fixture
def finished(finished_once: Project, tmp_path: Path) -> Project:
    """A copy of the project after a run, in another place."""
    shutil.copytree(finished_once.root, tmp_path / "project")
    return Project(tmp_path / "project")
