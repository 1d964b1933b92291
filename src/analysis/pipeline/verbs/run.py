"""``dampak run`` and ``dampak init`` behind their options: check them, run, print the summary."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from analysis.errors import OutputError, ParameterError, StudyError
from analysis.notebook.folders import Folders, checkout, project_root
from analysis.pipeline.deciding.plan import RunSettings
from analysis.pipeline.kernels.dask import JOBS_AT_ONCE, DaskWorkshop
from analysis.pipeline.progress import RunProgress
from analysis.pipeline.run import RunRequest, default_workers, run
from analysis.pipeline.summary import RunSummary, print_json, print_summary
from analysis.pipeline.verbs.edition import checked_edition
from analysis.words.languages import ALL_LANGUAGES, DEFAULT, languages

if TYPE_CHECKING:
    from analysis.pipeline.kernels.perform import Workshop


FORMATS = ("html", "docx", "pdf", "xlsx")

# One kernel may not take the whole machine; the rest of the system needs a fifth of the memory.
_MEMORY_SHARE_OF_ONE_KERNEL = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options of ``dampak run`` as they were given."""

    folders: Folders
    provinces: tuple[str, ...] = ()
    language: str = DEFAULT
    workers: int | None = None
    kernels: str | None = None
    scheduler: str | None = None
    formats: str = ",".join(FORMATS)
    force: bool = False
    edition: str | None = None
    time_limit_seconds: float = 1800
    as_json: bool = False


def run_command(options: RunOptions) -> int:
    """Run, print the summary to the terminal and return the exit code."""
    console = Console(stderr=options.as_json)
    summary = run_options(options, console)
    if options.as_json:
        print_json(summary, Console())
    else:
        print_summary(summary, console)
    return summary.exit_code


def run_options(options: RunOptions, console: Console) -> RunSummary:
    """Check the options and run; progress goes to ``console``."""
    workers = options.workers or (default_workers() if options.scheduler is None else JOBS_AT_ONCE)
    request = RunRequest(
        folders=options.folders,
        provinces=options.provinces,
        notebooks_folder=notebooks_folder(options.folders),
        settings=RunSettings(
            languages=languages() if options.language == ALL_LANGUAGES else (options.language,),
            formats=checked_formats(options.formats),
            time_limit_seconds=options.time_limit_seconds,
        ),
        open_workshop=lambda: _open_workshop(options),
        workers=workers,
        force=options.force,
        edition=None if options.edition is None else checked_edition(options.edition, options.folders.reports),
    )
    return run(request, RunProgress(console, workers))


def checked_formats(text: str) -> tuple[str, ...]:
    """Return the formats of documents in a text such as ``html,pdf``; "" means none."""
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise ParameterError(f"--formats: unknown {', '.join(unknown)}; allowed: {', '.join(FORMATS)}.")
    return names


def notebooks_folder(folders: Folders) -> Path:
    """Return the notebooks: beside the data, else of the project here, else of the checkout or the package."""
    candidates = [folders.data.parent / "notebooks"]
    with contextlib.suppress(StudyError):  # the data were named by an option, and no project lies here
        candidates.append(project_root() / "notebooks")
    return next((candidate for candidate in candidates if candidate.is_dir()), None) or shipped_notebooks()


def shipped_notebooks() -> Path:
    """Return the notebooks of the checkout or of the installed package."""
    package = checkout()
    folder = Path(__file__).resolve().parents[2] / "_notebooks" if package is None else package / "notebooks"
    if not folder.is_dir():
        raise StudyError(f"there is no folder with notebooks at {folder}; install the package again")
    return folder


def _open_workshop(options: RunOptions) -> Workshop:
    if options.scheduler is not None:
        return DaskWorkshop(options.scheduler)
    from analysis.pipeline.kernels.kernels import KernelKind, default_kind
    from analysis.pipeline.kernels.perform import LocalWorkshop

    kind = default_kind() if options.kernels is None else KernelKind(options.kernels)
    has_documents = bool(checked_formats(options.formats))
    return LocalWorkshop(kind, _memory_limit_bytes(), keeps_pictures=has_documents)


def _memory_limit_bytes() -> int | None:
    if not hasattr(os, "sysconf"):
        return None
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * _MEMORY_SHARE_OF_ONE_KERNEL)


def new_project(folder: Path) -> list[Path]:
    """Make a folder with ``data/raw`` and a copy of the shipped notebooks; return the notebooks.

    Raises ``OutputError`` if the folder holds something already or cannot be written.
    """
    source = shipped_notebooks()
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(f"{folder} is not empty. Name a new folder.")
        (folder / "data" / "raw").mkdir(parents=True)
        (folder / "notebooks").mkdir()
        return [
            Path(shutil.copyfile(path, folder / "notebooks" / path.name)) for path in sorted(source.glob("*.ipynb"))
        ]
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({error.strerror or error}). Name another folder.") from error
