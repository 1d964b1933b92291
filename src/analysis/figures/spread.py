"""How much likeness within classes a difference survives, by the spread of the answers."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import (
    FONT_SIZE,
    INK,
    Words,
    batch_colours,
    batch_markers,
    new_axes,
    note,
    nothing,
    title,
)
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName


def spread_sensitivity(
    results: pd.DataFrame,
    *,
    subject: str = "total",
    words: Words,
    ax: Axes | None = None,
) -> Axes:
    """Draw the class correlation that undoes a difference against the SD of the answers, a line per contrast.

    ``results`` are rows of ``published.breakdown`` with subjects such as ``total|sd=0.8``. Below 0 the few
    classes alone undo the difference.
    """
    parts = results["subject"].str.extract(r"^(?P<score>[^|]+)\|sd=(?P<sd>.+)$")
    rows = results.assign(score=parts["score"], sd=parts["sd"].astype(float))
    rows = rows[(rows["score"] == subject) & (rows["estimate_name"] == EstimateName.BREAKDOWN_ICC)]
    if rows.empty:
        return nothing(results, words, ax)
    contrasts = list(dict.fromkeys(rows["contrast"]))
    colours, markers = batch_colours(contrasts[::-1]), batch_markers(contrasts)
    ax = new_axes(ax, 8.0, 4.2)
    ax.grid(axis="y", color="#d9d9d9", linewidth=0.6)
    for contrast in contrasts:
        line = rows[rows["contrast"] == contrast].sort_values("sd")
        ax.plot(
            line["sd"],
            line["estimate"],
            markers[contrast] + "-",
            color=colours[contrast],
            label=contrast,
        )
    ax.axhline(0, color=INK, linewidth=1.2)
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
    ax.yaxis.set_major_formatter(TickNumbers(words, 2))
    ax.set_xlabel(words.text("spread: sd"), fontsize=FONT_SIZE)
    ax.set_ylabel(words.text("spread: correlation"), fontsize=FONT_SIZE)
    ax.legend(
        title=words.text("contrast"),
        fontsize=FONT_SIZE,
        title_fontsize=FONT_SIZE,
        frameon=False,
    )
    title(ax, words.text("spread: title"))
    note(ax, words.text("spread: note"))
    return ax
