"""Data that a study does not have: a notebook says so once for each kind, and then leaves its cells empty."""

from __future__ import annotations

import pandas as pd

from analysis.stats.codes import Reason, Status

# Questions that need a kind of data of their own, by the beginning of their name, the longest first; the kind's name
# is its message in the catalogue. Other questions show their reason each time.
_KINDS = {
    "learning.confrontation": "absent: scores and printed means",
    "reaction.confrontation": "absent: responses and printed means",
    "learning.": "absent: scores",
    "reaction.": "absent: responses",
    "published.change": "absent: printed means of the tests",
    "published.": "absent: printed means",
}
# What said it, by kind: when its cell runs again, it says it again.
_speakers: dict[str, str] = {}


def forget() -> None:
    """Begin anew, as with another province."""
    _speakers.clear()


def is_unanswered(results: pd.DataFrame) -> bool:
    """Return whether an outcome is the single row that says why a study cannot answer."""
    return len(results) == 1 and results["status"].iloc[0] == Status.NOT_ESTIMABLE


def kind_of(analysis: str, reason: str) -> str | None:
    """Return the message about the data that this question misses, None where it misses something else."""
    if reason != Reason.NO_SUCH_DATA:
        return None
    return next((kind for start, kind in _KINDS.items() if analysis.startswith(start)), None)


def is_to_say(kind: str, thing: str) -> bool:
    """Return whether this thing is the one that says what is absent; the first one shown becomes it."""
    return _speakers.setdefault(kind, thing) == thing
