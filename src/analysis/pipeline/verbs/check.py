"""``dampak check``: read the raw files, print every problem, run nothing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from analysis.cleaning.clean import clean_province
from analysis.cleaning.problems.decisions import extend_decisions
from analysis.cleaning.problems.problem import Severity
from analysis.errors import DampakError
from analysis.notebook.folders import Folders
from analysis.pipeline.run import chosen_provinces
from analysis.report.documents.problem_workbook import value_in_words, write_problem_workbook
from analysis.study.province import load_province
from analysis.words.catalogue import Catalogue, catalogue

# What the table of problems shows, in this order; the whole list is in problems.csv and masalah.xlsx.
_COLUMNS = ("severity", "file", "sheet", "cell", "column", "value", "rule", "done", "remedy")
_STYLES = {Severity.ERROR: "bold red", Severity.DOUBT: "yellow", Severity.NOTE: ""}


@dataclass(frozen=True, slots=True)
class Checked:
    """One province's problems; ``fault`` is why it could not be read at all."""

    province: str
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(_COLUMNS)))
    fault: str | None = None

    @property
    def is_bad(self) -> bool:
        """Return whether a person must correct something before the province can be evaluated."""
        return self.fault is not None or bool((self.problems["severity"] == Severity.ERROR).any())

    def count(self, severity: Severity) -> int:
        """Return how many problems of a severity there are."""
        return int((self.problems["severity"] == severity).sum())


def check_provinces(folders: Folders, provinces: Sequence[str]) -> list[Checked]:
    """Return the problems of each province (all under ``data/raw`` where none is named).

    Open cases are added to ``keputusan.xlsx`` of each raw folder, the list goes into ``masalah.xlsx`` of its reports.

    Raises ``StudyError`` for a named province that does not exist.
    """
    return [_check(folders, province) for province in chosen_provinces(folders, provinces)]


def _check(folders: Folders, province: str) -> Checked:
    try:
        raw = folders.raw_of(province)
        cleaned = clean_province(raw)
        extend_decisions(cleaned, raw)
        simulated = load_province(raw).simulated
        write_problem_workbook(cleaned.problems, raw, folders.reports_of(province), simulated=simulated)
        return Checked(province, cleaned.problems)
    except DampakError as error:
        return Checked(province, fault=str(error))


def check_command(folders: Folders, provinces: Sequence[str], language: str) -> int:
    """Check, print the problems in words and return the exit code: 1 where a problem of severity error is open."""
    console = Console()
    words = catalogue(language)
    checked = check_provinces(folders, provinces)
    for each in checked:
        _print(each, console, words)
    return 1 if any(each.is_bad for each in checked) else 0


def _print(checked: Checked, console: Console, words: Catalogue) -> None:
    counts = {severity: checked.count(severity) for severity in Severity}
    parts = [f"{count} {_word(severity.value, 'severity', words)}" for severity, count in counts.items()]
    console.print(f"{checked.province}: {', '.join(parts)}", markup=False, highlight=False, soft_wrap=True)
    if checked.fault is not None:
        console.print(f"  {checked.fault}", style="bold red", markup=False, highlight=False, soft_wrap=True)
    rows = [_row(record, words) for record in checked.problems.to_dict("records")]
    if console.is_terminal and rows:
        table = Table(*(_word(name, "column", words) for name in _COLUMNS))
        for severity, row in zip(checked.problems["severity"], rows, strict=True):
            table.add_row(*row, style=_STYLES[Severity(severity)])
        console.print(table)
    elif rows:
        for row in rows:
            line = "; ".join(cell for cell in row if cell)
            console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)


def _row(record: Mapping[Hashable, Any], words: Catalogue) -> list[str]:
    texts = {name: "" if pd.isna(record[name]) else str(record[name]) for name in _COLUMNS}
    texts["value"] = value_in_words(texts["value"], words)
    return [_word(text, name, words) for name, text in texts.items()]


def _word(key: str, context: str, words: Catalogue) -> str:
    """Return a code or message in the catalogue's words; file names and values stay as they are."""
    return words.text(key, context) if words.has(key, context) else key
