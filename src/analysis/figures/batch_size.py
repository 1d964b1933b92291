"""What the printed means and totals can and cannot exclude about the size of a batch."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.nothing import nothing
from analysis.figures.page import SMALL_SIZE, finish, new_axes
from analysis.figures.shared import shared
from analysis.figures.style import ACCENT, GRID, INK, POST_COLOUR, Words
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName


def _by_size(results: pd.DataFrame, name: EstimateName) -> pd.DataFrame:
    rows = results[(results["estimate_name"] == name) & results["subject"].str.startswith("n=")]
    return rows.assign(size=rows["subject"].str.removeprefix("n=").astype(int)).sort_values("size")


@shared
def batch_size(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw, per candidate size, the shares of printed means and totals that it reproduces.

    ``results`` are rows of ``published.batch_size``. The grey area is the share of all printable values that
    a size can reach: where it is full, reproducing the means excludes nothing.
    """
    reach = _by_size(results, EstimateName.REACHABLE_SHARE)
    if reach.empty:
        return nothing(results, words, ax)
    ax = new_axes(ax, 2.8)
    means = _by_size(results, EstimateName.MEANS_REPRODUCED)
    totals = _by_size(results, EstimateName.TOTALS_REPRODUCED)
    ax.fill_between(
        reach["size"],
        0,
        100 * reach["estimate"],
        color=GRID,
        label=words.text("batch size: reachable"),
        zorder=0,
    )
    for rows, marker, colour, key in (
        (means, "o", POST_COLOUR, "batch size: means"),
        (totals, "s", ACCENT, "batch size: totals"),
    ):
        if not rows.empty and rows["n"].max() > 0:
            share = 100 * rows["estimate"] / rows["n"].astype(float)
            ax.plot(
                rows["size"],
                share,
                marker,
                color=colour,
                markersize=3,
                label=words.text(key),
                zorder=2,
            )
    _mark_chosen(ax, results, words)
    ax.set_xlim(reach["size"].min() - 2, reach["size"].max() + 2)
    ax.set_ylim(0, 112)
    ax.set_yticks(range(0, 101, 20))
    ax.yaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    handles, _ = ax.get_legend_handles_labels()
    finish(
        [ax], title=words.text("batch size: title"), note=words.text("batch size: note"),
        x_label=words.text("people per batch"), y_label=words.text("batch size: share"), handles=handles,
    )  # fmt: skip
    return ax


def _mark_chosen(ax: Axes, results: pd.DataFrame, words: Words) -> None:
    chosen = results[(results["subject"] == "batch") & results["estimate"].notna()]
    if chosen.empty:
        return
    size = float(chosen["estimate"].iloc[0])
    ax.axvline(size, color=INK, linewidth=1.2, zorder=1)
    ax.annotate(
        words.text("batch size: used {n}", {"n": words.number(size, 0)}), (size, 105),
        xytext=(5, 0), textcoords="offset points",
        fontsize=SMALL_SIZE, fontweight="bold", color=INK, va="center",
    )  # fmt: skip
