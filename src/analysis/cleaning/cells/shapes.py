"""The shape of a personal value: enough to find the cell, nothing that tells who it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence, Set

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
# A NIK, a phone or account number; a date with its hour ("2024-08-13 10:00") is none.
_LONG_NUMBER = re.compile(r"(?<!\d)(?!\d{4}-\d\d-\d\d \d\d:)\+?\d(?:[ .\-]?\d){8,}(?!\d)")
_WORD = re.compile(r"\w+")
MOST_WORDS_OF_A_NAME = 6
LEAST_LETTERS_OF_A_LONE_NAME = 5  # shorter ones are words of the language too


def shape(value: object) -> str:
    """Return a description of a personal value without the value, such as "16 digits, last 0"."""
    if isinstance(value, bool) or value is None:
        return "blank" if value is None else "true/false"
    if isinstance(value, dt.date | dt.time):
        return "date"
    if isinstance(value, int | float):
        digits = f"{value:.0f}" if abs(value) < 1e18 else ""
        return f"number, {counted(len(digits.lstrip('-')), 'digit')}" if digits else "number"
    text = str(value).strip()
    if not text:
        return "blank"
    if _EMAIL.fullmatch(text):
        return "e-mail address"
    if _SCIENTIFIC.fullmatch(text):
        return "number in scientific notation"
    return _text_shape(text)


def _text_shape(text: str) -> str:
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    others = len(text) - digits - letters - sum(character.isspace() for character in text)
    if digits and not letters:
        last = next(character for character in reversed(text) if character.isdigit())
        return f"{counted(digits, 'digit')}, last {last}" + (f", {counted(others, 'mark')}" if others else "")
    parts = [(len(text.split()), "word"), (letters, "letter"), (digits, "digit"), (others, "mark")]
    return ", ".join(counted(count, noun) for count, noun in parts if count)


def counted(count: int, noun: str) -> str:
    """Return a count and what is counted: "1 letter", "2 letters"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def mask_personal(text: str, names: Set[str] = frozenset()) -> str:
    """Return free text with e-mail addresses, long numbers and ``names`` replaced by what they are, in brackets.

    ``names`` are people's names in small letters with single blanks.
    """
    text = _LONG_NUMBER.sub("[number]", _EMAIL.sub("[e-mail address]", text))
    return _without_names(text, names) if names else text


def _without_names(text: str, names: Set[str]) -> str:
    words = list(_WORD.finditer(text))
    masked, end, place = [], 0, 0
    while place < len(words):
        longest = min(MOST_WORDS_OF_A_NAME, len(words) - place)
        length = next((n for n in range(longest, 0, -1) if _is_name(words[place : place + n], names)), 0)
        if length:
            masked += [text[end : words[place].start()], "[name]"]
            end = words[place + length - 1].end()
        place += length or 1
    return "".join([*masked, text[end:]])


def _is_name(words: Sequence[re.Match[str]], names: Set[str]) -> bool:
    joined = " ".join(word.group().casefold() for word in words)
    return joined in names and (len(words) > 1 or len(joined) >= LEAST_LETTERS_OF_A_LONE_NAME)
