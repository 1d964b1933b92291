"""Sets the project up and starts it: ``python run.py help`` lists the commands.

It needs Python 3.11 or later and nothing else, on Linux, macOS and Windows; ``scripts/environment.py``
makes the environment ``.venv`` in which everything runs.
"""

import sys

OLDEST_PYTHON = (3, 11)

# Stands before everything else: the rest of the file need not run on an older Python.
if sys.version_info < OLDEST_PYTHON:
    sys.exit(
        "dampak needs Python {0}.{1} or later; this is Python {2}.{3} ({4}).\n"
        "Install a newer Python and start run.py with it, for example: python3.12 run.py\n"
        "dampak memerlukan Python {0}.{1} atau lebih baru; pasang Python baru lalu jalankan run.py dengannya.".format(
            *OLDEST_PYTHON, *sys.version_info[:2], sys.executable
        )
    )

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from scripts.environment import SetupError, child_environment, ensure_environment, environment_python, read_stamp, say

ROOT = Path(__file__).resolve().parent
NOTEBOOK_FOLDERS = ("notebooks", "tests/notebooks")
# One lock for every platform and every Python from the oldest on, with nothing in it that depends on the
# machine that wrote it.
LOCK_OPTIONS = (
    "--all-extras",
    "--universal",
    f"--python-version={OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]}",
    "--generate-hashes",
    "--no-annotate",
    "--no-config",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=python run.py lock",
    "--output-file=requirements.txt",
    "--quiet",
)


def call(*arguments: str, folder: Path = ROOT) -> int:
    """Run the environment's Python with ``arguments`` and return its exit code.

    An interrupt reaches the program from the terminal itself, and a termination is passed on; either way
    this process waits, so that the program can end in its own way.
    """
    command = [ensure_environment(ROOT), *arguments]
    running: list[subprocess.Popen[bytes]] = []
    # The handlers stand before the program starts: a termination in between is remembered, not lost.
    terminations: list[int] = []

    def hand_on(number: int, frame: object) -> None:
        terminations.append(number)
        for process in running:
            process.terminate()

    handlers = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, hand_on),
    }
    try:
        running.append(subprocess.Popen(command, cwd=folder, env=child_environment()))
        if terminations:
            running[0].terminate()
        status = running[0].wait()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    return status if status >= 0 else 128 - status


def run_pytest(*arguments: str) -> int:
    """Run pytest on all cores; all cells of one notebook stay in one process, since they share a kernel."""
    return call("-m", "pytest", "--numprocesses=auto", "--dist=loadfile", *arguments)


def run(arguments: list[str]) -> int:
    """process all provinces in data/raw and write the reports (the default)"""
    return call("-m", "analysis", "run", *arguments)


def test(arguments: list[str]) -> int:
    """check style and types, run all tests and compare all notebooks with their stored outputs"""
    checks = {
        "ruff check": ("-m", "ruff", "check"),
        "ruff format": ("-m", "ruff", "format", "--check"),
        "mypy": ("-m", "mypy"),
    }
    ensure_environment(ROOT)
    failed = []
    for name, command in checks.items():
        say(f"--- {name}")
        if call(*command):
            failed.append(name)
    say("--- pytest")
    names_paths = any((ROOT / argument.split("::")[0]).exists() for argument in arguments if argument[:1] != "-")
    targets = [] if names_paths else ["tests", *notebook_folders()]
    if run_pytest("--nbval", *targets, *arguments):
        failed.append("pytest")
    if failed:
        say(f"FAILED: {', '.join(failed)} (of {', '.join([*checks, 'pytest'])}; the output is above)")
    return 1 if failed else 0


def lab(arguments: list[str]) -> int:
    """open the notebooks in JupyterLab"""
    return call("-m", "jupyterlab", *arguments, folder=ROOT / "notebooks")


def bench(arguments: list[str]) -> int:
    """measure: every program in benchmarks/, or those named"""
    names = arguments or sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py"))
    failed = []
    for name in names:
        say(f"--- {name}")
        if call(str(ROOT / "benchmarks" / f"{name}.py")):
            failed.append(name)
    if failed or not names:
        say(f"FAILED: {', '.join(failed) or 'there is no program in benchmarks/'}")
    return 1 if failed or not names else 0


def regression(arguments: list[str]) -> int:
    """execute the notebooks and compare them with their stored outputs"""
    return run_pytest("--nbval", *(notebook_folders() or NOTEBOOK_FOLDERS[:1]), *arguments)


def regression_update(arguments: list[str]) -> int:
    """execute the notebooks and store their outputs as the new reference"""
    return call(str(ROOT / "tests" / "update_notebooks.py"), *arguments)


def fuzz(arguments: list[str]) -> int:
    """run the long searches with random input"""
    return run_pytest("tests", "-m", "fuzz", *arguments)


def soak(arguments: list[str]) -> int:
    """run the long tests that kill, fill and interrupt"""
    return run_pytest("tests", "-m", "soak", *arguments)


def lock(arguments: list[str]) -> int:
    """refresh requirements.txt from pyproject.toml (with --upgrade: newest versions)"""
    # An environment that is complete but older than pyproject.toml serves as well: only uv is needed.
    python = environment_python(ROOT) if read_stamp(ROOT) else ensure_environment(ROOT)
    command = [python, "-m", "uv", "pip", "compile", "pyproject.toml", *LOCK_OPTIONS, *arguments]
    return subprocess.run(command, cwd=ROOT, env=child_environment()).returncode


def show_help(arguments: list[str]) -> int:
    """list these commands"""
    say("python run.py COMMAND [ARGUMENT ...]     arguments go on to the program that the command starts\n")
    for name, command in COMMANDS.items():
        say(f"  {name:<18} {command.__doc__}")
    return 0


def notebook_folders() -> list[str]:
    """The folders with notebooks that this checkout has."""
    return [folder for folder in NOTEBOOK_FOLDERS if any((ROOT / folder).glob("*.ipynb"))]


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "lab": lab,
    "bench": bench,
    "regression": regression,
    "regression-update": regression_update,
    "fuzz": fuzz,
    "soak": soak,
    "lock": lock,
    "help": show_help,
}


def main(arguments: list[str]) -> int:
    """Start the command named first (none: ``run``) and return the exit code."""
    name, *rest = arguments or ["run"]
    if name in ("-h", "--help"):
        name = "help"
    if name not in COMMANDS:
        say(f"run.py does not know {name!r}.\n")
        show_help([])
        return 2
    try:
        return COMMANDS[name](rest)
    except SetupError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; the next start goes on.", file=sys.stderr, flush=True)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
