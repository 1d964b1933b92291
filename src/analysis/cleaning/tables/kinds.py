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
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.ledger import SheetAccount
from analysis.study.instrument import Instrument
from analysis.study.province import Province
from analysis.study.training import Training

if TYPE_CHECKING:
    from analysis.cleaning.problems.decisions import Case


@dataclass(frozen=True, slots=True)
class Context:
    """What a cleaner may know beside the sheets: the study's definition and its folder.

    ``questions`` maps codes that a list of questions explains ("P3") to the items that they mean.
    """

    folder: Path
    province: Province
    training: Training
    instrument: Instrument
    questions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet that was recognised, with its header; ``because`` is the evidence in words of the file."""

    sheet: Sheet
    header: Header
    because: str = ""


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
