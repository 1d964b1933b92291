"""Messages by key and codes in words, from one gettext catalogue per language.

Adding a language means adding ``catalogues/<language>.po`` and a folder of templates. Keys are plain
English or codes; a context tells apart equal codes of different lists (``method``, ``status``, ...).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from babel.messages.pofile import read_po

from analysis.errors import ParameterError

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")
# What a placeholder of an assumption may stand for: a number as English prints it, or a word.
_CAPTURE = r"[-+]?[0-9]+(?:\.[0-9]+)?|\S+"


def context_of(list_of_codes: type[StrEnum]) -> str:
    """Return the catalogue context of a code list: ``SamplingUnit`` is ``sampling_unit``."""
    return _CAMEL.sub("_", list_of_codes.__name__).lower()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language: ``messages[(context, key)]`` is the text, context None for plain messages."""

    language: str
    messages: Mapping[tuple[str | None, str], str]

    def text(self, key: str, context: str | None = None) -> str:
        """Return the message of a key, or raise :class:`ParameterError` naming the entry that is missing."""
        found = self.messages.get((context, key))
        if not found:
            where = f"msgctxt {context!r}, " if context else ""
            raise ParameterError(
                f"The catalogue catalogues/{self.language}.po has no entry {where}msgid {key!r}: add it with its text."
            )
        return found

    def has(self, key: str, context: str | None = None) -> bool:
        """Return whether the catalogue has a text for a key."""
        return bool(self.messages.get((context, key)))

    def code(self, code: StrEnum) -> str:
        """Return a code of a closed list in words."""
        return self.text(code.value, context_of(type(code)))

    def filled(self, key: str, parts: Mapping[str, str], context: str | None = None) -> str:
        """Return a message with its ``{placeholders}`` replaced; raises for one that is missing or unknown."""
        template = self.text(key, context)
        asked = set(_PLACEHOLDER.findall(template))
        if asked != set(parts):
            raise ParameterError(
                f"Message {key!r} of catalogues/{self.language}.po has the placeholders {sorted(asked)}, "
                f"but was given {sorted(parts)}."
            )
        return _PLACEHOLDER.sub(lambda found: parts[found.group(1)], template)

    def condition(self, words: str, number: Callable[[str], str], context: str = "assumes") -> str:
        """Return one condition ("n = 96") in this language; ``number`` prints each captured number.

        The entry is found as it stands or, with numbers in it, by a key with placeholders ("n = {n}").
        """
        if self.has(words, context):
            return self.text(words, context)
        for pattern, key in _patterns(self.language, context):
            matched = pattern.fullmatch(words)
            if matched:
                parts = {name: _word_or_number(text, number) for name, text in matched.groupdict().items()}
                return self.filled(key, parts, context)
        return self.text(words, context)


def _word_or_number(text: str, number: Callable[[str], str]) -> str:
    return number(text) if text[-1].isdigit() else text


def conditions(assumes: str | None) -> list[str]:
    """Return the single conditions of an ``assumes`` field, in order."""
    return [part for part in (assumes or "").split("; ") if part]


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, in alphabetical order."""
    names = (entry.name for entry in files("analysis.report").joinpath("catalogues").iterdir())
    return tuple(sorted(name.removesuffix(".po") for name in names if name.endswith(".po")))


@lru_cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language; raises :class:`ParameterError` for a language without one."""
    if language not in languages():
        raise ParameterError(f"There is no catalogue for language {language!r}; use one of: {', '.join(languages())}.")
    with files("analysis.report").joinpath("catalogues", f"{language}.po").open("rb") as stream:
        entries = read_po(stream, locale=language, abort_invalid=True)
    messages = {(entry.context, str(entry.id)): str(entry.string) for entry in entries if entry.id}
    return Catalogue(language, MappingProxyType(messages))


@lru_cache
def _patterns(language: str, context: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    keys = (key for found, key in catalogue(language).messages if found == context and _PLACEHOLDER.search(key))
    return tuple((re.compile(_as_pattern(key)), key) for key in sorted(keys, key=len, reverse=True))


def _as_pattern(key: str) -> str:
    pieces = _PLACEHOLDER.split(key)
    return "".join(
        re.escape(piece) if place % 2 == 0 else f"(?P<{piece}>{_CAPTURE})" for place, piece in enumerate(pieces)
    )
