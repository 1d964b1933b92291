"""Jobs are plain data: they travel, and their failure travels with its cell."""

from __future__ import annotations

import pickle
from pathlib import Path

from analysis.pipeline.deciding.jobs import DocumentsJob, JobFailed, JoinJob, NotebookJob

NOTEBOOK = NotebookJob(
    province="satu", language="id", title="01_clean", digest="d", source=Path("a"), output=Path("b"), failed=Path("c"),
    part=Path("p"), parameters={"alpha": 0.05}, time_limit_seconds=1.0,
)  # fmt: skip
JOIN = JoinJob(
    province="satu", reports_folder=Path("r"), data_folder=Path("d"), titles=("01_clean",), inputs={},
    state_folder=Path("s"), time_limit_seconds=1.0,
)  # fmt: skip
DOCUMENTS = DocumentsJob(
    province="satu", reports_folder=Path("r"), data_folder=Path("d"), languages=("id",), formats=("html",),
    note=Path("note.json"),
    time_limit_seconds=1.0,
)  # fmt: skip


def test_jobs_travel_and_have_names_of_their_own():
    jobs = [NOTEBOOK, JOIN, DOCUMENTS]
    assert pickle.loads(pickle.dumps(jobs)) == jobs
    assert [job.name for job in jobs] == ["satu/id/01_clean", "satu/results", "satu/documents"]
    assert [job.kind for job in jobs] == ["01_clean", "results", "documents"]


def test_a_failure_travels_with_its_cell_and_the_notebook_that_shows_it():
    back = pickle.loads(pickle.dumps(JobFailed("ValueError: x", cell=4, kept=Path("k.ipynb"))))
    assert (str(back), back.first_line, back.cell, back.kept) == ("ValueError: x", "ValueError: x", 4, Path("k.ipynb"))
