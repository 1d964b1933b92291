"""How much likeness within classes a difference survives, by the spread of the answers."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.grid import contrast_in_words
from analysis.figures.nothing import nothing
from analysis.figures.page import finish, new_axes
from analysis.figures.shared import shared
from analysis.figures.style import GRID, INK, Words, batch_markers, contrast_colours
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName


@shared
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
    colours, markers = contrast_colours(contrasts), batch_markers(contrasts)
    ax = new_axes(ax, 2.6)
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    for contrast in contrasts:
        line = rows[rows["contrast"] == contrast].sort_values("sd")
        ax.plot(
            line["sd"],
            line["estimate"],
            markers[contrast] + "-",
            color=colours[contrast],
            label=contrast_in_words(contrast, words),
        )
    ax.axhline(0, color=INK, linewidth=1.2)
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
    ax.yaxis.set_major_formatter(TickNumbers(words, 2))
    handles, _ = ax.get_legend_handles_labels()
    finish(
        [ax], title=words.text("spread: title"), note=words.text("spread: note"), x_label=words.text("spread: sd"),
        y_label=words.text("spread: correlation"), handles=handles,
    )  # fmt: skip
    return ax
