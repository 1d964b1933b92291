"""Hand the tasks to pytask: it decides what runs again, keeps the order and isolates failures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import pytask
import pytask_parallel.execute
from pytask import TaskOutcome
from pytask_parallel import ParallelBackend, WorkerType, registry

from analysis.pipeline.jobs import Outcome
from analysis.pipeline.tasks import JobTask

# pytask looks for finished tasks a few times a second; tasks that already wait in the executor start meanwhile.
_TASKS_PER_WORKER = 2

# How long the loop that hands out tasks sleeps: the first pause follows every handful of tasks that need not run,
# the others come while tasks run. Its own pauses grow to a second, which a chain of short jobs (one corrected cell:
# notebook after notebook) would spend mostly asleep.
_SLEEP_SECONDS = (0.001, 0.01, 0.03)

_OUTCOMES = {
    TaskOutcome.SUCCESS: Outcome.RAN,
    TaskOutcome.SKIP_UNCHANGED: Outcome.UNCHANGED,
    TaskOutcome.SKIP_PREVIOUS_FAILED: Outcome.NOT_REACHED,
}


class _Workers(ThreadPoolExecutor):
    """Threads that wait for kernels. The first task is preceded by ``before_first``, in the main thread.

    The main thread must start the fork server, and only when something has to run.
    """

    def __init__(self, workers: int, before_first: Callable[[], None]) -> None:
        super().__init__(max_workers=workers, thread_name_prefix="dampak")
        self._before_first: Callable[[], None] | None = before_first

    def _submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self._before_first is not None:
            before, self._before_first = self._before_first, None
            before()
        return super().submit(fn, *args, **kwargs)

    submit = _submit


def _shorten_sleep() -> None:
    """Shorten the pauses of pytask-parallel's loop, which has no option for it; without effect if it changes."""
    sleeper = getattr(pytask_parallel.execute, "_Sleeper", None)
    if sleeper is not None and attrs.has(sleeper) and "timings" in attrs.fields_dict(sleeper):
        timings = attrs.fields_dict(sleeper)["timings"].default
        if isinstance(timings, list):
            timings[:] = _SLEEP_SECONDS


def build(
    tasks: Sequence[JobTask], state_folder: Path, *, workers: int, force: bool, before_first: Callable[[], None]
) -> tuple[dict[str, Outcome], dict[str, str]]:
    """Run what must run and return each task's outcome, and the error of those that failed, by task name.

    ``state_folder`` keeps what ran with which inputs; a run that was interrupted continues from it.
    """
    configuration = state_folder / "pytask.toml"
    if not configuration.is_file():
        configuration.write_text("[tool.pytask.ini_options]\n", encoding="utf-8")

    def executor(n_workers: int) -> Executor:
        return _Workers(workers, before_first)

    # pytask resets the registry at the end of each build.
    registry.register_parallel_backend(ParallelBackend.CUSTOM, executor, worker_type=WorkerType.THREADS)
    _shorten_sleep()
    was_quiet = pytask.console.quiet
    pytask.console.quiet = True
    try:
        session = pytask.build(
            tasks=tasks,
            config=configuration,
            paths=[state_folder],
            task_files=[],
            capture="no",
            force=force,
            n_workers=workers * _TASKS_PER_WORKER,
            parallel_backend=ParallelBackend.CUSTOM,
            verbose=0,
            show_traceback=False,
        )
    finally:
        pytask.console.quiet = was_quiet
    _refuse_broken_plan(session)
    return _outcomes(session)


def _refuse_broken_plan(session: pytask.Session) -> None:
    if session.exit_code in (pytask.ExitCode.OK, pytask.ExitCode.FAILED) and session.execution_reports:
        return
    errors = [str(report.exc_info[1]) for report in session.collection_reports if report.exc_info]
    raise RuntimeError(f"the plan of the run could not be built ({session.exit_code.name}): {'; '.join(errors)}")


def _outcomes(session: pytask.Session) -> tuple[dict[str, Outcome], dict[str, str]]:
    outcomes = {task.name: Outcome.NOT_REACHED for task in session.tasks}
    errors: dict[str, str] = {}
    for report in session.execution_reports:
        name = report.task.name
        outcomes[name] = _OUTCOMES.get(report.outcome, Outcome.FAILED)
        if outcomes[name] is Outcome.FAILED and report.exc_info is not None:
            errors[name] = str(report.exc_info[1]).strip().partition("\n")[0]
    return outcomes, errors
