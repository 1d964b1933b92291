"""Whatever one province's notebook does, the others are finished and the summary says what happened."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest

from analysis.pipeline.kernels.kernels import KernelKind
from tests.pipeline.projects import Project, make_project, run_project, states

FAULTS = {
    "galat": "raise ValueError('nilai salah')",
    "keluar": "import sys; sys.exit(0)",
    "mati": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "memori": "block = bytearray(64 * 2**30)",
    "putaran": "while True: pass",
}
MEMORY_LIMIT_BYTES = 8 * 2**30

EXPECTED = {
    "galat": "ValueError: nilai salah",
    "keluar": "the notebook ended before its last cell",
    "mati": "the kernel died",
    "memori": "MemoryError",
    "putaran": "the time limit of {limit:g} s for one notebook passed",
}


def faulty_project(root: Path) -> Project:
    project = make_project(root, dict.fromkeys((*FAULTS, "baik"), 1.0), ())
    cases = "\n".join(f"if province == '{name}':\n{textwrap.indent(code, '    ')}" for name, code in FAULTS.items())
    project.write_notebook("02_batches", middle=cases)
    return project


@pytest.mark.parametrize(
    ("kernels", "limit"),
    [(KernelKind.WARM, 8.0), pytest.param(KernelKind.ORDINARY, 30.0, marks=pytest.mark.soak)],
)
def test_faulty_provinces_fail_alone(tmp_path: Path, kernels: KernelKind, limit: float) -> None:
    if kernels is KernelKind.WARM and not sys.platform.startswith("linux"):
        pytest.skip("warm kernels need Linux")
    project = faulty_project(tmp_path)

    summary, printed = run_project(
        project, kernels=kernels, time_limit_seconds=limit, memory_limit_bytes=MEMORY_LIMIT_BYTES, workers=3
    )

    assert states(summary) == dict.fromkeys(FAULTS, "failed") | {"baik": "done"}
    for each in summary.provinces:
        if each.province == "baik":
            continue
        (failure,) = each.failures
        assert failure.error.startswith(EXPECTED[each.province].format(limit=limit)), each
        assert not (project.folders.reports / each.province / "results.parquet").exists()
        assert failure.kept is not None
        assert failure.kept.is_file()
        if each.province != "keluar":
            assert failure.cell == 5  # parameters, injected parameters, begin, result, this one
        assert f"{failure.job} FAILED" in printed


def test_notebook_edited_during_the_run_counts_for_the_next_one(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"satu": 1.0}, ())
    for title in ("01_clean", "02_batches"):
        project.write_notebook(title)
    path = project.notebooks / "02_batches.ipynb"
    edit = f"from pathlib import Path\np = Path({str(path)!r})\n"
    edit += "p.write_text(p.read_text().replace('seed = 1', 'seed = 2'))"
    project.write_notebook("01_clean", middle=edit)

    first, _ = run_project(project)
    executed = (project.folders.reports / "satu" / "notebooks" / "id" / "02_batches.ipynb").read_text()
    assert states(first)["satu"] == "done"
    assert "seed = 1" in executed

    second, _ = run_project(project)
    assert second.provinces[0].ran == ["satu/id/02_batches", "satu/results"]
    executed = (project.folders.reports / "satu" / "notebooks" / "id" / "02_batches.ipynb").read_text()
    assert "seed = 2" in executed
