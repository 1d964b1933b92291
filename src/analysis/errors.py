"""The project's errors: each names what was wrong, where, and what to do.

``DampakError`` renders as one line in JupyterLab and in notebooks that papermill stores, since a reader
of data needs the message and not the call stack.
"""

from __future__ import annotations

import difflib


class DampakError(Exception):
    """Base of every error that a user can mend; its text is the whole message."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class StudyError(DampakError):
    """A province folder or its ``province.toml`` is missing, incomplete or contradicts itself."""


class SourceError(DampakError):
    """A raw file cannot be read, or holds what no cleaning rule may decide."""


class ParameterError(DampakError):
    """A parameter of a notebook, command or function has a value that is not allowed."""


class DesignError(DampakError):
    """The data do not have the design that an analysis needs (a missing batch, an unknown unit)."""


class PairingError(DesignError):
    """Pre and post scores cannot be paired."""


class OutputError(DampakError):
    """A result cannot be written, for example because another program holds the file open."""


class ConversionError(OutputError):
    """A program that writes a document refused its text."""


_CUTOFF = 0.6  # similarity (difflib ratio) above which a wrong key is answered with a suggestion


def suggestion(word: str, allowed: list[str]) -> str:
    """Return " (did you mean X?)" for the closest allowed word, or "" where none is close."""
    close = difflib.get_close_matches(word, allowed, n=1, cutoff=_CUTOFF)
    return f" (did you mean {close[0]!r}?)" if close else ""
