"""Seconds to write one study's documents: figures and tables with each format alone, with all, and verification.

Run: ``python benchmarks/report.py STUDY REPORTS_DIR DATA_DIR`` after ``dampak run STUDY``. "all formats" is the
time of all four written side by side, without tables and figures, and its ratio to one after the other.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from analysis.report.documents.all import RESULTS, write_documents
from analysis.report.documents.document import FORMATS
from analysis.report.verify.verify import verify_folder

REPEATS = 3


def main(study: str, reports: Path, data: Path) -> None:
    """Print the best of several repeats of each step, after one run that warms up."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / study
        folder.mkdir()
        shutil.copyfile(reports / study / RESULTS, folder / RESULTS)
        print(f"first run, all formats            {_seconds(folder, data, FORMATS):6.2f} s")
        figures = min(_seconds(folder, data, ()) for _ in range(REPEATS))
        print(f"tables and figures                {figures:6.2f} s")
        alone = [min(_seconds(folder, data, (name,)) for _ in range(REPEATS)) - figures for name in FORMATS]
        for name, seconds in zip(FORMATS, alone, strict=True):
            print(f"{name:33} {seconds:6.2f} s")
        together = min(_seconds(folder, data, FORMATS) for _ in range(REPEATS)) - figures
        ratio = together / sum(alone)
        print(f"all formats                       {together:6.2f} s, {ratio:.2f} of one after the other")
        started = time.perf_counter()
        found = verify_folder(folder)
        print(f"verify, {len(found)} findings                {time.perf_counter() - started:6.2f} s")


def _seconds(folder: Path, data: Path, formats: tuple[str, ...]) -> float:
    started = time.perf_counter()
    write_documents(folder, data, ("id",), formats)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
