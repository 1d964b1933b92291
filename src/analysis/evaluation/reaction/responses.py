"""The single responses of a study as arrays: who answered what, in which batch, class and village."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import DesignError
from analysis.evaluation.data import StudyData
from analysis.evaluation.published.tables import contrast_pairs
from analysis.stats.clusters import ClusterCounts, count_clusters

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]

# Cells that a role or regency may take where it is not written.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Responses:
    """Responses of the chosen batches.

    items, aspect_of_item, batches: names in the order of form and time. levels: values of the scale, rising.
    answers: shape (people, items), NaN missing. batch: shape (people,), position in ``batches``.
    class_code, village: shape (people,), numbered within the study (the same class name in two batches is two
    classes, the same village in two classes two), -1 where not recorded; None where nobody's is recorded.
    batch_of_class: shape (classes,). batch_of_village: shape (villages,). attributes: role and regency of each person
    by name, where recorded.
    """

    items: tuple[str, ...]
    aspect_of_item: tuple[str, ...]
    batches: tuple[str, ...]
    levels: Floats
    answers: Floats
    batch: Codes
    class_code: Codes | None
    batch_of_class: Codes
    village: Codes | None
    batch_of_village: Codes
    attributes: dict[str, NDArray[np.str_]]

    @property
    def people(self) -> int:
        """Return the number of people who returned a form."""
        return int(self.batch.size)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Return the contrasted batches as (earlier, later): all pairs, with more than four batches fewer."""
        return contrast_pairs(self.batches)

    @property
    def classes_per_batch(self) -> Codes:
        """Return the number of recorded classes of each batch."""
        return np.bincount(self.batch_of_class, minlength=len(self.batches))

    @property
    def scores(self) -> dict[str, Floats]:
        """Return the total score and each aspect's: a person's mean over the answered items, NaN without any."""
        aspects = {aspect: np.array(self.aspect_of_item) == aspect for aspect in dict.fromkeys(self.aspect_of_item)}
        chosen = {TOTAL: np.ones(len(self.items), dtype=bool), **aspects}
        return {name: _person_mean(self.answers[:, columns]) for name, columns in chosen.items()}

    def aspect_answers(self, aspect: str) -> Floats:
        """Return the answers to the items of an aspect, or to all items for the total."""
        columns = np.array([aspect in (TOTAL, name) for name in self.aspect_of_item])
        return self.answers[:, columns]

    def where(self, kept: NDArray[np.bool_]) -> Responses:
        """Return the responses of some people; classes and batches keep their numbers."""
        return replace(
            self,
            answers=self.answers[kept],
            batch=self.batch[kept],
            class_code=None if self.class_code is None else self.class_code[kept],
            village=None if self.village is None else self.village[kept],
            attributes={name: values[kept] for name, values in self.attributes.items()},
        )


TOTAL = "total"


def _person_mean(answers: Floats) -> Floats:
    is_answered = ~np.isnan(answers)
    n = is_answered.sum(axis=1)
    total = np.where(is_answered, answers, 0.0).sum(axis=1)
    return np.divide(total, n, out=np.full(n.size, np.nan), where=n > 0)


def _numbered(*columns: pd.Series) -> tuple[Codes | None, pd.DataFrame]:
    """Number the distinct combinations of columns whose last one is recorded; None where it never is."""
    is_recorded = columns[-1].notna().to_numpy()
    if not is_recorded.any():
        return None, pd.DataFrame()
    keys = pd.DataFrame({number: column.to_numpy() for number, column in enumerate(columns)})[is_recorded]
    distinct = keys.drop_duplicates().sort_values(list(keys.columns), ignore_index=True)
    code = np.full(is_recorded.size, -1, dtype=np.int64)
    positions = keys.merge(distinct.reset_index(names="code"), on=list(keys.columns), how="left")["code"]
    code[is_recorded] = positions.to_numpy(dtype=np.int64)
    return code, distinct


def _by_content(code: Codes, distinct: pd.DataFrame, answers: Floats) -> tuple[Codes, pd.DataFrame]:
    """Number villages inside their batch and class by what they answered, not by their keyed codes.

    Random permutations and rounding follow the numbers; results must depend neither on the key nor on the
    order of rows. Villages of equal sums are alike in all that is computed from sums.
    """
    known = code >= 0
    sums = np.zeros((len(distinct), answers.shape[1]))
    np.add.at(sums, code[known], np.where(np.isnan(answers[known]), 0.0, answers[known]))
    places = distinct.groupby([0, 1], sort=True).ngroup().to_numpy()
    order = np.lexsort((*sums.T[::-1], places))
    number = np.empty(len(distinct), dtype=np.int64)
    number[order] = np.arange(len(distinct))
    renamed = np.where(known, number[np.where(known, code, 0)], -1)
    return renamed, distinct.iloc[order].reset_index(drop=True)


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return a column as text, missing throughout where the table does not have it."""
    if name not in frame:
        return pd.Series(pd.NA, index=frame.index, dtype="string")
    return frame[name].astype("string")


def _answers(frame: pd.DataFrame, items: tuple[str, ...], levels: Floats) -> Floats:
    """Return the answers; DesignError for one outside the scale, which cleaning lets nobody keep."""
    columns = [
        pd.to_numeric(frame[item]).to_numpy(dtype=np.float64, na_value=np.nan)
        if item in frame
        else np.full(len(frame), np.nan)
        for item in items
    ]
    answers = np.stack(columns, axis=1) if columns else np.empty((len(frame), 0))
    is_wrong = ~np.isnan(answers) & ~np.isin(answers, levels)
    if is_wrong.any():
        row, column = np.argwhere(is_wrong)[0]
        raise DesignError(
            f"responses: row {row + 1}, column {items[column]!r}: found {answers[row, column]:g}; allowed: whole "
            f"numbers from {levels[0]:g} to {levels[-1]:g}. Correct the raw file or the instrument's scale."
        )
    return answers


def _attributes(data: StudyData, frame: pd.DataFrame) -> dict[str, NDArray[np.str_]]:
    """Return role and regency of each person: from the responses, else from the participants of the same id."""
    participants = data.tables.get("participants")
    found: dict[str, NDArray[np.str_]] = {}
    for name in ("role", "regency"):
        values = _column(frame, name)
        if participants is not None and name in participants and "respondent_id" in frame:
            known = participants.drop_duplicates("participant_id").set_index("participant_id")[name].astype("string")
            values = values.fillna(frame["respondent_id"].map(known).astype("string"))
        if values.notna().any():
            found[name] = values.fillna(UNKNOWN).to_numpy(dtype=str)
    return found


def responses_of(data: StudyData) -> Responses | None:
    """Return the responses of the chosen batches, or None where the study has no such table or nobody in it.

    Raises DesignError where an answer is not a value of the scale.
    """
    table = data.tables.get("responses")
    batches = data.settings.batches_of(data.province)
    if table is None:
        return None
    frame = table[table["batch"].astype("string").isin(batches)].reset_index(drop=True)
    if frame.empty:
        return None
    levels = np.arange(data.instrument.scale_low, data.instrument.scale_high + 1, dtype=np.float64)
    batch_name = frame["batch"].astype("string")
    position = {name: number for number, name in enumerate(batches)}
    batch: Codes = np.asarray(batch_name.map(position), dtype=np.int64)
    order = pd.Series(batch)
    class_name = _column(frame, "class_id")
    class_code, classes = _numbered(order, class_name)
    village, villages = _numbered(order, class_name.fillna(""), _column(frame, "village"))
    answers = _answers(frame, data.instrument.item_ids, levels)
    if village is not None:
        village, villages = _by_content(village, villages, answers)
    nobody = np.empty(0, dtype=np.int64)
    return Responses(
        items=data.instrument.item_ids,
        aspect_of_item=tuple(item.aspect for item in data.instrument.items),
        batches=batches,
        levels=levels,
        answers=answers,
        batch=batch,
        class_code=class_code,
        batch_of_class=nobody if class_code is None else classes[0].to_numpy(dtype=np.int64),
        village=village,
        batch_of_village=nobody if village is None else villages[0].to_numpy(dtype=np.int64),
        attributes=_attributes(data, frame),
    )


def _counts(responses: Responses, cluster: Codes, group_of_cluster: Codes) -> ClusterCounts:
    kept = cluster >= 0
    return count_clusters(
        responses.answers[kept], cluster[kept], group_of_cluster, responses.levels, len(responses.batches)
    )


def class_counts(responses: Responses) -> ClusterCounts | None:
    """Return the answers counted by class, or None where no class is recorded."""
    if responses.class_code is None:
        return None
    return _used(_counts(responses, responses.class_code, responses.batch_of_class))


def village_counts(responses: Responses) -> ClusterCounts | None:
    """Return the answers counted by village, or None where no village is recorded."""
    if responses.village is None:
        return None
    return _used(_counts(responses, responses.village, responses.batch_of_village))


def person_counts(responses: Responses) -> ClusterCounts:
    """Return the answers counted by batch, as if each batch were one cluster: for what treats people as units."""
    return _counts(responses, responses.batch, np.arange(len(responses.batches)))


def _used(counts: ClusterCounts) -> ClusterCounts:
    """Leave out clusters without a single answer: they are no unit of anything."""
    kept = counts.counts.sum(axis=(1, 2)) > 0
    return ClusterCounts(counts.counts[kept], counts.group[kept], counts.levels, counts.groups)
