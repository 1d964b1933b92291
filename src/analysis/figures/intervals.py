"""Estimates with their intervals: the mark that all figures share, and subgroups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.drawing import nothing, shared
from analysis.figures.page import WIDE_LABELS, TickNumbers, finish, label_rows, lay_rows, new_axes
from analysis.figures.style import INK, POST_COLOUR, Words, group_label, sample_sentence

_ROW_INCHES = 0.24
# Points. The ends of an interval stand out above and below the point, so that one narrower than the point is seen.
_POINT_SIZE, _END_SIZE = 3.0, 7.5


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its limits at the place ``y`` of its row; hollow where it only describes."""

    y: float
    estimate: float
    low: float
    high: float
    is_hollow: bool = False


def draw_intervals(
    ax: Axes, intervals: Sequence[Interval], *, colour: str = POST_COLOUR, marker: str = "o", line_width: float = 1.4
) -> None:
    """Draw estimates as points on the lines of their intervals, whose ends stand out."""
    ax.hlines(
        [one.y for one in intervals], [one.low for one in intervals], [one.high for one in intervals],
        color=colour, linewidth=line_width,
    )  # fmt: skip
    ends = [end for one in intervals for end in (one.low, one.high)]
    ax.plot(ends, [one.y for one in intervals for _ in range(2)], "|", color=colour, markersize=_END_SIZE)
    for is_hollow in (False, True):
        chosen = [one for one in intervals if one.is_hollow == is_hollow]
        points = [one.estimate for one in chosen], [one.y for one in chosen]
        draw_points(ax, *points, colour=colour, marker=marker, is_hollow=is_hollow)


def draw_points(
    ax: Axes,
    estimates: Sequence[float],
    places: Sequence[float],
    *,
    colour: str = POST_COLOUR,
    marker: str = "o",
    is_hollow: bool = False,
) -> None:
    """Draw estimates without intervals, or the points of those with one."""
    face = "white" if is_hollow else colour
    ax.plot(estimates, places, marker, color=colour, markerfacecolor=face, markersize=_POINT_SIZE)


@shared
def subgroup_forest(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the mean change of each subgroup with its interval; suppressed groups are named, not drawn.

    ``results`` are rows of ``learning.subgroups``.
    """
    shown = results[results["estimate_name"] == "mean_change"]
    if not shown["estimate"].notna().any():
        return nothing(results, words, ax)
    records = shown.to_dict("records")
    labels = [
        group_label(words.subject(str(row["subject"])), None if pd.isna(row["estimate"]) else float(row["n"]), words)
        for row in records
    ]
    rows = lay_rows(labels, room=WIDE_LABELS, least=_ROW_INCHES)
    ax = new_axes(ax, rows.inches)
    drawn = [
        Interval(y, float(row["estimate"]), float(row["estimate_low"]), float(row["estimate_high"]))
        for y, row in zip(rows.places, records, strict=True)
        if not pd.isna(row["estimate"])
    ]
    draw_intervals(ax, drawn)
    label_rows(ax, rows)
    ax.axvline(0, color=INK, linewidth=1)
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
    sample = sample_sentence(shown[shown["estimate"].notna()], words)
    finish(
        [ax], title=words.text("subgroups: title"), note=f"{words.text('subgroups: note')} {sample}",
        x_label=words.text("change: axis"),
    )  # fmt: skip
    return ax
