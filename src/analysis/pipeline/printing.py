"""The summary of a run on the screen: a table for a person, JSON for a program."""

from __future__ import annotations

import json

from rich.console import Console
from rich.table import Table

from analysis.pipeline.summary import ProvinceSummary, RunSummary, State

_STYLES = {State.DONE: "green", State.UNCHANGED: "dim", State.FAILED: "bold red", State.STOPPED: "yellow"}


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


def _notes(summary: RunSummary) -> list[str]:
    lines: list[str] = []
    for each in summary.provinces:
        for failure in each.failures:
            cell = "" if failure.cell is None else f", cell [{failure.cell}]"
            lines.append(f"{failure.job}{cell}: {failure.error}")
            if failure.kept is not None:
                lines.append(f"    the failed notebook: {failure.kept}")
        if each.former_report is not None:
            lines.append(f"    the former report of {each.province}: {each.former_report}")
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
