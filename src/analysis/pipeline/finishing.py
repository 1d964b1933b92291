"""After a province's jobs: its record, its former report, and its line in the summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

from analysis.notebook.folders import Folders
from analysis.pipeline.deciding.inputs import Inputs
from analysis.pipeline.deciding.jobs import DocumentsJob, Job, JobRecord, NotebookJob, Outcome
from analysis.pipeline.records import (
    RUN_RECORD,
    STATE_FOLDER,
    forget_former_report,
    former_report,
    keep_last_run,
    move_former_report,
    read_json,
    write_json,
)
from analysis.pipeline.summary import Failure, LostPart, ProvinceSummary, State


def settle_province(
    province: str,
    folders: Folders,
    inputs: Inputs,
    jobs: Mapping[str, tuple[Job, Outcome]],
    records: Mapping[str, JobRecord],
    failures: Mapping[str, Failure],
    *,
    left_out: Mapping[str, str],
    was_stopped: bool,
    is_salvaged: bool = False,
) -> ProvinceSummary:
    """Write ``run.json``, move the former report of a failed province away, return the province's summary.

    ``jobs`` holds the province's jobs with what became of them, by name; ``left_out`` by title the kind of data for
    want of which a notebook did not run. ``is_salvaged`` tells that the province failed and has a report of what did
    not, beside its former one.
    """
    reports = folders.reports_of(province)
    own_failures = [] if was_stopped else [failures[name] for name in jobs if name in failures]
    ran = [name for name, (_, outcome) in jobs.items() if outcome is Outcome.RAN]
    lost_parts, notes = _told_of_documents(jobs)
    state = _state(jobs, own_failures, was_stopped=was_stopped)
    if state in (State.DONE, State.UNCHANGED) and lost_parts:
        state = State.INCOMPLETE
    former = None
    if state is State.FAILED:
        former = former_report(reports) if is_salvaged else move_former_report(reports)
    elif state is not State.STOPPED:
        forget_former_report(reports)
    if ran or own_failures:
        record = _record(province, folders, inputs, jobs, records, own_failures, state, left_out)
        parts = [asdict(lost) for lost in lost_parts]
        write_json(reports / RUN_RECORD, {**record, "parts": parts, "notes": notes, "salvaged": is_salvaged})
    if ran and state in (State.DONE, State.INCOMPLETE):
        keep_last_run(reports, folders.reports / STATE_FOLDER, province)
    return ProvinceSummary(
        province=province,
        state=state,
        ran=ran,
        unchanged=[name for name, (_, outcome) in jobs.items() if outcome is Outcome.UNCHANGED],
        failures=own_failures,
        left_out={title: str(needs) for title, needs in left_out.items()},
        seconds=sum(records[name].seconds for name in ran if name in records),
        former_report=former,
        lost_parts=lost_parts,
        notes=notes,
    )


def _told_of_documents(jobs: Mapping[str, tuple[Job, Outcome]]) -> tuple[list[LostPart], list[str]]:
    """Return the parts of a province's documents that failed when they were last written, and what else was noted."""
    for job, outcome in jobs.values():
        if isinstance(job, DocumentsJob) and outcome in (Outcome.RAN, Outcome.UNCHANGED):
            noted = read_json(job.note)
            return [LostPart(**each) for each in noted.get("parts", [])], list(noted.get("notes", []))
    return [], []


def _state(jobs: Mapping[str, tuple[Job, Outcome]], failures: list[Failure], *, was_stopped: bool) -> State:
    outcomes = {outcome for _, outcome in jobs.values()}
    if outcomes <= {Outcome.UNCHANGED}:
        return State.UNCHANGED
    if outcomes <= {Outcome.UNCHANGED, Outcome.RAN}:
        return State.DONE
    return State.STOPPED if was_stopped and not failures else State.FAILED


def _record(
    province: str,
    folders: Folders,
    inputs: Inputs,
    jobs: Mapping[str, tuple[Job, Outcome]],
    records: Mapping[str, JobRecord],
    failures: list[Failure],
    state: State,
    left_out: Mapping[str, str],
) -> dict[str, object]:
    """Return what ``run.json`` says of the jobs."""
    reports = folders.reports_of(province)
    before = read_json(reports / RUN_RECORD).get("jobs", {})
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    needed = {name: before[name] for name in jobs if name in before}
    for name, (_, outcome) in jobs.items():
        if outcome is Outcome.RAN and name in records:
            record = records[name]
            needed[name] = {
                "ended": now,
                "seconds": round(record.seconds, 3),
                "peak_memory_bytes": record.peak_memory_bytes,
            }
    notebook_jobs = [job for job, _ in jobs.values() if isinstance(job, NotebookJob)]
    return {
        "province": province,
        "state": state.value,
        "ended": now,
        "inputs": inputs.as_record({job.title: job.digest for job in notebook_jobs}),
        "parameters": {job.name: dict(job.parameters) for job in notebook_jobs},
        "jobs": needed,
        "left_out": {title: {"reason": "no_such_data", "needs": str(needs)} for title, needs in left_out.items()},
        "failures": [
            {"job": each.job, "cell": each.cell, "error": each.error, "kept": each.kept and str(each.kept)}
            for each in failures
        ],
    }
