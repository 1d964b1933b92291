"""Single responses: how the answers of each indicator spread over the levels, batch by batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.figures.style import FONT_SIZE, INK, Words, new_axes, note, nothing, row_labels, title

_ROW_INCHES, _LABEL_CHARACTERS = 0.17, 70
_MIDDLE_COLOUR = "#cfcfcf"  # the palette's own middle is white and would vanish


def diverging_bars(
    counts: pd.DataFrame,
    *,
    level_labels: Mapping[int, str],
    items: Sequence[str],
    words: Words,
    results: pd.DataFrame,
    ax: Axes | None = None,
) -> Axes:
    """Draw the shares of all levels around the middle of the scale, one bar per indicator and batch.

    Parameters
    ----------
    counts
        Columns ``item``, ``batch``, ``level``, ``share``, ``n``, a row for every level also where nobody chose it.
    level_labels
        The words of each level, lowest first.
    items
        Indicators from top to bottom.
    results
        The rows the counts belong to: their reasons are shown where there is nothing to draw.
    """
    if counts.empty:
        return nothing(results, words, ax)
    levels = sorted(level_labels)
    shares = counts.pivot_table(index=["item", "batch"], columns="level", values="share", observed=True)
    shares = shares.reindex(columns=levels).fillna(0.0)
    sizes = counts.drop_duplicates(["item", "batch"]).set_index(["item", "batch"])["n"]
    batches = list(dict.fromkeys(counts["batch"].astype(str)))
    rows = [(item, batch) for item in items for batch in batches if (item, batch) in shares.index]
    ax = new_axes(ax, 10.0, 1.9 + len(rows) * _ROW_INCHES)
    palette = sns.color_palette("RdBu", len(levels)).as_hex()
    if len(levels) % 2:
        palette[len(levels) // 2] = _MIDDLE_COLOUR
    colours = dict(zip(levels, palette, strict=True))
    for y, key in enumerate(rows):
        _bar(ax, y, [float(value) for value in shares.loc[[key]].to_numpy()[0]], [colours[level] for level in levels])
        label = words.text("batch and n {batch} {n}", {"batch": key[1], "n": words.number(float(sizes[key]), 0)})
        ax.text(1.01, y, label, transform=ax.get_yaxis_transform(), fontsize=FONT_SIZE - 2.5, va="center", color=INK)
    middle = (len(batches) - 1) / 2
    drawn = [item for item in items if (item, batches[0]) in shares.index]
    positions = [place * len(batches) + middle for place in range(len(drawn))]
    row_labels(ax, positions, [words.subject(item) for item in drawn], _LABEL_CHARACTERS)
    ax.set_ylim(len(rows) - 0.3, -0.7)
    ax.set_xlim(-1, 1)
    ax.xaxis.set_major_formatter(lambda value, _: words.number(abs(100 * value), 0) + "%")
    ax.axvline(0, color=INK, linewidth=0.8)
    handles = [
        Patch(facecolor=colours[level], edgecolor=INK, linewidth=0.4, label=level_labels[level]) for level in levels
    ]
    ax.legend(
        handles=handles, ncols=len(levels), loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False,
        fontsize=FONT_SIZE - 1,
    )  # fmt: skip
    title(ax, words.text("responses: title"))
    note(ax, words.text("responses: note"))
    return ax


def _bar(ax: Axes, y: float, shares: Sequence[float], colours: Sequence[str]) -> None:
    """Draw one bar: levels below the middle to the left, above it to the right, a middle level half and half."""
    middle = len(shares) / 2
    below = sum(shares[: int(middle)]) + (shares[int(middle)] / 2 if len(shares) % 2 else 0.0)
    starts = np.concatenate([[0.0], np.cumsum(shares)[:-1]]) - below
    for start, share, colour in zip(starts, shares, colours, strict=True):
        ax.barh(y, share, left=start, height=0.82, color=colour, edgecolor="white", linewidth=0.3)
