"""What the cells of a notebook call: ``begin`` a study, ``show`` a result, ``finish`` with the results kept.

The names are imported when they are first used: the command line reads folder names from this room and must
not wait for pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.notebook.display import show
    from analysis.notebook.session import Session, begin, finish

__all__ = ["Session", "begin", "finish", "show"]

_HOMES = {"Session": "session", "begin": "session", "finish": "session", "show": "display"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
