"""What a run consists of: the jobs, what each reads and writes, and which of them must run again.

The jobs become pytask tasks. A task's dependencies are SHA-256 values of contents (raw files, notebook, package
code, settings, library versions), so an unchanged run decides from hashes alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytask import Mark, NodeInfo, PathNode, PNode, PythonNode, TaskWithoutPath

from analysis.errors import ParameterError
from analysis.notebook.folders import Folders
from analysis.pipeline.inputs import Inputs, mapping_digest
from analysis.pipeline.jobs import DocumentsJob, Job, JoinJob, NotebookJob
from analysis.pipeline.paths import FAILED_FOLDER, STATE_FOLDER, documents_list, joined_files

# A run executes notebooks that are named like the shipped ones, for example 02_batches.ipynb.
_NOTEBOOK_NAME = re.compile(r"\d\d_[a-z][a-z0-9_]*")
_NATIONAL_SUFFIX = "_national"


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook of the run: its name without suffix, a copy of it that nobody edits, and its SHA-256."""

    title: str
    copy: Path
    digest: str

    @property
    def is_national(self) -> bool:
        """Return whether it runs once for the nation instead of once per province."""
        return self.title.endswith(_NATIONAL_SUFFIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What a run was asked for."""

    languages: tuple[str, ...]
    formats: tuple[str, ...]
    time_limit_seconds: float


def read_notebooks(folder: Path, state: Path) -> list[Notebook]:
    """Return the notebooks that take parameters, in order of their names, copied as they are now.

    A notebook that somebody edits during the run is read again by the next run.

    Raises
    ------
    ParameterError
        If a notebook is not valid JSON, or none is there.
    """
    found = [path for path in sorted(folder.glob("*.ipynb")) if _NOTEBOOK_NAME.fullmatch(path.stem)]
    notebooks = [_copied(path, state) for path in found if _takes_parameters(path)]
    if not notebooks:
        raise ParameterError(f'{folder} holds no notebook with a cell tagged "parameters", such as 02_batches.ipynb')
    return notebooks


def _takes_parameters(path: Path) -> bool:
    try:
        cells = json.loads(path.read_bytes()).get("cells", [])
    except ValueError as error:
        raise ParameterError(
            f"{path} is not a notebook ({error}); restore it, for example with git checkout"
        ) from error
    return any("parameters" in cell.get("metadata", {}).get("tags", []) for cell in cells)


def _copied(path: Path, state: Path) -> Notebook:
    content = path.read_bytes()
    digest = mapping_digest({"notebook": content.decode("utf-8")})
    copy = state / "notebooks" / digest[:16] / path.name
    if not copy.is_file():
        copy.parent.mkdir(parents=True, exist_ok=True)
        temporary = copy.with_suffix(".part")
        temporary.write_bytes(content)
        temporary.replace(copy)
    return Notebook(path.stem, copy, digest)


def province_jobs(
    province: str, notebooks: Sequence[Notebook], folders: Folders, settings: RunSettings, inputs: Inputs
) -> list[Job]:
    """Return one province's (or the nation's) jobs: its notebooks per language, the joining, the documents."""
    reports = folders.reports_of(province)
    jobs: list[Job] = [
        _notebook_job(province, language, notebook, folders, settings)
        for language in settings.languages
        for notebook in notebooks
    ]
    titles = tuple(notebook.title for notebook in notebooks)
    jobs.append(
        JoinJob(
            province=province,
            reports_folder=reports,
            data_folder=folders.data,
            titles=titles,
            state_folder=folders.reports / STATE_FOLDER,
            time_limit_seconds=settings.time_limit_seconds,
            inputs=inputs.as_record({notebook.title: notebook.digest for notebook in notebooks}),
        )
    )
    if settings.formats:
        jobs.append(
            DocumentsJob(
                province=province,
                reports_folder=reports,
                data_folder=folders.data,
                languages=settings.languages,
                formats=settings.formats,
                time_limit_seconds=settings.time_limit_seconds,
            )
        )
    return jobs


def _notebook_job(
    province: str, language: str, notebook: Notebook, folders: Folders, settings: RunSettings
) -> NotebookJob:
    reports = folders.reports_of(province)
    return NotebookJob(
        province=province,
        language=language,
        title=notebook.title,
        digest=notebook.digest,
        source=notebook.copy,
        output=reports / "notebooks" / language / f"{notebook.title}.ipynb",
        failed=reports / FAILED_FOLDER / language / f"{notebook.title}.ipynb",
        part=reports / "results" / f"{notebook.title}.parquet",
        parameters={
            "province": province,
            "data_dir": str(folders.data),
            "reports_dir": str(folders.reports),
            "language": language,
        },
        time_limit_seconds=settings.time_limit_seconds,
    )


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
    done = {job.name: _done_node(job) for job in notebook_jobs}
    first = notebook_jobs[0]
    tasks = []
    for job in jobs:
        if isinstance(job, NotebookJob):
            own = {"notebook": job.digest, "parameters": mapping_digest(_deciding(job))}
            before: list[PNode] = [] if job is first else [done[first.name]]
            # Every language writes the same part; one task must own the file.
            files = [job.output, job.part] if job.language == first.language else [job.output]
            writes = [*_path_nodes(files), done[job.name]]
            tasks.append(_task(job, {**digests, **own}, before, writes, perform))
        elif isinstance(job, JoinJob):
            read = [each.output for each in notebook_jobs] + list({each.part: None for each in notebook_jobs})
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
