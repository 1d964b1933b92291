"""What a run costs: a shell loop of papermill and nbconvert against ``dampak run``, measured in one go.

    python benchmarks/pipeline.py                                            everything: half an hour
    python benchmarks/pipeline.py --kinds averages --provinces 8 --people    one table, a few minutes

(a) is timed on one province per kind and multiplied by the number of provinces; everything else is run as it is.
Times are medians of the repetitions; more than eight provinces are measured once.
Both sides execute the same notebooks and write HTML; memory is the proportional set size of the whole process tree.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from analysis.notebook.kinds import FOR_A_PROVINCE, DataKind, is_for
from analysis.pipeline.run import default_workers

ROOT = Path(__file__).resolve().parents[1]
AVERAGES_SOURCE = ROOT / "data" / "raw" / "lampung"
PEOPLE_PER_VILLAGE = 4
FEWEST_VILLAGES = 17  # of a simulated province: three batches of whole classes
SEED = 20230
MOST_PROVINCES_REPEATED = 8
# What the provinces of each kind have: a run takes the notebooks for it, and so does the loop.
DATA_OF = {"averages": {DataKind.PRINTED_MEANS}, "participants": {DataKind.RESPONSES, DataKind.SCORES}}


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, and the largest memory of the process tree."""

    seconds: float
    peak_bytes: int


class PeakMemory:
    """Samples the memory of this process and all its descendants until it is stopped."""

    def __init__(self) -> None:
        self.peak_bytes = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._end.wait(0.5):
            total = 0
            for process in own.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    memory = process.memory_full_info()
                    total += getattr(memory, "pss", memory.rss)
            self.peak_bytes = max(self.peak_bytes, total)


def measure(work: Callable[[], None]) -> Measured:
    """Return what a piece of work costs."""
    with PeakMemory() as memory:
        started = time.perf_counter()
        work()
        seconds = time.perf_counter() - started
    return Measured(seconds, memory.peak_bytes)


def environment() -> dict[str, str]:
    """Return the environment in which this checkout's package is found."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def call(*command: str, folder: Path) -> None:
    """Run a program quietly; its output is shown when it fails."""
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")


def province_notebooks(kind: str) -> list[Path]:
    """Return the notebooks that run once per province of this kind."""
    shipped = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if path.stem in FOR_A_PROVINCE]
    return [path for path in shipped if is_for(path.stem, DATA_OF[kind])]


def shell_loop(project: Path, kind: str, province: str) -> None:
    """(a): papermill, then nbconvert, one notebook after the other, as a researcher's shell script would."""
    folder = project / "loop"
    folder.mkdir(exist_ok=True)
    for notebook in province_notebooks(kind):
        output = folder / notebook.name
        parameters = {"province": province, "data_dir": str(project / "data"), "reports_dir": str(project / "loop")}
        options = [part for name, value in parameters.items() for part in ("-p", name, value)]
        call(sys.executable, "-m", "papermill", str(notebook), str(output), *options, folder=project)
        call(sys.executable, "-m", "nbconvert", "--to", "html", str(output), folder=project)


def plain_process(project: Path, kind: str, provinces: Sequence[str]) -> None:
    """(e): the code of the same notebooks for all provinces in one plain Python process without kernels."""
    program = """
import json, sys
from pathlib import Path
provinces, data, reports, *notebooks = sys.argv[1:]
import matplotlib; matplotlib.use("agg")
for province in provinces.split(","):
    for path in notebooks:
        names = {}
        for cell in json.loads(Path(path).read_text())["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names.update(province=province, data_dir=data, reports_dir=reports)
"""
    paths = [project / "data", project / "plain", *province_notebooks(kind)]
    arguments = [",".join(provinces), *map(str, paths)]
    call(sys.executable, "-c", program, *arguments, folder=project)


def plain_processes(project: Path, kind: str, provinces: Sequence[str], processes: int) -> None:
    """The same, shared out over several such processes side by side."""
    shares = [provinces[start::processes] for start in range(min(processes, len(provinces)))]
    with ThreadPoolExecutor(processes) as threads:
        list(threads.map(lambda share: plain_process(project, kind, share), shares))


def dampak_run(project: Path, formats: str, *options: str) -> None:
    """(b), (c), (d): the command."""
    folders = ("--data", str(project / "data"), "--reports", str(project / "reports"))
    call(sys.executable, "-m", "analysis", "run", *folders, "--formats", formats, *options, folder=project)


@contextlib.contextmanager
def project_of(kind: str, provinces: int, people: int) -> Iterator[Path]:
    """Provide a project with this many provinces of a kind; it vanishes afterwards."""
    with tempfile.TemporaryDirectory(prefix="dampak-benchmark-") as name:
        project = Path(name)
        raw = project / "data" / "raw"
        raw.mkdir(parents=True)
        if kind == "averages":
            for number in range(1, provinces + 1):
                shutil.copytree(AVERAGES_SOURCE, raw / f"contoh-{number}")
        else:
            villages = max(1, round(people / provinces / PEOPLE_PER_VILLAGE))
            options = ("--provinces", str(provinces), "--villages", str(villages), "--seed", str(SEED), str(raw))
            call(sys.executable, "-m", "analysis", "simulate", *options, folder=project)
        yield project


def change_one_cell(project: Path) -> None:
    """Change the last digit in one raw text file of one province."""
    path = next(iter(sorted((project / "data" / "raw" / "contoh-1").glob("*.csv"))))
    content = path.read_bytes()
    place = max(content.rfind(str(digit).encode()) for digit in range(10))
    changed = b"2" if content[place : place + 1] == b"1" else b"1"
    path.write_bytes(content[:place] + changed + content[place + 1 :])


def forget(project: Path) -> None:
    """Remove what a run wrote."""
    for folder in ("reports", "data/processed"):
        shutil.rmtree(project / folder, ignore_errors=True)


def one_size(kind: str, provinces: int, people: int, options: argparse.Namespace) -> dict[str, Measured]:
    """Return what (b), (c) and (d) cost for one size, each the median of the repetitions."""
    with project_of(kind, provinces, people) as project:

        def cold() -> None:
            forget(project)
            dampak_run(project, options.formats)

        def unchanged() -> None:
            dampak_run(project, options.formats)

        def changed() -> None:
            change_one_cell(project)
            dampak_run(project, options.formats)

        repetitions = options.repetitions if provinces <= MOST_PROVINCES_REPEATED else 1
        return {
            name: median(work, repetitions)
            for name, work in (("cold", cold), ("unchanged", unchanged), ("changed", changed))
        }


def median(work: Callable[[], None], repetitions: int) -> Measured:
    """Return the median time and the largest memory of several repetitions."""
    measured = [measure(work) for _ in range(repetitions)]
    return Measured(statistics.median(each.seconds for each in measured), max(each.peak_bytes for each in measured))


def loop_of_one(kind: str, people: int, repetitions: int) -> Measured:
    """Return what (a) costs for one province."""
    with project_of(kind, 1, people) as project:
        return median(lambda: shell_loop(project, kind, "contoh-1"), repetitions)


def overhead(kind: str, provinces: int, workers: int, options: argparse.Namespace) -> str:
    """Return what a notebook costs beyond its own computing: a run without documents against (e), both cold.

    Each worker is compared with one plain process; as many run side by side in both, for cores slow each other.
    """
    with project_of(kind, provinces, provinces * options.people_per_province) as project:

        def run() -> None:
            forget(project)
            dampak_run(project, "", "--workers", str(workers))

        def plain() -> None:
            forget(project)
            plain_processes(project, kind, [f"contoh-{number}" for number in range(1, provinces + 1)], workers)

        whole, own = median(run, options.repetitions), median(plain, options.repetitions)
    notebooks = provinces * len(province_notebooks(kind))
    each = (whole.seconds - own.seconds) * workers / notebooks
    return (
        f"(e) the cells of {notebooks} notebooks, plain processes side by side: {workers}: {own.seconds:.1f} s; "
        f"dampak run without documents, as many workers: {whole.seconds:.1f} s; {each:.2f} s per notebook beyond (e)"
    )


def table(kind: str, options: argparse.Namespace) -> None:
    """Print the table of one kind of provinces."""
    loop = loop_of_one(kind, options.people_per_province, options.repetitions)
    notebooks = len(province_notebooks(kind))
    print(f"\n{kind}: (a) {loop.seconds:.1f} s for one province of {notebooks} notebooks, times the provinces")
    print(
        f"{'provinces':>9} {'(a) loop':>9} {'(b) cold':>9} {'a/b':>6} {'(c) same':>9} {'a/c':>7} "
        f"{'(d) cell':>9} {'GiB':>5}"
    )
    for provinces in options.provinces:
        found = one_size(kind, provinces, provinces * options.people_per_province, options)
        all_loops = loop.seconds * provinces
        cold, same, cell = (found[name].seconds for name in ("cold", "unchanged", "changed"))
        peak = max(each.peak_bytes for each in found.values()) / 2**30
        print(
            f"{provinces:>9} {all_loops:>9.1f} {cold:>9.1f} {all_loops / cold:>6.1f} {same:>9.2f} "
            f"{all_loops / same:>7.0f} {cell:>9.1f} {peak:>5.2f}",
            flush=True,
        )
    for workers in dict.fromkeys((1, default_workers())):
        print(overhead(kind, min(MOST_PROVINCES_REPEATED, options.provinces[-1]), workers, options), flush=True)


def by_people(options: argparse.Namespace) -> None:
    """Print the cost by number of participants, in as many provinces as the nation has, or as so few people fill."""
    print("\nparticipants of the nation")
    print(f"{'people':>9} {'provinces':>9} {'(b) cold':>9} {'(c) same':>9} {'(d) cell':>9} {'GiB':>5}")
    for people in options.people:
        provinces = min(options.provinces[-1], people // (FEWEST_VILLAGES * PEOPLE_PER_VILLAGE))
        found = one_size("participants", provinces, people, options)
        peak = max(each.peak_bytes for each in found.values()) / 2**30
        seconds = [found[name].seconds for name in ("cold", "unchanged", "changed")]
        print(
            f"{people:>9} {provinces:>9} {seconds[0]:>9.1f} {seconds[1]:>9.2f} {seconds[2]:>9.1f} {peak:>5.2f}",
            flush=True,
        )


def parsed() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--kinds", nargs="*", default=["averages", "participants"], choices=["averages", "participants"]
    )
    parser.add_argument("--provinces", nargs="+", type=int, default=[1, 4, 8, 16, 38])
    parser.add_argument("--people", nargs="*", type=int, default=[1_000, 10_000, 134_000])
    parser.add_argument("--people-per-province", type=int, default=288)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--formats", default="html", help='documents of dampak run; "" for none')
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = parsed()
    memory = psutil.virtual_memory().total / 2**30
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, {memory:.0f} GiB")
    for kind in options.kinds:
        table(kind, options)
    if options.people:
        by_people(options)


if __name__ == "__main__":
    main()
