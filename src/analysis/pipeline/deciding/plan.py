"""What a run consists of: the notebooks as they are now, and the jobs of each province and of the nation."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ParameterError
from analysis.notebook.folders import Folders
from analysis.notebook.kinds import place_in_results
from analysis.pipeline.deciding.inputs import Inputs, mapping_digest
from analysis.pipeline.deciding.jobs import DocumentsJob, Job, JoinJob, NotebookJob
from analysis.pipeline.records import FAILED_FOLDER, NOTEBOOK_NAME, STATE_FOLDER, document_note

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
    """Return the notebooks that take parameters, in the order of their results, copied as they are now.

    A notebook that somebody edits during the run is read again by the next run.

    Raises
    ------
    ParameterError
        If a notebook is not valid JSON, or none is there.
    """
    found = [path for path in folder.glob("*.ipynb") if NOTEBOOK_NAME.fullmatch(path.stem)]
    found.sort(key=lambda path: place_in_results(path.stem))
    notebooks = [_copied(path, state) for path in found if _takes_parameters(path)]
    if not notebooks:
        raise ParameterError(f'{folder} holds no notebook with a cell tagged "parameters", such as 04_impact.ipynb')
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
    province: str,
    notebooks: Sequence[Notebook],
    folders: Folders,
    settings: RunSettings,
    inputs: Inputs,
    *,
    left_out: Collection[str] = (),
) -> list[Job]:
    """Return one province's (or the nation's) jobs: its notebooks per language, the joining, the documents.

    ``left_out`` names the notebooks that do not run for want of data.
    """
    reports = folders.reports_of(province)
    jobs: list[Job] = [
        _notebook_job(province, language, notebook, folders, settings)
        for language in settings.languages
        for notebook in notebooks
    ]
    titles = sorted([*(notebook.title for notebook in notebooks), *left_out], key=place_in_results)
    jobs.append(
        JoinJob(
            province=province,
            reports_folder=reports,
            data_folder=folders.data,
            titles=tuple(titles),
            left_out=tuple(left_out),
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
                note=document_note(folders.reports / STATE_FOLDER, province),
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
