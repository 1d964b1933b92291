"""Heights of worksheet rows whose words take several lines: programs do not always find them out themselves."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

LINE_POINTS = 15  # of the default font, Calibri 11


def row_points(texts: Iterable[tuple[str, float]]) -> int:
    """Return the height of a row, in points, from its texts and the widths of their columns in letters."""
    return LINE_POINTS * max((_lines(text, width) for text, width in texts), default=1)


def _lines(text: str, width: float) -> int:
    return max(1, len(textwrap.wrap(text, max(1, int(width)))))
