"""What a person sees while a run is under way: a line for each event, and how long it may still take."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from analysis.pipeline.deciding.jobs import DocumentsJob
from analysis.pipeline.progress import RunProgress


def job(province):
    return DocumentsJob(
        province=province, reports_folder=Path(), data_folder=Path(), languages=("id",), formats=("html",),
        note=Path("note.json"),
        time_limit_seconds=1.0,
    )  # fmt: skip


@pytest.fixture
def said():
    return io.StringIO()


@pytest.fixture
def progress(said):
    return RunProgress(Console(file=said, force_terminal=False, width=40), workers=2)


def test_each_event_is_one_line_that_is_never_broken(progress, said):
    with progress:
        progress.started(job("satu"))
        progress.finished(job("satu"), 1.25)
        progress.failed(job("dua"), "ValueError: " + "panjang " * 20)
    lines = said.getvalue().splitlines()
    assert [line.split("] ", 1)[1].split(":")[0] for line in lines] == [
        "satu/documents started", "satu/documents done in 1.2 s", "dua/documents FAILED",
    ]  # fmt: skip


def test_time_left_is_that_of_the_waiting_jobs_shared_by_the_workers(progress):
    jobs = [job(name) for name in ("a", "b", "c", "d")]
    progress.plan(jobs)
    assert progress.seconds_left() is None
    progress.started(jobs[0])
    progress.finished(jobs[0], 4.0)
    assert progress.seconds_left() == pytest.approx(3 * 4.0 / 2)
    progress.started(jobs[1])
    assert progress.seconds_left() == pytest.approx(2 * 4.0 / 2)
