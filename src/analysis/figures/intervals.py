"""Estimates with their intervals: the mark that all figures share, and subgroups."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import (
    FONT_SIZE,
    INK,
    POST_COLOUR,
    Words,
    new_axes,
    note,
    nothing,
    row_labels,
    sample_sentence,
    title,
)
from analysis.figures.ticks import TickNumbers

_ROW_INCHES, _LABEL_CHARACTERS = 0.29, 68


def subgroup_forest(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the mean change of each subgroup with its interval; suppressed groups are named, not drawn.

    ``results`` are rows of ``learning.subgroups``.
    """
    shown = results[results["estimate_name"] == "mean_change"]
    if not shown["estimate"].notna().any():
        return nothing(results, words, ax)
    ax = new_axes(ax, 9.0, 1.7 + len(shown) * _ROW_INCHES)
    labels = []
    for y, row in enumerate(shown.to_dict("records")):
        label = words.subject(str(row["subject"]))
        if pd.isna(row["estimate"]):
            labels.append(f"{label}: {words.text('suppressed')}")
            continue
        interval_line(ax, y, float(row["estimate"]), float(row["estimate_low"]), float(row["estimate_high"]))
        labels.append(f"{label} (n = {words.number(float(row['n']), 0)})")
    row_labels(ax, range(len(labels)), labels, _LABEL_CHARACTERS)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.axvline(0, color=INK, linewidth=1)
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
    ax.set_xlabel(words.text("change: axis"), fontsize=FONT_SIZE)
    title(ax, words.text("subgroups: title"))
    note(ax, f"{words.text('subgroups: note')} {sample_sentence(shown[shown['estimate'].notna()], words)}")
    return ax


def interval_line(ax: Axes, y: float, estimate: float, low: float, high: float, *, is_hollow: bool = False) -> None:
    """Draw an estimate as a point on the line of its interval; hollow where it only describes."""
    ax.plot([low, high], [y, y], color=POST_COLOUR, linewidth=1.8, solid_capstyle="butt")
    ax.plot(estimate, y, "o", color=POST_COLOUR, markersize=5, markerfacecolor="white" if is_hollow else POST_COLOUR)
