"""What a number of a workbook shows: its number format, read from the file for one column when somebody asks.

A cell holds 4.0 and shows "4,00", holds 0.6 and shows "60 %": only the format tells, and no reader of cells gives it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from analysis.cleaning.reading.arrivals import DAMAGE, is_compound
from analysis.cleaning.reading.findings import Refused
from analysis.cleaning.reading.ods import opendocument_formats
from analysis.cleaning.reading.xls import binary_formats
from analysis.cleaning.reading.xlsx import openxml_formats

# By row of the file (from 0): the format code of each cell of one column that has one other than "General".
ColumnCodes = Mapping[int, str]
# Gives the codes of a column of the file (from 0); its second argument keeps only codes that hold this text.
FormatsOfColumn = Callable[[int, str], ColumnCodes]

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_WITHOUT_WIDTH = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, currencies, blanks as wide as a sign, filling
_CONDITION = re.compile(r"\[\s*[<>=]")
_DIGITS = re.compile(r"[#0?]*(?:,[#0?]+)*(?:\.(0*))?")
_SIGNIFICANT_DIGITS = 15  # of a number, as spreadsheets show it


class Shown(NamedTuple):
    """How a format shows numbers: printed decimals, whether "%" follows, and whether 0.6 is shown as 60."""

    decimals: int
    is_percent: bool
    is_scaled: bool


@lru_cache(maxsize=512)
def shown_by(code: str) -> Shown | None:
    """Return how a format code shows numbers; None where the number of its decimals is not fixed, or for dates.

    Examples
    --------
    >>> shown_by("0.00"), shown_by("General")
    (Shown(decimals=2, is_percent=False, is_scaled=False), None)
    """
    if _CONDITION.search(code):
        return None
    positive = _first_section(code)
    literals = "".join(first or second for first, second in _LITERAL.findall(positive))
    plain = _WITHOUT_WIDTH.sub("", _LITERAL.sub("", positive)).replace(" ", "")
    is_scaled = plain.endswith("%") or plain.startswith("%")
    match = _DIGITS.fullmatch(plain.strip("%"))
    if match is None or not re.search(r"[#0?]", plain):
        return None
    return Shown(len(match.group(1) or ""), is_scaled or "%" in literals, is_scaled)


def is_percent(code: str) -> bool:
    """Tell whether a format shows a percent sign."""
    shown = shown_by(code)
    return shown.is_percent if shown is not None else "%" in _LITERAL.sub("", code)


def shown_text(value: float, code: str) -> str | None:
    """Return a number as its cell shows it, with a decimal comma; None where the format does not fix the decimals.

    Halves are rounded up at 15 significant digits, as spreadsheets do.

    Examples
    --------
    >>> shown_text(4.0, "0.00"), shown_text(0.984, "0.0%")
    ('4,00', '98,4%')
    """
    shown = shown_by(code)
    if shown is None:
        return None
    exact = Decimal(f"{value:.{_SIGNIFICANT_DIGITS}g}") * (100 if shown.is_scaled else 1)
    if not exact.is_finite() or exact.adjusted() > _SIGNIFICANT_DIGITS:
        return None
    rounded = exact.quantize(Decimal(1).scaleb(-min(shown.decimals, _SIGNIFICANT_DIGITS)), rounding=ROUND_HALF_UP)
    return f"{rounded:f}".replace(".", ",") + ("%" if shown.is_percent else "")


def _first_section(code: str) -> str:
    """Return what stands before the first ";" that is no literal."""
    end = 0
    for match in re.finditer(r'"[^"]*"|\\.|;', code):
        if match.group() == ";":
            return code[:end] + code[end : match.start()]
        end = match.end()
    return code


def column_codes(path: Path, sheet: str, column: int, holding: str) -> ColumnCodes:
    """Return the format codes of one column of a sheet by row; none where the file does not tell them.

    ``holding`` keeps only the codes with this text ("" keeps all but "General"); a file without such a format is not
    searched.
    """
    try:
        if is_compound(path):
            codes = binary_formats(path.read_bytes(), sheet, column, holding)
        else:
            with zipfile.ZipFile(path) as archive:
                is_openxml = "xl/workbook.xml" in archive.namelist()
                find = openxml_formats if is_openxml else opendocument_formats
                codes = find(archive, sheet, column, holding)
    except (Refused, *DAMAGE, RuntimeError):
        return {}
    return codes
