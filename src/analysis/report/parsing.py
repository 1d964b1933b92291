"""Reading printed numbers back: the inverse of :mod:`analysis.report.formats`, for documents and their checks."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from analysis.errors import ParameterError
from analysis.report.catalogue import catalogue
from analysis.report.formats import AT_MOST, MINUS, Shape, format_named


def read_number(text: str, language: str) -> float:
    """Return the number that ``text`` prints in ``language``; a percentage comes back as a share.

    Strict: thousands must be grouped in threes and the decimal separator must be the language's own.
    Raises :class:`ParameterError` otherwise. Relations ("<", "p =") are not part of a number.
    """
    matched = _number_pattern(language).fullmatch(text.strip())
    if matched is None:
        raise ParameterError(f"{text!r} is not a number as language {language!r} prints it.")
    bare = matched.group("digits").replace(str(get_group_symbol(language)), "")
    number = float(bare.replace(str(get_decimal_symbol(language)), "."))
    if matched.group("percent"):
        number = float(Decimal(str(number)) / 100)
    return -number if matched.group("sign") in (MINUS, "-") else number


@lru_cache
def _number_pattern(language: str) -> re.Pattern[str]:
    group, decimal = re.escape(str(get_group_symbol(language))), re.escape(str(get_decimal_symbol(language)))
    whole = rf"(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)"
    return re.compile(rf"(?P<sign>[{MINUS}+-]?)(?P<digits>{whole}(?:{decimal}[0-9]+)?)(?P<percent>%?)")


def read_value(text: str, name: str, language: str) -> float | tuple[float, float]:
    """Return what a text printed by the format ``name`` says: a number, or a pair for a range.

    "p < 0,001" comes back as 0.001, an upper limit alone as a pair with zero, a range whose limits print alike
    as a pair of equals.
    Raises :class:`ParameterError` if the text does not have the form of the format.
    """
    chosen = format_named(name)
    if chosen.shape in (Shape.TEXT, Shape.DATE, Shape.DATE_RANGE):
        raise ParameterError(f"Format {name!r} prints no number.")
    if chosen.shape is Shape.NONE and text.casefold() == catalogue(language).text("none", "count"):
        return 0.0
    bare = text.removeprefix("p ") if chosen.symbol else text
    joiner = f" {catalogue(language).text('to', 'range')} "
    if chosen.shape is Shape.P_RANGE and bare.startswith(AT_MOST):
        return 0.0, read_number(bare.removeprefix(AT_MOST), language)
    numbers = [read_number(re.sub(r"^[<>=] ", "", part), language) for part in bare.split(joiner)]
    if chosen.shape in (Shape.RANGE, Shape.P_RANGE):
        return numbers[0], numbers[-1]
    if chosen.in_hundredths:
        numbers = [float(Decimal(str(number)) * 100) for number in numbers]
    if len(numbers) != 1:
        raise ParameterError(f"{text!r} holds more than the one number of format {name!r}.")
    return numbers[0]


def number_tokens(text: str) -> list[str]:
    """Return every run of digits in a text with the separators inside it, in order: "4.1", "1.956", "0,020"."""
    return re.findall(r"[0-9]+(?:[.,][0-9]+)*", text)
