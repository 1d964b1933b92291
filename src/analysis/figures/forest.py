"""Provinces side by side: the change of each with its interval, and the means over provinces."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.evaluation.subject import Subject
from analysis.figures.intervals import Interval, draw_intervals
from analysis.figures.page import WIDE_LABELS, TickNumbers, finish, label_rows, lay_rows, new_axes
from analysis.figures.published import half_width
from analysis.figures.style import ACCENT, INK, Words, group_label
from analysis.stats.codes import Status

_ROW_INCHES = 0.26
# The means over provinces that are drawn below the provinces, by the end of their subject.
_MEANS = ("", "|unweighted")


def province_forest(
    panels: Mapping[str, pd.DataFrame],
    *,
    names: Mapping[str, str],
    alpha: float,
    words: Words,
    ax: Axes | None = None,
) -> Axes:
    """Draw the change of each province as a share of the test's maximum, group by group.

    ``panels`` holds, under the heading of each group, its rows of ``national.provinces`` in shares and of
    ``national.synthesis``; ``names`` the provinces by study. A filled point has the interval of its people; a hollow
    one comes from published averages, its line is the widest interval that they admit (``alpha``: its level).
    """
    lines = [line for heading, rows in panels.items() for line in _lines(heading, rows, names, words)]
    rows = lay_rows([label for label, _ in lines], room=WIDE_LABELS, least=_ROW_INCHES)
    ax = new_axes(ax, rows.inches)
    for y, (_, row) in zip(rows.places, lines, strict=True):
        if row is not None:
            _draw(ax, y, row, alpha)
    label_rows(ax, rows)
    for tick, (_, row) in zip(ax.get_yticklabels(), lines, strict=True):
        tick.set_fontweight("bold" if row is None else "normal")
    ax.axvline(0, color=INK, linewidth=1)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, factor=100, unit="%"))
    finish([ax], title=words.text("forest: title"), note=words.text("forest: note"), x_label=words.text("forest: axis"))
    return ax


Line = tuple[str, Mapping[Hashable, Any] | None]


def _lines(heading: str, rows: pd.DataFrame, names: Mapping[str, str], words: Words) -> list[Line]:
    """Return label and row of each line of a group, its heading first; none for a group without a change."""
    shown = rows[rows["estimate"].notna()].to_dict("records")
    provinces: list[Line] = [
        (group_label(names[str(row["subject"])], float(row["n"]), words), row)
        for row in shown
        if str(row["subject"]) in names
    ]
    means: list[Line] = [
        (words.text(f"forest: mean{ending}"), row)
        for ending in _MEANS
        for row in shown
        if str(row["subject"]) == f"learning{ending}"
    ]
    return [(heading, None), *provinces, *means] if provinces else []


def _draw(ax: Axes, y: float, row: Mapping[Hashable, Any], alpha: float) -> None:
    estimate, low, high = (float(row[name]) for name in ("estimate", "estimate_low", "estimate_high"))
    is_bounded = row["status"] == Status.BOUNDED
    if is_bounded and not pd.isna(row["statistic"]):
        half = half_width(row, alpha)
        low, high = low - half, high + half
    if Subject.parse(str(row["subject"])).head.name == "learning":
        draw_intervals(ax, [Interval(y, estimate, low, high)], colour=ACCENT, marker="D", line_width=2.2)
    else:
        draw_intervals(ax, [Interval(y, estimate, low, high, is_hollow=bool(is_bounded))])
