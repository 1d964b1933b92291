"""All findings of one study, from its results and what is known of it; and the questions that they rest on."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.evaluation import behaviour, delivery, learning, published, reaction
from analysis.evaluation.data import StudyData
from analysis.evaluation.findings.budget import Budget
from analysis.evaluation.findings.compared import adjusted
from analysis.evaluation.findings.counted import counted_findings
from analysis.evaluation.findings.evidence import Evidence, known_of
from analysis.evaluation.findings.finding import Finding, Place
from analysis.evaluation.findings.learning import ROOT as LEARNING
from analysis.evaluation.findings.learning import learning_findings
from analysis.evaluation.findings.learning import root_of as learning_root
from analysis.evaluation.findings.reaction import ROOT as REACTION
from analysis.evaluation.findings.reaction import reaction_findings
from analysis.evaluation.findings.reaction import root_of as reaction_root
from analysis.evaluation.outcome import Outcome

# What findings rest on, in the order of the notebooks; everything else of the results is shown, never concluded from.
QUESTIONS: tuple[Callable[[StudyData], Outcome], ...] = (
    published.audit,
    published.means,
    published.batch_size,
    published.total,
    published.aspects,
    published.pairs,
    published.class_unit,
    reaction.items,
    reaction.pairs,
    reaction.aspects,
    learning.change,
    learning.equivalence,
    learning.subgroups,
    learning.batches,
    learning.comparison,
    published.change,
    delivery.delivery,
    published.statements,
    behaviour.behaviour,
)


def answers(study: StudyData) -> pd.DataFrame:
    """Return the results of every question that findings rest on."""
    found = [question(study).results for question in QUESTIONS]
    return pd.concat([results for results in found if len(results)], ignore_index=True)


def findings(study: StudyData, results: pd.DataFrame | None = None) -> tuple[Finding, ...]:
    """Return the findings of a study, headlines first, then findings, then the annex, each in the order of topics.

    ``results`` are the joined results of the study, computed here where they are not given.
    """
    evidence = Evidence(answers(study) if results is None else results, known_of(study))
    return findings_of(evidence)


def findings_of(evidence: Evidence) -> tuple[Finding, ...]:
    """Return the findings that results and what is known of a study allow."""
    budget = budget_of(evidence)
    found = [
        *reaction_findings(evidence, budget),
        *learning_findings(evidence, budget),
        *counted_findings(evidence),
    ]
    places = list(Place)
    return tuple(sorted(found, key=lambda finding: places.index(finding.place)))


def budget_of(evidence: Evidence) -> Budget:
    """Return the error budget of a study: the smallest adjusted p of each of its two roots."""
    roots = {LEARNING: learning_root(evidence), REACTION: reaction_root(evidence)}
    smallest = {
        name: min((p for p in adjusted(family) if p is not None), default=None) for name, family in roots.items()
    }
    return Budget.of(smallest, evidence.known.alpha)
