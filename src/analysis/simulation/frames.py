"""An imaginary province as tidy tables in memory: what its files give once they are read and cleaned, without mess."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.simulation.model import People, Scores, SimulatedStudy, class_labels
from analysis.simulation.parameters import ROLES, Parameters
from analysis.study.batches import class_id
from analysis.study.instrument import Instrument
from analysis.study.province import Batch, Province
from analysis.study.settings import Settings
from analysis.study.training import Training


def responses_frame(study: SimulatedStudy, parameters: Parameters, items: tuple[str, ...]) -> pd.DataFrame:
    """Return the returned forms, one row each: respondent_id, batch, class, village, role and the items.

    ``items`` are the ids of the form's items in order; blank answers are missing.
    """
    kept = study.answers.returned
    people, levels = study.people, study.answers.levels[kept]
    batches = [str(batch) for batch in parameters.size.batches]
    batch, label = np.array(batches)[people.batch[kept]], class_labels(people)[kept]
    answers = pd.DataFrame(levels, columns=list(items)).astype("Int64")
    labels = pd.DataFrame(
        {
            "respondent_id": [f"r{number:06d}" for number in np.flatnonzero(kept)],
            "batch": pd.Categorical(batch, categories=batches, ordered=True),
            "class_id": pd.array(list(map(class_id, batch, label)), dtype="string"),
            "class_label": pd.array(label, dtype="string"),
            "village": pd.array([f"v{number}" for number in people.village[kept]], dtype="string"),
            "role": pd.array([ROLES[role] for role in people.role[kept]], dtype="string"),
        }
    )
    return pd.concat([labels, answers.mask(answers == 0)], axis=1)


def participants_frame(people: People, batches: tuple[str, ...]) -> pd.DataFrame:
    """Return the participants of an imaginary province, all of whom attended all days."""
    count = people.village.size
    return pd.DataFrame(
        {
            "participant_id": person_ids(count),
            "role": pd.array([ROLES[role] for role in people.role], dtype="string"),
            "sex": pd.array(np.where(np.arange(count) % 2, "female", "male"), dtype="string"),
            "village": pd.array([f"v{number}" for number in people.village], dtype="string"),
            "district": pd.array([None] * count, dtype="string"),
            "regency": pd.array(np.where(people.class_number % 2, "Utara", "Selatan"), dtype="string"),
            "batch": pd.array(np.array(batches)[people.batch], dtype="string"),
            "class_id": pd.array([f"K{number}" for number in people.class_number], dtype="string"),
            "days_attended": pd.array([4] * count, dtype="Int64"),
            "days_held": pd.array([4] * count, dtype="Int64"),
            "attended_in_person": pd.array([True] * count, dtype="boolean"),
        }
    )


def scores_frame(scores: Scores) -> pd.DataFrame:
    """Return the scores of an imaginary province by participant, missing where a test was not taken."""
    return pd.DataFrame(
        {"participant_id": person_ids(scores.pre.size), "pre_points": scores.pre, "post_points": scores.post}
    )


def person_ids(count: int) -> list[str]:
    """Return the ids of so many people, in their order."""
    return [f"p{number:06d}" for number in range(count)]


def study_data(
    study: SimulatedStudy,
    parameters: Parameters,
    province: Province,
    training: Training,
    instrument: Instrument,
    settings: Settings,
) -> StudyData:
    """Return an imaginary province as the questions of the evaluation take it; ``province`` lends its definition."""
    batches = tuple(Batch(id=str(batch)) for batch in parameters.size.batches)
    return StudyData(
        province=province.model_copy(update={"batch": batches, "simulated": True}),
        training=training,
        instrument=instrument,
        settings=settings,
        tables={"responses": responses_frame(study, parameters, tuple(instrument.item_ids))},
        problems=pd.DataFrame(),
    )
