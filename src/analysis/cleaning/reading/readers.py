"""Which reader opens a raw file, by its ending; what a reader returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Reading:
    """The sheets of one file and what was found wrong while it was opened; no sheets where it is unreadable."""

    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()


Reader = Callable[[Path, str], Reading]  # the file's path, and its name inside the province folder


def reader_for(file: str) -> Reader | None:
    """Return the reader of a file by its ending, None where no reader knows the ending."""
    from analysis.cleaning.reading.process import WORKBOOK_ENDINGS, read_workbook
    from analysis.cleaning.reading.text import read_text

    readers: dict[str, Reader] = {
        ".csv": read_text,
        ".txt": read_text,
        ".tsv": read_text,
        **dict.fromkeys(WORKBOOK_ENDINGS, read_workbook),
    }
    return readers.get(Path(file).suffix.casefold())
