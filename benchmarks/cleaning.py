"""Reading and cleaning participant workbooks, against reading alone with pandas and openpyxl, in one run.

Usage: ``python benchmarks/cleaning.py [--people 1000 10000 134000] [--provinces 38]``. Prints, for each size,
seconds and microseconds per participant of this project (read and clean, attendance and both tests) in one
process and in one per core, as ``dampak run`` cleans provinces; for the largest size the seconds of
``pandas.read_excel(engine="openpyxl")`` on the same files (read only), the ratios, and peak memory (each process
plus its reader process). Each measurement runs in processes of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HEADER = ["No", "Nama", "NIK", "L/P", "Jabatan", "Desa", "Kecamatan", "Kabupaten", "Angkatan", "Kelas", "No. HP",
          "Hari 1", "Hari 2", "Hari 3", "Hari 4", "Ket."]  # fmt: skip
TEST_HEADER = ["Timestamp", "Skor", "Nama", "NIK", "Desa"]
ROLES = ("Kades", "Ketua BPD", "Ketua TP PKK", "Sekdes")
REGENCIES = ("Kab. Tanggamus", "KAB. LAMPUNG TENGAH", "Pesawaran", "Lampura", "TUBABA", "Tulang Bawang")


def person(number: int) -> tuple[str, str, str]:
    """Return name, NIK and village of a person who does not exist."""
    village = number // 4
    return f"Peserta Contoh {number:06d}", f"18{number:011d}{number % 9 + 1:03d}", f"Desa Contoh {village:05d}"


def write_province(folder: Path, first: int, people: int) -> None:
    """Write the three workbooks of one imaginary province."""
    import xlsxwriter

    folder.mkdir(parents=True)
    numbers = range(first, first + people)
    with xlsxwriter.Workbook(str(folder / "peserta.xlsx"), {"constant_memory": True}) as book:
        page = book.add_worksheet("Peserta")
        page.write_row(0, 0, ["DAFTAR HADIR PESERTA"])
        page.write_row(2, 0, HEADER)
        for row, number in enumerate(numbers, start=3):
            name, nik, village = person(number)
            role, regency = ROLES[number % 4], REGENCIES[number // 288 % 6]
            days = ["H", "H", "I" if number % 17 == 0 else "H", "H"]
            page.write_row(row, 0, [row - 2, name, nik, "LP"[number % 2], role, village, "Kec. Contoh", regency,
                                    5 + number % 3, f"Kelas {number // 32 % 9}", "0812000000", *days])  # fmt: skip
    for test, shift in (("Pretes", 0), ("Postes", 2)):
        with xlsxwriter.Workbook(str(folder / f"{test}.xlsx"), {"constant_memory": True}) as book:
            page = book.add_worksheet(test)
            page.write_row(0, 0, TEST_HEADER)
            for row, number in enumerate(numbers, start=1):
                name, nik, village = person(number)
                score = f"{min(number * 7 % 8 + shift, 10)} / 10"
                page.write_row(row, 0, [f"{number % 28 + 1:02d}/08/2023 10:11:12", score, name, nik, village])


def measure(what: str, folder: Path) -> dict[str, float]:
    """Return seconds, peak memory in MiB and people of one way of reading all province folders below ``folder``."""
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    workers = (os.cpu_count() or 1) if what == "clean_on_all_cores" else 1
    work = _read_with_pandas if what == "pandas" else _clean
    # Imports and the start of the reader are not what is compared.
    with ProcessPoolExecutor(workers, initializer=work, initargs=(folders[0],)) as pool:
        list(pool.map(_nothing, range(4 * workers)))
        start = time.perf_counter()
        people = sum(pool.map(work, folders))
        seconds = time.perf_counter() - start
        peaks = dict(pool.map(_peak_mib, range(16 * workers)))
    return {"seconds": seconds, "peak_mib": sum(peaks.values()), "people": people}


def _nothing(_: int) -> None:
    """Make a worker start; it is ready when its initializer has ended."""
    time.sleep(0.05)


def _peak_mib(_: int) -> tuple[int, float]:
    """Return a worker's process id and the largest memory of it and of its reader process."""
    import resource

    from analysis.cleaning.reading.process import close_reader

    time.sleep(0.01)
    close_reader()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return os.getpid(), peak / 1024


def _read_with_pandas(folder: Path) -> int:
    import pandas as pd

    return max(len(pd.read_excel(path, engine="openpyxl", header=None)) for path in sorted(folder.glob("*.xlsx")))


def _clean(folder: Path) -> int:
    from analysis.cleaning.people.participants import clean_participants
    from analysis.cleaning.reading.process import read_file
    from analysis.cleaning.tables.kinds import Context
    from analysis.study.instrument import load_instrument
    from analysis.study.province import Batch, Province, Source
    from analysis.study.training import load_training

    province = Province(
        study=folder.name,
        name="Lampung",
        code="18",
        training="kerja_sama_desa",
        year=2023,
        simulated=True,
        test_maximum=10,
        batch=tuple(Batch(id=number) for number in "567"),
        source=(Source(file="*", description="benchmark"),),
    )
    context = Context(folder, province, load_training(province.training), load_instrument())
    sheets = []
    for path in sorted(folder.glob("*.xlsx")):
        sheets += read_file(path, path.name).sheets
    cleaning = clean_participants(sheets, context, key=b"benchmark" * 4)
    scores = cleaning.tables["scores"]
    if not len(scores) == len(cleaning.tables["participants"]) or scores.isna().any(axis=None):
        raise SystemExit("the benchmark's people were not all paired: the measurement means nothing")
    return len(cleaning.tables["participants"])


def _run(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", what, str(folder)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def main() -> None:
    """Parse the command line, generate files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 134_000])
    parser.add_argument("--provinces", type=int, default=38)
    parser.add_argument("--measure", nargs=2)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure[0], Path(options.measure[1]))))
        return
    with tempfile.TemporaryDirectory() as scratch:
        for people in sorted(options.people):
            folder = Path(scratch) / str(people)
            provinces = min(options.provinces, max(1, people // 500))
            for number in range(provinces):
                share = people // provinces + (number < people % provinces)
                write_province(folder / f"contoh-{number + 1:02d}", 1_000_000 * number, share)
            own, all_cores = _run("clean", folder), _run("clean_on_all_cores", folder)
            for name, found in (("one process", own), ("all cores", all_cores)):
                each = found["seconds"] / found["people"] * 1e6
                print(f"{people:>8,} people, {provinces} provinces, {name}: {found['seconds']:.2f} s, "
                      f"{each:.0f} us per person, peak {found['peak_mib']:.0f} MiB", flush=True)  # fmt: skip
        other = _run("pandas", folder)
        print(f"pandas.read_excel with openpyxl, the same files, read only: {other['seconds']:.2f} s, "
              f"peak {other['peak_mib']:.0f} MiB; ratio {other['seconds'] / own['seconds']:.1f} in one process, "
              f"{other['seconds'] / all_cores['seconds']:.1f} on {os.cpu_count()} cores")  # fmt: skip


if __name__ == "__main__":
    main()
