"""What runs in a process forked from the server: a kernel, or one step of the pipeline."""

from __future__ import annotations

import os
import pickle
import random
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.pipeline.kernels.preload import die_with_parent


def become_own_group() -> None:
    """Leave the run's process group (Ctrl-C is the run's to handle) and follow the server's end."""
    os.setpgid(0, 0)
    die_with_parent()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _reseed() -> None:
    """Give the process its own random state: forks of one server would all draw the same numbers."""
    random.seed()
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed()


def run_kernel(arguments: Sequence[str], environment: Mapping[str, str], directory: str) -> None:
    """Be an ipykernel; ``arguments`` are those of ``python -m ipykernel_launcher``."""
    from ipykernel.kernelapp import IPKernelApp

    become_own_group()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    _reseed()
    sys.argv = ["ipykernel_launcher", *arguments]
    application: Any = IPKernelApp.instance()
    # The parent's process id, so that no note about Ctrl-C is printed.
    application.parent_handle = os.getppid()
    application.initialize(list(arguments))
    application.start()


def run_step(step: Callable[[], None], error_file: str) -> None:
    """Run one step of the pipeline; its error, if any, is left as text in ``error_file``."""
    become_own_group()
    if "matplotlib" in sys.modules:  # it was imported for notebooks; documents are drawn without them
        sys.modules["matplotlib"].use("agg")
    _run_and_note(step, error_file)


def _run_and_note(step: Callable[[], None], error_file: str) -> None:
    try:
        step()
    except Exception as error:
        Path(error_file).write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
        sys.exit(1)


def main() -> None:
    """Run the step pickled in the file named by the first argument (``python -m analysis.pipeline.kernels.child``)."""
    step_file, error_file = sys.argv[1:]
    step = pickle.loads(Path(step_file).read_bytes())
    _run_and_note(step, error_file)


if __name__ == "__main__":
    main()
