"""Numbers as Indonesian sources print them: decimal comma (or point), thousands point, percent sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_MEAN = re.compile(r"(-?[0-9]+)(?:[.,]([0-9]+))?\s*(%?)")
LARGEST_COUNT = 10**12  # of people or villages: far above any, far below what a sum of 64 bits can hold
_COUNT = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: its text, exact value, printed decimals, and whether a percent sign follows it."""

    text: str
    value: Decimal
    decimals: int
    is_percent: bool

    @property
    def half_unit(self) -> Decimal:
        """Return half a unit of the last printed decimal: how far rounding may have moved the value."""
        return Decimal(5).scaleb(-self.decimals - 1)


def printed_mean(text: str) -> Printed | None:
    """Return an average or percentage as printed ("3,89", "4.18", "98,8%"), None where it is no number.

    A comma and a point are both decimal marks here: an average on a scale has no thousands.
    """
    match = _MEAN.fullmatch(text.strip())
    if match is None:
        return None
    whole, fraction, percent = match.group(1), match.group(2) or "", match.group(3)
    return Printed(text.strip(), Decimal(f"{whole}.{fraction or 0}"), len(fraction), bool(percent))


def printed_count(text: str) -> int | None:
    """Return a count as printed ("72", "1.956", "1,956", "1 956").

    None where it is no whole number of 0 or more, or one above :data:`LARGEST_COUNT`, which counts nothing.
    """
    match = _COUNT.fullmatch(text.strip())
    number = int(re.sub(r"[., ]", "", match.group())) if match else None
    return number if number is not None and number <= LARGEST_COUNT else None
