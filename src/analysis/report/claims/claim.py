"""Every number that a report prints is a claim: what it says, how it was printed, and where it comes from.

While a template renders, each printed number is registered and leaves a pandoc span
``[4,39]{#c12 .claim value="4.387"}``. ``finish`` then numbers the spans in reading order, so that the
claims of a document can be compared with its text from front to back, also where a format keeps no ids.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

import pandas as pd
from markupsafe import Markup

from analysis.errors import ParameterError
from analysis.words.formats import Value, print_value

_SPAN = re.compile(r"\{#(c[0-9]+) \.claim")
_ANY_CLAIM = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\{#c[0-9]+ \.claim[^}]*\}")
# "P1", "6/2014", "92-93", "98,8%": a word with digits, without the punctuation around it.
_WITH_DIGITS = re.compile(r"(\w*[0-9]\w*(?:[-.,/:]\w*[0-9]\w*)*%?)")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~^$@\"'])")
_KEY_COLUMNS = (
    "study", "training", "year", "analysis", "subject", "contrast", "estimate_name", "method", "sampling_unit",
    "effect_name",
)  # fmt: skip
# Twelve digits: what differs beyond them between two machines is not a difference of results.
_HASHED_DIGITS = ".12g"


class Kind(StrEnum):
    """``result``: computed; ``label``: names a thing (batch, table, year); ``quoted``: another author's number."""

    RESULT = "result"
    LABEL = "label"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One printed number.

    ``source`` says where the value comes from: the key of a result row with ``column`` (or ``columns`` for
    a range), or ``{"tally": {...}}`` for a count of result rows; empty for labels and quotations.
    ``data_hash`` is the SHA-256 of what the source held. ``place`` is ``text``,
    ``table:<name>`` or ``heading:<name>`` inside a table, or the sheet and address of a worksheet cell.
    """

    id: str
    kind: Kind
    value: Any
    format: str
    printed: str
    source: Mapping[str, Any] = field(default_factory=dict)
    data_hash: str | None = None
    place: str = "text"


def escape_markdown(text: str) -> Markup:
    """Return plain text as Markdown that prints the same characters."""
    return Markup(_MARKDOWN.sub(r"\\\1", text).replace("\n", " "))


def row_key(row: Mapping[str, Any] | pd.Series) -> dict[str, str | None]:
    """Return the columns that identify a row of the results table."""
    values = _mapping(row)
    return {name: None if pd.isna(values[name]) else str(values[name]) for name in _KEY_COLUMNS}


def content_hash(content: Mapping[str, Any] | pd.Series) -> str:
    """Return the SHA-256 of a row's content, numbers at twelve significant digits, missing values as null."""
    plain = {str(name): _canonical(value) for name, value in _mapping(content).items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _mapping(row: Mapping[str, Any] | pd.Series) -> Mapping[Any, Any]:
    """Return a row as a mapping, from which a value is read without a search in an index."""
    return row.to_dict() if isinstance(row, pd.Series) else row


def _canonical(value: Any) -> Any:
    if isinstance(value, bool | str):
        return value
    if value is None or (not isinstance(value, list | tuple | dict) and pd.isna(value)):
        return None
    if isinstance(value, int | float) or hasattr(value, "__float__"):
        return format(float(value), _HASHED_DIGITS)
    return str(value)


class Printed(Markup):
    """The Markdown of one printed number; templates ask for its ``value`` to choose the words around it."""

    claim: Claim

    def __new__(cls, markdown: str, claim: Claim) -> Self:
        made = super().__new__(cls, markdown)
        made.claim = claim
        return made

    @property
    def value(self) -> Any:
        """Return the number itself."""
        return self.claim.value


@dataclass(slots=True)
class Claims:
    """The claims of one document in one language, filled while its templates render."""

    language: str
    entries: list[Claim] = field(default_factory=list)

    def state(
        self,
        value: Value,
        format_name: str,
        *,
        kind: Kind,
        source: Mapping[str, Any] | None = None,
        data_hash: str | None = None,
        place: str = "text",
    ) -> Printed:
        """Register a printed value and return its Markdown span."""
        claim = Claim(
            id=f"c{len(self.entries) + 1}",
            kind=kind,
            value=_plain(value),
            format=format_name,
            printed=print_value(value, format_name, self.language),
            source=dict(source or {}),
            data_hash=data_hash,
            place=place,
        )
        self.entries.append(claim)
        return Printed(_span(claim), claim)

    def restate(self, printed: Printed, format_name: str) -> Printed:
        """Register the value of a printed number once more, in another format."""
        known = printed.claim
        return self.state(
            known.value,
            format_name,
            kind=known.kind,
            source=known.source,
            data_hash=known.data_hash,
            place=known.place,
        )

    def quote(self, text: str, kind: Kind = Kind.QUOTED, place: str = "text") -> Markup:
        """Return a text of another author (or a name) as Markdown, each word with a digit registered."""
        pieces = _WITH_DIGITS.split(text)
        return Markup("").join(
            self.state(piece, "text", kind=kind, place=place) if number % 2 else escape_markdown(piece)
            for number, piece in enumerate(pieces)
        )

    def finish(self, markdown: str) -> tuple[str, tuple[Claim, ...]]:
        """Return the Markdown with its claims numbered in reading order, and these claims.

        Claims that the Markdown does not hold (rendered, then discarded) fall away; a claim that it holds
        twice becomes two. Raises :class:`ParameterError` for a span that nobody registered.
        """
        known = {claim.id: claim for claim in self.entries}
        ordered: list[Claim] = []

        def renumber(found: re.Match[str]) -> str:
            if found.group(1) not in known:
                raise ParameterError(f"The text holds the claim {found.group(1)!r}, which was never registered.")
            ordered.append(replace(known[found.group(1)], id=f"c{len(ordered) + 1}"))
            return f"{{#{ordered[-1].id} .claim"

        return _SPAN.sub(renumber, markdown), tuple(ordered)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, bool | int | float | str):
        return value
    return value.item() if hasattr(value, "item") else str(value)


def _span(claim: Claim) -> str:
    value = "" if isinstance(claim.value, str) and claim.format == "text" else f' value="{machine_value(claim)}"'
    # A line must not end between "p" and its value.
    text = claim.printed.replace(" ", "\N{NO-BREAK SPACE}") if claim.format.startswith("p") else claim.printed
    return f"[{escape_markdown(text)}]{{#{claim.id} .claim{value}}}"


def machine_value(claim: Claim) -> str:
    """Return the value as a document carries it for machines: ``4.387``, ``0.41 0.45``, ``2023-09-14``."""
    parts = claim.value if isinstance(claim.value, list) else [claim.value]
    return " ".join(repr(part) if isinstance(part, float) else str(part) for part in parts)


def without_claims(markdown: str) -> str:
    """Return Markdown as plain words: the spans of claims become their printed text, escapes are undone."""
    bare = _ANY_CLAIM.sub(lambda found: found.group(1), markdown)
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", bare)


def as_records(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Return claims as JSON writes them."""
    return [{name: getattr(claim, name) for name in Claim.__slots__} for claim in claims]


def from_records(records: Sequence[Mapping[str, Any]]) -> tuple[Claim, ...]:
    """Return the claims that JSON holds; raises ``TypeError`` for unknown keys."""
    return tuple(Claim(**{**record, "kind": Kind(record["kind"])}) for record in records)
