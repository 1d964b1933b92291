"""A run that is killed at any moment, and resumed, ends with the tables of an undisturbed one; a full disk too."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import analysis
from analysis.errors import OutputError
from tests.pipeline.projects import Project, make_project, run_project, states

TITLES = ("01_clean", "02_batches", "05_national")
PROVINCES = {"dua": 2.0, "satu": 1.0}
KILLS = 20


def command(project: Project) -> subprocess.Popen[str]:
    source = str(Path(analysis.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "analysis", "run", "--formats", "", "--workers", "2"],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
    )


def tables(project: Project) -> dict[str, bytes]:
    reports = project.folders.reports
    found = [path for pattern in ("*/results.*", "*/results/*") for path in sorted(reports.glob(pattern))]
    return {path.relative_to(reports).as_posix(): path.read_bytes() for path in found if path.is_file()}


def test_finished_jobs_of_a_killed_run_are_not_done_again(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"satu": 1.0}, ("01_clean",))
    marker = tmp_path / "begun"
    middle = (
        f"import pathlib, time\npathlib.Path('{marker}').touch()\nwhile not pathlib.Path('{tmp_path}/go').exists(): "
    )
    project.write_notebook("02_batches", middle=middle + "time.sleep(.05)")
    run = command(project)
    end = time.monotonic() + 60
    while not marker.exists():
        assert time.monotonic() < end
        assert run.poll() is None
        time.sleep(0.05)
    run.kill()
    run.wait()
    (tmp_path / "go").touch()

    summary, _ = run_project(project)

    (satu,) = summary.provinces
    assert satu.unchanged == ["satu/id/01_clean"]
    assert satu.ran == ["satu/id/02_batches", "satu/results"]


@pytest.mark.soak
def test_killed_at_random_moments_and_resumed_ends_alike(tmp_path: Path) -> None:
    undisturbed = make_project(tmp_path / "undisturbed", PROVINCES, TITLES)
    started = time.monotonic()
    assert command(undisturbed).wait() == 0
    seconds = time.monotonic() - started
    expected = tables(undisturbed)
    assert len(expected) == 11

    disturbed = make_project(tmp_path / "disturbed", PROVINCES, TITLES)
    moments = random.Random(20)
    for number in range(KILLS):
        disturbed.write_raw("satu", 1.0 + number % 2)  # something always has to run
        run = command(disturbed)
        time.sleep(moments.uniform(0.1, seconds))
        run.kill()
        run.wait()
    disturbed.write_raw("satu", 1.0)
    last = command(disturbed)
    output, _ = last.communicate(timeout=120)

    assert last.returncode == 0, output
    assert tables(disturbed) == expected
    assert not list(disturbed.folders.reports.rglob("*.part*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of four megabytes."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("this machine does not let a small file system be mounted")
    yield folder  # type: ignore[misc]
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_full_disk_fails_with_its_reason_and_leaves_nothing_half(small_disk: Path, tmp_path: Path) -> None:
    project = make_project(tmp_path, {"satu": 1.0}, ("01_clean", "02_batches"))
    (tmp_path / "reports").symlink_to(small_disk)
    project.write_notebook("02_batches", middle="print('x' * 3_000_000)")
    (small_disk / "filler").write_bytes(b"\0" * 2_000_000)

    summary, _ = run_project(project)

    assert states(summary)["satu"] == "failed"
    assert "No space left on device" in summary.provinces[0].failures[0].error
    assert not (project.folders.reports / "satu" / "notebooks" / "id" / "02_batches.ipynb").exists()

    (small_disk / "filler").unlink()
    summary, _ = run_project(project)
    assert states(summary)["satu"] == "done"


def test_disk_without_any_room_is_said_to_be_full(small_disk: Path, tmp_path: Path) -> None:
    project = make_project(tmp_path, {"satu": 1.0}, ("01_clean",))
    (tmp_path / "reports").symlink_to(small_disk)
    fill = f"""\
    try:
        with open({str(small_disk / "filler")!r}, "wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
    except OSError:
        pass"""
    project.write_notebook("01_clean", middle=textwrap.dedent(fill))

    with pytest.raises(OutputError, match=r"No space left on device.*the next run continues"):
        run_project(project)

    (small_disk / "filler").unlink()
    project.write_notebook("01_clean")
    summary, _ = run_project(project)
    assert states(summary)["satu"] == "done"
