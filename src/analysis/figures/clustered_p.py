"""What ignoring classes would have claimed: p-values of people, villages and classes as units."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import (
    ACCENT,
    FONT_SIZE,
    INK,
    MUTED,
    POST_COLOUR,
    Words,
    new_axes,
    note,
    nothing,
    row_labels,
    sample_sentence,
    title,
)

SMALLEST_DRAWN_P = 1e-4
# Unit, marker, colour and how far from the middle of its row: equal p-values stay apart.
_UNITS = (("person", "o", MUTED, -0.24), ("village", "^", POST_COLOUR, 0.0), ("class", "D", ACCENT, 0.24))
_ROW_INCHES, _LABEL_CHARACTERS = 0.27, 68


def clustered_p(
    p_values: pd.DataFrame, *, results: pd.DataFrame, alpha: float, words: Words, ax: Axes | None = None
) -> Axes:
    """Draw the omnibus p-value of each indicator under three units; the class is the unit of inference.

    ``p_values`` has columns ``item``, ``sampling_unit`` and ``p_value``.
    """
    if p_values.empty or not p_values["p_value"].notna().any():
        return nothing(results, words, ax)
    items = list(dict.fromkeys(p_values["item"].astype(str)))
    ax = new_axes(ax, 9.5, 1.9 + len(items) * _ROW_INCHES)
    for unit, marker, colour, shift in _UNITS:
        rows = p_values[p_values["sampling_unit"] == unit].set_index("item")["p_value"]
        values = [max(float(rows[item]), SMALLEST_DRAWN_P) if item in rows.index else np.nan for item in items]
        places = [place + shift for place in range(len(items))]
        ax.plot(values, places, marker, color=colour, markersize=5, label=words.text(f"unit {unit}"))
    _mark_adjusted(ax, p_values, items, words)
    ax.axvline(alpha, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    ax.set_xscale("log")
    ax.set_xlim(SMALLEST_DRAWN_P / 1.5, 1.3)
    ticks = [SMALLEST_DRAWN_P, 1e-3, 1e-2, alpha, 1.0]
    labels = [words.number(tick, max(0, -int(np.floor(np.log10(tick))))) for tick in ticks]
    ax.set_xticks(ticks, [f"≤ {labels[0]}", *labels[1:]], fontsize=FONT_SIZE - 1)
    ax.minorticks_off()
    row_labels(ax, range(len(items)), [words.subject(item) for item in items], _LABEL_CHARACTERS)
    ax.set_ylim(len(items) - 0.4, -0.6)
    ax.set_xlabel(words.text("p-value"), fontsize=FONT_SIZE)
    ax.legend(ncols=2, loc="lower right", bbox_to_anchor=(1, 1.0), frameon=False, fontsize=FONT_SIZE - 1)
    title(ax, words.text("clustered p: title"))
    tested = results[(results["contrast"] == "all") & results["p_value"].notna()]
    by_class = tested[tested["sampling_unit"] == "class"]
    drawn = tested if by_class.empty else by_class
    note(ax, f"{words.text('clustered p: note')} {sample_sentence(drawn, words)}")
    return ax


def _mark_adjusted(ax: Axes, p_values: pd.DataFrame, items: list[str], words: Words) -> None:
    """Draw the class's p after adjustment over the indicators: what the conclusion rests on."""
    rows = p_values[(p_values["sampling_unit"] == "class") & p_values["p_adjusted"].notna()]
    if rows.empty:
        return
    values = [max(float(value), SMALLEST_DRAWN_P) for value in rows["p_adjusted"]]
    places = [items.index(str(item)) + _UNITS[-1][3] for item in rows["item"]]
    label = words.text("unit class adjusted")
    # Larger than the filled mark and below it: where both p-values are equal it stays visible as a ring.
    ax.plot(values, places, "D", color=ACCENT, markerfacecolor="white", markersize=8, label=label, zorder=1.5)
