"""Time and memory of simulating a province, by number of participants, as ratios to the smallest size.

Run: python benchmarks/simulation.py [participants ...]; each size runs in a process of its own. The numeric
core alone ("arrays") is what coverage checks use; "files" is the whole raw folder with full mess.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.simulation.defaults import draw_parameters
from analysis.simulation.model import draw_study
from analysis.simulation.parameters import PEOPLE_PER_VILLAGE, Size
from analysis.simulation.simulate import simulate

SIZES = (1_000, 10_000, 134_000)
_KIB_PER_MIB = 1024
_SEED = 1


def measure(participants: int) -> tuple[float, float, float]:
    """Return seconds for the arrays, seconds for the files, and peak memory in MiB of this process."""
    villages = participants // PEOPLE_PER_VILLAGE
    start = time.perf_counter()
    draw_study(draw_parameters(Size(villages=villages), _SEED), _SEED)
    arrays = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        simulate(1, villages, _SEED, Path(folder))
        files = time.perf_counter() - start
    return arrays, files, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB


def main(sizes: list[int]) -> None:
    """Print one line per size; the last column compares the cost per participant with the first size."""
    print(f"{'participants':>12} {'arrays s':>9} {'files s':>8} {'peak MiB':>9} {'ms each':>8} {'ratio':>6}")
    first = None
    for size in sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        arrays, files, peak = (float(number) for number in printed.split())
        each = 1000 * files / size
        first = first or each
        print(f"{size:>12,} {arrays:>9.3f} {files:>8.1f} {peak:>9.0f} {each:>8.3f} {each / first:>6.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(*measure(int(sys.argv[2])))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
