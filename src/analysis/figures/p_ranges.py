"""The range of p-values that the printed means admit, with its verdict, a panel per contrast."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.figures.grid import Cell, are_many, contrast_in_words, grid
from analysis.figures.nothing import nothing
from analysis.figures.page import (
    FONT_SIZE,
    NARROW_LABELS,
    finish,
    label_rows,
    lay_rows,
    new_panels,
    panel_inches,
    ticks_inward,
    wrap,
)
from analysis.figures.shared import shared
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
