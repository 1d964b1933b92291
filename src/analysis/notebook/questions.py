"""What the notebooks for one kind of data ask, so that a run can answer for those that it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.errors import DampakError
from analysis.evaluation import behaviour, delivery, learning, published, reaction
from analysis.evaluation.data import StudyData
from analysis.evaluation.learning.tables import learning_table
from analysis.evaluation.outcome import Outcome, Row, results_frame
from analysis.evaluation.published.change import published_changes
from analysis.evaluation.published.tables import published_means
from analysis.evaluation.reaction.responses import responses_of
from analysis.notebook.kinds import DataKind
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.result import not_estimable

Question = Callable[[StudyData], Outcome]

# In the order in which each notebook hands them to ``finish``.
QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "02_batches_averages": (
        published.means,
        published.concordance,
        published.index,
        published.batch_size,
        published.total,
        published.aspects,
        published.pairs,
        published.class_unit,
        published.breakdown,
        published.sensitivity,
        published.single_peaked,
        published.all_pairs,
        published.effects,
    ),
    "02_batches_answers": (
        reaction.items,
        reaction.pairs,
        reaction.trend,
        reaction.model,
        reaction.aspects,
        reaction.reliability,
        reaction.composition,
        reaction.robustness,
        reaction.confrontation,
    ),
    "03_prepost_scores": (
        learning.matching,
        learning.change,
        learning.effects,
        learning.gain,
        learning.equivalence,
        learning.subgroups,
        learning.batches,
        learning.alternatives,
        learning.comparison,
        learning.confrontation,
    ),
    "03_prepost_averages": (published.change, published.change_sensitivity, published.change_ladder),
}


_LOOKS: Mapping[DataKind, Callable[[StudyData], object]] = {
    DataKind.PRINTED_MEANS: published_means,
    DataKind.RESPONSES: responses_of,
    DataKind.SCORES: learning_table,
    DataKind.PRINTED_SCORES: lambda study: published_changes(study) or None,
}


def kinds_of(study: StudyData) -> frozenset[DataKind]:
    """Return the kinds of data that a study has."""
    return frozenset(kind for kind, look in _LOOKS.items() if _is_there(look, study))


def _is_there(look: Callable[[StudyData], object], study: StudyData) -> bool:
    try:
        return look(study) is not None
    except DampakError:  # they are there with a fault, which the notebook that reads them tells
        return True


# The questions of the notebooks that every province can fill.
_QUESTIONS_FOR_ALL: Mapping[str, tuple[Question, ...]] = {
    "01_clean": (published.audit,),
    "04_impact": (
        delivery.delivery,
        published.statements,
        published.ladder,
        behaviour.behaviour,
        behaviour.link,
    ),
}


def answers_without_notebook(title: str, study: StudyData) -> pd.DataFrame:
    """Return the result rows of a notebook that ended with an error: of each of its questions the answer.

    A question that fails by itself gets one row that says so.
    """
    asked = {**QUESTIONS, **_QUESTIONS_FOR_ALL}.get(title, ())
    answers = [_answer(ask, study) for ask in asked]
    filled = [answer for answer in answers if len(answer)]
    return pd.concat(filled, ignore_index=True) if filled else results_frame(study.identity, [])


def _answer(ask: Question, study: StudyData) -> pd.DataFrame:
    try:
        return ask(study).results
    except Exception:  # the failed notebook shows it; the row says that the answer is missing for an error
        failed = not_estimable(EstimateName.NOTHING, Unit.NONE, Method.NO_METHOD, Reason.COMPUTATION_FAILED)
        return results_frame(study.identity, [Row(_analysis(ask), "all", None, failed)])


def _analysis(ask: Question) -> str:
    """Return the name of the analysis that a question is: "published.means", or "delivery" of its own room."""
    room = ask.__module__.split(".")[2]
    return room if room == ask.__name__ else f"{room}.{ask.__name__}"


def answers_without_data(title: str, study: StudyData) -> pd.DataFrame:
    """Return the result rows of a notebook that a study cannot fill: of each of its questions why not."""
    return pd.concat([ask(study).results for ask in QUESTIONS[title]], ignore_index=True)
