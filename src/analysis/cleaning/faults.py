"""A fault of the program in the middle of raw data: told by where it happened, never by what the data held."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import DampakError, SourceError

_PACKAGE = Path(__file__).parents[1]


@contextmanager
def hiding_raw_values(study: str) -> Iterator[None]:
    """Turn an unforeseen error into a SourceError that names study, error and line.

    Messages of other libraries often quote the value that they stumbled over, and a failed notebook keeps them.
    """
    try:
        yield
    except DampakError:
        raise
    except Exception as error:
        raise SourceError(
            f"{study}: cleaning stopped at {_place(error)} ({type(error).__name__}). This is a fault of the program: "
            "report it with this line; what the error says may quote raw data and is not shown."
        ) from None


def _place(error: Exception) -> str:
    """Return the innermost place in this package that an error passed through, such as "cleaning/rows.py line 12"."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_PACKAGE)
    ]
    return f"{Path(frames[-1].filename).relative_to(_PACKAGE).as_posix()} line {frames[-1].lineno}"
