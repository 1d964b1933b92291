"""Which notebooks a province gets: those whose data it has, told by a look at its tables that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.notebook.folders import Folders
from analysis.notebook.kinds import NEEDS, DataKind, is_for
from analysis.pipeline.deciding.inputs import Inputs, mapping_digest
from analysis.pipeline.deciding.jobs import LookJob
from analysis.pipeline.deciding.plan import Notebook
from analysis.pipeline.records import STATE_FOLDER, kept_kinds, read_json


@dataclass(frozen=True, slots=True)
class Choice:
    """The notebooks that run for a province, and by title what the others would need."""

    notebooks: Sequence[Notebook]
    left_out: Mapping[str, DataKind] = field(default_factory=dict)


def look_job(province: str, folders: Folders, inputs: Inputs, time_limit_seconds: float) -> LookJob:
    """Return the job that notes which kinds of data a province has now."""
    return LookJob(
        province=province,
        data_folder=folders.data,
        note=kept_kinds(folders.reports / STATE_FOLDER, province),
        digest=mapping_digest(inputs.deciding()),
        time_limit_seconds=time_limit_seconds,
    )


def noted_kinds(job: LookJob) -> frozenset[DataKind] | None:
    """Return the kinds of data that were noted from these inputs, None where nobody has looked since they changed."""
    note = read_json(job.note)
    if note.get("inputs") != job.digest:
        return None
    return frozenset(kind for kind in DataKind if kind in note.get("kinds", ()))


def chosen_notebooks(notebooks: Sequence[Notebook], kinds: frozenset[DataKind] | None) -> Choice:
    """Return which notebooks run; all where nobody knows what a province has, so that they say what is wrong."""
    if kinds is None:
        return Choice(notebooks)
    return Choice(
        [notebook for notebook in notebooks if is_for(notebook.title, kinds)],
        {notebook.title: NEEDS[notebook.title] for notebook in notebooks if not is_for(notebook.title, kinds)},
    )


def depend_on_data(notebooks: Sequence[Notebook]) -> bool:
    """Return whether any of the notebooks is not for every province."""
    return any(notebook.title in NEEDS for notebook in notebooks)
