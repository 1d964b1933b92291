"""Indicators by pairs of batches as a grid of coloured cells: for more pairs than stand side by side as panels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from analysis.figures.page import NARROW_LABELS, SMALL_SIZE, label_rows, lay_rows, new_axes, panel_inches, text_inches
from analysis.figures.style import INK, Words

# The pairs of more batches than this do not fit side by side.
_MOST_BATCHES = 4
_ROW_INCHES, _TURNED_ROW_INCHES = 0.23, 0.38
_SLANT_DEGREES = 30
# Slanted headings of columns closer than this would touch.
_CLOSE_INCHES = 0.3
_DARK = 0.45


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, on which colour; hatched where it is left open."""

    text: str
    colour: str
    hatch: str


def are_many(contrasts: Sequence[str]) -> bool:
    """Return whether the contrasts are of more batches than are drawn side by side."""
    return len({batch for contrast in contrasts for batch in contrast.split("-", 1)}) > _MOST_BATCHES


def contrast_in_words(contrast: str, words: Words) -> str:
    """Return a contrast such as "7-5" in words."""
    later, earlier = contrast.split("-", 1)
    return words.text("batch {later} against {earlier}", {"later": later, "earlier": earlier})


def grid(
    cells: Mapping[tuple[str, str], Cell], subjects: Sequence[str], contrasts: Sequence[str], words: Words
) -> tuple[Axes, float]:
    """Draw a row per subject and a column per contrast; return the Axes and the inches that headings take below."""
    column = panel_inches(1, NARROW_LABELS) / len(contrasts)
    is_turned = max(text_inches(cell.text, SMALL_SIZE) for cell in cells.values()) > 0.92 * column
    least = _TURNED_ROW_INCHES if is_turned else _ROW_INCHES
    rows = lay_rows([words.subject(one) for one in subjects], room=NARROW_LABELS, least=least)
    tops = [0.0]
    for place in rows.places:
        tops.append(2 * place - tops[-1])
    ax = new_axes(None, rows.inches)
    ax.grid(visible=False)
    for row, subject in enumerate(subjects):
        for place, contrast in enumerate(contrasts):
            cell = cells.get((subject, contrast))
            if cell is not None:
                _draw(ax, (place, tops[row], tops[row + 1]), cell, is_turned)
    ax.set_xlim(0, len(contrasts))
    headings = [contrast_in_words(one, words) for one in contrasts]
    is_close = column < _CLOSE_INCHES
    ax.set_xticks(
        [place + 0.5 for place in range(len(contrasts))], headings, rotation=90 if is_close else _SLANT_DEGREES,
        ha="center" if is_close else "right", rotation_mode="default" if is_close else "anchor", fontsize=SMALL_SIZE,
    )  # fmt: skip
    label_rows(ax, rows)
    ax.spines["bottom"].set_visible(False)
    longest = max(text_inches(heading, SMALL_SIZE) for heading in headings)
    return ax, 0.12 + longest * (1.0 if is_close else math.sin(math.radians(_SLANT_DEGREES)))


def _draw(ax: Axes, where: tuple[float, float, float], cell: Cell, is_turned: bool) -> None:
    left, top, bottom = where
    ax.add_patch(Rectangle((left, top), 1, bottom - top, facecolor=cell.colour, edgecolor="white", linewidth=0.8))
    if cell.hatch:
        ax.add_patch(
            Rectangle((left, top), 1, bottom - top, fill=False, hatch=cell.hatch, edgecolor="#b5b5b5", linewidth=0)
        )
    red, green, blue = to_rgb(cell.colour)
    is_dark = 0.299 * red + 0.587 * green + 0.114 * blue < _DARK
    ax.text(
        left + 0.5, (top + bottom) / 2, cell.text, ha="center", va="center", fontsize=SMALL_SIZE,
        color="white" if is_dark else INK, rotation=90 if is_turned else 0,
    )  # fmt: skip
