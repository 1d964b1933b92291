"""What cannot be used of the office's own text, as problems beside all others."""

from __future__ import annotations

from pathlib import Path

from analysis.cleaning.problems import Problem
from analysis.cleaning.rules import Rule, file_problem
from analysis.study.narrative import NARRATIVE_FILE, Flaw, load_narrative

_RULES = {
    Flaw.NOT_TEXT: Rule.NARRATIVE_NOT_TEXT,
    Flaw.HEADING_UNKNOWN: Rule.NARRATIVE_HEADING_UNKNOWN,
    Flaw.HEADING_TWICE: Rule.NARRATIVE_HEADING_TWICE,
    Flaw.TEXT_WITHOUT_HEADING: Rule.NARRATIVE_WITHOUT_HEADING,
    Flaw.NOT_PLAIN: Rule.NARRATIVE_NOT_PLAIN,
}


def narrative_problems(folder: Path) -> list[Problem]:
    """Return one problem per line of ``narasi.md`` that the report leaves out, by its line number."""
    return [
        file_problem(_RULES[found.flaw], NARRATIVE_FILE, found.heading, f"A{found.line}")
        for found in load_narrative(folder).flaws
    ]
