"""What a person sees while a run is under way: one line per event, or a moving bar on a terminal."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.pipeline.deciding.jobs import Job


class RunProgress:
    """Shows the jobs of a run; safe to call from several threads.

    On a terminal a bar with the time left and the jobs under way; elsewhere one plain line per event.
    """

    def __init__(self, console: Console, workers: int) -> None:
        self._console = console
        self._workers = workers
        self._lock = threading.Lock()
        self._started = time.perf_counter()
        self._running: dict[str, float] = {}
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self._waiting: dict[str, str] = {}
        self._total = 0
        self._finished = 0
        self._bar: Progress | None = None
        if console.is_terminal:
            self._bar = Progress(
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[left]}"),
                TextColumn("{task.fields[now]}"),
                console=console,
                transient=True,
            )
            self._task = self._bar.add_task("run", total=None, left="", now="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def plan(self, jobs: Iterable[Job]) -> None:
        """Take note of jobs that may run; which of them are unchanged, pytask decides one by one."""
        with self._lock:
            for job in jobs:
                self._waiting[job.name] = job.kind
                self._total += 1

    def started(self, job: Job) -> None:
        """Say that a job started."""
        with self._lock:
            self._waiting.pop(job.name, None)
            self._running[job.name] = time.perf_counter()
            self._say(f"{job.name} started")

    def finished(self, job: Job, seconds: float) -> None:
        """Say that a job ended well."""
        with self._lock:
            self._running.pop(job.name, None)
            self._seconds[job.kind].append(seconds)
            self._finished += 1
            self._say(f"{job.name} done in {seconds:.1f} s")

    def failed(self, job: Job, error: str) -> None:
        """Say that a job failed, and why."""
        with self._lock:
            self._running.pop(job.name, None)
            self._finished += 1
            self._say(f"{job.name} FAILED: {error}", always=True)

    def seconds_left(self) -> float | None:
        """Return at most how long the rest takes, from the jobs of the same kind that have ended.

        None before the first has ended. Waiting jobs that turn out unchanged take no time.
        """
        known = [value for values in self._seconds.values() for value in values]
        if not known:
            return None
        usual = sum(known) / len(known)
        kinds = {kind: sum(values) / len(values) for kind, values in self._seconds.items()}
        work = sum(kinds.get(kind, usual) for kind in self._waiting.values())
        return work / self._workers

    def _say(self, line: str, *, always: bool = False) -> None:
        if self._bar is None or always:
            elapsed = time.perf_counter() - self._started
            self._console.print(f"[{elapsed:7.1f} s] {line}", markup=False, highlight=False, soft_wrap=True)
        if self._bar is not None:
            left = self.seconds_left()
            self._bar.update(
                self._task,
                total=self._total,
                completed=self._finished,
                left="" if left is None else f"at most {left:.0f} s left",
                now=", ".join(self._running),
            )
