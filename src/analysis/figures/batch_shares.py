"""Delivery by batch: attended, completed, both tests, forms, plans, against the thresholds of the guide."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import FONT_SIZE, INK, Words, batch_colours, batch_markers, new_axes, note, nothing, title
from analysis.figures.ticks import TickNumbers

_SHARES = ("attended/registered", "completed/attended", "both_tests/attended", "forms/attended", "plans/attended")


def batch_shares(
    results: pd.DataFrame, *, thresholds: Mapping[str, float | None], words: Words, ax: Axes | None = None
) -> Axes:
    """Draw the shares of each batch, a row per share, a mark per batch; a bar marks the guide's threshold.

    ``results`` are rows of ``delivery``; ``thresholds`` gives a share between 0 and 1 for some of the rows.
    """
    rows = results[
        results["subject"].str.startswith("batch=") & results["contrast"].isin(_SHARES) & results["estimate"].notna()
    ]
    if rows.empty:
        return nothing(results[results["reason"].notna()], words, ax)
    batches = list(dict.fromkeys(rows["subject"].str.removeprefix("batch=")))
    colours, markers = batch_colours(batches), batch_markers(batches)
    ax = new_axes(ax, 9.0, 3.4)
    for y, share in enumerate(_SHARES):
        for batch in batches:
            found = rows[(rows["subject"] == f"batch={batch}") & (rows["contrast"] == share)]["estimate"]
            if len(found):
                ax.plot(100 * float(found.iloc[0]), y, markers[batch], color=colours[batch], markersize=7)
        threshold = thresholds.get(share)
        if threshold is not None:
            ax.plot([100 * threshold] * 2, [y - 0.35, y + 0.35], color=INK, linewidth=2)
    for batch in batches:
        ax.plot([], [], markers[batch], color=colours[batch], label=words.text("batch {batch}", {"batch": batch}))
    ax.set_yticks(range(len(_SHARES)), [words.text(f"share {share}") for share in _SHARES], fontsize=FONT_SIZE)
    ax.set_ylim(len(_SHARES) - 0.4, -0.6)
    ax.set_xlim(0, 103)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    ax.legend(ncols=len(batches), loc="lower right", bbox_to_anchor=(1, 1.0), frameon=False, fontsize=FONT_SIZE)
    title(ax, words.text("shares: title"))
    note(ax, words.text("shares: note"))
    return ax
