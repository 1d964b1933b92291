"""The jobs as pytask tasks: what each reads and writes, and what decides whether it must run again.

A task's dependencies are SHA-256 values of contents (raw files, notebook, package code, settings, library
versions), so an unchanged run decides from hashes alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pytask import Mark, NodeInfo, PathNode, PNode, PythonNode, TaskWithoutPath

from analysis.pipeline.inputs import Inputs, mapping_digest
from analysis.pipeline.jobs import Job, JoinJob, NotebookJob
from analysis.pipeline.paths import documents_list, joined_files


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
            writes = _path_nodes(joined_files(job.reports_folder))
            tasks.append(_task(job, {"titles": ",".join(job.titles)}, _path_nodes(read), writes, perform))
        else:
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
