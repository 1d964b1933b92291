"""Subjects of result rows in words, and the words of figures: items, aspects, batches, sizes and other things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.evaluation.subject import Contrast, Part, Subject
from analysis.study.instrument import Instrument, load_instrument
from analysis.study.loading import Definition
from analysis.words.catalogue import catalogue
from analysis.words.formats import print_value

# How a regency's own name begins, and the word for it.
_KINDS = {"Kabupaten": "regency", "Kota": "city"}
# Subjects of people, whose values are words: "Role: village head" beside "Batch 5".
_IN_WORDS = ("role", "sex", "plan_kind", "band")


@lru_cache
def _names(language: str) -> dict[str, str]:
    return instrument_names(load_instrument(), language)


def instrument_names(instrument: Instrument, language: str) -> dict[str, str]:
    """Return the words of every item and aspect of a questionnaire by id."""
    items = {item.id: in_language(item, "text", language) or item.id for item in instrument.items}
    return items | {aspect.id: in_language(aspect, "name", language) or aspect.id for aspect in instrument.aspects}


def in_language(definition: Definition, field: str, language: str) -> str | None:
    """Return a definition's own text (``name_id``, ``name_en``) in a language, None where it has none.

    A language in which definitions have no field translates the English text by its catalogue, context
    ``definition``, and else keeps it.
    """
    if hasattr(definition, f"{field}_{language}"):
        own: str | None = getattr(definition, f"{field}_{language}")
        return own
    english: str | None = getattr(definition, f"{field}_en")
    words = catalogue(language)
    return words.text(english, "definition") if english and words.has(english, "definition") else english


def level_words(instrument: Instrument, language: str) -> dict[int, str]:
    """Return the words of each level of the scale, in the order of the definition."""
    return {level.value: in_language(level, "label", language) or str(level.value) for level in instrument.scale_labels}


def subject_in_words(subject: str, language: str, names: dict[str, str] | None = None) -> str:
    """Return a subject such as ``materi_1``, ``total|sd=0.8`` or ``n=96`` in words.

    ``names`` are the words of a province's own questionnaire; default: the usual one. A part that no
    catalogue knows (a folder name, a code of a table) stands as it is.
    """
    return ", ".join(_part(part, language, names or _names(language)) for part in Subject.parse(subject).parts)


def capitalised(text: str) -> str:
    """Return a text with a capital first, the rest as it is."""
    return text[:1].upper() + text[1:]


def contrast_in_words(contrast: str, language: str, names: dict[str, str] | None = None) -> str:
    """Return a contrast such as ``done/plans``, ``post-pre`` or ``lkd-bpd`` in words; ``7-5`` stands as it is."""
    words = catalogue(language)
    if words.has(contrast, "contrast"):
        return words.text(contrast, "contrast")
    pair = Contrast.read(contrast)
    if pair is not None and all(words.has(part, "subject") for part in (pair.later, pair.earlier)):
        return " \N{MINUS SIGN} ".join(words.text(part, "subject") for part in (pair.later, pair.earlier))
    return subject_in_words(contrast, language, names)


def _part(part: Part, language: str, names: dict[str, str]) -> str:
    words = catalogue(language)
    written, name, value = str(part), part.name, part.value
    if written in names:
        return names[written]
    if words.has(written, "subject"):
        return words.text(written, "subject")
    if value is not None and words.has(name, "subject"):
        kind, _, place = value.partition(" ")
        if name == "regency" and kind in _KINDS and place:  # named with its kind, where the province has two of a name
            return f"{words.text(_KINDS[kind], 'subject')} {place}"
        heading, printed = words.text(name, "subject"), _value(value, language)
        if printed.casefold().startswith(heading.casefold()):
            return printed
        if name in _IN_WORDS:
            return words.filled("{kind} of people {value}", {"kind": heading, "value": printed}, "subject")
        return f"{heading} {printed}"
    return name if value is None else f"{name}={value}"


def _value(value: str, language: str) -> str:
    words = catalogue(language)
    if words.has(value, "subject"):
        return words.text(value, "subject")
    try:
        number = float(value)
    except ValueError:
        return value
    decimals = len(value.partition(".")[2])
    return print_value(number, f"decimal{decimals}" if decimals else "count", language)


_CONTEXT = "figure"


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Messages, subjects and numbers of one language (see :class:`analysis.figures.style.Words`)."""

    language: str
    names: Mapping[str, str]

    def text(self, key: str, parts: Mapping[str, str] | None = None, /) -> str:
        """Return a message of the figures with its parts filled in."""
        return catalogue(self.language).filled(key, parts or {}, _CONTEXT)

    def subject(self, subject: str, /) -> str:
        """Return the subject of a result row in words, with a capital first."""
        return capitalised(subject_in_words(subject, self.language, dict(self.names)))

    def reason(self, code: str, /) -> str:
        """Return the reason code of a result in words."""
        return catalogue(self.language).text(code, "reason")

    def number(self, value: float, decimals: int, /) -> str:
        """Return a number with this many decimals."""
        return print_value(value, f"decimal{decimals}" if decimals else "count", self.language)

    def p_value(self, value: float, /) -> str:
        """Return a p-value such as "p = 0.020" or "p < 0.001", which stays in one line."""
        return print_value(value, "p", self.language).replace(" ", "\N{NO-BREAK SPACE}")


def figure_words(language: str, instrument: Instrument) -> FigureWords:
    """Return the words of figures about a study with this questionnaire."""
    return FigureWords(language, instrument_names(instrument, language))
