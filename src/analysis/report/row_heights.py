"""Heights of worksheet rows whose words take several lines: programs do not always find them out themselves."""

from __future__ import annotations

import math
from collections.abc import Iterable

LINE_POINTS = 15  # of the default font, Calibri 11

# Advance widths of Arial in thousandths of its size; Calibri is narrower.
_WIDTHS = {
    222: "ijl'", 278: " !,./:;ftI[]\\|", 333: "r()-`{}", 500: "cksvxyzJ", 556: "abdeghnopqu0123456789?$#_L–",
    584: "+<=>~−", 611: "FTZ", 667: "ABEKPSVXY&", 722: "CDHNRUw", 778: "GOQ", 833: "mM", 889: "%", 944: "W",
}  # fmt: skip
_WIDTH_OF = {letter: thousandths / 1000 for thousandths, letters in _WIDTHS.items() for letter in letters}
_OTHER = 0.7
# Letters of 10 points (at 96 dots an inch) over a column's unit, a digit of Calibri 11; a little more, for safety.
_UNITS = 10 * 96 / 72 / 7 * 1.03


def row_points(texts: Iterable[tuple[str, float]]) -> int:
    """Return the height of a row, in points, from its texts and the widths of their columns in Excel's unit."""
    return LINE_POINTS * max((_lines(text, width) for text, width in texts), default=1)


def _lines(text: str, width: float) -> int:
    lines, used = 1, 0.0
    for word in text.split():
        room = _units(word)
        after = used + (_units(" ") if used else 0) + room
        if after <= width:
            used = after
            continue
        if used:
            lines += 1
        broken = math.ceil(room / max(width, 1)) - 1  # a word longer than the column goes on in the next line
        lines += broken
        used = room - broken * width
    return lines


def _units(text: str) -> float:
    return sum(_WIDTH_OF.get(letter, _OTHER) for letter in text) * _UNITS
