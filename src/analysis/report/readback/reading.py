"""What was read from a document, before it is compared with its claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

_NEAR = 30  # letters of context around a number that has no claim


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed claim as found: its id, its text, the machine-readable value beside it, the words around it."""

    claim: str
    text: str
    value: str | None = None
    context: str = ""


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


def in_context(statements: Sequence[Statement], block: str) -> list[Statement]:
    """Return the statements of one block of text with the words around each, so that a person finds them."""
    placed, start = [], 0
    for statement in statements:
        at = block.find(statement.text, start)
        start = max(start, at + len(statement.text))
        near = block[max(0, at - _NEAR) : at + len(statement.text) + _NEAR] if at >= 0 else block[: 2 * _NEAR]
        placed.append(replace(statement, context=" ".join(near.split())))
    return placed


def loose_numbers(text: str) -> list[Loose]:
    """Return each run of digits of a text that holds no claims, with its surroundings."""
    plain = " ".join(text.split())
    return [
        Loose(found.group(), plain[max(0, found.start() - _NEAR) : found.end() + _NEAR].strip())
        for found in re.finditer(r"[0-9]+(?:[.,][0-9]+)*", plain)
    ]
