"""What was read from a document, before it is compared with its claims."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NEAR = 30  # letters of context around a number that has no claim


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed claim as found: its id, its text, the machine-readable value beside it where there is one."""

    claim: str
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Loose:
    """A number that stands in no claim: the digits, and the words around them."""

    digits: str
    context: str


@dataclass(slots=True)
class Reading:
    """A document as read: claims in order, loose numbers, pictures as (SHA-256 of file, description), its mark."""

    statements: list[Statement] = field(default_factory=list)
    repeated: list[Statement] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    title: str | None = None
    furniture: str = ""


def loose_numbers(text: str) -> list[Loose]:
    """Return each run of digits of a text that holds no claims, with its surroundings."""
    plain = " ".join(text.split())
    return [
        Loose(found.group(), plain[max(0, found.start() - _NEAR) : found.end() + _NEAR].strip())
        for found in re.finditer(r"[0-9]+(?:[.,][0-9]+)*", plain)
    ]
