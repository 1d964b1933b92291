"""The same jobs on a real Dask scheduler with two real workers, one of which is killed while it works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.errors import ParameterError
from tests.pipeline.projects import make_project, run_project, states

pytest.importorskip("distributed", reason="the extra dampak[dask] is not installed")

from analysis.pipeline.kernels.dask import DaskWorkshop


@contextmanager
def process(*command: str) -> Iterator[subprocess.Popen[str]]:
    source = str(Path(analysis.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", *command], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def read_until(started: subprocess.Popen[str], pattern: str) -> str:
    assert started.stderr is not None
    for line in started.stderr:
        found = re.search(pattern, line)
        if found:
            threading.Thread(target=started.stderr.read, daemon=True).start()  # or a full pipe would stop the process
            return found[0]
    raise AssertionError(f"{pattern} never came")


def test_jobs_of_a_killed_worker_are_done_elsewhere(tmp_path: Path) -> None:
    project = make_project(tmp_path, {f"provinsi-{number}": float(number) for number in range(3)}, ())
    notes = tmp_path / "notes"
    notes.mkdir()
    middle = (
        f"import os, time, pathlib\n(pathlib.Path('{notes}') / f'{{province}}-{{os.getppid()}}').touch()\ntime.sleep(2)"
    )
    project.write_notebook("02_batches", middle=middle)
    local = ("--no-dashboard", "--host", "127.0.0.1")
    with process("distributed.cli.dask_scheduler", "--port", "0", *local) as scheduler:
        address = read_until(scheduler, r"tcp://127\.0\.0\.1:\d+")
        worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", *local)
        with process(*worker) as one, process(*worker) as other:
            for each in (one, other):
                read_until(each, "Registered to")
            victims: list[str] = []

            def kill_one() -> None:
                while not (found := [path.name for path in notes.iterdir() if path.name.endswith(f"-{one.pid}")]):
                    time.sleep(0.05)
                one.kill()
                victims.extend(found)

            killer = threading.Thread(target=kill_one, daemon=True)
            killer.start()
            with DaskWorkshop(address) as workshop:
                summary, _ = run_project(project, workers=8, open_workshop=lambda: workshop)
            killer.join(timeout=1)

    assert set(states(summary).values()) == {"done"}
    assert len(victims) == 1
    again = f"{victims[0].removesuffix(f'-{one.pid}')}-{other.pid}"
    assert (notes / again).is_file()
    for number in range(3):
        results = pd.read_parquet(project.folders.reports / f"provinsi-{number}" / "results.parquet")
        assert list(results["estimate"]) == [float(number)]


def test_address_without_a_scheduler_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.pipeline.kernels.dask._CONNECT_SECONDS", 0.5)
    with pytest.raises(ParameterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        DaskWorkshop("tcp://127.0.0.1:9")
