"""The pieces of work of a run: plain data that can be sent to another thread, process or machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from analysis.errors import DampakError


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookJob:
    """Execute one notebook for one province in one language.

    ``source`` is a copy of the notebook as it was when the run was planned; ``title`` is its name without
    suffix, ``digest`` the SHA-256 of its text. The executed notebook appears at ``output`` only when it is
    complete, a failed one at ``failed``.
    """

    province: str
    language: str
    title: str
    digest: str
    source: Path
    output: Path
    failed: Path
    part: Path
    parameters: Mapping[str, object]
    time_limit_seconds: float

    @property
    def name(self) -> str:
        """Return the job's name, unique in a run."""
        return f"{self.province}/{self.language}/{self.title}"

    @property
    def kind(self) -> str:
        """Return what jobs of this kind have in common; their times are compared."""
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinJob:
    """Join the parts of a province's results into one table, in the order of ``titles``.

    The notebooks of ``left_out`` did not run for want of data: this job writes their parts, which say so. Those of
    ``failed`` ended with an error: this job asks their questions itself.
    """

    province: str
    reports_folder: Path
    data_folder: Path
    titles: tuple[str, ...]
    inputs: Mapping[str, object]
    state_folder: Path
    time_limit_seconds: float
    left_out: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def part(self, title: str) -> Path:
        """Return where the part of a notebook lies."""
        return self.reports_folder / "results" / f"{title}.parquet"

    @property
    def name(self) -> str:
        """Return the job's name, unique in a run."""
        return f"{self.province}/results"

    @property
    def kind(self) -> str:
        """Return what jobs of this kind have in common."""
        return "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsJob:
    """Write a province's documents from its joined results.

    ``note`` is where it is kept which parts of them failed; ``failed`` names the notebooks that ended with an error.
    """

    province: str
    reports_folder: Path
    data_folder: Path
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    note: Path
    time_limit_seconds: float
    failed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the job's name, unique in a run."""
        return f"{self.province}/documents"

    @property
    def kind(self) -> str:
        """Return what jobs of this kind have in common."""
        return "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookJob:
    """Bring a province's tables up to date and note at ``note`` which kinds of data it has.

    ``digest`` stands for the inputs that the note was made from.
    """

    province: str
    data_folder: Path
    note: Path
    digest: str
    time_limit_seconds: float

    @property
    def name(self) -> str:
        """Return the job's name, unique in a run."""
        return f"{self.province}/tables"

    @property
    def kind(self) -> str:
        """Return what jobs of this kind have in common."""
        return "tables"


Job = NotebookJob | JoinJob | DocumentsJob | LookJob


class Outcome(StrEnum):
    """What became of a job."""

    RAN = "ran"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """What a finished job needed."""

    seconds: float
    peak_memory_bytes: int | None = None


class JobFailed(DampakError):
    """A job that did not end well: where, and the first line of its error.

    ``cell`` is the number that JupyterLab shows beside the failed cell, None where no cell failed; ``kept``
    the notebook that shows the failure.
    """

    def __init__(self, first_line: str, *, cell: int | None = None, kept: Path | None = None) -> None:
        super().__init__(first_line)
        self.first_line = first_line
        self.cell = cell
        self.kept = kept

    def __reduce__(self) -> tuple[object, ...]:
        return _job_failed, (self.first_line, self.cell, self.kept)


def _job_failed(first_line: str, cell: int | None, kept: Path | None) -> JobFailed:
    return JobFailed(first_line, cell=cell, kept=kept)


class Stopped(DampakError):
    """The run was asked to stop before this job ended."""
