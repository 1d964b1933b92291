"""What the cells of a notebook call: ``begin`` a study, ``show`` a result, ``finish`` with the results kept.

The names are imported when they are first used: the command line reads folder names from this room and must
not wait for pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.notebook.session import Session, begin, finish, show

__all__ = ["Session", "begin", "finish", "show"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.session"), name)
