"""The problem list without a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.commands import command
from tests.pipeline.projects import make_project


def test_check_fails_on_a_folder_that_cannot_be_read_and_names_it(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"satu": 1.0}, ())
    code, printed = command("check", "--data", str(project.folders.data))
    assert code == 1
    assert "satu" in printed
    assert "province.toml" in printed


def test_check_of_the_shipped_data_lists_notes_and_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    code, printed = command("check", "gorontalo", "--lang", "en")
    assert code == 0
    assert "kehadiran_agregat.csv" in printed
