"""Results become words, tables and documents; every printed number is a claim that can be checked.

The names are imported when they are first used: a run in which nothing changed must not wait for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.report.documents.all import write_documents
    from analysis.report.verify.verify import verify_file, verify_folder

__all__ = ["verify_file", "verify_folder", "write_documents"]

_HOMES = {"write_documents": "documents.all", "verify_folder": "verify.verify", "verify_file": "verify.verify"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
