"""Findings: what the results of a study say, each with its verdict; box, summary and advice speak from them alone."""

from analysis.evaluation.findings.finding import (
    FINDING_COLUMNS,
    FOUND,
    Addressee,
    Advice,
    Answer,
    Finding,
    Grade,
    Place,
    Question,
    RowKey,
    Topic,
    findings_frame,
)
from analysis.evaluation.findings.study import answers, findings

__all__ = [
    "FINDING_COLUMNS",
    "FOUND",
    "Addressee",
    "Advice",
    "Answer",
    "Finding",
    "Grade",
    "Place",
    "Question",
    "RowKey",
    "Topic",
    "answers",
    "findings",
    "findings_frame",
]
