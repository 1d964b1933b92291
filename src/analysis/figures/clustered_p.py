"""What ignoring classes would have claimed: p-values of people, villages and classes as units."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.nothing import nothing
from analysis.figures.page import WIDE_LABELS, finish, label_rows, lay_rows, new_axes
from analysis.figures.style import ACCENT, INK, MUTED, POST_COLOUR, Words, sample_sentence

SMALLEST_DRAWN_P = 1e-4
# Unit, marker, colour and inches from the middle of its row: equal p-values stay apart.
_UNITS = (("person", "o", MUTED, -0.07), ("village", "^", POST_COLOUR, 0.0), ("class", "D", ACCENT, 0.07))
_ROW_INCHES = 0.25


def clustered_p(
    p_values: pd.DataFrame, *, results: pd.DataFrame, alpha: float, words: Words, ax: Axes | None = None
) -> Axes:
    """Draw the omnibus p-value of each indicator under three units; the class is the unit of inference.

    ``p_values`` has columns ``item``, ``sampling_unit`` and ``p_value``.
    """
    if p_values.empty or not p_values["p_value"].notna().any():
        return nothing(results, words, ax)
    items = list(dict.fromkeys(p_values["item"].astype(str)))
    rows = lay_rows([words.subject(item) for item in items], room=WIDE_LABELS, least=_ROW_INCHES)
    ax = new_axes(ax, rows.inches)
    for unit, marker, colour, shift in _UNITS:
        found = p_values[p_values["sampling_unit"] == unit].set_index("item")["p_value"]
        values = [max(float(found[item]), SMALLEST_DRAWN_P) if item in found.index else np.nan for item in items]
        places = [place + shift for place in rows.places]
        ax.plot(values, places, marker, color=colour, markersize=4, label=words.text(f"unit {unit}"))
    _mark_adjusted(ax, p_values, dict(zip(items, rows.places, strict=True)), words)
    ax.axvline(alpha, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    ax.set_xscale("log")
    ax.set_xlim(SMALLEST_DRAWN_P / 1.5, 1.3)
    ticks = [SMALLEST_DRAWN_P, 1e-3, 1e-2, alpha, 1.0]
    labels = [words.number(tick, max(0, -int(np.floor(np.log10(tick))))) for tick in ticks]
    ax.set_xticks(ticks, [f"≤ {labels[0]}", *labels[1:]])
    ax.minorticks_off()
    label_rows(ax, rows)
    tested = results[(results["contrast"] == "all") & results["p_value"].notna()]
    by_class = tested[tested["sampling_unit"] == "class"]
    drawn = tested if by_class.empty else by_class
    note = f"{words.text('clustered p: note')} {words.text('order: form')} {sample_sentence(drawn, words)}"
    handles, _ = ax.get_legend_handles_labels()
    finish([ax], title=words.text("clustered p: title"), note=note, x_label=words.text("p-value"), handles=handles)
    return ax


def _mark_adjusted(ax: Axes, p_values: pd.DataFrame, places_of: Mapping[str, float], words: Words) -> None:
    """Draw the class's p after adjustment over the indicators: what the conclusion rests on."""
    rows = p_values[(p_values["sampling_unit"] == "class") & p_values["p_adjusted"].notna()]
    if rows.empty:
        return
    values = [max(float(value), SMALLEST_DRAWN_P) for value in rows["p_adjusted"]]
    places = [places_of[str(item)] + _UNITS[-1][3] for item in rows["item"]]
    label = words.text("unit class adjusted")
    # Larger than the filled mark and below it: where both p-values are equal it stays visible as a ring.
    ax.plot(values, places, "D", color=ACCENT, markerfacecolor="white", markersize=6.5, label=label, zorder=1.5)
