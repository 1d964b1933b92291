"""Published pre and post means: the change with its bounds, and how it depends on spread and correlation."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.patches import Rectangle
from scipy import special

from analysis.figures.nothing import nothing
from analysis.figures.page import FONT_SIZE, SMALL_SIZE, finish, new_axes
from analysis.figures.shared import shared
from analysis.figures.style import INK, VERDICT_COLOURS, VERDICT_HATCHES, Words
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName, Verdict

_RUNGS = ("", "villages", "classes")


@shared
def change_bounds(
    results: pd.DataFrame,
    *,
    group: str = "all",
    alpha: float,
    words: Words,
    ax: Axes | None = None,
) -> Axes:
    """Draw the change with its least favourable interval: people independent, villages alike, classes alike.

    ``results`` are rows of ``published.change``. Each bar is the widest interval at level 1 - alpha that any
    scores with these means admit; the line inside is what rounding leaves open of the mean change itself.
    """
    tests = results[(results["estimate_name"] == EstimateName.MEAN_CHANGE) & results["p_high"].notna()]
    rows = {str(row["subject"]): row for row in tests.to_dict("records")}
    subjects = [(rung, f"{group}|{rung}" if rung else group) for rung in _RUNGS]
    subjects = [(rung, subject) for rung, subject in subjects if subject in rows]
    if not subjects:
        return nothing(results, words, ax)
    ax = new_axes(ax, 0.5 * len(subjects))
    for y, (_, subject) in enumerate(subjects):
        row = rows[subject]
        low, high = float(row["estimate_low"]), float(row["estimate_high"])
        half = half_width(row, alpha)
        code = Verdict(str(row["verdict"]))
        ax.barh(
            y, high - low + 2 * half, left=low - half, height=0.5, color=VERDICT_COLOURS[code], alpha=0.85,
            hatch=VERDICT_HATCHES[code], edgecolor=INK, linewidth=0.7,
        )  # fmt: skip
        ax.plot([low, high], [y, y], color=INK, linewidth=4, solid_capstyle="butt")
        ax.annotate(
            words.text(f"ladder: {code} {{p}}", {"p": words.p_value(float(row["p_high"]))}), (0, y + 0.42),
            xytext=(4, 0), textcoords="offset points", fontsize=SMALL_SIZE, color=INK, va="center",
        )  # fmt: skip
    ax.axvline(0, color=INK, linewidth=1.2)
    ax.set_yticks(
        range(len(subjects)),
        [words.text(f"change: {rung or 'people'}") for rung, _ in subjects],
    )
    ax.set_ylim(len(subjects) - 0.35, -0.4)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0))
    finish([ax], title=words.text("change: title"), note=words.text("change: note"), x_label=words.text("change: axis"))
    return ax


def half_width(row: Mapping[Hashable, Any], alpha: float) -> float:
    """Return the half width of the widest interval: the largest standard error times the critical t.

    The worst t is the change nearest to 0 over that standard error, so the row itself gives it back.
    """
    t, df = float(row["statistic"]), float(row["df"])
    nearest = min((float(row["estimate_low"]), float(row["estimate_high"])), key=abs)
    if t == 0:
        return 0.0
    return float(special.stdtrit(df, 1 - alpha / 2) * nearest / t)


@shared
def change_sensitivity(
    results: pd.DataFrame,
    *,
    group: str = "all",
    class_size: int | None = None,
    words: Words,
    ax: Axes | None = None,
) -> Axes:
    """Draw the break-down design effect over the grid of assumed SDs and pre-post correlations.

    ``results`` are rows of ``published.sensitivity`` with subjects such as ``all|sd=20|r=0.5``. A hatched cell is
    at most ``class_size``: there total agreement within classes would undo the rise.
    """
    parts = results["subject"].str.extract(r"^(?P<group>[^|]+)\|sd=(?P<sd>[^|]+)\|r=(?P<r>.+)$")
    rows = results.assign(group=parts["group"], sd=parts["sd"].astype(float), r=parts["r"].astype(float))
    grid = rows[rows["group"] == group].pivot_table(index="sd", columns="r", values="breakdown_design_effect")
    if grid.empty:
        return nothing(results, words, ax)
    ax = new_axes(ax, 2.6)
    labels = np.array([[words.number(value, 0) for value in row] for row in grid.to_numpy()])
    sns.heatmap(
        grid.to_numpy(), annot=labels, fmt="", cmap="Blues", norm=LogNorm(), cbar=False, ax=ax, linewidths=0.5,
        annot_kws={"fontsize": FONT_SIZE},
    )  # fmt: skip
    undone = np.argwhere(grid.to_numpy() <= (class_size or 0))
    note = words.text("sensitivity: note")
    if len(undone):
        note += " " + words.text("sensitivity: hatched {size}", {"size": words.number(class_size or 0, 0)})
    for i, j in undone:
        ax.add_patch(Rectangle((j, i), 1, 1, fill=False, hatch="////", edgecolor=INK, linewidth=0.0))
    ax.set_xticks(
        np.arange(grid.shape[1]) + 0.5,
        [words.number(float(value), 1) for value in grid.columns],
    )
    ax.set_yticks(
        np.arange(grid.shape[0]) + 0.5,
        [words.number(float(value), 0) for value in grid.index],
        rotation=0,
    )
    finish(
        [ax], title=words.text("sensitivity: title"), note=note,
        x_label=words.text("sensitivity: correlation"), y_label=words.text("sensitivity: sd"),
    )  # fmt: skip
    return ax
