"""What the problem list says was found, in words of a language.

A value is what stands in a cell, or, where that must not be shown or is not enough, phrases of a closed list ("2
words, 13 letters; 1 letter differs; compare with peserta.xlsx, Angkatan 5, B95"): those are in the catalogues
under the context ``value``, with placeholders for what varies.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.report.catalogue import Catalogue, catalogue

CONTEXT = "value"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_NUMBER = r"[0-9][0-9.,]*"
_ANYTHING = r".+"  # a place, or names of columns


def value_in_words(value: str, words: Catalogue) -> str:
    """Return a problem's value with its phrases translated; what is no phrase stays as it stands in the cell."""
    return "; ".join(_part_in_words(part, words) for part in value.split("; "))


def _part_in_words(part: str, words: Catalogue) -> str:
    whole = _phrase(part, words)
    if whole is not None:
        return whole
    atoms = [_phrase(atom, words) for atom in part.split(", ")]
    found = [atom for atom in atoms if atom is not None]
    return ", ".join(found) if len(found) == len(atoms) else part


def _phrase(text: str, words: Catalogue) -> str | None:
    """Return one phrase in words, None for a text that is none."""
    if words.has(text, CONTEXT):
        return words.text(text, CONTEXT)
    for pattern, key in _patterns(words.language):
        matched = pattern.fullmatch(text)
        if matched:
            parts = {name: _filled(name, found, words) for name, found in matched.groupdict().items()}
            return words.filled(key, parts, CONTEXT)
    return None


def _filled(name: str, found: str, words: Catalogue) -> str:
    if name != "columns":
        return found
    return ", ".join(words.text(one, "column") if words.has(one, "column") else one for one in found.split(", "))


@lru_cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    keys = sorted(key for context, key in catalogue(language).messages if context == CONTEXT)
    return tuple((re.compile(_as_pattern(key)), key) for key in keys if _PLACEHOLDER.search(key))


def _as_pattern(key: str) -> str:
    pieces = _PLACEHOLDER.split(key)
    return "".join(
        re.escape(piece) if place % 2 == 0 else f"(?P<{piece}>{_ANYTHING if piece in _TEXTS else _NUMBER})"
        for place, piece in enumerate(pieces)
    )


_TEXTS = frozenset({"place", "columns", "first", "last"})
