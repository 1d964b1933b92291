"""The shape of a personal value: enough to find the cell, nothing that tells who it is."""

from __future__ import annotations

import datetime as dt
import re

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_LONG_NUMBER = re.compile(r"(?<!\d)\+?\d(?:[ .\-]?\d){8,}(?!\d)")  # a NIK, a phone or account number


def shape(value: object) -> str:
    """Return a description of a personal value without the value, such as "16 digits, last 0"."""
    if isinstance(value, bool) or value is None:
        return "blank" if value is None else "true/false"
    if isinstance(value, dt.date | dt.time):
        return "date"
    if isinstance(value, int | float):
        digits = f"{value:.0f}" if abs(value) < 1e18 else ""
        return f"number, {len(digits.lstrip('-'))} digits" if digits else "number"
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
        return f"{digits} digits, last {last}" + (f", {others} marks" if others else "")
    words = len(text.split())
    parts = [f"{words} word{'s' if words != 1 else ''}", f"{letters} letters"]
    if digits:
        parts.append(f"{digits} digits")
    if others:
        parts.append(f"{others} marks")
    return ", ".join(parts)


def mask_personal(text: str) -> str:
    """Return free text with e-mail addresses and long numbers replaced by their shapes in brackets."""
    text = _EMAIL.sub("[e-mail address]", text)
    return _LONG_NUMBER.sub("[number]", text)
