"""The questionnaire: aspects, items and scale, in both languages."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from analysis.study.loading import (
    AS_TUPLE,
    Definition,
    NonEmpty,
    Texts,
    read_toml,
    refuse_twins,
    validate,
)
from analysis.study.regions import name_key

INSTRUMENT_FILE = "instrument.toml"
DEFAULT_INSTRUMENT = "evaluasi_akhir"


class ScaleLabel(Definition):
    """The words of one value of the scale; ``spellings`` are words of answers that mean it and are never printed."""

    value: int
    label_id: NonEmpty
    label_en: NonEmpty
    spellings: Texts = ()


class Aspect(Definition):
    """A group of items; ``heading`` is the section heading that the form prints, ``note_*`` what to know."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name_id: NonEmpty
    name_en: NonEmpty
    heading: NonEmpty
    label: str | None = None
    note_id: str | None = None
    note_en: str | None = None


class Item(Definition):
    """One indicator: ``text_id`` as the form prints it, ``spellings`` what other forms print for it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    aspect: NonEmpty
    text_id: NonEmpty
    text_en: NonEmpty
    spellings: Texts = ()


class Instrument(Definition):
    """A questionnaire on an integer scale from ``scale_low`` to ``scale_high`` (higher is better)."""

    id: NonEmpty
    title_id: NonEmpty
    title_en: NonEmpty
    scale_low: int
    scale_high: int
    scale: Annotated[tuple[ScaleLabel, ...], AS_TUPLE]
    aspect: Annotated[tuple[Aspect, ...], AS_TUPLE, Field(min_length=1)]
    item: Annotated[tuple[Item, ...], AS_TUPLE, Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.scale_low >= self.scale_high:
            raise ValueError(f"scale_low {self.scale_low} must lie below scale_high {self.scale_high}. Correct them.")
        values = [label.value for label in self.scale]
        if sorted(values) != list(range(self.scale_low, self.scale_high + 1)):
            raise ValueError(
                f"[[scale]] labels {sorted(values)}; each value from {self.scale_low} to {self.scale_high} needs one."
            )
        words = [name_key(word) for label in self.scale for word in label.spellings]
        refuse_twins([word for word in words if word], "spelling of a step of the scale")
        refuse_twins([aspect.id for aspect in self.aspect], "id of an aspect")
        refuse_twins([item.id for item in self.item], "id of an item")
        known = [aspect.id for aspect in self.aspect]
        for item in self.item:
            if item.aspect not in known:
                raise ValueError(f"item {item.id!r}: aspect {item.aspect!r} is not defined; allowed: {known}.")
        return self

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the items in the order of the form."""
        return self.item

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """Return the aspects in the order of the form."""
        return self.aspect

    @property
    def scale_labels(self) -> tuple[ScaleLabel, ...]:
        """Return the scale's values with their words."""
        return self.scale

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Return the ids of the items in the order of the form."""
        return tuple(item.id for item in self.item)

    def items_of(self, aspect: str) -> tuple[Item, ...]:
        """Return the items of one aspect."""
        return tuple(item for item in self.item if item.aspect == aspect)


def load_instrument(folder: Path | None = None) -> Instrument:
    """Return the questionnaire of a province folder: its own ``instrument.toml``, else the 22 indicators.

    Raises StudyError where the file has a fault.
    """
    if folder is not None and (folder / INSTRUMENT_FILE).exists():
        shown = f"{folder.resolve().name}/{INSTRUMENT_FILE}"
        return validate(Instrument, read_toml(folder / INSTRUMENT_FILE, shown), shown)
    path = Path(str(files("analysis.study") / "instruments" / f"{DEFAULT_INSTRUMENT}.toml"))
    return validate(Instrument, read_toml(path, path.name), path.name)
