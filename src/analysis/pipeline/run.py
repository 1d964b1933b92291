"""One run: every province's notebooks and documents, then the nation's, and a summary of what happened."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import DampakError, OutputError, SourceError, StudyError
from analysis.notebook.folders import NATIONAL, Folders, province_folders
from analysis.pipeline.deciding.choice import Choice, chosen_notebooks, depend_on_data, look_job, noted_kinds
from analysis.pipeline.deciding.inputs import Inputs, national_inputs, province_inputs
from analysis.pipeline.deciding.jobs import (
    DocumentsJob,
    Job,
    JobFailed,
    JobRecord,
    JoinJob,
    LookJob,
    NotebookJob,
    Outcome,
    Stopped,
)
from analysis.pipeline.deciding.plan import Notebook, RunSettings, province_jobs, read_notebooks
from analysis.pipeline.finishing import settle_province
from analysis.pipeline.guard import only_run, stopping
from analysis.pipeline.progress import RunProgress
from analysis.pipeline.records import (
    EXPECTED_FILE,
    RUN_RECORD,
    STATE_FOLDER,
    drop_incomplete_list,
    drop_outdated_notebooks,
    hash_key,
    move_former_report,
    read_json,
)
from analysis.pipeline.summary import Failure, ProvinceSummary, RunSummary, State
from analysis.pipeline.verbs.edition import lay_edition
from analysis.pipeline.verbs.expected import Absent, absent_studies
from analysis.pipeline.verbs.index import write_index
from analysis.study.province import check_folder_name

if TYPE_CHECKING:
    from analysis.pipeline.kernels.perform import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What a run is asked for.

    ``provinces`` empty means all under ``data/raw``; ``edition`` is the folder of an edition to lay;
    ``open_workshop`` makes the place where jobs are done and
    is called, in the main thread, only when something must run.
    """

    folders: Folders
    notebooks_folder: Path
    settings: RunSettings
    open_workshop: Callable[[], Workshop]
    provinces: tuple[str, ...] = ()
    workers: int = 1
    force: bool = False
    edition: Path | None = None


def run(request: RunRequest, progress: RunProgress) -> RunSummary:
    """Bring all reports up to date and say what was done.

    Raises
    ------
    StudyError
        If a named province does not exist.
    OutputError
        If the reports folder cannot be written, or another run is at work in it.
    """
    started = time.perf_counter()
    state = request.folders.reports / STATE_FOLDER
    with only_run(state), progress:
        provinces = chosen_provinces(request.folders, request.provinces)
        notebooks = read_notebooks(request.notebooks_folder, state)
        hash_key(state)  # several steps at once would each make one
        work = _Work(request, progress, state)
        with stopping(work.stop):
            try:
                summaries = work.provinces(provinces, [each for each in notebooks if not each.is_national])
                summaries += work.nation([each for each in notebooks if each.is_national])
            except OSError as error:
                raise OutputError(
                    f"the run cannot keep its notes in {state} ({error.strerror or error}). Free space on the disk "
                    "or choose another folder: --reports DIR; the next run continues where this one ended."
                ) from error
            finally:
                work.close()
        return _summary(request, summaries, started, was_stopped=work.was_stopped)


def _summary(
    request: RunRequest, provinces: Sequence[ProvinceSummary], started: float, *, was_stopped: bool
) -> RunSummary:
    notes = []
    absent = Absent()
    try:
        absent = absent_studies(request.folders, dt.date.today())
    except SourceError as error:
        notes.append(str(error))
    summary = RunSummary(
        provinces=provinces,
        seconds=time.perf_counter() - started,
        was_stopped=was_stopped,
        late=absent.late,
        missing=absent.missing,
        notes=notes,
        index=write_index(request.folders, absent, request.settings.languages[0]),
    )
    if request.edition is None:
        return summary
    if summary.exit_code != 0:
        return replace(summary, notes=[*notes, f"the edition {request.edition.name} was not made: the run failed"])
    return replace(summary, edition=lay_edition(request.folders.reports, request.edition))


def chosen_provinces(folders: Folders, named: Sequence[str]) -> list[str]:
    """Return the named provinces in alphabetical order, all under ``data/raw`` where none is named.

    Raises ``StudyError`` for a province that does not exist, or where there is none.
    """
    there = province_folders(folders)
    unknown = sorted(set(named) - set(there))
    if unknown:
        raise StudyError(
            f"{folders.raw} holds no folder {', '.join(unknown)}; known: {', '.join(there) or 'none'}. "
            "Correct the name."
        )
    if not there:
        raise StudyError(f"{folders.raw} holds no province folder. Make one: dampak new PROVINCE, or dampak simulate.")
    return sorted(set(named)) or there


class _Work:
    """The state of one run: the workshop once it is open, and what each job needed or why it failed."""

    def __init__(self, request: RunRequest, progress: RunProgress, state: Path) -> None:
        self._request = request
        self._progress = progress
        self._state = state
        self._workshop: Workshop | None = None
        self._refusal: DampakError | None = None
        self._records: dict[str, JobRecord] = {}
        self._failures: dict[str, Failure] = {}
        self._unreadable: set[str] = set()
        self.was_stopped = False

    def stop(self) -> None:
        """End the run: what is under way is ended, what waits is not begun."""
        self.was_stopped = True
        if self._workshop is not None:
            self._workshop.stop()

    def close(self) -> None:
        """Give the workshop back."""
        if self._workshop is not None:
            self._workshop.close()

    def provinces(self, provinces: Sequence[str], notebooks: Sequence[Notebook]) -> list[ProvinceSummary]:
        """Run the provinces' jobs side by side."""
        good, bad = [], []
        for province in provinces:
            try:
                check_folder_name(province)
                good.append(province)
            except StudyError as error:
                failure = Failure(job=province, error=str(error))
                bad.append(ProvinceSummary(province=province, state=State.FAILED, failures=[failure]))
        inputs = {province: province_inputs(self._request.folders.raw_of(province)) for province in good}
        return bad + self._side_by_side(inputs, notebooks)

    def nation(self, notebooks: Sequence[Notebook]) -> list[ProvinceSummary]:
        """Run the nation's jobs over the results that all provinces have now."""
        if not notebooks or self.was_stopped:
            return []
        folders = self._request.folders
        inputs = national_inputs(
            {province: folders.raw_of(province) for province in province_folders(folders)},
            folders.raw / EXPECTED_FILE,
        )
        return self._side_by_side({NATIONAL: inputs}, notebooks)

    def _choices(self, inputs: Mapping[str, Inputs], notebooks: Sequence[Notebook]) -> dict[str, Choice]:
        """Return which notebooks each province gets; those whose inputs changed are looked at first."""
        if not depend_on_data(notebooks):
            return dict.fromkeys(inputs, Choice(notebooks))
        request = self._request
        limit = request.settings.time_limit_seconds
        looks = {province: look_job(province, request.folders, each, limit) for province, each in inputs.items()}
        waiting = [job for job in looks.values() if request.force or noted_kinds(job) is None]
        if waiting:
            self._open()
            self._progress.plan(waiting)
            with ThreadPoolExecutor(request.workers) as threads:
                list(threads.map(self._look, waiting))
        return {province: chosen_notebooks(notebooks, noted_kinds(job)) for province, job in looks.items()}

    def _look(self, job: LookJob) -> None:
        # What cannot be looked at fails in its notebooks too, which show where.
        if self._outcome(job) is Outcome.FAILED:
            self._unreadable.add(job.province)

    def _side_by_side(self, inputs: Mapping[str, Inputs], notebooks: Sequence[Notebook]) -> list[ProvinceSummary]:
        request = self._request
        choices = self._choices(inputs, notebooks)
        jobs = {
            province: province_jobs(
                province,
                chosen.notebooks,
                request.folders,
                request.settings,
                inputs[province],
                left_out=chosen.left_out,
            )
            for province, chosen in choices.items()
        }
        if not jobs or not notebooks:
            return []
        joins = [job for each in jobs.values() for job in each if isinstance(job, JoinJob)]
        if request.force or any(map(_is_new, joins)):
            self._open()  # the libraries are loaded while the tasks are planned

        from analysis.pipeline.deciding.tasks import JobTask, build, province_tasks

        tasks: list[JobTask] = []
        for province, each in jobs.items():
            reports, chosen = request.folders.reports_of(province), choices[province]
            if any(isinstance(job, DocumentsJob) for job in each):
                drop_incomplete_list(reports)
            drop_outdated_notebooks(reports, [notebook.title for notebook in chosen.notebooks], chosen.left_out)
            self._progress.plan(each)
            tasks += province_tasks(each, inputs[province], self._perform)
        outcomes, errors = build(
            tasks, self._state, workers=request.workers, force=request.force, before_first=self._open
        )
        if self._refusal is not None:
            raise self._refusal
        summaries = []
        for province, each in jobs.items():
            is_salvaged = self._salvage(each, outcomes)
            summaries.append(
                settle_province(
                    province,
                    request.folders,
                    inputs[province],
                    {job.name: (job, outcomes[job.name]) for job in each},
                    self._records,
                    self._all_failures(outcomes, errors),
                    left_out=choices[province].left_out,
                    was_stopped=self.was_stopped,
                    is_salvaged=is_salvaged,
                )
            )
        return summaries

    def _salvage(self, jobs: Sequence[Job], outcomes: dict[str, Outcome]) -> bool:
        """Write the report of a province whose notebooks failed from what did not; return whether there is one now.

        The notebooks that waited for a failed one run first. The former report has been moved away.
        """
        notebooks = [job for job in jobs if isinstance(job, NotebookJob)]
        rest = [job for job in jobs if isinstance(job, JoinJob | DocumentsJob)]
        has_failed = any(outcomes[job.name] is Outcome.FAILED for job in notebooks)
        has_documents = any(isinstance(job, DocumentsJob) for job in rest)
        # The nation's one notebook is all that its report rests on.
        is_hopeless = rest[0].province in (NATIONAL, *self._unreadable)
        if self.was_stopped or not has_failed or not has_documents or is_hopeless:
            return False
        move_former_report(rest[0].reports_folder)
        for job in notebooks:
            if outcomes[job.name] is Outcome.NOT_REACHED:
                outcomes[job.name] = self._outcome(job)
        answered = {job.title for job in notebooks if outcomes[job.name] in (Outcome.RAN, Outcome.UNCHANGED)}
        failed = tuple(dict.fromkeys(job.title for job in notebooks if job.title not in answered))
        for step in rest:
            outcomes[step.name] = self._outcome(replace(step, failed=failed))
            if outcomes[step.name] is not Outcome.RAN:
                return False
        return True

    def _outcome(self, job: Job) -> Outcome:
        try:
            self._perform(job)
        except JobFailed:
            return Outcome.FAILED
        except Stopped:
            return Outcome.NOT_REACHED
        return Outcome.RAN

    def _open(self) -> None:
        if self._workshop is None:
            try:
                self._workshop = self._request.open_workshop()
            except DampakError as error:
                self._refusal = error  # pytask would take it for the failure of a province
                raise

    def _perform(self, job: Job) -> None:
        if self.was_stopped or self._workshop is None:
            raise Stopped(f"{job.name} was stopped")
        self._progress.started(job)
        try:
            record = self._workshop.perform(job)
        except JobFailed as error:
            self._failures[job.name] = Failure(job=job.name, error=error.first_line, cell=error.cell, kept=error.kept)
            self._progress.failed(job, error.first_line)
            raise
        self._records[job.name] = record
        self._progress.finished(job, record.seconds)

    def _all_failures(self, outcomes: Mapping[str, Outcome], errors: Mapping[str, str]) -> dict[str, Failure]:
        """Return the failures noted by jobs, and those that pytask met around a job (a product missing)."""
        others = {
            name: Failure(job=name, error=errors.get(name, ""))
            for name, outcome in outcomes.items()
            if outcome is Outcome.FAILED and name not in self._failures
        }
        return {**others, **self._failures}


def _is_new(job: JoinJob) -> bool:
    """Return whether the last run had other inputs: something will run. What else must, pytask finds out."""
    return read_json(job.reports_folder / RUN_RECORD).get("inputs") != job.inputs


def default_workers() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
