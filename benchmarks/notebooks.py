"""What 02_batches_answers and 03_prepost_scores cost on an imaginary province: whole, and question by question.

The province is written and cleaned first (its times stand apart); then each notebook runs in a fresh kernel, as
JupyterLab runs it, and its questions run once more in this process. Times are wall-clock seconds of one run; the
kernel's processor time stands beside, because on a busy machine the clock also measures the others. The aims for
16,000 people on two cores are 20 seconds for the answers and 15 for the scores.

Run: python benchmarks/notebooks.py [PEOPLE ...]  (288 and 16000 unless told)
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import nbformat
from nbclient import NotebookClient

from analysis.evaluation.data import StudyData
from analysis.notebook.questions import QUESTIONS
from analysis.report.content.opening import open_study
from analysis.simulation.mess import Mess
from analysis.simulation.simulate import simulate
from analysis.study.settings import Settings

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
TITLES = ("02_batches_answers", "03_prepost_scores")
PEOPLE_PER_VILLAGE, SEED = 4, 5
Result = TypeVar("Result")


def seconds(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def notebook_for(title: str, folder: Path, province: str) -> nbformat.NotebookNode:
    """Return a shipped notebook with the parameters of this province."""
    notebook = nbformat.read(NOTEBOOKS / f"{title}.ipynb", as_version=4)
    (cell,) = (cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    chosen = {"province": province, "data_dir": str(folder / "data"), "reports_dir": str(folder / "reports")}
    cell.source += "\n" + "\n".join(f"{name} = {value!r}" for name, value in chosen.items())
    return notebook


def measure(people: int, folder: Path) -> None:
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    writing, (province,) = seconds(lambda: simulate(1, people // PEOPLE_PER_VILLAGE, SEED, raw, mess=Mess.NONE))
    processed = folder / "data" / "processed" / province.name
    cleaning, (study, _) = seconds(lambda: open_study(province, processed, Settings()))
    print(f"{people:,} people: written {writing:.1f} s, cleaned {cleaning:.1f} s")
    for title in TITLES:
        measure_notebook(title, folder, province.name, study)


def measure_notebook(title: str, folder: Path, province: str, study: StudyData) -> None:
    notebook = notebook_for(title, folder, province)
    client = NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    before = os.times()
    whole, _ = seconds(client.execute)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"{title} {whole:.1f} s ({processor:.1f} s of processor time)")
    for question in QUESTIONS[title]:
        taken, answer = seconds(partial(question, study))
        print(f"  {question.__name__:<14} {taken:6.2f} s  {len(answer.results)} rows")


def main(arguments: list[str]) -> None:
    # One thread a kernel: the arrays are small, and threads of the linear algebra only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for people in [int(argument) for argument in arguments] or [288, 16_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(people, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
