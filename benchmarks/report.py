"""Seconds to write one study's documents: each format alone, all side by side, and their verification.

Run: ``python benchmarks/report.py STUDY REPORTS_DIR DATA_DIR`` after ``dampak run STUDY``. The ratio of "all
formats" to the sum of single ones shows what writing them side by side saves.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from analysis.report.study_report import study_material

from analysis.report.document import FORMATS, write_report
from analysis.report.verify import verify_folder
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.training import load_training

REPEATS = 3


def main(study: str, reports: Path, data: Path) -> None:
    """Print the best of several repeats of each step."""
    results = pd.read_parquet(reports / study / "results.parquet")
    raw = data / "raw" / study
    province = load_province(raw)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        started = time.perf_counter()
        material = study_material(
            results, province, load_instrument(raw), load_training(province.training), "id", folder
        )
        print(f"tables and figures (first time)   {time.perf_counter() - started:6.2f} s")
        alone = 0.0
        for name in FORMATS:
            seconds = min(_timed(material, folder, (name,)) for _ in range(REPEATS))
            alone += seconds
            print(f"{name:33} {seconds:6.2f} s")
        together = min(_timed(material, folder, FORMATS) for _ in range(REPEATS))
        print(f"all formats                       {together:6.2f} s, {together / alone:.2f} of the sum")
        started = time.perf_counter()
        found = verify_folder(folder)
        print(f"verify ({len(found)} findings)              {time.perf_counter() - started:6.2f} s")


def _timed(material: object, folder: Path, formats: tuple[str, ...]) -> float:
    started = time.perf_counter()
    write_report(material, "id", folder, formats=formats)  # type: ignore[arg-type]
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
