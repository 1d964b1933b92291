"""Warm kernels give what ordinary kernels give, and die with their run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

import analysis
from analysis.pipeline.deciding.jobs import NotebookJob
from analysis.pipeline.kernels.execute import execute_notebook
from analysis.pipeline.kernels.kernels import KernelKind, kernel_factory
from tests.pipeline.projects import Project, make_project

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="warm kernels need Linux")

CELLS = """\
import matplotlib.pyplot as plt, numpy as np, pandas as pd, scipy.stats, seaborn as sns
axes = sns.lineplot(x=[1, 2, 3], y=[1, 4, 9])
pd.DataFrame({"a": [1.5, 2.5]})
print(scipy.stats.ttest_ind([1, 2, 3], [2, 3, 5]))
import sys; print("to stderr", file=sys.stderr); sys.argv[0].endswith("x"), __name__
import warnings; warnings.warn("a warning")
plt.get_backend(), get_ipython().__class__.__name__, np.show_config.__name__
display({"text/plain": "x", "application/json": {"a": 1}}, raw=True)"""


def execute(project: Project, kind: KernelKind, name: str) -> Any:
    job = NotebookJob(
        province="satu",
        language="id",
        title="02_batches",
        digest="",
        source=project.notebooks / "02_batches.ipynb",
        output=project.root / f"{name}.ipynb",
        failed=project.root / f"{name}.failed.ipynb",
        part=project.folders.reports_of("satu") / "results" / "02_batches.parquet",
        parameters={
            "province": "satu",
            "data_dir": str(project.folders.data),
            "reports_dir": str(project.folders.reports),
        },
        time_limit_seconds=120,
    )
    with kernel_factory(kind) as kernels:
        execute_notebook(job, kernels)
        assert not list(kernels.folder.glob("k*-*")), "a socket was left behind"
    return nbformat.read(job.output, as_version=4)


def without_times(cell: Any) -> dict[str, Any]:
    kept = {name: value for name, value in cell.items() if name != "metadata"}
    text = repr(kept.get("outputs", ""))
    # The process id stands in the path of the cell that warned.
    return {**kept, "outputs": re.sub(r"ipykernel_\d+", "ipykernel_N", text)}


def test_warm_and_ordinary_kernels_give_the_same_notebook(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"satu": 1.0}, ())
    project.write_notebook("02_batches", middle=CELLS.splitlines()[0])
    content = nbformat.read(project.notebooks / "02_batches.ipynb", as_version=4)
    content.cells[3:4] = [nbformat.v4.new_code_cell(source) for source in CELLS.splitlines()]
    nbformat.write(content, project.notebooks / "02_batches.ipynb")

    warm = execute(project, KernelKind.WARM, "warm")
    ordinary = execute(project, KernelKind.ORDINARY, "ordinary")

    assert len(warm.cells) == len(ordinary.cells) == 13
    for one, other in zip(warm.cells, ordinary.cells, strict=True):
        one, other = without_times(one), without_times(other)
        assert {**one, "id": ""} == {**other, "id": ""}
    kinds = [output.output_type for cell in warm.cells for output in cell.get("outputs", [])]
    assert "image/png" in repr(warm.cells)
    assert {"stream", "display_data", "execute_result"} <= set(kinds)
    assert warm.metadata["language_info"] == ordinary.metadata["language_info"]


def test_forked_kernels_draw_different_random_numbers(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"satu": 1.0}, ())
    project.write_notebook("02_batches", middle="import numpy as np\nprint('drawn', np.random.rand())")
    notebooks = [execute(project, KernelKind.WARM, f"number{number}") for number in range(2)]
    drawn = {re.findall(r"drawn \d\.\d+", repr(notebook.cells))[-1] for notebook in notebooks}
    assert len(drawn) == 2


@pytest.mark.parametrize("kind", [KernelKind.WARM, pytest.param(KernelKind.ORDINARY, marks=pytest.mark.soak)])
def test_kernels_die_with_a_killed_run(tmp_path: Path, kind: KernelKind) -> None:
    project = make_project(tmp_path, {"satu": 1.0, "dua": 1.0}, ())
    note = tmp_path / "pids"
    note.mkdir()
    middle = f"import os, time\nopen(f'{note}/{{os.getpid()}}', 'w').close()\nsum(range(10**12))"
    project.write_notebook("02_batches", middle=middle)
    run = start_command(project, "--kernels", kind.value)
    kernels = noted_processes(run, note, 2)
    assert all(psutil.pid_exists(each) for each in kernels)

    run.kill()
    run.wait()

    wait_until_dead(kernels)


def test_ctrl_c_ends_the_run_and_the_next_one_continues(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"satu": 1.0, "dua": 1.0}, ("01_clean",))
    note = tmp_path / "pids"
    note.mkdir()
    wait = f"import os, pathlib\nnote = pathlib.Path('{note}')\n(note / str(os.getpid())).touch()\n"
    project.write_notebook("02_batches", middle=wait + "while not (note / 'go').exists(): pass")
    run = start_command(project)
    kernels = noted_processes(run, note, 2)

    run.send_signal(signal.SIGINT)
    output, _ = run.communicate(timeout=30)

    assert run.returncode == 130, output
    assert "stopped; the next run continues where this one ended" in output
    assert "Traceback" not in output
    wait_until_dead(kernels)
    assert not (project.folders.reports / "satu" / "lama").exists()

    (note / "go").touch()
    run = start_command(project)
    output, _ = run.communicate(timeout=60)
    assert run.returncode == 0, output
    assert "01_clean started" not in output
    assert "satu: done; 2 ran, 1 unchanged" in output


def start_command(project: Project, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "analysis", "run", "--formats", "", "--workers", "2", *options]
    source = Path(analysis.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    return subprocess.Popen(
        command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )


def noted_processes(run: subprocess.Popen[str], note: Path, count: int) -> list[int]:
    end = time.monotonic() + 60
    while len(names := [path.name for path in note.iterdir()]) < count:
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < end, "the kernels did not come up"
        time.sleep(0.05)
    return [int(name) for name in names]


def wait_until_dead(process_ids: list[int]) -> None:
    end = time.monotonic() + 15
    while any(is_alive(each) for each in process_ids):
        assert time.monotonic() < end, "a kernel outlived its run"
        time.sleep(0.1)


def is_alive(process_id: int) -> bool:
    try:
        return psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
