"""The steps after the notebooks, each run in a process of its own: join the results, write the documents."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import OutputError
from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import RESULT_COLUMNS
from analysis.notebook.questions import answers_without_data, answers_without_notebook, kinds_of
from analysis.notebook.session import write_parquet
from analysis.pipeline.deciding.changes import (
    cause_of,
    changed_cells,
    compare_results,
    fingerprint,
    load_prints,
    save_prints,
)
from analysis.pipeline.deciding.inputs import file_digest
from analysis.pipeline.deciding.jobs import DocumentsJob, JoinJob, LookJob
from analysis.pipeline.records import (
    CHANGES,
    documents_list,
    hash_key,
    kept_prints,
    kept_record,
    kept_results,
    new_prints,
    read_json,
    write_json,
    write_text,
)
from analysis.report.content.opening import open_study
from analysis.study.settings import Settings


def join_results(job: JoinJob) -> None:
    """Write ``changes.csv``, ``results.parquet`` and ``results.csv`` from the parts, in the order of the notebooks.

    Raises
    ------
    OutputError
        If a part is missing or has other columns than the results table.
    """
    if job.left_out:
        _answer_for_left_out(job)
    if job.failed:
        _answer_for_failed(job)
    parts = [_read_part(job.part(title)) for title in job.titles]
    joined = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    write_text(job.reports_folder / CHANGES, _changes(job, joined).to_csv(index=False, lineterminator="\n"))
    write_results(joined, job.reports_folder)


def _answer_for_left_out(job: JoinJob) -> None:
    """Write the parts of the notebooks that did not run: of each of their questions why there is no answer."""
    study = _open(job.data_folder, job.province)
    for title in job.left_out:
        write_parquet(answers_without_data(title, study), job.part(title))


def _answer_for_failed(job: JoinJob) -> None:
    """Write the parts of the notebooks that ended with an error: what their questions answer without them."""
    study = _open(job.data_folder, job.province)
    for title in job.failed:
        write_parquet(answers_without_notebook(title, study), job.part(title))


def _open(data_folder: Path, province: str) -> StudyData:
    study, _ = open_study(data_folder / "raw" / province, data_folder / "processed" / province, Settings())
    return study


def look_at_data(job: LookJob) -> None:
    """Bring a province's tables up to date and note which kinds of data it has; raises as opening a study does."""
    study = _open(job.data_folder, job.province)
    write_json(job.note, {"inputs": job.digest, "kinds": sorted(kinds_of(study))})


def _changes(job: JoinJob, joined: pd.DataFrame) -> pd.DataFrame:
    kept = kept_results(job.state_folder, job.province)
    before = read_json(kept_record(job.state_folder, job.province)).get("inputs", {})
    cells = _changed_cells(job)
    if not kept.is_file():
        return compare_results(None, joined, "")
    return compare_results(pd.read_parquet(kept), joined, cause_of(before, job.inputs, cells))


def _changed_cells(job: JoinJob) -> dict[str, str]:
    """Return which cells of raw files changed since the last complete run, and note what stands there now."""
    files = list(job.inputs["raw"])  # type: ignore[call-overload]
    if not files:
        return {}
    now = fingerprint(job.data_folder / "raw" / job.province, files, hash_key(job.state_folder))
    save_prints(now, new_prints(job.state_folder, job.province))
    return changed_cells(load_prints(kept_prints(job.state_folder, job.province)), now)


def _read_part(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise OutputError(f"the part {path} is missing; run the notebook {path.stem} again")
    part = pd.read_parquet(path)
    if tuple(part.columns) != RESULT_COLUMNS:
        raise OutputError(f"{path} does not have the columns of the results table; run the notebook {path.stem} again")
    return part


def write_results(results: pd.DataFrame, folder: Path) -> None:
    """Write a results table as parquet and CSV; the files appear when both are complete."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("results.csv", "results.parquet")
    csv, parquet = (folder / f".{name}.{os.getpid()}.part" for name in names)
    try:
        results.to_csv(csv, index=False, lineterminator="\n")
        pq.write_table(pa.Table.from_pandas(results, preserve_index=False), parquet)
        for temporary, name in zip((csv, parquet), names, strict=True):
            os.replace(temporary, folder / name)
    finally:
        csv.unlink(missing_ok=True)
        parquet.unlink(missing_ok=True)


def write_documents(job: DocumentsJob) -> None:
    """Write the documents of one province or of the nation, the note of what failed in them, and their list."""
    from analysis.report import write_documents as write
    from analysis.report.documents.names import documents_in

    job.note.unlink(missing_ok=True)
    written = write(job.reports_folder, job.data_folder, job.languages, job.formats, job.failed)
    failures = [failure.as_record() for each in written for failure in each.failures]
    write_json(job.note, {"parts": failures, "notes": [note for each in written for note in each.messages]})
    found = documents_in(job.reports_folder, job.province)
    write_json(documents_list(job.reports_folder), {path.name: file_digest(path) for path in found})
