"""All kinds of raw tables, and which kind a sheet is."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.cleaning.cells.shapes import counted
from analysis.cleaning.people import participants
from analysis.cleaning.printed import (
    attendance_counts,
    evaluation_means,
    followup_counts,
    invited_counts,
    score_means,
)
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import cell_problem, problem
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.headers import Header
from analysis.cleaning.tables.kinds import Context, Found, TableKind
from analysis.cleaning.tables.lexicon import lexicon_of
from analysis.errors import suggestion

KINDS: tuple[TableKind, ...] = (
    evaluation_means.KIND,
    score_means.KIND,
    followup_counts.KIND,
    invited_counts.KIND,
    attendance_counts.KIND,
    participants.KIND,
)


@dataclass(frozen=True, slots=True)
class Recognition:
    """The kind of a sheet and its header, or the problems for which it is not read."""

    kind: TableKind | None
    found: Found | None
    problems: tuple[Problem, ...] = ()


def recognise(sheet: Sheet, context: Context, kinds: tuple[TableKind, ...] = KINDS) -> Recognition:
    """Return what kind of table a sheet is.

    ``[files]`` of ``province.toml`` decides where it names the file; else the header decides: a header that
    is whole before one with a column missing or twice, then the one that knows most of the columns.
    """
    named = context.province.setting_of(sheet.file, sheet.name).table
    if named is not None:
        kinds = tuple(kind for kind in kinds if named == kind.name or named in kind.aliases)
        if not kinds:
            names = [name for kind in KINDS for name in (kind.name, *sorted(kind.aliases))]
            told = problem("file_kind_unknown", sheet.file, value=f"{named}{suggestion(named, names)}")
            return Recognition(None, None, (told,))
    candidates = [(kind, header) for kind in kinds if (header := kind.recognise(sheet, context)) is not None]
    whole = [(kind, header) for kind, header in candidates if header.is_whole]
    best = _best(whole or candidates)
    if not best:
        explained = tuple(told for kind in kinds for told in kind.explain(sheet, context))
        return Recognition(None, None, explained or (_unrecognised(sheet, named, context),))
    if len(best) > 1:
        tied = " / ".join(kind.name for kind, _ in best)
        return Recognition(None, None, (cell_problem("file_ambiguous", sheet, None, None, value=tied),))
    kind, header = best[0]
    if header.is_whole:
        return Recognition(kind, Found(sheet, header))
    return Recognition(kind, None, _faults(sheet, kind, header))


def _best(candidates: list[tuple[TableKind, Header]]) -> list[tuple[TableKind, Header]]:
    """Return the candidates that lack least and know most columns (several where they tie)."""
    ranks = [(len(header.missing), -len(header.columns), len(header.unknown)) for _, header in candidates]
    return [candidate for candidate, rank in zip(candidates, ranks, strict=True) if rank == min(ranks)]


def _unrecognised(sheet: Sheet, named: str | None, context: Context) -> Problem:
    """Return the problem of a sheet that no kind knows.

    Its value tells how many columns the fullest early row has, and which of them have a known header: the others
    may be a row of people.
    """
    lexicon = lexicon_of(context)
    rows = [[cell_text(cell) for cell in row if cell_text(cell)] for row in sheet.rows[:20]]
    widest = max(rows, key=len, default=[])
    known = " | ".join(cell for cell in widest if lexicon.known(cell))
    parts = [f"[files]: {named}" if named else "", counted(len(widest), "column"), known]
    return cell_problem("file_unrecognised", sheet, None, None, value="; ".join(filter(None, parts)))


def _faults(sheet: Sheet, kind: TableKind, header: Header) -> tuple[Problem, ...]:
    """Return one problem per required column that is missing and per column that stands twice."""
    return tuple(
        cell_problem(rule, sheet, header.label_row, None, name=name, value=f"{kind.name}: {name}")
        for rule, names in (("column_missing", header.missing), ("column_twice", header.twice))
        for name in names
    )
