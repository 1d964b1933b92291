"""Where the files of a province's reports lie, and what a run leaves about itself: ``run.json``, former reports."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

# The run's own notes: what ran with which inputs, copies of the notebooks, the lock.
STATE_FOLDER = ".dampak"
FORMER_FOLDER = "lama"
FAILED_FOLDER = "failed"
RUN_RECORD = "run.json"
CHANGES = "changes.csv"
FINDINGS = "findings.csv"

# A run executes notebooks that are named like the shipped ones, for example 04_impact.ipynb.
NOTEBOOK_NAME = re.compile(r"\d\d_[a-z][a-z0-9_]*")

# Beside the province folders: who is expected to send data.
EXPECTED_FILE = "sasaran.csv"


def joined_files(reports_folder: Path) -> list[Path]:
    """Return the files of a province's joined results."""
    return [reports_folder / "results.parquet", reports_folder / "results.csv"]


def documents_list(reports_folder: Path) -> Path:
    """Return the file that lists a province's documents with their SHA-256, written when all are complete."""
    return reports_folder / "documents.json"


def listed_documents(folder: Path) -> list[Path]:
    """Return the documents of a complete report that lie in a folder, in the order of their names."""
    return [folder / name for name in sorted(read_json(documents_list(folder))) if (folder / name).is_file()]


def kept_results(state_folder: Path, province: str) -> Path:
    """Return where the results of a province's last complete run are kept, to compare the next ones with."""
    return state_folder / "last" / f"{province}.parquet"


def kept_record(state_folder: Path, province: str) -> Path:
    """Return where ``run.json`` of a province's last complete run is kept."""
    return state_folder / "last" / f"{province}.json"


def kept_prints(state_folder: Path, province: str) -> Path:
    """Return where the hashes of the raw cells of a province's last complete run are kept."""
    return state_folder / "last" / f"{province}.npz"


def kept_kinds(state_folder: Path, province: str) -> Path:
    """Return where it is noted which kinds of data a province has."""
    return state_folder / "kinds" / f"{province}.json"


def document_note(state_folder: Path, province: str) -> Path:
    """Return where it is noted which parts of a province's documents failed, and what else its reader should know."""
    return state_folder / "parts" / f"{province}.json"


def new_prints(state_folder: Path, province: str) -> Path:
    """Return where the hashes of the raw cells of the run under way wait for its end."""
    return state_folder / "next" / f"{province}.npz"


# What belongs to a finished report; the executed notebooks stay, for they are still what they say.
_REPORT_FILES = ("claims.json", "masalah.xlsx", CHANGES, FINDINGS, "documents.json", "figures")


def write_text(path: Path, text: str) -> None:
    """Write a text file that appears when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file that appears when it is complete."""
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """Return a JSON file's content; empty when there is none or a crash left it unreadable."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def move_former_report(reports_folder: Path) -> Path | None:
    """Move the report of a province that failed to ``lama``; return where a former report lies, if anywhere.

    A report moved by an earlier failure stays until there is a newer one; what was left of a failed run is none.
    """
    former = reports_folder / FORMER_FOLDER
    documents = _written_documents(reports_folder)
    results, table = joined_files(reports_folder)
    if read_json(reports_folder / RUN_RECORD).get("salvaged") or not (documents or results.is_file()):
        return former_report(reports_folder)
    if former.is_dir():
        shutil.rmtree(former)
    former.mkdir(parents=True)
    listed = read_json(documents_list(reports_folder))
    others = [reports_folder / name for name in _REPORT_FILES]
    for path in (*documents, *others, results, table):
        if path.exists():
            os.replace(path, former / path.name)
    write_json(documents_list(former), {path.name: listed.get(path.name) for path in documents})
    return former


def former_report(reports_folder: Path) -> Path | None:
    """Return where the report of a province that failed lies, None where it had none."""
    former = reports_folder / FORMER_FOLDER
    return former if former.is_dir() else None


def _written_documents(reports_folder: Path) -> list[Path]:
    """Return all documents in a folder: those that a record names, whatever they are called, and a broken run's."""
    from analysis.report.documents.names import documents_in  # a run without failures does without the catalogues

    if not reports_folder.is_dir():
        return []
    recorded = set(read_json(documents_list(reports_folder)))
    records = read_json(reports_folder / "claims.json").values()
    recorded.update(*(record.get("documents", ()) for record in records if isinstance(record, dict)))
    there = {reports_folder / name for name in recorded} | set(documents_in(reports_folder, reports_folder.name))
    return sorted(path for path in there if path.is_file())


def forget_former_report(reports_folder: Path) -> None:
    """Remove the former report and the failed notebooks of a province that is well again."""
    for name in (FORMER_FOLDER, FAILED_FOLDER):
        folder = reports_folder / name
        if folder.is_dir():
            shutil.rmtree(folder)


def keep_last_run(reports_folder: Path, state_folder: Path, province: str) -> None:
    """Keep the results and the record of a complete run, to compare the next one with."""
    results, _ = joined_files(reports_folder)
    pairs = (
        (results, kept_results(state_folder, province)),
        (reports_folder / RUN_RECORD, kept_record(state_folder, province)),
    )
    for source, kept in pairs:
        kept.parent.mkdir(parents=True, exist_ok=True)
        temporary = kept.with_name(f".{kept.name}.part")
        shutil.copyfile(source, temporary)
        os.replace(temporary, kept)
    prints = new_prints(state_folder, province)
    if prints.is_file():
        os.replace(prints, kept_prints(state_folder, province))


def hash_key(state_folder: Path) -> str:
    """Return the key of this reports folder's fingerprints, made when it is first asked for."""
    path = state_folder / "cells.key"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{secrets.token_hex(4)}")
        temporary.write_text(secrets.token_hex(8), encoding="utf-8")
        temporary.replace(path)
    return path.read_text(encoding="utf-8")


def drop_incomplete_list(reports_folder: Path) -> None:
    """Remove the list of a province's documents where one of them is gone, so that they are written again."""
    listed = documents_list(reports_folder)
    if any(not (reports_folder / name).is_file() for name in read_json(listed)):
        listed.unlink()


def drop_outdated_notebooks(reports_folder: Path, run: Collection[str], left_out: Collection[str]) -> None:
    """Remove executed notebooks that do not run any more, and the parts of those that no longer exist."""
    kept = {("notebooks", title) for title in run} | {("results", title) for title in (*run, *left_out)}
    for path in (*reports_folder.glob("notebooks/*/*.ipynb"), *reports_folder.glob("results/*.parquet")):
        folder = path.relative_to(reports_folder).parts[0]
        if NOTEBOOK_NAME.fullmatch(path.stem) and (folder, path.stem) not in kept:
            path.unlink()
