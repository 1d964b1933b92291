"""Perform one job, wherever it was sent: a notebook in a kernel, a step in a process of its own."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, Self

from analysis.pipeline.deciding.jobs import (
    DocumentsJob,
    Job,
    JobFailed,
    JobRecord,
    JoinJob,
    LookJob,
    NotebookJob,
    Stopped,
)
from analysis.pipeline.kernels.child import run_step
from analysis.pipeline.kernels.execute import execute_notebook
from analysis.pipeline.kernels.fork_server import ForkedProcess
from analysis.pipeline.kernels.kernels import KernelFactory, KernelKind, KernelUse, kernel_factory, peak_memory_bytes
from analysis.study.settings import PICTURES_VARIABLE

# How often a step's end is looked for, in seconds.
_POLL_SECONDS = 0.01

Step = LookJob | JoinJob | DocumentsJob


def perform(job: Job, kernels: KernelFactory) -> JobRecord:
    """Perform a job and return what it needed.

    Raises
    ------
    JobFailed
        If it did not end well; the message is the first line of its error.
    Stopped
        If the run was stopped.
    """
    if kernels.stopped.is_set():
        raise Stopped(f"{job.name} was stopped")
    if isinstance(job, NotebookJob):
        return execute_notebook(job, kernels)
    return _perform_step(job, kernels)


def _perform_step(job: Step, kernels: KernelFactory) -> JobRecord:
    started = time.perf_counter()
    use = KernelUse()
    error_file = Path(tempfile.mkstemp(dir=kernels.folder, prefix="step-")[1])
    with kernels.watched(use):
        process = _start(partial(_step, job, kernels.pictures), error_file, kernels)
        use.process_id = process.pid
        code = _wait(process, use, started + job.time_limit_seconds, kernels)
    if kernels.stopped.is_set():
        raise Stopped(f"{job.name} was stopped")
    if code != 0:
        raise JobFailed(_reason(error_file, job, code, time.perf_counter() - started))
    return JobRecord(seconds=time.perf_counter() - started, peak_memory_bytes=use.peak_memory_bytes)


def _step(job: Step, pictures: Path | None) -> None:
    from analysis.pipeline import steps

    if pictures is not None:
        os.environ[PICTURES_VARIABLE] = str(pictures)
    if isinstance(job, LookJob):
        steps.look_at_data(job)
    elif isinstance(job, JoinJob):
        steps.join_results(job)
    else:
        steps.write_documents(job)


def _start(
    step: Callable[[], None], error_file: Path, kernels: KernelFactory
) -> ForkedProcess | subprocess.Popen[bytes]:
    if kernels.context is not None:
        return ForkedProcess(kernels.context.Process(target=run_step, args=(step, str(error_file)), daemon=False))
    step_file = error_file.with_suffix(".step")
    step_file.write_bytes(pickle.dumps(step))
    command = [sys.executable, "-m", "analysis.pipeline.kernels.child", str(step_file), str(error_file)]
    return subprocess.Popen(command, start_new_session=True, env={**os.environ, "MPLBACKEND": "agg"})


def _wait(
    process: ForkedProcess | subprocess.Popen[bytes], use: KernelUse, end: float, kernels: KernelFactory
) -> int | None:
    while process.poll() is None:
        use.peak_memory_bytes = peak_memory_bytes(process.pid) or use.peak_memory_bytes
        if kernels.stopped.is_set() or time.perf_counter() > end:
            use.kill()
        time.sleep(_POLL_SECONDS)
    return process.poll()


def _reason(error_file: Path, job: Step, code: int | None, seconds: float) -> str:
    text = error_file.read_text(encoding="utf-8").strip()
    if text:
        return text.partition("\n")[0]
    if seconds >= job.time_limit_seconds:
        return f"the time limit of {job.time_limit_seconds:g} s for writing the {job.kind} passed"
    return f"the process that wrote the {job.kind} died with code {code}: its memory ran out, or the system ended it"


class Workshop(Protocol):
    """Does jobs, each called from a thread of its own."""

    def perform(self, job: Job) -> JobRecord:
        """Do a job; raises ``JobFailed`` or ``Stopped``."""
        ...

    def stop(self) -> None:
        """End the jobs under way; called from a signal handler."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...


class LocalWorkshop:
    """This machine; with ``keeps_pictures`` the documents take figures from the notebooks (see ``kernel_factory``)."""

    def __init__(self, kind: KernelKind, memory_limit_bytes: int | None, *, keeps_pictures: bool = False) -> None:
        self._stack = contextlib.ExitStack()
        self._kernels = self._stack.enter_context(
            kernel_factory(kind, memory_limit_bytes=memory_limit_bytes, keeps_pictures=keeps_pictures)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def perform(self, job: Job) -> JobRecord:
        """Do a job; raises ``JobFailed`` or ``Stopped``."""
        return perform(job, self._kernels)

    def stop(self) -> None:
        """End the jobs under way; called from a signal handler."""
        self._kernels.stop()

    def close(self) -> None:
        """Remove the kernels' sockets and connection files."""
        self._stack.close()
