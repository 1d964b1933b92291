"""Raw values as text, in the way an office program would show them."""

from __future__ import annotations

import datetime as dt


def cell_text(value: object) -> str:
    """Return a cell as text with single blanks: 7.0 is "7", a date its ISO form, an empty cell ""."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return str(value)
