"""How numbers and dates are printed, by name and language, and how printed text is read back.

A claim stores the name of its format, so the same value prints alike in every document and a document
that was written earlier can be compared with a value that is computed now. Separators and month names
come from Babel's locale data, the order of words from this module's catalogued joiners.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from analysis.errors import ParameterError
from analysis.words.catalogue import catalogue

MINUS = "\N{MINUS SIGN}"
AT_MOST = "\N{LESS-THAN OR EQUAL TO}"
# Below this a p-value is printed as "less than", never as zero.
SMALLEST_PRINTED_P = Decimal("0.001")
# A p-value that three decimals would print as one of these gets more decimals, so that print and verdict agree.
_THRESHOLDS = (Decimal("0.01"), Decimal("0.05"), Decimal("0.10"))
_MOST_P_DECIMALS = 6

Value = int | float | str | datetime.date | tuple[int | float | datetime.date | str, int | float | datetime.date | str]


class Shape(StrEnum):
    """What kind of value a format prints."""

    NUMBER = "number"
    NONE = "none"
    RANGE = "range"
    P_VALUE = "p_value"
    P_RANGE = "p_range"
    DATE = "date"
    DATE_RANGE = "date_range"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One named way to print a value.

    ``decimals`` counts printed decimals, ``percent`` adds the sign and multiplies by a hundred unless
    ``in_hundredths`` (the value is in percent already), ``first`` begins a sentence,
    ``signed`` prints a plus before positive values, ``unsigned`` no sign at all (words say the direction), ``grouped``
    sets thousands apart, ``symbol`` writes "p" before a p-value, ``at_most`` prints it as an upper limit, ``excel`` is
    the number format of a worksheet cell that shows the same digits.
    """

    name: str
    shape: Shape
    decimals: int = 0
    percent: bool = False
    in_hundredths: bool = False
    signed: bool = False
    unsigned: bool = False
    grouped: bool = True
    symbol: bool = False
    at_most: bool = False
    first: bool = False
    excel: str = "General"


def _signed(digits: str) -> str:
    return f"+{digits};-{digits};{digits}"


def _numbers() -> list[Format]:
    made = [
        Format(name="count", shape=Shape.NUMBER, excel="#,##0"),
        Format(name="signed_count", shape=Shape.NUMBER, signed=True, excel="+#,##0;-#,##0;0"),
        Format(name="plain", shape=Shape.NUMBER, grouped=False, excel="0"),
    ]
    for decimals in (0, 1, 2, 3, 4):
        digits = "0." + "0" * decimals if decimals else "0"
        grouped = "#,##" + digits
        made += [
            Format(name=f"decimal{decimals}", shape=Shape.NUMBER, decimals=decimals, excel=grouped),
            Format(
                name=f"signed{decimals}",
                shape=Shape.NUMBER,
                decimals=decimals,
                signed=True,
                excel=f"+{grouped};-{grouped};{digits}",
            ),
            Format(
                name=f"size{decimals}",
                shape=Shape.NUMBER,
                decimals=decimals,
                unsigned=True,
                excel=f"{grouped};{grouped}",
            ),
            Format(name=f"range{decimals}", shape=Shape.RANGE, decimals=decimals, excel=grouped),
        ]
    for decimals in (0, 1, 2):
        digits = ("0." + "0" * decimals if decimals else "0") + "%"
        made += [
            Format(name=f"percent{decimals}", shape=Shape.NUMBER, decimals=decimals, percent=True, excel=digits),
            Format(name=f"percent_range{decimals}", shape=Shape.RANGE, decimals=decimals, percent=True, excel=digits),
        ]
    made += [
        Format(
            name=f"signed_range{decimals}",
            shape=Shape.RANGE,
            decimals=decimals,
            signed=True,
            excel=_signed(f"0.{'0' * decimals}" if decimals else "0"),
        )
        for decimals in (0, 1, 2, 3)
    ]
    return made


def _others() -> list[Format]:
    p_cell = '[<0.001]"< 0,001";0.000'
    return [
        Format(name="count_range", shape=Shape.RANGE, excel="#,##0"),
        Format(name="p", shape=Shape.P_VALUE, decimals=3, symbol=True, excel=p_cell),
        Format(name="p_cell", shape=Shape.P_VALUE, decimals=3, excel=p_cell),
        Format(name="p_most", shape=Shape.P_VALUE, decimals=3, at_most=True, excel=p_cell),
        Format(name="p_range", shape=Shape.P_RANGE, decimals=3, symbol=True, excel=p_cell),
        Format(name="p_range_cell", shape=Shape.P_RANGE, decimals=3, excel=p_cell),
        Format(
            name="percentage1",
            shape=Shape.NUMBER,
            decimals=1,
            percent=True,
            in_hundredths=True,
            excel='0.0"%"',
        ),
        Format(name="none", shape=Shape.NONE),
        Format(name="none_first", shape=Shape.NONE, first=True),
        Format(name="date", shape=Shape.DATE, excel="d mmmm yyyy"),
        Format(name="date_range", shape=Shape.DATE_RANGE, excel="d mmmm yyyy"),
        Format(name="text", shape=Shape.TEXT, excel="@"),
    ]


FORMATS: Mapping[str, Format] = MappingProxyType({made.name: made for made in _numbers() + _others()})


def format_named(name: str) -> Format:
    """Return the format of that name, or raise :class:`ParameterError` naming those there are."""
    if name not in FORMATS:
        raise ParameterError(f"There is no number format {name!r}; use one of: {', '.join(sorted(FORMATS))}.")
    return FORMATS[name]


def print_value(value: Value, name: str, language: str) -> str:
    """Return the text that the format ``name`` makes of ``value`` in ``language`` (``id``, ``en``, ...).

    Ranges and date ranges take a pair (low, high); dates are :class:`datetime.date` or ISO text; shares
    are printed as percent by the percent formats. Raises :class:`ParameterError` for a value that is not
    finite or does not fit the format.
    """
    chosen = format_named(name)
    if chosen.shape is Shape.TEXT:
        return str(value)
    if chosen.shape in (Shape.DATE, Shape.DATE_RANGE):
        return _print_dates(value, chosen, language)
    if chosen.shape in (Shape.RANGE, Shape.P_RANGE):
        low, high = _pair(value, name)
        printer = _print_p_range if chosen.shape is Shape.P_RANGE else _print_range
        return printer(_decimal(low, name), _decimal(high, name), chosen, language)
    number = _decimal(value, name)
    if chosen.shape is Shape.NONE:
        return _print_none(number, chosen, language)
    if chosen.shape is Shape.P_VALUE:
        relation, digits = _print_p(number, chosen, language)
        if chosen.at_most and relation != "<":
            return f"{AT_MOST} {digits if relation == '=' else _digits(Decimal(1), chosen.decimals, language)}"
        return _with_symbol(relation, digits) if chosen.symbol else _bare(relation, digits)
    return _print_number(number, chosen, language)


def _pair(value: object, name: str) -> tuple[object, object]:
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise ParameterError(f"Format {name!r} prints a pair (low, high), not {value!r}.")
    return value[0], value[1]


def _decimal(value: object, name: str) -> Decimal:
    """Return the value at 15 significant digits, as spreadsheets show it: hides the noise of the last bits."""
    if isinstance(value, bool | str) or value is None:
        raise ParameterError(f"Format {name!r} prints a number, not {value!r}.")
    number = float(value)  # type: ignore[arg-type]
    if not math.isfinite(number):
        raise ParameterError(f"Format {name!r} cannot print {number}: say in words why there is no number.")
    return Decimal(format(number, ".15g"))


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _digits(number: Decimal, decimals: int, language: str, *, grouped: bool = True) -> str:
    pattern = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(number, format=pattern, locale=language))


def _print_number(number: Decimal, chosen: Format, language: str) -> str:
    rounded = _rounded(number * 100 if chosen.percent and not chosen.in_hundredths else number, chosen.decimals)
    digits = _digits(abs(rounded), chosen.decimals, language, grouped=chosen.grouped)
    sign = MINUS if rounded < 0 else "+" if chosen.signed and rounded > 0 else ""
    sign = "" if chosen.unsigned else sign
    return f"{sign}{digits}{'%' if chosen.percent else ''}"


def _print_none(number: Decimal, chosen: Format, language: str) -> str:
    if number:
        raise ParameterError(f"Format {chosen.name!r} prints a count of zero in words, not {number}.")
    word = catalogue(language).text("none", "count")
    return word[:1].upper() + word[1:] if chosen.first else word


def _print_range(low: Decimal, high: Decimal, chosen: Format, language: str) -> str:
    if low > high:
        raise ParameterError(f"Format {chosen.name!r}: the lower limit {low} lies above the upper limit {high}.")
    printed = _print_number(low, chosen, language), _print_number(high, chosen, language)
    return printed[0] if printed[0] == printed[1] else _joined(*printed, language)


def _joined(low: str, high: str, language: str) -> str:
    return f"{low} {catalogue(language).text('to', 'range')} {high}"


def _print_p(number: Decimal, chosen: Format, language: str) -> tuple[str, str]:
    if not 0 <= number <= 1:
        raise ParameterError(f"Format {chosen.name!r} prints a p-value between 0 and 1, not {number}.")
    if number < SMALLEST_PRINTED_P:
        return "<", _digits(SMALLEST_PRINTED_P, chosen.decimals, language)
    decimals = chosen.decimals
    while decimals < _MOST_P_DECIMALS and number not in _THRESHOLDS and _rounded(number, decimals) in _THRESHOLDS:
        decimals += 1
    rounded = _rounded(number, decimals)
    if rounded == 1 and number < 1:
        return ">", _digits(1 - SMALLEST_PRINTED_P, chosen.decimals, language)
    return "=", _digits(rounded, decimals, language)


def _with_symbol(relation: str, digits: str) -> str:
    return f"p {relation} {digits}"


def _bare(relation: str, digits: str) -> str:
    return digits if relation == "=" else f"{relation} {digits}"


def _print_p_range(low: Decimal, high: Decimal, chosen: Format, language: str) -> str:
    if low > high:
        raise ParameterError(f"Format {chosen.name!r}: the lower limit {low} lies above the upper limit {high}.")
    first, last = _print_p(low, chosen, language), _print_p(high, chosen, language)
    if first == last:
        return _with_symbol(*first) if chosen.symbol else _bare(*first)
    symbol = "p " if chosen.symbol else ""
    if first[0] == "<":
        return f"{symbol}{AT_MOST} {last[1]}"
    return symbol + _joined(_bare(*first), _bare(*last), language)


def _date(value: object, name: str) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError as error:
        raise ParameterError(f"Format {name!r} prints a date such as 2023-09-14, not {value!r}.") from error


def _print_dates(value: object, chosen: Format, language: str) -> str:
    def long(day: datetime.date, pattern: str = "d MMMM y") -> str:
        return str(format_date(day, pattern, locale=language))

    if chosen.shape is Shape.DATE:
        return long(_date(value, chosen.name))
    first, last = (_date(part, chosen.name) for part in _pair(value, chosen.name))
    if first > last:
        raise ParameterError(f"Format {chosen.name!r}: {first} lies after {last}.")
    if first == last:
        return long(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{long(last)}"
    if first.year == last.year:
        return f"{long(first, 'd MMMM')} \N{EN DASH} {long(last)}"
    return f"{long(first)} \N{EN DASH} {long(last)}"


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
