"""Findings as a table in words, for notebooks and for whoever reads them beside a report."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.evaluation.findings import Finding
from analysis.evaluation.subject import Contrast
from analysis.report.content.subjects import capitalised, contrast_in_words, subject_in_words
from analysis.words.catalogue import Catalogue, catalogue
from analysis.words.formats import print_value

_DASH = "\N{EN DASH}"
_COLUMNS = (
    "place", "question", "topic", "subject", "verdict", "estimate", "limits", "p_adjusted", "smallest_detectable",
    "grade", "settled_by",
)  # fmt: skip


def findings_in_words(findings: Sequence[Finding], language: str, names: dict[str, str] | None = None) -> pd.DataFrame:
    """Return findings as a table in a language, one line each, in their order.

    Parameters
    ----------
    findings
        Findings of one study, or of the nation.
    language
        Language of the catalogue.
    names
        Words of the study's own items and aspects by id; default: those of the usual questionnaire.

    Returns
    -------
    pandas.DataFrame
        Columns headed in the language; a dash where a finding has no such value.
    """
    words = catalogue(language)
    lines = [_line(finding, words, names) for finding in findings]
    return pd.DataFrame(lines, columns=[words.text(name, "finding column") for name in _COLUMNS])


def _line(finding: Finding, words: Catalogue, names: dict[str, str] | None) -> list[str]:
    def number(value: float | None, form: str) -> str:
        return _DASH if value is None else print_value(value, form, words.language)

    low, high = finding.estimate_low, finding.estimate_high
    limits = _DASH if low is None or high is None else print_value((low, high), "signed_range2", words.language)
    return [
        words.text(finding.place, "place"),
        words.text(finding.question, "question"),
        words.text(finding.topic, "topic"),
        _about(finding, words, names),
        words.text(finding.verdict, "finding_verdict"),
        number(finding.estimate, "decimal2"),
        limits,
        number(finding.p_adjusted, "p_cell"),
        number(finding.smallest_detectable, "decimal2"),
        words.text(finding.grade, "grade"),
        _DASH if finding.settled_by is None else words.text(finding.settled_by, "advice"),
    ]


def _about(finding: Finding, words: Catalogue, names: dict[str, str] | None) -> str:
    """Return what a finding is about, with the pair of batches that it compares."""
    about = capitalised(subject_in_words(str(finding.subject), words.language, names))
    if not isinstance(finding.contrast, Contrast):
        return about
    return f"{about}, {contrast_in_words(str(finding.contrast), words.language, names)}"
