"""Single responses: how the answers of each indicator spread over the levels, batch by batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.figures.nothing import nothing
from analysis.figures.page import NARROW_LABELS, SMALL_SIZE, finish, label_rows, lay_rows, new_axes, text_inches
from analysis.figures.style import INK, Words, level_colours

# Inches from bar to bar, of a bar, and between indicators.
_PITCH, _BAR, _BETWEEN_ITEMS = 0.112, 0.095, 0.035


def diverging_bars(
    counts: pd.DataFrame,
    *,
    level_labels: Mapping[int, str],
    items: Sequence[str],
    words: Words,
    results: pd.DataFrame,
    ax: Axes | None = None,
) -> Axes:
    """Draw the shares of all levels around the middle of the scale, one bar per indicator and batch, best on top.

    Parameters
    ----------
    counts
        Columns ``item``, ``batch``, ``level``, ``share``, ``n``, a row for every level also where nobody chose it.
    level_labels
        The words of each level, lowest first.
    items
        The indicators to draw; :func:`best_first` sorts them.
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
    ordered = best_first(counts, items, levels)
    rows = lay_rows(
        [words.subject(item) for item in ordered], room=NARROW_LABELS, least=len(batches) * _PITCH + _BETWEEN_ITEMS
    )
    ax = new_axes(ax, rows.inches)
    bars = [
        ((item, batch), middle + (place - (len(batches) - 1) / 2) * _PITCH)
        for item, middle in zip(ordered, rows.places, strict=True)
        for place, batch in enumerate(batches)
        if (item, batch) in shares.index
    ]
    colours = level_colours(levels)
    _bars(ax, [y for _, y in bars], shares.loc[[key for key, _ in bars]].to_numpy(), list(colours.values()))
    labels = [
        words.text("batch and n {batch} {n}", {"batch": key[1], "n": words.number(float(sizes[key]), 0)})
        for key, _ in bars
    ]
    for label, (_, y) in zip(labels, bars, strict=True):
        ax.text(
            1.01, y, label, transform=ax.get_yaxis_transform(), fontsize=SMALL_SIZE, va="center_baseline", color=INK
        )
    label_rows(ax, rows)
    ax.set_xlim(-1, 1)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1])
    ax.xaxis.set_major_formatter(lambda value, _: words.number(abs(100 * value), 0) + "%")
    ax.axvline(0, color=INK, linewidth=0.8)
    handles = [
        Patch(facecolor=colours[level], edgecolor=INK, linewidth=0.4, label=level_labels[level]) for level in levels
    ]
    finish(
        [ax], title=words.text("responses: title"),
        note=f"{words.text('responses: note')} {words.text('order: best first')}", handles=handles,
        right=max(text_inches(label, SMALL_SIZE) for label in labels) + 0.12,
    )  # fmt: skip
    return ax


def best_first(counts: pd.DataFrame, items: Sequence[str], levels: Sequence[int]) -> list[str]:
    """Return the items that have answers by the share of answers above the middle of the scale, largest first.

    The answers of all batches count together; items of the same share stand by their mean, then as in ``items``.
    """
    answers = counts.assign(answers=counts["share"] * counts["n"], item=counts["item"].astype(str))
    by_level = answers.pivot_table(index="item", columns="level", values="answers", aggfunc="sum").reindex(
        columns=list(levels), fill_value=0.0
    )
    shares = by_level.div(by_level.sum(axis=1), axis=0)
    above = [level for level in levels if level > (min(levels) + max(levels)) / 2]
    # Rounded, so that equal shares are equal whatever their last bit.
    keys = pd.DataFrame({"above": shares[above].sum(axis=1), "mean": shares @ np.asarray(levels)}).round(9)
    known = keys.loc[[item for item in items if item in keys.index]]
    return [str(item) for item in known.sort_values(["above", "mean"], ascending=False, kind="stable").index]


def _bars(ax: Axes, places: Sequence[float], shares: np.ndarray, colours: Sequence[str]) -> None:
    """Draw bars (rows of ``shares``): levels below the middle to the left, above it to the right, a middle one half."""
    levels = shares.shape[1]
    below = shares[:, : levels // 2].sum(axis=1) + (shares[:, levels // 2] / 2 if levels % 2 else 0.0)
    starts = np.cumsum(shares, axis=1) - shares - below[:, None]
    for level, colour in enumerate(colours):
        ax.barh(
            places, shares[:, level], left=starts[:, level], height=_BAR, color=colour, edgecolor="white", linewidth=0.3
        )
