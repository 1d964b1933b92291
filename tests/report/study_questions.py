"""The questions whose answers a province's report is made of, and the words of that report."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from analysis.evaluation import behaviour, delivery, learning, published, reaction
from analysis.evaluation.data import StudyData
from analysis.evaluation.findings import Finding, findings
from analysis.report.claims.claim import without_claims
from analysis.report.claims.rendering import render
from analysis.report.content.opening import open_study
from analysis.report.disclosure.protection import protected
from analysis.report.documents.all import study_material
from analysis.study.settings import Settings

RAW = Path(__file__).parents[2] / "data" / "raw"
QUESTIONS = (
    published.audit,
    published.means,
    published.concordance,
    published.batch_size,
    published.total,
    published.aspects,
    published.pairs,
    published.class_unit,
    published.breakdown,
    published.sensitivity,
    published.single_peaked,
    published.effects,
    published.index,
    published.change,
    published.change_sensitivity,
    published.statements,
    published.ladder,
    published.change_ladder,
)


QUESTIONS_OF_PEOPLE = (
    reaction.items,
    reaction.pairs,
    reaction.aspects,
    reaction.reliability,
    reaction.robustness,
    learning.matching,
    learning.change,
    learning.gain,
    learning.equivalence,
    learning.subgroups,
    learning.batches,
    learning.alternatives,
    learning.comparison,
    delivery.delivery,
    behaviour.behaviour,
)


def results_of(data: StudyData) -> pd.DataFrame:
    """Return the joined results of a study."""
    answers = [question(data).results for question in (*QUESTIONS, *QUESTIONS_OF_PEOPLE)]
    return pd.concat([answer for answer in answers if len(answer)], ignore_index=True)


def findings_of(name: str, processed: Path, results: pd.DataFrame) -> tuple[Finding, ...]:
    """Return the findings of a shipped province from its results, as a verification draws them afresh."""
    study, _ = open_study(RAW / name, processed, Settings())
    return findings(study, protected(results))


def words_of(data: StudyData, language: str, results: pd.DataFrame | None = None) -> str:
    """Return the plain words of a report without its figures."""
    results = results_of(data) if results is None else results
    material = study_material(data, results, language, None)
    plain = without_claims(render("report.md.j2", material, language).markdown)
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", plain).split())
