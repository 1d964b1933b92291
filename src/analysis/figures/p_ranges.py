"""The range of p-values that the printed means admit, as panels, or as a grid where pairs are many."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from analysis.evaluation.subject import Contrast
from analysis.figures.drawing import nothing, shared
from analysis.figures.page import (
    FONT_SIZE,
    NARROW_LABELS,
    SMALL_SIZE,
    finish,
    label_rows,
    lay_rows,
    new_axes,
    new_panels,
    panel_inches,
    text_inches,
    ticks_inward,
    wrap,
)
from analysis.figures.style import INK, VERDICT_COLOURS, VERDICT_HATCHES, Words, subjects_in_order
from analysis.stats.codes import Verdict

# Smaller p-values are drawn at the left edge: nothing is decided there.
SMALLEST_DRAWN_P = 1e-4
_SMALLEST_PRINTED_P = 1e-3
_ROW_INCHES, _BAR_INCHES = 0.23, 0.15
# Panels narrower than this have room for one tick.
_NARROW_PANEL = 1.0
_VERDICTS = (Verdict.ALWAYS, Verdict.UNDETERMINED, Verdict.NEVER)


@shared
def p_ranges(
    results: pd.DataFrame, *, alpha: float, words: Words, contrasts: Sequence[str] | None = None
) -> list[Axes]:
    """Draw one bar per score from the smallest to the largest p-value, the contrasts side by side.

    With more than four batches there is one grid of verdicts instead, with the largest possible p-value in each cell.

    Parameters
    ----------
    results
        Rows with ``subject``, ``contrast``, ``p_low``, ``p_high``, ``p_adjusted``, ``verdict``, such as
        ``published.pairs``. An adjusted upper bound is marked by a diamond.
    contrasts
        The contrasts to draw, from left to right; default: all, in the order of the rows.

    Returns
    -------
    list of Axes
        One per contrast; a single one with the reason where there is nothing to draw.
    """
    shown = results[results["p_high"].notna()]
    if shown.empty:
        return [nothing(results, words)]
    chosen = list(contrasts or dict.fromkeys(shown["contrast"].astype(str)))
    subjects = subjects_in_order(results, shown)
    note = f"{words.text('p ranges: note')} {words.text('order: form')}"
    if are_many(chosen):
        return [_verdict_grid(shown, subjects, chosen, words)]
    rows = lay_rows([words.subject(subject) for subject in subjects], room=NARROW_LABELS, least=_ROW_INCHES)
    panels = new_panels(len(chosen), rows.inches)
    for ax, contrast in zip(panels, chosen, strict=True):
        by_subject = {str(row["subject"]): row for row in shown[shown["contrast"] == contrast].to_dict("records")}
        drawn = [(y, by_subject[one]) for y, one in zip(rows.places, subjects, strict=True) if one in by_subject]
        _bars(ax, drawn)
        _axis(ax, alpha, len(chosen), words)
        heading = wrap(contrast_in_words(contrast, words), panel_inches(len(chosen), NARROW_LABELS), FONT_SIZE)
        counts = pd.Series([row["verdict"] for _, row in drawn]).value_counts()
        tally = " · ".join(words.number(float(counts.get(code, 0)), 0) for code in _VERDICTS)
        ax.set_title(f"{heading}\n{tally}", fontsize=FONT_SIZE, color=INK, y=1.0)
    label_rows(panels[0], rows)
    handles = _verdict_handles(words)
    if shown["p_adjusted"].notna().any():
        label = words.text("p ranges: adjusted")
        handles.append(Line2D([], [], marker="D", linestyle="", color=INK, markersize=4, label=label))
    finish(panels, title=words.text("p ranges: title"), note=note, x_label=words.text("p-value"), handles=handles)
    return panels


def _axis(ax: Axes, alpha: float, panels: int, words: Words) -> None:
    ax.axvline(alpha, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    ax.set_xscale("log")
    ax.set_xlim(SMALLEST_DRAWN_P, 1.3)
    is_wide = panel_inches(panels, NARROW_LABELS) > _NARROW_PANEL
    ticks = [SMALLEST_DRAWN_P, alpha, 1.0] if is_wide else [alpha]
    ax.set_xticks(ticks, [_tick(tick, words) for tick in ticks])
    ax.minorticks_off()
    ticks_inward(ax)


def _bars(ax: Axes, rows: Sequence[tuple[float, Mapping[Hashable, Any]]]) -> None:
    """Draw the bars at their places, and diamonds where there is an adjusted upper bound."""
    for code in _VERDICTS:
        chosen = [(y, row) for y, row in rows if row["verdict"] == code]
        left = np.array([max(float(row["p_low"]), SMALLEST_DRAWN_P) for _, row in chosen])
        right = np.array([max(float(row["p_high"]), SMALLEST_DRAWN_P * 1.15) for _, row in chosen])
        ax.barh(
            [y for y, _ in chosen], right - left, left=left, height=_BAR_INCHES, color=VERDICT_COLOURS[code],
            hatch=VERDICT_HATCHES[code], edgecolor=INK, linewidth=0.6,
        )  # fmt: skip
    adjusted = [
        (max(float(row["p_adjusted"]), SMALLEST_DRAWN_P), y) for y, row in rows if not pd.isna(row["p_adjusted"])
    ]
    ax.plot([p for p, _ in adjusted], [y for _, y in adjusted], "D", color=INK, markersize=3.5, zorder=3)


def _verdict_grid(shown: pd.DataFrame, subjects: Sequence[str], contrasts: Sequence[str], words: Words) -> Axes:
    """Draw a cell per score and contrast in the colour and hatch of its verdict, with its largest p-value."""
    cells = {
        (str(row["subject"]), str(row["contrast"])): Cell(
            text=_at_least_a_thousandth(float(row["p_high"]), words),
            colour=VERDICT_COLOURS[Verdict(str(row["verdict"]))],
            hatch=VERDICT_HATCHES[Verdict(str(row["verdict"]))],
        )
        for row in shown.to_dict("records")
    }
    ax, below = grid(cells, subjects, contrasts, words)
    note = f"{words.text('p ranges: grid note')} {words.text('order: form')}"
    finish([ax], title=words.text("p ranges: title"), note=note, handles=_verdict_handles(words), below=below)
    return ax


def _at_least_a_thousandth(p: float, words: Words) -> str:
    return words.number(p, 3) if p >= _SMALLEST_PRINTED_P else f"< {words.number(_SMALLEST_PRINTED_P, 3)}"


def _verdict_handles(words: Words) -> list[Artist]:
    """Return the marks that explain the colours, in the order of the counts above each panel."""
    return [
        Patch(
            facecolor=VERDICT_COLOURS[code], hatch=VERDICT_HATCHES[code], edgecolor=INK, linewidth=0.6,
            label=words.text(f"verdict {code}"),
        )
        for code in _VERDICTS
    ]  # fmt: skip


def _tick(value: float, words: Words) -> str:
    number = words.number(value, max(0, -int(np.floor(np.log10(value)))))
    return f"≤ {number}" if value == SMALLEST_DRAWN_P else number


# The pairs of more batches than this do not fit side by side.
_MOST_BATCHES = 4
_TURNED_ROW_INCHES = 0.38
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
    pairs = [Contrast.parse(contrast) for contrast in contrasts]
    return len({batch for pair in pairs for batch in (pair.later, pair.earlier)}) > _MOST_BATCHES


def contrast_in_words(contrast: str, words: Words) -> str:
    """Return a contrast such as "7-5" in words."""
    pair = Contrast.parse(contrast)
    return words.text("batch {later} against {earlier}", {"later": pair.later, "earlier": pair.earlier})


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
