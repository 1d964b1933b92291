"""Who took which test: both, one, or none, in all and by batch and role."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.figures.style import (
    FONT_SIZE,
    MUTED,
    POST_COLOUR,
    PRE_COLOUR,
    Words,
    new_axes,
    note,
    nothing,
    row_labels,
    title,
)
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName

# Colour and hatch of each part; those of one group of people add up to the bar.
_PARTS = {
    "both": (POST_COLOUR, ""),
    "pre_only": (PRE_COLOUR, "//"),
    "post_only": ("#56B4E9", ".."),
    "no_test": (MUTED, "xx"),
}
_DIMENSIONS = ("batch", "role")
_ROW_INCHES, _LABEL_CHARACTERS = 0.34, 56


def attrition(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the shares of people with both tests, one of them, or none; suppressed groups are named, not drawn.

    ``results`` are rows of ``learning.matching``. Registered people without any test appear in the first bar only,
    which counts everybody.
    """
    counts = results[(results["estimate_name"] == EstimateName.COUNT)].set_index("subject")["estimate"]
    if not counts.notna().any():
        return nothing(results, words, ax)
    groups = ["", *_groups(counts)]
    ax = new_axes(ax, 9.0, 2.0 + len(groups) * _ROW_INCHES)
    labels = []
    for y, group in enumerate(groups):
        people = {part: _people(counts, group, part) for part in _PARTS}
        total = sum(value for value in people.values() if value is not None)
        labels.append(_label(group, total, words))
        left = 0.0
        for part, (colour, hatch) in _PARTS.items():
            if total and people[part]:
                width = 100 * float(people[part] or 0) / total
                ax.barh(y, width, left=left, height=0.68, color=colour, hatch=hatch, edgecolor="white")
                left += width
    keys = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=words.subject(part))
        for part, (colour, hatch) in _PARTS.items()
    ]
    row_labels(ax, range(len(labels)), labels, _LABEL_CHARACTERS)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.set_xlim(0, 100)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    ax.legend(handles=keys, ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0), frameon=False, fontsize=FONT_SIZE - 1)
    title(ax, words.text("attrition: title"))
    note(ax, words.text("attrition: note"))
    return ax


def _groups(counts: pd.Series) -> list[str]:
    """Return batches and roles as the subjects name them ("batch=5")."""
    named = counts.index[counts.index.str.endswith("|both")].str.removesuffix("|both")
    return [str(group) for dimension in _DIMENSIONS for group in named if str(group).startswith(f"{dimension}=")]


def _people(counts: pd.Series, group: str, part: str) -> float | None:
    subject = f"{group}|{part}" if group else part
    found = counts.get(subject)
    return None if found is None or pd.isna(found) else float(found)


def _label(group: str, total: float, words: Words) -> str:
    name = words.subject(group or "all")
    return f"{name} (n = {words.number(total, 0)})" if total else f"{name}: {words.text('suppressed')}"
