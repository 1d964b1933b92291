"""Estimates with their intervals: effects per indicator, subgroups, shares by batch."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.figures.style import FONT_SIZE, INK, POST_COLOUR, Words, new_axes, note, nothing, row_labels, title

_ROW_INCHES, _LABEL_CHARACTERS = 0.29, 68
_LABEL_INCHES, _PANEL_INCHES = 4.3, 2.2


def effect_panels(results: pd.DataFrame, *, words: Words, contrasts: Sequence[str] | None = None) -> list[Axes]:
    """Draw Cliff's delta of each indicator with its class-jackknife interval, the contrasts side by side.

    ``results`` are rows of ``reaction.pairs``; those with an interval are drawn.
    """
    shown = results[(results["estimate_name"] == "cliffs_delta") & results["estimate_low"].notna()]
    if shown.empty:
        return [nothing(results, words)]
    chosen = list(contrasts or dict.fromkeys(shown["contrast"].astype(str)))
    subjects = list(dict.fromkeys(shown["subject"].astype(str)))
    size = (_LABEL_INCHES + _PANEL_INCHES * len(chosen), 1.8 + len(subjects) * _ROW_INCHES)
    with sns.axes_style("white"):
        _, panels = plt.subplots(1, len(chosen), figsize=size, sharey=True, layout="constrained", squeeze=False)
    for ax, contrast in zip(panels[0], chosen, strict=True):
        rows = {str(row["subject"]): row for row in shown[shown["contrast"] == contrast].to_dict("records")}
        new_axes(ax, 0, 0)
        for y, subject in enumerate(subjects):
            if subject in rows:
                row = rows[subject]
                _interval(ax, y, float(row["estimate"]), float(row["estimate_low"]), float(row["estimate_high"]))
        later, earlier = contrast.split("-", 1)
        ax.set_title(
            words.text("batch {later} against {earlier}", {"later": later, "earlier": earlier}), fontsize=FONT_SIZE
        )
        ax.axvline(0, color=INK, linewidth=1)
        ax.set_xlim(-1, 1)
        ax.set_xticks([-1, -0.5, 0, 0.5, 1], [words.number(tick, 1) for tick in (-1, -0.5, 0, 0.5, 1)])
        ax.set_xlabel(words.text("effects: axis"), fontsize=FONT_SIZE)
    row_labels(panels[0][0], range(len(subjects)), [words.subject(one) for one in subjects], _LABEL_CHARACTERS)
    panels[0][0].set_ylim(len(subjects) - 0.4, -0.6)
    title(panels[0][0], words.text("effects: title"))
    note(panels[0][0], words.text("effects: note"))
    return list(panels[0])


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
        _interval(ax, y, float(row["estimate"]), float(row["estimate_low"]), float(row["estimate_high"]))
        labels.append(f"{label} (n = {words.number(float(row['n']), 0)})")
    row_labels(ax, range(len(labels)), labels, _LABEL_CHARACTERS)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.axvline(0, color=INK, linewidth=1)
    ax.xaxis.set_major_formatter(lambda value, _: words.number(value, 1))
    ax.set_xlabel(words.text("change: axis"), fontsize=FONT_SIZE)
    title(ax, words.text("subgroups: title"))
    note(ax, words.text("subgroups: note"))
    return ax


def _interval(ax: Axes, y: float, estimate: float, low: float, high: float) -> None:
    ax.plot([low, high], [y, y], color=POST_COLOUR, linewidth=1.8, solid_capstyle="butt")
    ax.plot(estimate, y, "o", color=POST_COLOUR, markersize=5)
