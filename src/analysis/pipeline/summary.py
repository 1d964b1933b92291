"""What a run did, for a person and for a program: per province what ran, what failed and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class State(StrEnum):
    """How a province came out of a run."""

    DONE = "done"
    UNCHANGED = "unchanged"
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
class ProvinceSummary:
    """One province in a run; ``former_report`` is where its report lies when it failed."""

    province: str
    state: State
    ran: Sequence[str] = ()
    unchanged: Sequence[str] = ()
    failures: Sequence[Failure] = ()
    seconds: float = 0.0
    former_report: Path | None = None


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
        return 1 if any(each.state is State.FAILED for each in self.provinces) else 0

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
