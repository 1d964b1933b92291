"""The language of what a notebook shows: set once by ``begin``, used by every cell after it."""

from __future__ import annotations

_language = ["id"]


def use_language(language: str) -> None:
    """Show everything in this language from now on."""
    _language[0] = language


def current_language() -> str:
    """Return the language that ``begin`` chose; Bahasa Indonesia before that."""
    return _language[0]
