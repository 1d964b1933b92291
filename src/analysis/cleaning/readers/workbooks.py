"""Reading workbooks for the whole program: one reader process, shared by all provinces of a run."""

from __future__ import annotations

import atexit
import os
import threading
from pathlib import Path

from analysis.cleaning.readers.process import WorkbookReader
from analysis.cleaning.reading import Reading

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")

_lock = threading.Lock()
_readers: dict[int, WorkbookReader] = {}  # by process id: a forked child must not talk to its parent's reader


def read_workbook(path: Path, file: str) -> Reading:
    """Return the visible sheets of a workbook and what its scan found; see :class:`WorkbookReader`."""
    with _lock:
        reader = _readers.get(os.getpid())
        if reader is None:
            reader = _readers[os.getpid()] = WorkbookReader()
            atexit.register(close_reader)
        sheets, problems = reader.read(path, file)
    return Reading(tuple(sheets), tuple(problems))


def close_reader() -> None:
    """End this process's reader; the next workbook starts another."""
    reader = _readers.pop(os.getpid(), None)
    if reader is not None:
        reader.close()
