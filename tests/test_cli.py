"""An empty project from the shipped notebooks, and the command's exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import OutputError, ParameterError
from analysis.pipeline.verbs.run import checked_formats, new_project
from tests.pipeline.projects import Project, make_project


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_init_lays_notebooks_and_an_empty_raw_folder(tmp_path: Path) -> None:
    code, printed = command("init", str(tmp_path / "proyek"))
    assert code == 0
    names = {path.name for path in (tmp_path / "proyek" / "notebooks").iterdir()}
    assert {"01_clean.ipynb", "05_national.ipynb"} <= names
    assert (tmp_path / "proyek" / "data" / "raw").is_dir()
    assert "dampak run" in printed


def test_init_never_writes_into_a_folder_with_content(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(OutputError, match="is not empty"):
        new_project(tmp_path)


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
def test_wrong_usage_ends_with_2(project: Project, arguments: tuple[str, ...], message: str) -> None:
    folders = ("--data", str(project.folders.data), "--reports", str(project.folders.reports))
    code, printed = command(*arguments, *folders)
    assert code == 2
    assert message in " ".join(printed.split())


def test_data_folder_without_raw_names_the_option(tmp_path: Path) -> None:
    code, printed = command("run", "--data", str(tmp_path))
    assert code == 2
    assert "--data DIR" in printed


def test_formats_keep_their_order_and_may_be_none() -> None:
    assert checked_formats("pdf, html,pdf") == ("pdf", "html")
    assert checked_formats("") == ()
    with pytest.raises(ParameterError, match="allowed: html, docx, pdf, xlsx"):
        checked_formats("doc")


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
