"""Action plans carried out: the share of each kind, regency and batch, with its interval."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.intervals import interval_line
from analysis.figures.style import FONT_SIZE, Words, new_axes, note, nothing, row_labels, title
from analysis.figures.ticks import TickNumbers

DONE = "done/plans"
_ROW_INCHES, _LABEL_CHARACTERS = 0.3, 60


def followup_shares(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the share of plans that were carried out, a row per group; suppressed groups are named, not drawn.

    ``results`` are rows of ``behaviour``. Shares of plans that were all counted have no interval.
    """
    shown = results[results["contrast"] == DONE]
    if not shown["estimate"].notna().any():
        return nothing(results[results["reason"].notna()], words, ax)
    ax = new_axes(ax, 9.0, 1.8 + len(shown) * _ROW_INCHES)
    labels = []
    for y, row in enumerate(shown.to_dict("records")):
        if pd.isna(row["estimate"]):
            labels.append(f"{words.subject(str(row['subject']))}: {words.text('suppressed')}")
            continue
        share = 100 * float(row["estimate"])
        low, high = (share if pd.isna(row[end]) else 100 * float(row[end]) for end in ("estimate_low", "estimate_high"))
        interval_line(ax, y, share, low, high)
        labels.append(_label(row, words))
    row_labels(ax, range(len(labels)), labels, _LABEL_CHARACTERS)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.set_xlim(0, 100)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    ax.set_xlabel(words.text("followup: axis"), fontsize=FONT_SIZE)
    title(ax, words.text("followup: title"))
    note(ax, words.text("followup: note"))
    return ax


def _label(row: Mapping[Hashable, Any], words: Words) -> str:
    name, n = words.subject(str(row["subject"])), words.number(float(row["n"]), 0)
    if pd.isna(row["clusters"]):
        return f"{name} (n = {n})"
    parts = {"group": name, "n": n, "clusters": words.number(float(row["clusters"]), 0)}
    return words.text("followup: {group} {n} {clusters}", parts)
