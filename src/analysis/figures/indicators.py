"""The indicators over the batches, grouped by aspect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.figures.drawing import nothing, shared
from analysis.figures.page import SMALL_SIZE, WIDE_LABELS, TickNumbers, finish, label_rows, lay_rows, new_axes
from analysis.figures.style import INK, MUTED, Words, batch_colours, batch_markers

_ROW_INCHES = 0.22


@shared
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
    lines = [
        line for aspect, items in items_by_aspect.items() for line in ((aspect, True), *((i, False) for i in items))
    ]
    rows = lay_rows([words.subject(subject) for subject, _ in lines], room=WIDE_LABELS, least=_ROW_INCHES)
    ax = new_axes(ax, rows.inches)
    looks = {batch: (marker, batch_colours(batches)[batch]) for batch, marker in batch_markers(batches).items()}
    means_of = {str(item): {batch: float(by_item[batch][item]) for batch in batches} for item in by_item.index}
    drawn = [
        (y, means_of[subject])
        for y, (subject, is_heading) in zip(rows.places, lines, strict=True)
        if not is_heading and subject in means_of
    ]
    places, ranges = [y for y, _ in drawn], [(min(means.values()), max(means.values())) for _, means in drawn]
    ax.hlines(places, [low for low, _ in ranges], [high for _, high in ranges], color=MUTED, linewidth=0.8, zorder=1)
    for batch, (marker, colour) in looks.items():
        ax.plot([means[batch] for _, means in drawn], places, marker, color=colour, markersize=5, zorder=2)
    _finish_axis(ax, by_item, band_edges, words, rows.places[0])
    label_rows(ax, rows)
    for tick, (_, is_heading) in zip(ax.get_yticklabels(), lines, strict=True):
        tick.set_fontweight("bold" if is_heading else "normal")
    handles = [
        Line2D([], [], marker=marker, linestyle="", color=colour, label=words.text("batch {batch}", {"batch": batch}))
        for batch, (marker, colour) in looks.items()
    ]
    finish(
        [ax], title=words.text("indicators: title"),
        note=f"{words.text('indicators: note')} {words.text('order: form')}", x_label=words.text("mean on the scale"),
        handles=handles,
    )  # fmt: skip
    return ax


def _finish_axis(ax: Axes, by_item: pd.DataFrame, band_edges: Sequence[float], words: Words, y: float) -> None:
    """Limit the axis to the categories in use, draw their edges and name them at ``y``, where no mean stands."""
    smallest, largest = float(by_item.min().min()), float(by_item.max().max())
    left = max(edge for edge in band_edges[:-1] if edge <= smallest)
    right = min(edge for edge in band_edges[1:] if edge >= largest)
    ax.set_xlim(left, right)
    for edge in band_edges:
        if left < edge < right:
            ax.axvline(edge, color=INK, linewidth=1, linestyle=(0, (4, 3)))
            ax.annotate(
                words.number(edge, 2), (edge, y), xytext=(3, 0), textcoords="offset points", va="center",
                fontsize=SMALL_SIZE, color=INK,
            )  # fmt: skip
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
