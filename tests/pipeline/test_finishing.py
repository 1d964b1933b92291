"""A report whose parts failed is kept and named; a province whose notebook failed still gets a report."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from analysis.pipeline.deciding.jobs import (
    DocumentsJob,
    Job,
    JobFailed,
    JobRecord,
    JoinJob,
    LookJob,
    NotebookJob,
)
from analysis.pipeline.deciding.plan import RunSettings
from analysis.pipeline.progress import RunProgress
from analysis.pipeline.records import document_note, joined_files, write_json
from analysis.pipeline.run import RunRequest, run
from analysis.pipeline.summary import RunSummary, State, print_summary
from tests.pipeline.projects import Project, make_project

DOCUMENT = "satu-2023-laporan.html"
LOST = {"part": "section", "name": "ringkasan", "language": "id", "error": "KeyError", "place": "summary.md.j2:7"}


class Desk:
    """Does jobs by hand: notebooks named in ``failing`` fail, documents lose ``lost``; remembers what it did."""

    def __init__(self) -> None:
        self.failing: set[str] = set()
        self.lost: list[dict[str, str]] = []
        self.notes: list[str] = []
        self.done: list[Job] = []

    def perform(self, job: Job) -> JobRecord:
        self.done.append(job)
        if isinstance(job, NotebookJob):
            if job.title in self.failing:
                raise JobFailed("ValueError: max() arg is an empty sequence", cell=4)
            job.output.parent.mkdir(parents=True, exist_ok=True)
            job.output.write_text(f"{job.title} {len(self.done)}")
            job.part.parent.mkdir(parents=True, exist_ok=True)
            pd.DataFrame({"estimate": [1.0]}).to_parquet(job.part)
        elif isinstance(job, JoinJob):
            for path in joined_files(job.reports_folder):
                path.write_text(f"joined without {','.join(job.failed)}")
        elif isinstance(job, DocumentsJob):
            (job.reports_folder / DOCUMENT).write_text(f"report without {','.join(job.failed)}")
            write_json(job.reports_folder / "documents.json", {DOCUMENT: "x"})
            write_json(job.note, {"parts": self.lost, "notes": self.notes})
        return JobRecord(seconds=0.01)

    def named(self) -> list[str]:
        """Return the names of the jobs that were done."""
        return [job.name for job in self.done if not isinstance(job, LookJob)]

    def stop(self) -> None:
        """Do nothing: nothing runs beside."""

    def close(self) -> None:
        """Do nothing: nothing is held."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path, {"satu": 1.0}, ("01_clean", "04_impact"))
    (made.folders.raw_of("satu") / "province.toml").write_text("simulated = true\n")
    return made


def do(project: Project, desk: Desk) -> tuple[RunSummary, dict[str, object]]:
    request = RunRequest(
        folders=project.folders,
        notebooks_folder=project.notebooks,
        settings=RunSettings(languages=("id",), formats=("html",), time_limit_seconds=60),
        open_workshop=lambda: desk,
        workers=1,
    )
    desk.done.clear()
    summary = run(request, RunProgress(Console(quiet=True), 1))
    record = project.folders.reports_of("satu") / "run.json"
    return summary, json.loads(record.read_text()) if record.is_file() else {}


def state_of(summary: RunSummary) -> State:
    (province,) = summary.provinces
    return province.state


def printed(summary: RunSummary) -> str:
    console = Console(record=True, width=200, quiet=False, file=open("/dev/null", "w"))  # noqa: SIM115
    print_summary(summary, console)
    return console.export_text()


def index_of(project: Project) -> str:
    return (project.folders.reports / "index.html").read_text(encoding="utf-8")


def test_parts_that_failed_end_the_run_with_one_and_are_named_everywhere(project: Project) -> None:
    desk = Desk()
    desk.lost = [LOST]
    summary, record = do(project, desk)
    assert state_of(summary) is State.INCOMPLETE
    assert summary.exit_code == 1
    assert record["state"] == "incomplete"
    assert record["parts"] == [LOST]
    assert "the section ringkasan (id) could not be made: KeyError, summary.md.j2:7" in printed(summary)
    assert "section ringkasan" in index_of(project)
    assert (project.folders.reports_of("satu") / DOCUMENT).is_file()


def test_an_unchanged_run_still_says_that_parts_failed(project: Project) -> None:
    desk = Desk()
    desk.lost = [LOST]
    do(project, desk)
    summary, record = do(project, desk)
    assert desk.named() == []
    assert summary.exit_code == 1
    assert record["parts"] == [LOST]
    desk.lost = []
    project.write_raw("satu", 2.0)
    summary, record = do(project, desk)
    assert (summary.exit_code, record["parts"], state_of(summary)) == (0, [], State.DONE)


def test_a_note_is_told_and_is_no_failure(project: Project) -> None:
    desk = Desk()
    desk.notes = ["kop.docx tidak dapat dipakai", "kop.docx tidak dapat dipakai"]
    summary, record = do(project, desk)
    assert summary.exit_code == 0
    assert record["notes"] == desk.notes
    assert printed(summary).count("satu: kop.docx tidak dapat dipakai") == 1


def test_a_failed_notebook_leaves_a_report_of_the_others(project: Project) -> None:
    desk = Desk()
    desk.failing = {"04_impact"}
    summary, record = do(project, desk)
    assert state_of(summary) is State.FAILED
    assert summary.exit_code == 1
    assert [failure["job"] for failure in record["failures"]] == ["satu/id/04_impact"]
    assert record["salvaged"] is True
    reports = project.folders.reports_of("satu")
    assert (reports / DOCUMENT).read_text() == "report without 04_impact"
    assert joined_files(reports)[0].read_text() == "joined without 04_impact"


def test_notebooks_that_waited_for_a_failed_one_run_all_the_same(project: Project) -> None:
    desk = Desk()
    desk.failing = {"01_clean"}
    do(project, desk)
    assert "satu/id/04_impact" in desk.named()
    assert (project.folders.reports_of("satu") / DOCUMENT).read_text() == "report without 01_clean"


def test_the_former_report_is_the_last_whole_one(project: Project) -> None:
    desk = Desk()
    do(project, desk)
    reports = project.folders.reports_of("satu")
    desk.failing = {"04_impact"}
    for number in (2.0, 3.0):
        project.write_raw("satu", number)
        summary, _ = do(project, desk)
        (province,) = summary.provinces
        assert province.former_report == reports / "lama"
        assert (reports / "lama" / DOCUMENT).read_text() == "report without "
        assert (reports / DOCUMENT).read_text() == "report without 04_impact"
    desk.failing = set()
    project.write_raw("satu", 4.0)
    summary, record = do(project, desk)
    assert state_of(summary) is State.DONE
    assert record["salvaged"] is False
    assert not (reports / "lama").exists()
    assert (reports / DOCUMENT).read_text() == "report without "


def test_nothing_is_salvaged_where_the_rest_fails_too(project: Project) -> None:
    desk = Desk()
    desk.failing = {"04_impact"}
    whole = desk.perform

    def perform(job: Job) -> JobRecord:
        if isinstance(job, JoinJob):
            raise JobFailed("StudyError: province.toml")
        return whole(job)

    desk.perform = perform  # type: ignore[method-assign]
    summary, record = do(project, desk)
    assert state_of(summary) is State.FAILED
    assert record["salvaged"] is False
    assert not document_note(project.folders.reports / ".state", "satu").exists()
