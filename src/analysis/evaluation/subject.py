"""What a result row is about and what it contrasts: objects with one parser and one writer each.

The columns ``subject`` and ``contrast`` of the results table hold the written form. Whatever a province calls its
batches or groups can be written and read back: a bar inside a value is escaped, and a contrast is cut at its longest
run of hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import pandas as pd

from analysis.errors import ParameterError

_BAR = re.compile(r"(?<!\\)\|")
_HYPHENS = re.compile(r"-+")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a subject: a bare name ("total", "both"), or a name with its value ("sd=0.6", "role=bpd")."""

    name: str
    value: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the part that a text writes."""
        name, equals, value = text.replace("\\|", "|").partition("=")
        return cls(name, value if equals else None)

    def __str__(self) -> str:
        written = self.name if self.value is None else f"{self.name}={self.value}"
        return written.replace("|", "\\|")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row describes: its first part, and parts that narrow it.

    >>> str(Subject.parse("total|sd=0.6").head), Subject.parse("total|sd=0.6").value("sd")
    ('total', '0.6')
    """

    parts: tuple[Part, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the subject that a text writes."""
        return cls(tuple(Part.parse(part) for part in _BAR.split(text)))

    @classmethod
    def of(cls, *parts: str | tuple[str, object]) -> Self:
        """Return a subject from its parts: a name, or a name with its value (numbers as ``g`` prints them)."""
        return cls(tuple(_part(part) for part in parts))

    def __str__(self) -> str:
        return "|".join(map(str, self.parts))

    @property
    def head(self) -> Part:
        """Return the first part: what is described before it is narrowed."""
        return self.parts[0]

    @property
    def details(self) -> tuple[Part, ...]:
        """Return the parts that narrow the first one."""
        return self.parts[1:]

    @property
    def detail(self) -> str:
        """Return the parts that narrow the first one as they are written, empty where nothing does."""
        return "|".join(map(str, self.details))

    def value(self, name: str) -> str | None:
        """Return the value of the part of this name, None where no part has it."""
        return next((part.value for part in self.parts if part.name == name and part.value is not None), None)

    def narrowed(self, *parts: str | tuple[str, object]) -> Subject:
        """Return this subject with further parts."""
        return Subject((*self.parts, *(_part(part) for part in parts)))


def _part(part: str | tuple[str, object]) -> Part:
    if isinstance(part, str):
        return Part(part)
    name, value = part
    return Part(name, f"{value:g}" if isinstance(value, float) else str(value))


def subjects(texts: Iterable[object]) -> list[Subject]:
    """Return the subjects of a column of the results table."""
    return [Subject.parse(str(text)) for text in texts]


def part_values(column: pd.Series, name: str) -> pd.Series:
    """Return, for a column of subjects, the value of the part of this name; missing where a subject has none."""
    return pd.Series([subject.value(name) for subject in subjects(column)], index=column.index, dtype="string")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two things set against each other, later minus earlier: two batches, the two tests, two groups.

    Written with one hyphen more than the longest run of hyphens inside either name, so that "7" against "2023-5"
    reads back as what it was.

    >>> str(Contrast("7", "5")), str(Contrast("7", "2023-5"))
    ('7-5', '7--2023-5')
    >>> Contrast.parse("7--2023-5")
    Contrast(later='7', earlier='2023-5')
    """

    later: str
    earlier: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the contrast that a text writes.

        Raises :class:`ParameterError` for a text that contrasts nothing (one batch, ``all``).
        """
        found = cls.read(text)
        if found is None:
            raise ParameterError(f"{text!r} is no contrast of two things: write it later-earlier, such as 7-5.")
        return found

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """Return the contrast that a text writes, None where it writes none."""
        runs = list(_HYPHENS.finditer(text or ""))
        longest = max((len(run[0]) for run in runs), default=0)
        cuts = [run for run in runs if len(run[0]) == longest]
        if text is None or len(cuts) != 1:
            return None
        later, earlier = text[: cuts[0].start()], text[cuts[0].end() :]
        return cls(later, earlier) if later and earlier else None

    def __str__(self) -> str:
        inside = max((len(run) for name in (self.later, self.earlier) for run in _HYPHENS.findall(name)), default=0)
        return f"{self.later}{'-' * (inside + 1)}{self.earlier}"
