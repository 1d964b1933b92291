"""After a province's jobs: its record, its former report, and its line in the summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from analysis.notebook.folders import Folders
from analysis.pipeline.deciding.inputs import Inputs
from analysis.pipeline.deciding.jobs import Job, JobRecord, NotebookJob, Outcome
from analysis.pipeline.records import (
    RUN_RECORD,
    STATE_FOLDER,
    forget_former_report,
    keep_last_run,
    move_former_report,
    read_json,
    write_json,
)
from analysis.pipeline.summary import Failure, ProvinceSummary, State


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
) -> ProvinceSummary:
    """Write ``run.json``, move the former report of a failed province away, return the province's summary.

    ``jobs`` holds the province's jobs with what became of them, by name; ``left_out`` by title the kind of data for
    want of which a notebook did not run.
    """
    reports = folders.reports_of(province)
    own_failures = [] if was_stopped else [failures[name] for name in jobs if name in failures]
    ran = [name for name, (_, outcome) in jobs.items() if outcome is Outcome.RAN]
    state = _state(jobs, own_failures, was_stopped=was_stopped)
    former = None
    if state is State.FAILED:
        former = move_former_report(reports)
    elif state in (State.DONE, State.UNCHANGED):
        forget_former_report(reports)
    if ran or own_failures:
        _write_record(province, folders, inputs, jobs, records, own_failures, state, left_out)
    if state is State.DONE:
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
    )


def _state(jobs: Mapping[str, tuple[Job, Outcome]], failures: list[Failure], *, was_stopped: bool) -> State:
    outcomes = {outcome for _, outcome in jobs.values()}
    if outcomes <= {Outcome.UNCHANGED}:
        return State.UNCHANGED
    if outcomes <= {Outcome.UNCHANGED, Outcome.RAN}:
        return State.DONE
    return State.STOPPED if was_stopped and not failures else State.FAILED


def _write_record(
    province: str,
    folders: Folders,
    inputs: Inputs,
    jobs: Mapping[str, tuple[Job, Outcome]],
    records: Mapping[str, JobRecord],
    failures: list[Failure],
    state: State,
    left_out: Mapping[str, str],
) -> None:
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
    content = {
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
    write_json(reports / RUN_RECORD, content)
