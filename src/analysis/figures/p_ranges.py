"""The range of p-values that the printed means admit, with its verdict, a panel per contrast."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.figures.style import (
    FONT_SIZE,
    INK,
    VERDICT_COLOURS,
    VERDICT_HATCHES,
    Words,
    new_axes,
    note,
    nothing,
    row_labels,
)
from analysis.stats.codes import Verdict

# Smaller p-values are drawn at the left edge: nothing is decided there.
SMALLEST_DRAWN_P = 1e-4
_ROW_INCHES = 0.29
_LABEL_CHARACTERS = 68
_LABEL_INCHES, _PANEL_INCHES = 4.3, 2.2
_VERDICTS = (Verdict.ALWAYS, Verdict.UNDETERMINED, Verdict.NEVER)


def p_ranges(
    results: pd.DataFrame, *, alpha: float, words: Words, contrasts: Sequence[str] | None = None
) -> list[Axes]:
    """Draw one bar per score from the smallest to the largest p-value, the contrasts side by side.

    Parameters
    ----------
    results
        Rows with ``subject``, ``contrast``, ``p_low``, ``p_high``, ``p_adjusted``, ``verdict``, such as
        ``published.pairs``. An adjusted upper bound is marked by a diamond.
    contrasts
        The contrasts to draw, from left to right; default: all, in the order of the rows.

    Returns
    -------
    list of Axes
        One per contrast; a single one with the reason where there is nothing to draw.
    """
    shown = results[results["p_high"].notna()]
    if shown.empty:
        return [nothing(results, words)]
    chosen = list(contrasts or dict.fromkeys(shown["contrast"].astype(str)))
    subjects = list(dict.fromkeys(shown["subject"].astype(str)))
    size = (_LABEL_INCHES + _PANEL_INCHES * len(chosen), 1.9 + len(subjects) * _ROW_INCHES)
    with sns.axes_style("white"):
        _, panels = plt.subplots(1, len(chosen), figsize=size, sharey=True, layout="constrained", squeeze=False)
    for ax, contrast in zip(panels[0], chosen, strict=True):
        rows = {str(row["subject"]): row for row in shown[shown["contrast"] == contrast].to_dict("records")}
        _panel(new_axes(ax, 0, 0), [rows.get(subject) for subject in subjects], contrast, alpha, words)
    first = panels[0][0]
    row_labels(first, range(len(subjects)), [words.subject(subject) for subject in subjects], _LABEL_CHARACTERS)
    first.set_ylim(len(subjects) - 0.4, -0.6)
    note(first, words.text("p ranges: note"))
    _legend(first, shown, words)
    return list(panels[0])


def _panel(ax: Axes, rows: Sequence[Mapping[Hashable, Any] | None], contrast: str, alpha: float, words: Words) -> None:
    for y, row in enumerate(rows):
        if row is not None:
            _bar(ax, y, row)
    ax.axvline(alpha, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    ax.set_xscale("log")
    ax.set_xlim(SMALLEST_DRAWN_P, 1.3)
    ticks = [SMALLEST_DRAWN_P, 1e-2, alpha, 1.0]
    ax.set_xticks(ticks, [_tick(tick, words) for tick in ticks], fontsize=FONT_SIZE - 1)
    ax.minorticks_off()
    later, earlier = contrast.split("-", 1)
    counts = pd.Series([row["verdict"] for row in rows if row is not None]).value_counts()
    tally = " · ".join(words.number(float(counts.get(code, 0)), 0) for code in _VERDICTS)
    heading = words.text("batch {later} against {earlier}", {"later": later, "earlier": earlier})
    ax.set_title(f"{heading}\n{tally}", fontsize=FONT_SIZE, color=INK)
    ax.set_xlabel(words.text("p-value"), fontsize=FONT_SIZE)


def _bar(ax: Axes, y: int, row: Mapping[Hashable, Any]) -> None:
    code = Verdict(str(row["verdict"]))
    left = max(float(row["p_low"]), SMALLEST_DRAWN_P)
    right = max(float(row["p_high"]), SMALLEST_DRAWN_P * 1.15)
    ax.barh(
        y, right - left, left=left, height=0.62, color=VERDICT_COLOURS[code], hatch=VERDICT_HATCHES[code],
        edgecolor=INK, linewidth=0.6,
    )  # fmt: skip
    if not pd.isna(row["p_adjusted"]):
        ax.plot(max(float(row["p_adjusted"]), SMALLEST_DRAWN_P), y, "D", color=INK, markersize=4, zorder=3)


def _tick(value: float, words: Words) -> str:
    number = words.number(value, max(0, -int(np.floor(np.log10(value)))))
    return f"≤ {number}" if value == SMALLEST_DRAWN_P else number


def _legend(ax: Axes, rows: pd.DataFrame, words: Words) -> None:
    """Write the title and explain the colours, in the order of the counts above each panel."""
    handles: list[Artist] = [
        Patch(
            facecolor=VERDICT_COLOURS[code], hatch=VERDICT_HATCHES[code], edgecolor=INK, linewidth=0.6,
            label=words.text(f"verdict {code}"),
        )
        for code in _VERDICTS
    ]  # fmt: skip
    if rows["p_adjusted"].notna().any():
        diamond = Line2D([], [], marker="D", linestyle="", color=INK, markersize=4)
        diamond.set_label(words.text("p ranges: adjusted"))
        handles.append(diamond)
    figure = ax.get_figure(root=True)
    if figure is not None:
        figure.legend(
            handles=handles, loc="outside upper left", ncols=len(handles), frameon=False, fontsize=FONT_SIZE - 1,
            handlelength=2.2, columnspacing=1.2, title=words.text("p ranges: title"), title_fontsize=FONT_SIZE + 2,
            alignment="left",
        )  # fmt: skip
