"""A training: title, legal basis, objective, roles, the thresholds of its guide, what counts as follow-up."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from analysis.errors import StudyError, suggestion
from analysis.study.loading import AS_TUPLE, Definition, NonEmpty, read_toml, validate


class LegalBasis(Definition):
    """One rule of law that the training rests on."""

    citation: NonEmpty
    about_id: NonEmpty
    about_en: NonEmpty


class Role(Definition):
    """One of the people whom each village sends."""

    id: NonEmpty
    name_id: NonEmpty
    name_en: NonEmpty


class Guide(Definition):
    """Thresholds of the training's guide; None is "not stated in what is at hand", never a default.

    ``attendance_share_minimum`` and ``forms_returned_share_minimum`` are shares between 0 and 1.
    """

    people_per_village: Annotated[int, Field(ge=1)] | None = None
    villages_per_class: Annotated[int, Field(ge=1)] | None = None
    class_size: Annotated[int, Field(ge=1)] | None = None
    days: Annotated[int, Field(ge=1)] | None = None
    attendance_share_minimum: Annotated[float, Field(gt=0, le=1)] | None = None
    forms_returned_share_minimum: Annotated[float, Field(gt=0, le=1)] | None = None


class Evidence(Definition):
    """A document that counts as evidence of a follow-up."""

    id: NonEmpty
    name_id: NonEmpty
    name_en: NonEmpty


class FollowupKind(Definition):
    """A kind of follow-up of the action plan (RKTL), with the evidence that counts for it."""

    id: NonEmpty
    name_id: NonEmpty
    name_en: NonEmpty
    evidence: Annotated[tuple[Evidence, ...], AS_TUPLE] = ()


class Training(Definition):
    """A training's definition. ``title_printed`` is false where the source does not print a title.

    ``not_known_id``/``not_known_en`` say in words what of the definition no source at hand states. ``class_icc`` is how
    alike the people of a class usually are: the share of the variance of answers and scores that lies between classes.
    A result that takes people as independent is stated as a finding only where it still holds at this likeness.
    """

    id: NonEmpty
    title_id: NonEmpty
    title_en: NonEmpty
    title_printed: bool = True
    programme_id: NonEmpty
    programme_en: NonEmpty
    objective_id: NonEmpty
    objective_en: NonEmpty
    not_known_id: str | None = None
    not_known_en: str | None = None
    class_icc: Annotated[float, Field(ge=0, lt=1)] = 0.14
    guide: Guide = Guide()
    legal_basis: Annotated[tuple[LegalBasis, ...], AS_TUPLE] = ()
    role: Annotated[tuple[Role, ...], AS_TUPLE, Field(min_length=1)]
    followup: Annotated[tuple[FollowupKind, ...], AS_TUPLE] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles, one person each per village."""
        return self.role

    @property
    def followup_kinds(self) -> tuple[FollowupKind, ...]:
        """Return the kinds of follow-up."""
        return self.followup


def _folder() -> Path:
    return Path(str(files("analysis.study") / "trainings"))


@cache
def training_ids() -> tuple[str, ...]:
    """Return the ids of all trainings that the package defines, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def check_training_id(training: str, shown: str) -> None:
    """Raise StudyError, naming the file ``shown``, where no training has this id."""
    known = list(training_ids())
    if training not in known:
        raise StudyError(
            f"{shown}: key 'training': found {training!r}{suggestion(training, known)}; "
            f"allowed: {', '.join(known)}. Correct it or add a definition to the package's trainings."
        )


@cache
def load_training(training: str) -> Training:
    """Return the definition of a training by its id; StudyError where there is none."""
    shown = f"trainings/{training}.toml"
    check_training_id(training, shown)
    return validate(
        Training,
        {**read_toml(_folder() / f"{training}.toml", shown), "id": training},
        shown,
    )
