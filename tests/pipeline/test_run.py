"""A run brings reports up to date, runs again only what changed, and isolates failures."""

from __future__ import annotations

import json
import os

import pandas as pd
import pytest

from analysis.errors import ParameterError, StudyError
from analysis.pipeline.kernels.perform import Workshop
from tests.pipeline.projects import FINISH, PARAMETERS, Project, notebook_json, run_project, states


def ran(summary) -> list[str]:
    return sorted(name for each in summary.provinces for name in each.ran)


def test_first_run_writes_notebooks_results_and_records(project: Project) -> None:
    summary, printed = run_project(project)

    assert states(summary) == {"dua": "done", "satu": "done", "national": "done"}
    assert summary.exit_code == 0, [province.failures for province in summary.provinces]
    results = pd.read_parquet(project.folders.reports / "satu" / "results.parquet")
    assert list(results["estimate"]) == [1.0, 1.0]
    assert list(results["subject"]) == ["01_clean", "02_batches"]
    csv = pd.read_csv(project.folders.reports / "satu" / "results.csv")
    assert list(csv["estimate"]) == [1.0, 1.0]
    record = json.loads((project.folders.reports / "satu" / "run.json").read_text())
    assert set(record["inputs"]["raw"]) == {"angka.csv"}
    assert record["jobs"]["satu/id/02_batches"]["peak_memory_bytes"] > 10_000_000
    assert record["parameters"]["satu/id/02_batches"]["province"] == "satu"
    assert "satu/id/02_batches done in" in printed


def test_unchanged_run_runs_nothing_and_changes_no_file(finished: Project) -> None:
    reports = finished.folders.reports
    before = {path: path.read_bytes() for path in reports.glob("*/**/*") if path.is_file()}

    summary, _ = run_project(finished)

    assert set(states(summary).values()) == {"unchanged"}
    kept = {path: content for path, content in before.items() if ".dampak" not in path.parts}
    assert kept
    assert {path: path.read_bytes() for path in kept} == kept


def test_one_changed_cell_runs_that_province_and_the_nation(finished: Project) -> None:
    finished.write_raw("dua", 7.0)

    summary, _ = run_project(finished)

    assert ran(summary) == [
        "dua/id/01_clean",
        "dua/id/02_batches",
        "dua/results",
        "national/id/05_national",
        "national/results",
    ]
    changes = pd.read_csv(finished.folders.reports / "dua" / "changes.csv")
    assert changes[["column", "old", "new"]].to_numpy().tolist() == [["estimate", 2.0, 7.0]] * 2
    assert set(changes["cause"]) == {"raw file angka.csv changed (B1)"}


def test_change_that_keeps_the_time_of_the_file_is_seen(finished: Project) -> None:
    raw = finished.folders.raw_of("dua") / "angka.csv"
    times = raw.stat()
    finished.write_raw("dua", 7.0)
    os.utime(raw, ns=(times.st_atime_ns, times.st_mtime_ns))

    summary, _ = run_project(finished)

    assert states(summary)["dua"] == "done"


def test_changed_notebook_runs_alone_for_every_province(finished: Project) -> None:
    finished.write_notebook("02_batches", middle="number + 1")

    summary, _ = run_project(finished)

    assert ran(summary) == ["dua/id/02_batches", "dua/results", "satu/id/02_batches", "satu/results"]
    assert states(summary)["national"] == "unchanged"


def test_missing_output_is_made_again(finished: Project) -> None:
    (finished.folders.reports / "satu" / "results" / "02_batches.parquet").unlink()

    summary, _ = run_project(finished)

    assert "satu/id/02_batches" in ran(summary)


def test_failing_province_stops_no_other_and_its_former_report_moves(finished: Project) -> None:
    reports = finished.folders.reports
    (reports / "satu" / "satu-2023-laporan.html").write_text("laporan lama")
    (finished.folders.raw_of("satu") / "angka.csv").write_text("angka;bukan angka\n")
    finished.write_raw("dua", 9.0)

    summary, _ = run_project(finished)

    assert states(summary) == {"dua": "done", "satu": "failed", "national": "done"}
    assert summary.exit_code == 1
    failure = next(each for each in summary.provinces if each.province == "satu").failures[0]
    assert failure.job == "satu/id/01_clean"
    assert failure.error.startswith("ValueError: could not convert string to float")
    assert failure.cell == 3  # parameters, injected parameters, begin
    assert failure.kept == reports / "satu" / "failed" / "id" / "01_clean.ipynb"
    assert failure.kept.is_file()
    assert (reports / "satu" / "lama" / "satu-2023-laporan.html").read_text() == "laporan lama"
    assert not (reports / "satu" / "results.parquet").exists()

    finished.write_raw("satu", 1.5)
    summary, _ = run_project(finished)
    assert states(summary)["satu"] == "done"
    assert not (reports / "satu" / "lama").exists()
    assert not (reports / "satu" / "failed").exists()


@pytest.mark.parametrize("is_foreseen", [True, False])
def test_a_workshop_that_does_not_open_fails_no_province(finished: Project, is_foreseen: bool) -> None:
    """What runs is foreseen from a changed raw file, found out by pytask from a missing output."""
    reports = finished.folders.reports
    (reports / "satu" / "satu-2023-laporan.html").write_text("laporan")
    if is_foreseen:
        finished.write_raw("satu", 7.0)
    else:
        (reports / "satu" / "results" / "02_batches.parquet").unlink()

    def refuse() -> Workshop:
        raise ParameterError("no scheduler answers")

    with pytest.raises(ParameterError, match="no scheduler answers"):
        run_project(finished, open_workshop=refuse)
    assert (reports / "satu" / "satu-2023-laporan.html").read_text() == "laporan"
    assert states(run_project(finished)[0])["satu"] == "done"


def test_both_languages_write_notebooks_and_the_same_results(project: Project) -> None:
    summary, _ = run_project(project, languages=("id", "en"))

    assert summary.exit_code == 0, [province.failures for province in summary.provinces]
    notebooks = project.folders.reports / "satu" / "notebooks"
    assert (notebooks / "en" / "02_batches.ipynb").is_file()
    assert len(pd.read_parquet(project.folders.reports / "satu" / "results.parquet")) == 2


def test_named_province_runs_alone_with_the_nation(project: Project) -> None:
    summary, _ = run_project(project, provinces=("dua",))

    assert states(summary) == {"dua": "done", "national": "done"}
    assert not (project.folders.reports / "satu").exists()


def test_unknown_province_is_refused_with_those_there_are(project: Project) -> None:
    with pytest.raises(StudyError, match="no folder lampong; known: dua, satu"):
        run_project(project, provinces=("lampong",))


def test_folder_with_a_wrong_name_fails_alone(project: Project) -> None:
    project.write_raw("Tiga Baru", 3.0)

    summary, _ = run_project(project)

    assert states(summary) == {"Tiga Baru": "failed", "dua": "done", "satu": "done", "national": "done"}
    assert "tiga-baru" in summary.provinces[0].failures[0].error


def test_notebook_without_the_parameter_fails_before_it_runs(project: Project) -> None:
    cells = [PARAMETERS.replace("province = ", "provinsi = "), "province = 'dua'", FINISH]
    (project.notebooks / "02_batches.ipynb").write_text(notebook_json(cells))

    summary, _ = run_project(project, provinces=("satu",))

    assert "declares no parameter province" in summary.provinces[0].failures[0].error


def test_notebook_that_handles_another_province_is_caught(project: Project) -> None:
    project.write_notebook("02_batches", middle="handled = 'dua'")

    summary, _ = run_project(project, provinces=("satu",))

    assert "was asked for satu but handled dua" in summary.provinces[0].failures[0].error


def test_folder_without_notebooks_is_an_error(project: Project) -> None:
    for path in project.notebooks.iterdir():
        path.unlink()
    with pytest.raises(ParameterError, match='holds no notebook with a cell tagged "parameters"'):
        run_project(project)


def test_executed_notebook_holds_no_path_of_the_machine_in_its_notes(project: Project) -> None:
    run_project(project, provinces=("satu",))
    content = json.loads((project.folders.reports / "satu" / "notebooks" / "id" / "01_clean.ipynb").read_text())
    assert content["metadata"]["papermill"]["input_path"] == "01_clean.ipynb"
