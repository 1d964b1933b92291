"""Where the files of a province's reports lie; the same names for every part of the pipeline."""

from __future__ import annotations

from pathlib import Path

# The run's own notes: what ran with which inputs, copies of the notebooks, the lock.
STATE_FOLDER = ".dampak"
FORMER_FOLDER = "lama"
FAILED_FOLDER = "failed"
RUN_RECORD = "run.json"
CHANGES = "changes.csv"

# Beside the province folders: who is expected to send data.
EXPECTED_FILE = "sasaran.csv"

DOCUMENT_PATTERNS = ("laporan.*", "report.*", "report-*.*")  # report-<language> in a further language


def joined_files(reports_folder: Path) -> list[Path]:
    """Return the files of a province's joined results."""
    return [reports_folder / "results.parquet", reports_folder / "results.csv"]


def documents_list(reports_folder: Path) -> Path:
    """Return the file that lists a province's documents with their SHA-256, written when all are complete."""
    return reports_folder / "documents.json"


def kept_results(state_folder: Path, province: str) -> Path:
    """Return where the results of a province's last complete run are kept, to compare the next ones with."""
    return state_folder / "last" / f"{province}.parquet"


def kept_record(state_folder: Path, province: str) -> Path:
    """Return where ``run.json`` of a province's last complete run is kept."""
    return state_folder / "last" / f"{province}.json"


def kept_prints(state_folder: Path, province: str) -> Path:
    """Return where the hashes of the raw cells of a province's last complete run are kept."""
    return state_folder / "last" / f"{province}.npz"


def new_prints(state_folder: Path, province: str) -> Path:
    """Return where the hashes of the raw cells of the run under way wait for its end."""
    return state_folder / "next" / f"{province}.npz"
