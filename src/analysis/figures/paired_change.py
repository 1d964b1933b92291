"""The changes of people with both tests, and their mean with its interval."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.intervals import Interval, draw_intervals
from analysis.figures.nothing import nothing
from analysis.figures.page import SMALL_SIZE, finish, new_axes
from analysis.figures.style import ACCENT, GRID, INK, MUTED, POST_COLOUR, Words, sample_sentence
from analysis.figures.ticks import TickNumbers

_INTERVALS = (("class", ACCENT, 3.0), ("person", MUTED, 1.5))


def change_distribution(
    change_counts: pd.DataFrame, *, results: pd.DataFrame, words: Words, ax: Axes | None = None
) -> Axes:
    """Draw how many people changed by how many points, the mean change and its intervals above.

    ``change_counts`` has columns ``change`` (points) and ``people``; ``results`` are rows of ``learning.change``:
    the interval with classes as units is drawn thick, the one that ignores classes thin.
    """
    if change_counts.empty:
        return nothing(results, words, ax)
    ax = new_axes(ax, 2.8)
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    width = 0.9 * float(change_counts["change"].diff().min()) if len(change_counts) > 1 else 0.9
    ax.bar(change_counts["change"], change_counts["people"], width=width, color=POST_COLOUR, alpha=0.75)
    top = float(change_counts["people"].max())
    means = results[(results["estimate_name"] == "mean_change") & (results["subject"] == "all")]
    for step, (unit, colour, thickness) in enumerate(_INTERVALS, start=1):
        rows = means[(means["sampling_unit"] == unit) & means["estimate_low"].notna()]
        if rows.empty:
            continue
        row, y = rows.iloc[0], top * (1.0 + 0.12 * step)
        interval = Interval(y, float(row["estimate"]), float(row["estimate_low"]), float(row["estimate_high"]))
        draw_intervals(ax, [interval], colour=colour, line_width=thickness)
        ax.annotate(
            words.text(f"paired: {unit} interval"), (float(row["estimate_high"]), y), xytext=(6, 0),
            textcoords="offset points", fontsize=SMALL_SIZE, va="center", color=INK,
        )  # fmt: skip
    ax.axvline(0, color=INK, linewidth=1)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0))
    ax.yaxis.set_major_formatter(TickNumbers(words, 0))
    by_class = means[(means["sampling_unit"] == "class") & means["estimate_low"].notna()].head(1)
    sample = f" {sample_sentence(by_class, words)}" if len(by_class) else ""
    finish(
        [ax], title=words.text("paired: title"), note=words.text("paired: note") + sample,
        x_label=words.text("paired: axis"), y_label=words.text("paired: people"),
    )  # fmt: skip
    return ax
