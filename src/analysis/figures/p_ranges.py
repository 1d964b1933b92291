"""The range of p-values that the printed means admit, with its verdict."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.figures.style import (
    FONT_SIZE,
    INK,
    VERDICT_COLOURS,
    VERDICT_HATCHES,
    Words,
    new_axes,
    note,
    row_labels,
    title,
)
from analysis.stats.codes import Verdict

# Smaller p-values are drawn at the left edge: nothing is decided there.
SMALLEST_DRAWN_P = 1e-4
_ROW_INCHES = 0.29
_LABEL_CHARACTERS = 70


def p_ranges(
    results: pd.DataFrame,
    *,
    contrast: str,
    alpha: float,
    words: Words,
    order: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one bar per score of a contrast, from the smallest to the largest p-value.

    Parameters
    ----------
    results
        Rows with ``subject``, ``contrast``, ``p_low``, ``p_high``, ``p_adjusted``, ``verdict``, such as
        ``published.pairs``. An adjusted upper bound is marked by a diamond.
    order
        Subjects from top to bottom; default: the order of the rows.
    """
    shown = results[(results["contrast"] == contrast) & results["p_high"].notna()]
    rows = {str(row["subject"]): row for row in shown.to_dict("records")}
    subjects = [subject for subject in (order or list(rows)) if subject in rows]
    ax = new_axes(ax, 9.5, 1.7 + len(subjects) * _ROW_INCHES)
    for y, subject in enumerate(subjects):
        row = rows[subject]
        code = Verdict(str(row["verdict"]))
        left = max(float(row["p_low"]), SMALLEST_DRAWN_P)
        ax.barh(
            y, max(float(row["p_high"]), SMALLEST_DRAWN_P * 1.15) - left, left=left, height=0.62,
            color=VERDICT_COLOURS[code], hatch=VERDICT_HATCHES[code], edgecolor=INK, linewidth=0.6,
        )  # fmt: skip
        if not pd.isna(row["p_adjusted"]):
            ax.plot(
                max(float(row["p_adjusted"]), SMALLEST_DRAWN_P),
                y,
                "D",
                color=INK,
                markersize=4,
                zorder=3,
            )
    _finish_axis(ax, subjects, contrast, alpha, words)
    _legend(ax, shown, words)
    return ax


def _finish_axis(ax: Axes, subjects: Sequence[str], contrast: str, alpha: float, words: Words) -> None:
    ax.axvline(alpha, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    ax.set_xscale("log")
    ax.set_xlim(SMALLEST_DRAWN_P, 1.3)
    ticks = [10.0**power for power in range(round(np.log10(SMALLEST_DRAWN_P)), 1)] + [alpha]
    ax.set_xticks(ticks, [_tick(tick, words) for tick in ticks])
    ax.minorticks_off()
    row_labels(ax, range(len(subjects)), [words.subject(subject) for subject in subjects], _LABEL_CHARACTERS)
    ax.set_ylim(len(subjects) - 0.4, -0.6)
    ax.set_xlabel(words.text("p-value"), fontsize=FONT_SIZE)
    later, earlier = contrast.split("-", 1)
    title(
        ax,
        words.text("p ranges: title {later} {earlier}", later=later, earlier=earlier),
    )
    note(ax, words.text("p ranges: note"))


def _tick(value: float, words: Words) -> str:
    number = words.number(value, max(0, -int(np.floor(np.log10(value)))))
    return f"≤ {number}" if value == SMALLEST_DRAWN_P else number


def _legend(ax: Axes, rows: pd.DataFrame, words: Words) -> None:
    counts = rows["verdict"].value_counts()
    handles: list[Artist] = [
        Patch(
            facecolor=VERDICT_COLOURS[code], hatch=VERDICT_HATCHES[code], edgecolor=INK, linewidth=0.6,
            label=f"{words.text(f'verdict {code}')} ({counts.get(code, 0)})",
        )
        for code in (Verdict.ALWAYS, Verdict.UNDETERMINED, Verdict.NEVER)
    ]  # fmt: skip
    if rows["p_adjusted"].notna().any():
        handles.append(
            ax.plot(
                [],
                [],
                "D",
                color=INK,
                markersize=4,
                label=words.text("p ranges: adjusted"),
            )[0]
        )
    ax.legend(
        handles=handles, loc="lower right", bbox_to_anchor=(1, 1.0), ncols=len(handles), frameon=False,
        fontsize=FONT_SIZE - 1, handlelength=2.2, columnspacing=1.2,
    )  # fmt: skip
