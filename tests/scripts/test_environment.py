"""The set-up of ``.venv``: only what is complete counts, and two set-ups at once make one environment."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from scripts import environment
from scripts.environment import SetupError, ensure_environment, environment_python, read_stamp, stamp_path


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A folder with a lock and a project description, not set up."""
    (tmp_path / "requirements.txt").write_text("numpy==2.4.6\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    return tmp_path


class Builder:
    """Stands in for pip: makes the interpreter's file and notes how it was called."""

    def __init__(self, seconds: float = 0.0, fails: bool = False) -> None:
        self.kept_packages: list[bool] = []
        self.seconds = seconds
        self.fails = fails

    def __call__(self, root: Path, keep_packages: bool) -> None:
        self.kept_packages.append(keep_packages)
        python = environment_python(root)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        time.sleep(self.seconds)
        if self.fails:
            raise SetupError("no connection")


def test_a_complete_environment_is_used_as_it_is(checkout):
    build = Builder()
    assert ensure_environment(checkout, build) == environment_python(checkout)
    ensure_environment(checkout, build)
    assert build.kept_packages == [False]


def test_a_half_made_environment_is_made_again(checkout):
    with pytest.raises(SetupError):
        ensure_environment(checkout, Builder(fails=True))
    assert environment_python(checkout).exists()
    assert read_stamp(checkout) is None
    build = Builder()
    ensure_environment(checkout, build)
    assert build.kept_packages == [False]


def test_a_stamp_that_was_cut_off_does_not_count(checkout):
    ensure_environment(checkout, Builder())
    stamp_path(checkout).write_text('{"requirements.txt"', "utf-8")
    assert read_stamp(checkout) is None


def test_a_new_lock_makes_a_new_environment_a_new_project_file_does_not(checkout):
    build = Builder()
    ensure_environment(checkout, build)
    (checkout / "pyproject.toml").write_text('[project]\nname = "dampak"\n', "utf-8")
    ensure_environment(checkout, build)
    (checkout / "requirements.txt").write_text("numpy==2.5.5\n", "utf-8")
    ensure_environment(checkout, build)
    assert build.kept_packages == [False, True, False]


def test_windows_line_ends_do_not_make_a_new_environment(checkout):
    build = Builder()
    ensure_environment(checkout, build)
    (checkout / "requirements.txt").write_bytes(b"numpy==2.4.6\r\n")
    ensure_environment(checkout, build)
    assert build.kept_packages == [False]


@pytest.mark.parametrize("entry", ["python", "folder"])
def test_another_python_or_a_moved_folder_makes_a_new_environment(checkout, entry):
    build = Builder()
    ensure_environment(checkout, build)
    stamp = json.loads(stamp_path(checkout).read_text("utf-8"))
    stamp_path(checkout).write_text(json.dumps({**stamp, entry: "elsewhere"}), "utf-8")
    ensure_environment(checkout, build)
    assert build.kept_packages == [False, False]


def test_two_set_ups_at_once_make_one_environment(checkout, capsys):
    build = Builder(seconds=0.3)
    threads = [threading.Thread(target=ensure_environment, args=(checkout, build)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert build.kept_packages == [False]
    assert "waiting for it" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="Windows does not hand locks on")
def test_a_program_that_outlives_a_killed_set_up_still_holds_the_lock(checkout):
    sleeper = "import time; print('writing', flush=True); time.sleep(60)"
    starter = (
        "import pathlib, sys; from scripts import environment as e; root = pathlib.Path(sys.argv[1])\n"
        "with e.setup_lock(root): e.install(root, [sys.executable, '-c', sys.argv[2]], 'the packages')"
    )
    command = [sys.executable, "-c", starter, str(checkout), sleeper]
    process = subprocess.Popen(command, cwd=Path(environment.__file__).parents[1], start_new_session=True)
    try:
        log = checkout / environment.LOG_NAME
        while not (log.exists() and log.stat().st_size):
            assert process.poll() is None
            time.sleep(0.02)
        process.kill()
        process.wait()
        with open(checkout / ".venv.lock", "a+b") as handle:
            assert not environment.try_lock(handle)
    finally:
        os.killpg(process.pid, signal.SIGKILL)


def test_a_python_without_venv_is_told_what_to_install(checkout, monkeypatch):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find_spec(name))
    with pytest.raises(SetupError, match=r"sudo apt install python3\.\d+-venv"):
        ensure_environment(checkout)


def test_a_failed_step_shows_its_last_lines_and_the_remedy(checkout):
    script = "import sys; print('Collecting numpy'); print('no route to host'); sys.exit(1)"
    with pytest.raises(SetupError, match=r"no route to host\n\nSetting up the packages failed") as caught:
        environment.install(checkout, [sys.executable, "-c", script], "the packages")
    assert "HTTPS_PROXY" in str(caught.value)
    assert "no route to host" in (checkout / environment.LOG_NAME).read_text("utf-8")


def test_programs_do_not_inherit_what_would_mislead_them(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    started_with = environment.child_environment()
    assert not {"PYTHONDONTWRITEBYTECODE", "PIP_TARGET"} & set(started_with)
    assert started_with["PATH"] == os.environ["PATH"]
