"""What a run did, for a person and for a program: per province what ran, what failed and where."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


class State(StrEnum):
    """How a province came out of a run."""

    DONE = "done"
    UNCHANGED = "unchanged"
    INCOMPLETE = "incomplete"  # its reports lack parts that failed
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One job that failed: its name, the number of the cell, the first line of the error, the kept notebook."""

    job: str
    error: str
    cell: int | None = None
    kept: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPart:
    """A part of a report that failed: what it is, its name, the language, the kind of error and where it arose."""

    part: str
    name: str
    language: str
    error: str
    place: str

    def in_words(self) -> str:
        """Return the part with its error, for the summary."""
        return f"the {self.part} {self.name} ({self.language}) could not be made: {self.error}, {self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceSummary:
    """One province in a run; ``former_report`` is where its report lies when it failed.

    ``lost_parts`` are parts of its report that failed, ``notes`` what else its reader should know.

    ``left_out`` names the notebooks that did not run, each with the kind of data that it needs and the province lacks.
    """

    province: str
    state: State
    ran: Sequence[str] = ()
    unchanged: Sequence[str] = ()
    failures: Sequence[Failure] = ()
    seconds: float = 0.0
    former_report: Path | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)
    lost_parts: Sequence[LostPart] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A whole run; ``late`` and ``missing`` come from ``sasaran.csv``."""

    provinces: Sequence[ProvinceSummary]
    seconds: float
    was_stopped: bool = False
    late: Sequence[str] = ()
    missing: Sequence[str] = ()
    index: Path | None = None
    edition: Path | None = None
    notes: Sequence[str] = field(default=())

    @property
    def exit_code(self) -> int:
        """Return 0 when all is well, 1 when something failed, 130 when the run was stopped (as shells do)."""
        if self.was_stopped:
            return 130
        return 1 if any(each.state is State.FAILED or each.lost_parts for each in self.provinces) else 0

    def as_json(self) -> dict[str, Any]:
        """Return the summary as plain data."""
        return {**_plain(asdict(self)), "exit_code": self.exit_code}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


# More provinces than this are counted, not listed.
_LISTED_PROVINCES = 8

_STYLES = {
    State.DONE: "green",
    State.UNCHANGED: "dim",
    State.INCOMPLETE: "bold red",
    State.FAILED: "bold red",
    State.STOPPED: "yellow",
}


def print_summary(summary: RunSummary, console: Console) -> None:
    """Print what was done, skipped as unchanged and failed, and where to look."""
    if console.is_terminal:
        console.print(_table(summary))
    else:
        for each in summary.provinces:
            console.print(_line(each), markup=False, highlight=False, soft_wrap=True)
    for line in _notes(summary):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def print_json(summary: RunSummary, console: Console) -> None:
    """Print the summary as JSON."""
    text = json.dumps(summary.as_json(), indent=1, ensure_ascii=False)
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _table(summary: RunSummary) -> Table:
    table = Table("province", "state", "ran", "unchanged", "failed")
    for each in summary.provinces:
        counts = (str(len(each.ran)), str(len(each.unchanged)), str(len(each.failures)))
        table.add_row(each.province, each.state.value, *counts, style=_STYLES[each.state])
    return table


def _line(each: ProvinceSummary) -> str:
    return (
        f"{each.province}: {each.state.value}; {len(each.ran)} ran, {len(each.unchanged)} unchanged, "
        f"{len(each.failures)} failed"
    )


def _left_out(summary: RunSummary) -> list[str]:
    """Return one line per notebook that some provinces do not have the data for."""
    provinces: dict[tuple[str, str], list[str]] = {}
    for each in summary.provinces:
        for title, needs in each.left_out.items():
            provinces.setdefault((title, needs), []).append(each.province)
    return [
        f"{title} did not run, as there are no {needs.replace('_', ' ')}: {_listed(names)}"
        for (title, needs), names in sorted(provinces.items())
    ]


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _LISTED_PROVINCES
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:_LISTED_PROVINCES])} and {more} more"


def _notes(summary: RunSummary) -> list[str]:
    lines: list[str] = []
    for each in summary.provinces:
        for failure in each.failures:
            cell = "" if failure.cell is None else f", cell [{failure.cell}]"
            lines.append(f"{failure.job}{cell}: {failure.error}")
            if failure.kept is not None:
                lines.append(f"    the failed notebook: {failure.kept}")
        lines += [f"{each.province}: {lost.in_words()}" for lost in each.lost_parts]
        lines += [f"{each.province}: {note}" for note in dict.fromkeys(each.notes)]
        if each.former_report is not None:
            lines.append(f"    the former report of {each.province}: {each.former_report}")
    lines += _left_out(summary)
    lines += [f"late: {name}" for name in summary.late]
    lines += [f"missing: {name}" for name in summary.missing]
    lines += summary.notes
    if summary.was_stopped:
        lines.append("stopped; the next run continues where this one ended")
    if summary.index is not None:
        lines.append(f"reports: {summary.index}")
    if summary.edition is not None:
        lines.append(f"edition: {summary.edition}")
    lines.append(f"{summary.seconds:.1f} s")
    return lines
