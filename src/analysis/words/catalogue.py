"""Messages by key and codes in words, from gettext catalogues, a folder per language.

Adding a language means adding a folder ``catalogues/<language>`` and one of templates; its entries of context ``file``
name its documents, in words that no other language uses for them (``report-<language>``), context ``definition``
translates the English texts of questionnaires and trainings. Keys are plain English or codes; a context tells apart
equal codes of different lists (``method``, ``status``, ...).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from babel.messages.pofile import read_po

from analysis.errors import ParameterError
from analysis.stats.assumptions import Condition
from analysis.words import languages as known_languages
from analysis.words.languages import languages

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")


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
                f"The catalogue catalogues/{self.language} has no entry {where}msgid {key!r}: add it with its text."
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
                f"Message {key!r} of catalogues/{self.language} has the placeholders {sorted(asked)}, "
                f"but was given {sorted(parts)}."
            )
        return _PLACEHOLDER.sub(lambda found: parts[found.group(1)], template)

    def condition(self, condition: Condition, number: Callable[[str], str], context: str = "assumes") -> str:
        """Return one condition ("n = 96") in this language; ``number`` prints each of its numbers.

        A code among its values is translated by the context that the placeholder names.
        """
        if not condition.values:
            return self.text(condition.phrase, context)
        parts = {name: self._value(value, name, number) for name, value in condition.values}
        return self.filled(condition.phrase, parts, context)

    def _value(self, text: str, context: str, number: Callable[[str], str]) -> str:
        if text[-1].isdigit():
            return ", ".join(number(part) for part in text.split(", "))
        return self.text(text, context)


@lru_cache
def catalogue(language: str) -> Catalogue:
    """Return the messages of a language, from all ``catalogues/<language>/*.po``.

    Raises :class:`ParameterError` for a language without a folder and for a message that stands in two files.
    """
    if language not in languages():
        raise ParameterError(f"There is no catalogue for language {language!r}; use one of: {', '.join(languages())}.")
    messages: dict[tuple[str | None, str], str] = {}
    for path in sorted((known_languages.CATALOGUES / language).glob("*.po")):
        with path.open("rb") as stream:
            entries = read_po(stream, locale=language, abort_invalid=True)
        for entry in entries:
            key = (entry.context, str(entry.id))
            if key in messages:
                raise ParameterError(f"catalogues/{language}/{path.name}: {key} stands in another file too.")
            if entry.id:
                messages[key] = str(entry.string)
    return Catalogue(language, MappingProxyType(messages))
