"""What the notebooks for one kind of data ask, so that a run can answer for those that it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.errors import DampakError
from analysis.evaluation import learning, published, reaction
from analysis.evaluation.data import StudyData
from analysis.evaluation.learning.tables import learning_table
from analysis.evaluation.outcome import Outcome
from analysis.evaluation.published.change import published_changes
from analysis.evaluation.published.tables import published_means
from analysis.evaluation.reaction.responses import responses_of
from analysis.notebook.kinds import DataKind

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


def answers_without_data(title: str, study: StudyData) -> pd.DataFrame:
    """Return the result rows of a notebook that a study cannot fill: of each of its questions why not."""
    return pd.concat([ask(study).results for ask in QUESTIONS[title]], ignore_index=True)
