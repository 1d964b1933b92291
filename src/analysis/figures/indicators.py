"""The indicators over the batches, grouped by aspect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.figures.style import (
    FONT_SIZE,
    INK,
    MUTED,
    Words,
    batch_colours,
    batch_markers,
    new_axes,
    note,
    nothing,
    row_labels,
    title,
)
from analysis.figures.ticks import TickNumbers

_ROW_INCHES, _HEADING_ROWS = 0.29, 1.0
_LABEL_CHARACTERS = 70


def indicators(
    results: pd.DataFrame,
    *,
    items_by_aspect: Mapping[str, Sequence[str]],
    band_edges: Sequence[float],
    words: Words,
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean of every indicator in every batch, with the edges of the rating categories.

    Parameters
    ----------
    results
        Rows of ``published.means`` (or of any analysis with ``subject`` item, ``contrast`` batch, ``estimate``).
    items_by_aspect
        The items of each aspect, in the order of the form.
    band_edges
        All edges of the rating categories, ends of the scale included; the axis shows the bands in use.
    """
    shown = results[results["subject"].isin([item for items in items_by_aspect.values() for item in items])]
    if shown["estimate"].isna().all():
        return nothing(results, words, ax)
    batches = list(dict.fromkeys(shown["contrast"].astype(str)))
    by_item = shown.assign(contrast=shown["contrast"].astype(str)).pivot_table(
        index="subject", columns="contrast", values="estimate"
    )
    rows = sum(len(items) + _HEADING_ROWS for items in items_by_aspect.values())
    ax = new_axes(ax, 9.5, 1.6 + rows * _ROW_INCHES)
    looks = {batch: (marker, batch_colours(batches)[batch]) for batch, marker in batch_markers(batches).items()}
    positions, labels, y = [], [], 0.0
    for aspect, items in items_by_aspect.items():
        _heading(ax, words.subject(aspect), y)
        y += _HEADING_ROWS
        for item in items:
            if item in by_item.index:
                _item(ax, {batch: float(by_item[batch][item]) for batch in batches}, y, looks)
            positions.append(y)
            labels.append(words.subject(item))
            y += 1
    _finish_axis(ax, by_item, band_edges, words)
    row_labels(ax, positions, labels, _LABEL_CHARACTERS)
    ax.set_ylim(y - 0.3, -0.8)
    handles = [
        Line2D([], [], marker=marker, linestyle="", color=colour, label=words.text("batch {batch}", {"batch": batch}))
        for batch, (marker, colour) in looks.items()
    ]
    ax.legend(
        handles=handles, ncols=len(batches), loc="lower right", bbox_to_anchor=(1, 1.0), frameon=False,
        fontsize=FONT_SIZE,
    )  # fmt: skip
    title(ax, words.text("indicators: title"))
    note(ax, words.text("indicators: note"))
    return ax


def _heading(ax: Axes, text: str, y: float) -> None:
    ax.annotate(
        text, (0, y), xycoords=("axes fraction", "data"), xytext=(-6, 0), textcoords="offset points", ha="right",
        va="center", fontsize=FONT_SIZE, fontweight="bold", color=INK,
    )  # fmt: skip


def _item(ax: Axes, means: Mapping[str, float], y: float, looks: Mapping[str, tuple[str, str]]) -> None:
    """Draw the means of one indicator and the line that spans them."""
    ax.plot([min(means.values()), max(means.values())], [y, y], color=MUTED, linewidth=0.8, zorder=1)
    for batch, mean in means.items():
        marker, colour = looks[batch]
        ax.plot(mean, y, marker, color=colour, markersize=6, zorder=2)


def _finish_axis(ax: Axes, by_item: pd.DataFrame, band_edges: Sequence[float], words: Words) -> None:
    """Limit the axis to the categories in use and draw their edges."""
    smallest, largest = float(by_item.min().min()), float(by_item.max().max())
    left = max(edge for edge in band_edges[:-1] if edge <= smallest)
    right = min(edge for edge in band_edges[1:] if edge >= largest)
    ax.set_xlim(left, right)
    for edge in band_edges:
        if left < edge < right:
            ax.axvline(edge, color=INK, linewidth=1, linestyle=(0, (4, 3)))
            ax.annotate(
                words.number(edge, 2), (edge, 0), xycoords=("data", "axes fraction"),
                xytext=(3, 4), textcoords="offset points",
                fontsize=FONT_SIZE - 1, color=INK,
            )  # fmt: skip
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
    ax.set_xlabel(words.text("mean on the scale"), fontsize=FONT_SIZE)
