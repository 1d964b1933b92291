"""Delivery by batch: attended, completed, both tests, forms, plans, against the thresholds of the guide."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.nothing import nothing
from analysis.figures.page import NARROW_LABELS, finish, label_rows, lay_rows, new_axes
from analysis.figures.shared import shared
from analysis.figures.style import INK, Words, batch_colours, batch_markers
from analysis.figures.ticks import TickNumbers

_SHARES = ("attended/registered", "completed/attended", "both_tests/attended", "forms/attended", "plans/attended")
# Inches; the marks of a row's batches stand a little below each other, since equal shares would hide them.
_ROW_INCHES, _SPREAD = 0.34, 0.16


@shared
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
    lines = lay_rows([words.text(f"share {share}") for share in _SHARES], room=NARROW_LABELS, least=_ROW_INCHES)
    ax = new_axes(ax, lines.inches)
    for y, share in zip(lines.places, _SHARES, strict=True):
        for batch, shift in zip(
            batches, np.linspace(-0.5, 0.5, len(batches)) * _SPREAD * (len(batches) > 1), strict=True
        ):
            found = rows[(rows["subject"] == f"batch={batch}") & (rows["contrast"] == share)]["estimate"]
            if len(found):
                ax.plot(100 * float(found.iloc[0]), y + shift, markers[batch], color=colours[batch], markersize=5)
        threshold = thresholds.get(share)
        if threshold is not None:
            ax.plot([100 * threshold] * 2, [y - 0.4 * _ROW_INCHES, y + 0.4 * _ROW_INCHES], color=INK, linewidth=2)
    for batch in batches:
        ax.plot([], [], markers[batch], color=colours[batch], label=words.text("batch {batch}", {"batch": batch}))
    label_rows(ax, lines)
    ax.set_xlim(0, 103)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    handles, _ = ax.get_legend_handles_labels()
    finish([ax], title=words.text("shares: title"), note=words.text("shares: note"), handles=handles)
    return ax
