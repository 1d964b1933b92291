"""The jobs as pytask tasks: what each reads and writes, what decides whether it must run again, and their run.

A task's dependencies are SHA-256 values of contents (raw files, notebook, package code, settings, library
versions), so an unchanged run decides from hashes alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import pytask
import pytask_parallel.execute
from pytask import Mark, NodeInfo, PathNode, PNode, PythonNode, TaskOutcome, TaskWithoutPath
from pytask_parallel import ParallelBackend, WorkerType, registry

from analysis.pipeline.deciding.inputs import Inputs, mapping_digest
from analysis.pipeline.deciding.jobs import DocumentsJob, Job, JoinJob, NotebookJob, Outcome
from analysis.pipeline.records import documents_list, joined_files


class JobTask(TaskWithoutPath):
    """A pytask task that runs a job; what decides whether it runs again are its dependencies alone."""

    def state(self) -> str | None:
        """Return a constant: the code is one of the dependencies."""
        return "job"


def province_tasks(
    jobs: Sequence[Job],
    inputs: Inputs,
    perform: Callable[[Job], None],
) -> list[JobTask]:
    """Return the pytask tasks of one province's jobs.

    The first notebook brings the tidy tables up to date, so the others wait for it; the joining waits for all
    notebooks, the documents for the joining.
    """
    digests = inputs.deciding()
    notebook_jobs = [job for job in jobs if isinstance(job, NotebookJob)]
    first = notebook_jobs[0]
    first_done = _done_node(first)
    tasks = []
    for job in jobs:
        if isinstance(job, NotebookJob):
            own = {"notebook": job.digest, "parameters": mapping_digest(_deciding(job))}
            before: list[PNode] = [] if job is first else [first_done]
            # Every language writes the same part; one task must own the file.
            files = [job.output, job.part] if job.language == first.language else [job.output]
            writes = [*_path_nodes(files), first_done] if job is first else _path_nodes(files)
            tasks.append(_task(job, {**digests, **own}, before, writes, perform))
        elif isinstance(job, JoinJob):
            # A notebook that wrote another part wrote another output, which holds when it ran.
            read = [each.output for each in notebook_jobs]
            writes = _path_nodes([*joined_files(job.reports_folder), *map(job.part, job.left_out)])
            titles = {"titles": ",".join(job.titles), "left_out": ",".join(job.left_out)}
            tasks.append(_task(job, titles, _path_nodes(read), writes, perform))
        elif isinstance(job, DocumentsJob):
            values = {**digests, "asked": ",".join((*job.languages, *job.formats))}
            after = _path_nodes(joined_files(job.reports_folder)[:1])
            writes = _path_nodes([documents_list(job.reports_folder)])
            tasks.append(_task(job, values, after, writes, perform))
    return tasks


def _deciding(job: NotebookJob) -> dict[str, object]:
    """Return the parameters that results depend on: a project may move to another folder."""
    return {name: value for name, value in job.parameters.items() if name not in ("data_dir", "reports_dir")}


def _task(
    job: Job,
    values: Mapping[str, str],
    reads: Sequence[PNode],
    writes: Sequence[PNode],
    perform: Callable[[Job], None],
) -> JobTask:
    def _run(**_: object) -> None:
        perform(job)

    # One node for all values: pytask writes the state of every node, also of a task that need not run.
    dependencies: dict[str, Any] = {"inputs": _value_node(job.name, "inputs", mapping_digest(values))}
    dependencies |= {f"reads{i}": node for i, node in enumerate(reads)}
    produces: dict[str, Any] = {f"writes{i}": node for i, node in enumerate(writes)}
    return JobTask(name=job.name, function=_run, depends_on=dependencies, produces=produces, markers=_order(job, reads))


def _order(job: Job, reads: Sequence[PNode]) -> list[Mark]:
    """Return what decides between tasks that could both run: a province begun is finished before the next begins.

    Reports appear one by one, and at the end of the run the cores have something to do for longer.
    """
    if not isinstance(job, NotebookJob):
        return [Mark("try_first", (), {})]
    return [] if reads else [Mark("try_last", (), {})]


def _value_node(task: str, key: str, value: str) -> PythonNode:
    place = NodeInfo(arg_name=key, path=(), value=value, task_path=None, task_name=task)
    return PythonNode(name=f"{task}::{key}", value=value, hash=True, node_info=place)


def _done_node(job: Job) -> PythonNode:
    """Return a node that only orders: what waits for it does not run again because its maker did."""
    place = NodeInfo(arg_name="done", path=(), value="done", task_path=None, task_name=job.name)
    return PythonNode(name=f"{job.name}::done", value="done", hash=False, node_info=place)


def _path_nodes(paths: Sequence[Path]) -> list[PNode]:
    return [PathNode(name=path.as_posix(), path=path) for path in paths]


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
