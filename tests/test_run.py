"""``run.py``: what each command starts, and what its exit code says."""

import subprocess
import sys

import pytest

import run


@pytest.fixture
def started(monkeypatch):
    """Records what would be started; a program whose arguments hold a word of ``failing`` fails."""
    calls: list[str] = []
    failing: set[str] = set()

    def call(*arguments, folder=run.ROOT):
        calls.append(" ".join(arguments))
        return int(bool(failing & set(arguments)))

    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(run, "ensure_environment", lambda root: None)
    return calls, failing


def test_test_runs_every_check_and_the_tests_last(started):
    calls, _ = started
    assert run.main(["test", "-k", "bounds"]) == 0
    assert [line.split()[1] for line in calls] == ["ruff", "ruff", "mypy", "pytest"]
    assert "--nbval tests" in calls[-1]
    assert calls[-1].endswith("-k bounds")


def test_test_takes_only_the_paths_that_are_named(started):
    calls, _ = started
    run.main(["test", "tests/test_run.py::test_bench_fails_if_one_program_fails", "-x"])
    assert calls[-1].endswith("--nbval tests/test_run.py::test_bench_fails_if_one_program_fails -x")


@pytest.mark.parametrize("program", ["--check", "mypy", "pytest"])
def test_test_goes_on_after_a_failure_and_says_so_at_the_end(started, capsys, program):
    calls, failing = started
    failing.add(program)
    assert run.main(["test"]) == 1
    assert len(calls) == 4
    assert capsys.readouterr().out.splitlines()[-1].startswith("FAILED: ")


def test_without_a_command_the_reports_are_written(started):
    calls, _ = started
    assert run.main([]) == 0
    assert calls == ["-m analysis run"]


@pytest.mark.parametrize("name", ["fuzz", "soak"])
def test_the_long_tests_are_chosen_by_their_mark(started, name):
    calls, _ = started
    run.main([name])
    assert f"tests -m {name}" in calls[0]


def test_bench_fails_if_one_program_fails(started, capsys):
    calls, failing = started
    failing.add(str(run.ROOT / "benchmarks" / "second.py"))
    assert run.main(["bench", "first", "second", "third"]) == 1
    assert len(calls) == 3
    assert capsys.readouterr().out.splitlines()[-1] == "FAILED: second"


def test_an_exit_code_is_handed_on_and_a_kill_is_told_as_shells_do(monkeypatch):
    monkeypatch.setattr(run, "ensure_environment", lambda root: sys.executable)
    assert run.call("-c", "raise SystemExit(3)") == 3
    assert run.call("-c", "import os; os.kill(os.getpid(), 9)") == 137


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("signal_name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("seconds_to_start", [0, 1])
def test_the_program_ends_in_its_own_way_when_it_is_interrupted(signal_name, seconds_to_start):
    program = (
        "import time\ntry:\n    print('ready', flush=True); time.sleep(60)\n"
        "finally:\n    print('tidied up', flush=True)"
    )
    # A test run in the background starts its programs with interrupts ignored, so both signals are set here.
    program = (
        "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n"
        f"signal.signal(signal.SIGINT, signal.default_int_handler)\n{program}"
    )
    # On a busy machine the program may be ready before its start returns here.
    starter = (
        "import run, sys, time; start = run.subprocess.Popen; run.ensure_environment = lambda root: sys.executable\n"
        f"run.subprocess.Popen = lambda *a, **k: (start(*a, **k), time.sleep({seconds_to_start}))[0]\n"
        f"sys.exit(run.call('-c', {program!r}))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", starter, program],
        cwd=run.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout.readline() == "ready\n"
    if signal_name == "SIGINT":
        subprocess.run(["kill", "-INT", "--", f"-{process.pid}"], check=True)
    else:
        process.terminate()
    rest, _ = process.communicate(timeout=20)
    assert rest == "tidied up\n"
    assert process.returncode == (130 if signal_name == "SIGINT" else 5)
