"""One reader process for many files: started once, limited in memory and time, replaced when it dies."""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.reading.findings import Finding, RawSheet, Request
from analysis.cleaning.reading.sheet import Sheet

MEMORY_LIMIT_BYTES = 1_400_000_000  # address space of the reader process
TIME_LIMIT_SECONDS = 30.0  # for one file


@dataclass(frozen=True, slots=True)
class Reading:
    """The sheets of one file and what was found wrong while it was opened; no sheets where it is unreadable."""

    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()


class WorkbookReader:
    """Reads files in a process of its own; use it in a ``with`` block.

    A file that cannot be read, or that kills the process, gives no sheets and one problem of severity error; the
    next file is read by a fresh process.
    """

    def __init__(
        self, *, memory_limit_bytes: int = MEMORY_LIMIT_BYTES, time_limit_seconds: float = TIME_LIMIT_SECONDS
    ) -> None:
        self._memory_limit_bytes = memory_limit_bytes
        self._time_limit_seconds = time_limit_seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reader process."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def read(self, path: Path, file: str) -> tuple[list[Sheet], list[Problem]]:
        """Return the visible sheets of a file and the problems that its scan found.

        ``file`` is the path inside the province folder that messages and sheets carry.
        """
        content: Any
        kind, content = self._ask(Request(os.path.abspath(path)))
        if kind == "refused":
            return [], [_problem(file, Finding(*content))]
        sheets, findings = content
        return [_sheet(path, file, RawSheet(*raw)) for raw in sheets], [
            _problem(file, Finding(*one)) for one in findings
        ]

    def formats(self, request: Request) -> dict[int, str]:
        """Return the number formats of a column; none where they cannot be read."""
        codes: Any
        kind, codes = self._ask(request)
        return codes if kind == "formats" else {}

    def _ask(self, request: Request) -> tuple[str, object]:
        process = self._running()
        timed_out = threading.Event()

        def stop() -> None:
            timed_out.set()
            process.kill()

        timer = threading.Timer(self._time_limit_seconds, stop)
        timer.start()
        try:
            with collection_paused():
                return _exchange(process, request)
        except (EOFError, BrokenPipeError, OSError):
            self.close()
            return "refused", Finding("reader_too_slow" if timed_out.is_set() else "reader_died")
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        environment = {**os.environ, "PYTHONPATH": _search_path(), "PYTHONIOENCODING": "utf-8", "RUST_BACKTRACE": "0"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "analysis.cleaning.reading.worker", str(self._memory_limit_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self._process


def _search_path() -> str:
    package_parent = str(Path(__file__).resolve().parents[3])
    return os.pathsep.join(filter(None, [package_parent, os.environ.get("PYTHONPATH", "")]))


def _exchange(process: subprocess.Popen[bytes], request: Request) -> tuple[str, object]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(pickle.dumps(tuple(request)))
    process.stdin.flush()
    header = process.stdout.read(8)
    if len(header) < 8:
        raise EOFError
    size = int.from_bytes(header, "little")
    data = process.stdout.read(size)
    if len(data) < size:
        raise EOFError
    reply: tuple[str, object] = pickle.loads(data)
    return reply


class NumberFormats:
    """Gives the number formats of a sheet, one column at a time, each read from the file once."""

    def __init__(self, path: Path, sheet: str) -> None:
        self._path = os.path.abspath(path)
        self._sheet = sheet
        self._known: dict[tuple[int, str], dict[int, str]] = {}

    def __call__(self, column: int, holding: str) -> dict[int, str]:
        """Return the codes of a column of the file by row, both from 0; ``holding`` keeps those with this text."""
        key = (column, holding)
        if key not in self._known:
            with _lock:
                self._known[key] = _reader().formats(Request(self._path, self._sheet, column, holding))
        return self._known[key]


def _sheet(path: Path, file: str, raw: RawSheet) -> Sheet:
    formats = None if raw.name is None else NumberFormats(path, raw.name)
    return Sheet(file, raw.name, raw.rows, raw.first_row, raw.first_column, raw.merged, formats)


def _problem(file: str, finding: Finding) -> Problem:
    return problem(finding.rule, file, sheet=finding.sheet, cell=finding.cell, value=finding.value)


_lock = threading.Lock()
_readers: dict[int, WorkbookReader] = {}  # by process id: a forked child must not talk to its parent's reader


def read_file(path: Path, file: str) -> Reading:
    """Return the visible sheets of a file, whatever it is, and what was found; see :class:`WorkbookReader`.

    ``file`` is the path inside the province folder.
    """
    with _lock:
        sheets, problems = _reader().read(path, file)
    return Reading(tuple(sheets), tuple(problems))


def _reader() -> WorkbookReader:
    """Return this process's reader, started by the first file."""
    reader = _readers.get(os.getpid())
    if reader is None:
        reader = _readers[os.getpid()] = WorkbookReader()
        atexit.register(close_reader)
    return reader


def close_reader() -> None:
    """End this process's reader; the next workbook starts another."""
    reader = _readers.pop(os.getpid(), None)
    if reader is not None:
        reader.close()


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the collector, which millions of new cells would trigger for nothing: a fifth of the time of cleaning."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
