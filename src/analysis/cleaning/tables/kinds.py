"""What a kind of raw table is: how its header is recognised and who cleans it.

A new kind of table is a :class:`TableKind` added to ``analysis.cleaning.registry.KINDS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.reading.sheet import Sheet
from analysis.errors import SourceError
from analysis.study.instrument import Instrument
from analysis.study.province import Province
from analysis.study.training import Training

if TYPE_CHECKING:
    from analysis.cleaning.problems.decisions import Case


@dataclass(frozen=True, slots=True)
class Context:
    """What a cleaner may know beside the sheets: the study's definition and its folder."""

    folder: Path
    province: Province
    training: Training
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header stands: the row inside ``sheet.rows`` and the column of each canonical name.

    ``missing`` and ``twice`` name required columns that are absent and columns that stand twice; a table
    with either is not read. ``unknown`` are the columns that the kind does not know.
    """

    row: int
    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether the table can be read."""
        return not (self.missing or self.twice)


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet that was recognised, with its header."""

    sheet: Sheet
    header: Header


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """What became of the rows of one sheet: rows in = rows kept + rows dropped, by reason."""

    file: str
    sheet: str | None
    read_as: str
    rows_in: int = 0
    rows_kept: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_kept + sum(self.dropped.values()):
            raise SourceError(
                f"{self.file}: {self.rows_in} rows were read, but {self.rows_kept} kept and "
                f"{dict(self.dropped)} dropped: a row was lost. This is a fault of the program: report it."
            )


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What a cleaner returns: processed tables by name, problems, an account per sheet, cases to be decided."""

    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    accounts: tuple[SheetAccount, ...]
    cases: tuple[Case, ...] = ()


def _nothing(_sheet: Sheet, _context: Context) -> tuple[Problem, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class TableKind:
    """One kind of raw table.

    ``recognise`` returns the header of a sheet that looks like this kind (also with a column missing, named
    in ``Header.missing``), else None. ``clean`` receives all sheets of the kind together, all with whole
    headers, and may also be called with none. ``tables`` names the processed tables that it makes; ``aliases``
    are further words by which ``[files]`` of province.toml may call the kind, ``meanings`` those that
    ``[columns]`` may give to a header. ``explain`` says more than "not recognised" about a sheet of no kind.
    """

    name: str
    tables: tuple[str, ...]
    recognise: Callable[[Sheet, Context], Header | None]
    clean: Callable[[Sequence[Found], Context], Cleaning]
    aliases: frozenset[str] = frozenset()
    meanings: frozenset[str] = frozenset()
    explain: Callable[[Sheet, Context], tuple[Problem, ...]] = _nothing
