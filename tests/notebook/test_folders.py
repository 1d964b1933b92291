"""The folders of a project are found from wherever somebody works."""

from __future__ import annotations

import pytest

from analysis.errors import StudyError
from analysis.notebook.folders import checkout, find_folders, project_root, province_folders


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name in ("data/raw/satu", "data/raw/dua", "data/raw/.git", "notebooks/sub"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "data/raw/sasaran.csv").touch()
    monkeypatch.chdir(tmp_path / "notebooks" / "sub")
    return tmp_path


def test_the_nearest_parent_that_holds_raw_data_counts(project):
    folders = find_folders()
    assert project_root() == project
    assert (folders.raw, folders.reports) == (project / "data" / "raw", project / "reports")
    assert folders.processed_of("satu") == project / "data" / "processed" / "satu"
    assert province_folders(folders) == ["dua", "satu"]


def test_another_data_folder_brings_its_reports_along(project):
    folders = find_folders("../../data")
    assert folders.reports_of("satu") == project / "reports" / "satu"
    assert find_folders("../../data", "di sini").reports == project / "notebooks" / "sub" / "di sini"


def test_a_folder_without_raw_names_the_option(project):
    with pytest.raises(StudyError, match=r'holds no folder "raw".*--data DIR'):
        find_folders(project)


def test_elsewhere_the_checkout_counts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert project_root() == checkout()
    with pytest.raises(StudyError, match=r"no folder nowhere/raw in .* or above it"):
        project_root("nowhere")
