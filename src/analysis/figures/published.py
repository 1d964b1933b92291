"""Published averages: batch size, change with bounds, the ladder of assumptions, likeness within classes."""

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

from analysis.evaluation.subject import Contrast, Subject, part_values, subjects
from analysis.figures.drawing import nothing, shared
from analysis.figures.p_ranges import contrast_in_words
from analysis.figures.page import FONT_SIZE, PAGE_WIDTH, SMALL_SIZE, TickNumbers, finish, lines_inches, new_axes, wrap
from analysis.figures.style import (
    ACCENT,
    GRID,
    INK,
    MUTED,
    POST_COLOUR,
    VERDICT_COLOURS,
    VERDICT_HATCHES,
    Words,
    batch_markers,
    contrast_colours,
)
from analysis.stats.codes import EstimateName, Reason, Status, Verdict


def _by_size(results: pd.DataFrame, name: EstimateName) -> pd.DataFrame:
    rows = results[results["estimate_name"] == name]
    rows = rows.assign(size=part_values(rows["subject"], "n")).dropna(subset=["size"])
    return rows.assign(size=rows["size"].astype(int)).sort_values("size")


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


# Inches: left edges of the assumption, the verdict's mark and what follows, and how wide those texts may be.
_COLUMNS, _ASSUMPTION_ROOM, _FINDING_ROOM = (0.14, 2.55, 2.95), 2.25, 3.45
_MARK_WIDTH, _MARK_HEIGHT, _AROUND_TEXT = 0.28, 0.2, 0.2


@shared
def ladder(results: pd.DataFrame, *, contrast: str | None = None, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the rungs of one contrast from bottom (nothing assumed) to top, each with what it gives.

    ``results`` are rows of ``published.ladder``, in order. A rung shows a mark in the colour and hatch of its
    verdict, or an empty one where it gives no test, and its finding in words. Default: the first contrast.
    """
    contrast = contrast or _first_contrast(results)
    rows = results[results["contrast"] == contrast].reset_index(drop=True)
    if rows.empty or ((rows["subject"] == "printed").all() and (rows["status"] == Status.NOT_ESTIMABLE).all()):
        return nothing(results, words, ax)
    texts = [
        (
            wrap(_assumption(row, words), _ASSUMPTION_ROOM, FONT_SIZE),
            wrap(_finding(row, words), _FINDING_ROOM, FONT_SIZE),
        )
        for _, row in rows.iterrows()
    ]
    heights = [max(lines_inches(text, FONT_SIZE) for text in pair) + _AROUND_TEXT for pair in texts]
    ax = new_axes(ax, sum(heights))
    ax.set_axis_off()
    ax.set_xlim(0, PAGE_WIDTH)
    ax.set_ylim(0, sum(heights))
    bottom = 0.0
    for (_, row), (assumption, finding), height in zip(rows.iterrows(), texts, heights, strict=True):
        y = bottom + height / 2
        ax.plot([0, PAGE_WIDTH], [bottom, bottom], color=GRID, linewidth=0.8)
        ax.text(_COLUMNS[0], y, assumption, va="center", fontsize=FONT_SIZE, color=INK)
        _mark(ax, row, y)
        colour = MUTED if row["status"] == Status.NOT_ESTIMABLE else INK
        ax.text(_COLUMNS[2], y, finding, va="center", fontsize=FONT_SIZE, color=colour)
        bottom += height
    ax.annotate("", (0.05, bottom - 0.05), (0.05, 0.05), arrowprops={"arrowstyle": "->", "color": MUTED})
    finish([ax], title=_title(contrast, words), note=words.text("ladder: note"), right=0.0, below=0.0)
    return ax


def _first_contrast(results: pd.DataFrame) -> str:
    contrasts = results["contrast"].dropna().astype(str)
    return contrasts.iloc[0] if len(contrasts) else ""


def _title(contrast: str, words: Words) -> str:
    pair = Contrast.parse(contrast)
    if pair == Contrast("post", "pre"):
        return words.text("ladder: title change")
    return words.text("ladder: title {later} {earlier}", {"later": pair.later, "earlier": pair.earlier})


def _mark(ax: Axes, row: pd.Series, y: float) -> None:
    """Draw the rung's mark, filled: its verdict, grey for a quantity that is known, crossed for what nothing shows."""
    verdict = None if pd.isna(row["verdict"]) else Verdict(str(row["verdict"]))
    is_shown = row["status"] != Status.NOT_ESTIMABLE
    ax.add_patch(
        Rectangle(
            (_COLUMNS[1], y - _MARK_HEIGHT / 2), _MARK_WIDTH, _MARK_HEIGHT, edgecolor=INK, linewidth=0.8,
            facecolor=(GRID if is_shown else "white") if verdict is None else VERDICT_COLOURS[verdict],
            hatch=(None if is_shown else "xx") if verdict is None else VERDICT_HATCHES[verdict],
            linestyle="-" if is_shown else ":",
        )
    )  # fmt: skip


def _assumption(row: pd.Series, words: Words) -> str:
    subject = Subject.parse(str(row["subject"]))
    spread = subject.value("sd")
    if spread is not None:
        return words.text("ladder: assume ordinary_spread {sd}", {"sd": words.number(float(spread), 1)})
    return words.text(f"ladder: assume {subject.head.name}")


def _finding(row: pd.Series, words: Words) -> str:
    if row["status"] == Status.NOT_ESTIMABLE:
        is_compared = row["reason"] != Reason.NO_COMPARISON_GROUP
        return words.text("ladder: averages never give the cause" if is_compared else "ladder: no rung gives the cause")
    if row["estimate_name"] == EstimateName.BREAKDOWN_ICC:
        icc = float(row["estimate"])
        if icc < 0:
            return words.text("ladder: undone by few classes")
        if icc > 1:
            return words.text("ladder: any correlation")
        return words.text("ladder: up to correlation {icc}", {"icc": words.number(icc, 3)})
    if row["estimate_name"] == EstimateName.N_GAIN:
        names = {"gain": "estimate", "low": "estimate_low", "high": "estimate_high"}
        numbers = {part: words.number(float(row[name]), 2) for part, name in names.items()}
        return words.text("ladder: gain {gain} {low} {high}", numbers)
    if pd.isna(row["verdict"]):
        return _difference(row, words)
    deciding = float(row["p_low"] if row["verdict"] == Verdict.NEVER else row["p_high"])
    return words.text(f"ladder: {row['verdict']} {{p}}", {"p": words.p_value(deciding)})


def _difference(row: pd.Series, words: Words) -> str:
    low, high = float(row["estimate_low"]), float(row["estimate_high"])
    decimals = 1 if row["unit"] == "test_points" else 3
    if high - low < 1e-12:
        return words.text("ladder: difference is {value}", {"value": words.number(low, decimals)})
    numbers = {"low": words.number(low, decimals), "high": words.number(high, decimals)}
    return words.text("ladder: difference between {low} {high}", numbers)


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
    found = subjects(results["subject"])
    spreads = [one.value("sd") if str(one.head) == subject else None for one in found]
    rows = results.assign(sd=pd.array(spreads, dtype="string").astype("Float64"))
    rows = rows[rows["sd"].notna() & (rows["estimate_name"] == EstimateName.BREAKDOWN_ICC)]
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
