"""What the people without a pair of scores would have to do to undo the change."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.nothing import nothing
from analysis.figures.page import finish, new_axes
from analysis.figures.shared import shared
from analysis.figures.style import ACCENT, GRID, INK, POST_COLOUR, Words
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName


@shared
def tipping_point(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the mean change of everybody against the mean change of those whose change is not known.

    ``results`` are rows of ``learning.alternatives``. The band holds what those people's own scores and the maximum
    of the test allow; marks stand where the mean change of all, and where its interval, would reach zero.
    """
    rows = results[results["subject"] == "attrition"]
    zeros = rows[(rows["estimate_name"] == EstimateName.TIPPING_POINT_ESTIMATE_ZERO) & rows["estimate"].notna()]
    if zeros.empty:
        return nothing(rows if len(rows) else results, words, ax)
    zero = zeros.iloc[0]
    known, missing, at_zero = int(zero["n"]), int(zero["n_missing"]), float(zero["estimate"])
    observed = -missing * at_zero / known
    possible = _limits(rows, EstimateName.POSSIBLE_CHANGE_OF_MISSING)
    ends = (at_zero, observed, 0.0, *(possible or ()))
    margin = 0.08 * (max(ends) - min(ends) or 1.0)
    low, high = min(ends) - margin, max(ends) + margin
    ax = new_axes(ax, 2.6)
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    if possible:
        ax.axvspan(*possible, color=POST_COLOUR, alpha=0.15, label=words.text("tipping: possible"))
    combined = [(known * observed + missing * end) / (known + missing) for end in (low, high)]
    ax.plot([low, high], combined, color=POST_COLOUR, linewidth=1.8, label=words.text("tipping: line"))
    ax.plot(observed, observed, "o", color=INK, markersize=6, label=words.text("tipping: alike"))
    ax.plot(at_zero, 0, "D", color=ACCENT, markersize=7, label=words.text("tipping: zero"))
    ax.axhline(0, color=INK, linewidth=1)
    ax.set_xlim(low, high)
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
    ax.yaxis.set_major_formatter(TickNumbers(words, 1))
    parts = {"known": words.number(known, 0), "missing": words.number(missing, 0)}
    handles, _ = ax.get_legend_handles_labels()
    finish(
        [ax], title=words.text("tipping: title"), note=words.text("tipping: note {known} {missing}", parts),
        x_label=words.text("tipping: axis of missing"), y_label=words.text("tipping: axis of all"), handles=handles,
    )  # fmt: skip
    return ax


def _limits(rows: pd.DataFrame, name: EstimateName) -> tuple[float, float] | None:
    found = rows[(rows["estimate_name"] == name) & rows["estimate_low"].notna()]
    return (float(found["estimate_low"].iloc[0]), float(found["estimate_high"].iloc[0])) if len(found) else None
