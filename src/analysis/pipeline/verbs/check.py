"""``dampak check``: read the raw files, say what each was read as, print the problems by kind, run nothing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from analysis.cleaning.clean import EXPLANATION, UNFILLED, clean_province
from analysis.cleaning.problems.decisions import extend_decisions
from analysis.cleaning.problems.entries import KEY, problem_entries
from analysis.cleaning.problems.problem import Severity
from analysis.cleaning.reading.files import DECISIONS_FILE
from analysis.cleaning.tables.ledger import SheetAccount
from analysis.errors import DampakError
from analysis.notebook.folders import Folders
from analysis.pipeline.run import chosen_provinces
from analysis.report.content.accounts import account_lines
from analysis.report.documents.problem_workbook import value_in_words, write_problem_workbook
from analysis.study.province import load_province
from analysis.words.catalogue import Catalogue, catalogue

_COLUMNS = ("severity", "file", "sheet", "cell", "column", "value", "rule", "done", "remedy")
_STYLES = {Severity.ERROR: "bold red", Severity.DOUBT: "yellow", Severity.NOTE: ""}
MOST_LINES = 36  # of one province: what its files are, then its problems; all problems stand in masalah.xlsx
MOST_TABLES = 26
CONTEXT = "check"


@dataclass(frozen=True, slots=True)
class Checked:
    """One province's problems and what its files were read as; ``fault`` is why it could not be read at all.

    ``places`` are the workbooks in which a person goes on: the problem list, and the open decisions if there are any.
    """

    province: str
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(_COLUMNS)))
    accounts: tuple[SheetAccount, ...] = ()
    places: tuple[Path, ...] = ()
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
        listed = write_problem_workbook(cleaned.problems, raw, folders.reports_of(province), simulated=simulated)
        decisions = raw / DECISIONS_FILE
        places = (listed, decisions) if decisions.is_file() else (listed,)
        return Checked(province, cleaned.problems, cleaned.account, places)
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
    _say(console, f"{checked.province}: {', '.join(parts)}")
    if checked.fault is not None:
        _say(console, f"  {checked.fault}", "bold red")
        return
    read = [account for account in checked.accounts if account.read_as not in (UNFILLED, EXPLANATION)]
    lines = account_lines(read, words)
    for line in lines[:MOST_TABLES]:
        _say(console, f"  {line}")
    _say_more(console, "and {count} more tables", len(lines) - MOST_TABLES, words)
    if not any(account.rows_kept for account in checked.accounts):
        key = "nothing filled in yet" if _is_untouched(checked) else "nothing was read"
        _say(console, f"  {words.text(key, CONTEXT)}")
    entries = problem_entries(checked.problems)
    most = MOST_LINES - min(len(lines), MOST_TABLES)
    for record in entries.head(most).to_dict("records"):
        _say(console, f"  {_entry(record, words)}", _STYLES[Severity(record["severity"])])
    _say_more(console, "and {count} more kinds of problems", len(entries) - most, words)
    for place in checked.places:
        key = "{path}: the whole list" if place.name != DECISIONS_FILE else "{path}: what is to be decided"
        _say(console, f"  {words.filled(key, {'path': str(place)}, CONTEXT)}")


def _say_more(console: Console, key: str, count: int, words: Catalogue) -> None:
    if count > 0:
        _say(console, f"  {words.filled(key, {'count': str(count)}, CONTEXT)}")


def _is_untouched(checked: Checked) -> bool:
    """Tell whether a province holds templates only that nobody has filled in."""
    return any(account.read_as == UNFILLED for account in checked.accounts)


def _say(console: Console, text: str, style: str = "") -> None:
    console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def _entry(record: Mapping[Hashable, Any], words: Catalogue) -> str:
    """Return one entry of the problem list as a line: where, how often, what, what was done and what to do."""
    texts = {name: "" if pd.isna(record[name]) else str(record[name]) for name in (*KEY, "cells", "value")}
    count = "" if record["count"] == 1 else f"{record['count']}x"
    told = [_word(texts[name], name, words) for name in ("severity", "file", "sheet", "column")]
    said = [_word(texts[name], name, words) for name in ("rule", "done", "remedy")]
    value = value_in_words(texts["value"], words)
    return "; ".join(part for part in (*told, texts["cells"], count, value, *said) if part)


def _word(key: str, context: str, words: Catalogue) -> str:
    """Return a code or message in the catalogue's words; file names and values stay as they are."""
    return words.text(key, context) if words.has(key, context) else key
