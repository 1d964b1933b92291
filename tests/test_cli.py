"""An empty project from the shipped notebooks, and the command's exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.commands import command
from tests.pipeline.projects import make_project


def test_init_lays_notebooks_and_an_empty_raw_folder(tmp_path: Path) -> None:
    code, printed = command("init", str(tmp_path / "proyek"))
    assert code == 0
    names = {path.name for path in (tmp_path / "proyek" / "notebooks").iterdir()}
    assert {"01_clean.ipynb", "05_national.ipynb"} <= names
    assert (tmp_path / "proyek" / "data" / "raw").is_dir()
    assert "dampak run" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "tidak-ada"), "holds no folder tidak-ada"),
        (("run", "--formats", "html,odt"), "--formats: unknown odt"),
        (("run", "--edition", "a/b"), "--edition"),
        (("run", "--workers", "0"), "workers"),
        (("check", "tidak-ada"), "holds no folder tidak-ada"),
        (("verify", "tidak-ada"), "neither a file nor a province"),
    ],
)
def test_wrong_usage_ends_with_2(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    project = make_project(tmp_path, {"satu": 1.0}, ())
    folders = ("--data", str(project.folders.data), "--reports", str(project.folders.reports))
    code, printed = command(*arguments, *folders)
    assert code == 2
    assert message in " ".join(printed.split())


def test_data_folder_without_raw_names_the_option(tmp_path: Path) -> None:
    code, printed = command("run", "--data", str(tmp_path))
    assert code == 2
    assert "--data DIR" in printed


def test_simulate_lays_marked_provinces_and_refuses_to_overwrite(tmp_path: Path) -> None:
    arguments = ("simulate", "--provinces", "2", "--villages", "24", "--seed", "7", str(tmp_path))
    code, printed = command(*arguments)
    assert code == 0, printed
    for name in ("contoh-1", "contoh-2"):
        assert "simulated = true" in (tmp_path / name / "province.toml").read_text()
    assert command(*arguments)[0] == 1


def test_new_lays_a_folder_that_check_can_read(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    code, printed = command("new", "jawa-barat-2024", "--data", str(tmp_path))
    assert code == 0, printed
    assert "year = 2024" in (tmp_path / "raw" / "jawa-barat-2024" / "province.toml").read_text()
    assert command("check", "--data", str(tmp_path))[0] in (0, 1)
    assert command("new", "atlantis", "--data", str(tmp_path))[0] == 2
    assert command("new", "jawa-barat-2024", "--data", str(tmp_path))[0] == 1
