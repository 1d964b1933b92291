"""The problem list: one entry for every cell or row that was changed, rejected or in doubt."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from analysis.cleaning.reading.sheet import place_of

if TYPE_CHECKING:
    import pandas as pd


class Severity(StrEnum):
    """``error``: a person must correct the file; ``doubt``: a person must decide; ``note``: handled and said."""

    ERROR = "error"
    DOUBT = "doubt"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem: where it is, what was found, the rule it breaks, what was done, what to do.

    ``file`` is the path inside the province folder, ``sheet`` is None for text files, ``cell`` an address
    such as ``F17`` (row numbers count from 1 as an office program shows them; in text files too, None for
    a whole file). ``value`` is the text as found; in personal columns its shape only
    (:func:`analysis.cleaning.cells.shapes.shape`). ``rule`` is a code that the catalogues translate;
    ``done`` and ``remedy`` are message keys in plain English.
    """

    severity: Severity
    file: str
    sheet: str | None = None
    cell: str | None = None
    column: str | None = None
    value: str | None = None
    rule: str
    done: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """What breaking a rule means: ``severity``, what was ``done``, the ``remedy``; texts are keys in plain English."""

    severity: Severity
    done: str
    remedy: str


ERROR, DOUBT, NOTE = Severity.ERROR, Severity.DOUBT, Severity.NOTE

COLUMNS = tuple(field.name for field in fields(Problem))


def problems_frame(problems: list[Problem]) -> pd.DataFrame:
    """Return problems as a table of strings, one row each, as a person goes through the files.

    Sorted by file, sheet, row and column; what is about a whole file or sheet stands first.
    """
    import pandas as pd  # a run that finds nothing changed reads decisions, and needs no tables for it

    ordered = sorted(problems, key=_place)
    rows = [{name: getattr(problem, name) or None for name in COLUMNS} for problem in ordered]  # as it reads back
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="string")


def _place(problem: Problem) -> tuple[str, str, int, int]:
    try:
        row, column = place_of(problem.cell or "")
    except ValueError:  # about a whole file or sheet, or at what a person typed for an address
        row, column = -1, -1
    return (problem.file, problem.sheet or "", row, column)
