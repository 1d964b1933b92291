"""A tiny project for tests of the pipeline: raw folders of one file, notebooks of four cells, no statistics."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from analysis.notebook.folders import Folders
from analysis.pipeline.deciding.plan import RunSettings
from analysis.pipeline.kernels.kernels import KernelKind, default_kind
from analysis.pipeline.kernels.perform import LocalWorkshop, Workshop
from analysis.pipeline.progress import RunProgress
from analysis.pipeline.run import RunRequest, run
from analysis.pipeline.summary import RunSummary

PARAMETERS = """\
province = "satu"  # folder under data/raw
data_dir = "data"  # the data folder
reports_dir = "reports"  # the reports folder
batches = []  # all
alpha = 0.05  # level
language = "id"  # of words
seed = 1  # of random numbers
resamples = 99  # how many
minimum_cell = 5  # smallest group"""

# Reads the number in the raw file, as a shipped notebook reads its tables.
BEGIN = """\
import os
from analysis.notebook.folders import find_folders
from analysis.notebook.session import MARK_TYPE, mark
folders = find_folders(data_dir, reports_dir)
handled = province
raw = folders.raw_of(province) / "angka.csv"
number = float(raw.read_text().split(";")[1]) if raw.is_file() else 0.0"""

RESULT = """\
from analysis.evaluation.outcome import Row, StudyIdentity, outcome
from analysis.stats.codes import EstimateName, Method, Status, Unit
from analysis.stats.result import Estimate
estimate = Estimate(estimate_name=EstimateName.MEAN, unit=Unit.SCALE_POINTS, method=Method.WELCH_T_BOUNDS,
                    status=Status.ESTIMATED, estimate=number)
identity = StudyIdentity(province, "Lampung", "t", 2023, True)
answer = outcome(identity, [Row("reaction.items", "{title}", None, estimate)])
print(number)"""

# Keeps one result row and leaves the mark, as finish() does, without a study.
FINISH = """\
part = folders.reports_of(handled) / "results" / "{title}.parquet"
part.parent.mkdir(parents=True, exist_ok=True)
own = part.with_name(f".{{part.name}}.{{os.getpid()}}.part")
answer.results.to_parquet(own)
os.replace(own, part)
display({{MARK_TYPE: mark("{title}", handled, len(answer.results)), "text/plain": "done"}}, raw=True)"""


def notebook_json(cells: list[str], *, tags: bool = True) -> str:
    """Return a notebook whose first cell is tagged "parameters"."""
    made = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell{number}",
            "metadata": {"tags": ["parameters"]} if tags and number == 0 else {},
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(cells)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder in a temporary place."""

    root: Path

    @property
    def folders(self) -> Folders:
        """Return its data and reports folders."""
        return Folders(self.root / "data", self.root / "reports")

    @property
    def notebooks(self) -> Path:
        """Return the folder of its notebooks."""
        return self.root / "notebooks"

    def write_raw(self, province: str, number: float) -> None:
        """Write a province's one raw file."""
        folder = self.folders.raw_of(province)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "angka.csv").write_text(f"angka;{number}\n")

    def write_notebook(self, title: str, *, middle: str = "") -> None:
        """Write a notebook; ``middle`` is the code of a cell between the result and the end."""
        cells = [PARAMETERS, BEGIN.format(title=title), RESULT.format(title=title), middle, FINISH.format(title=title)]
        self.notebooks.mkdir(parents=True, exist_ok=True)
        (self.notebooks / f"{title}.ipynb").write_text(notebook_json([cell for cell in cells if cell]))


def make_project(root: Path, provinces: dict[str, float], titles: tuple[str, ...]) -> Project:
    """Return a project with these provinces (name and number) and notebooks."""
    project = Project(root)
    for province, number in provinces.items():
        project.write_raw(province, number)
    for title in titles:
        project.write_notebook(title)
    return project


def run_project(
    project: Project,
    *,
    kernels: KernelKind | None = None,
    provinces: tuple[str, ...] = (),
    languages: tuple[str, ...] = ("id",),
    time_limit_seconds: float = 60,
    memory_limit_bytes: int | None = None,
    force: bool = False,
    workers: int = 2,
    open_workshop: Callable[[], Workshop] | None = None,
) -> tuple[RunSummary, str]:
    """Run a project without documents; return the summary and what was printed."""
    output = io.StringIO()
    request = RunRequest(
        folders=project.folders,
        provinces=provinces,
        notebooks_folder=project.notebooks,
        settings=RunSettings(languages=languages, formats=(), time_limit_seconds=time_limit_seconds),
        open_workshop=open_workshop or (lambda: LocalWorkshop(kernels or default_kind(), memory_limit_bytes)),
        workers=workers,
        force=force,
    )
    return run(request, RunProgress(Console(file=output), workers)), output.getvalue()


def states(summary: RunSummary) -> dict[str, str]:
    """Return each province's state."""
    return {each.province: each.state.value for each in summary.provinces}
