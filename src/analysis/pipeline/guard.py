"""One run at a time in a reports folder, and an orderly end when it is stopped."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout

from analysis.errors import OutputError
from analysis.pipeline.records import STATE_FOLDER


@contextlib.contextmanager
def only_run(state_folder: Path) -> Iterator[None]:
    """Hold the reports folder for this run; the lock vanishes with the process, however it ends.

    Raises
    ------
    OutputError
        If the folder cannot be written, or another run holds it; the message says which.
    """
    try:
        state_folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(state_folder / "run.lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            f"another run is at work in {state_folder.parent} ({_owner(state_folder)}). Wait for its end, or choose "
            "another folder: --reports DIR."
        ) from error
    except OSError as error:
        raise OutputError(
            f"the reports folder {state_folder.parent} cannot be written ({error.strerror or error}). Choose another "
            "folder: --reports DIR, or ask for the right to write there."
        ) from error
    try:
        _note_owner(state_folder)
        _remove_leftovers(state_folder.parent)
        yield
    finally:
        lock.release()


def _note_owner(state_folder: Path) -> None:
    content = {"process": os.getpid(), "machine": socket.gethostname()}
    (state_folder / "owner.json").write_text(json.dumps(content), encoding="utf-8")


def _owner(state_folder: Path) -> str:
    try:
        content = json.loads((state_folder / "owner.json").read_text(encoding="utf-8"))
        return f"process {content['process']} on {content['machine']}"
    except (OSError, ValueError, KeyError):
        return "it does not say which"


def _remove_leftovers(reports: Path) -> None:
    """Remove the half-written files of a run that was killed; the lock says that nobody writes them now."""
    for pattern in (
        f"{STATE_FOLDER}/*/*.part*",
        "*/.*.part",
        "*/*/.*.part",
        "*/*/.*.part.ipynb",
        "*/notebooks/*/.*.part.ipynb",
    ):
        for path in reports.glob(pattern):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` on the first Ctrl-C (or SIGTERM) and let the run end by itself; a second one ends it hard."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        for number in former:
            signal.signal(number, signal.SIG_DFL)
        stop()

    for number in former:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
