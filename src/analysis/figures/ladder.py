"""The ladder of assumptions: what is known with none, and what each further one adds."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.figures.nothing import nothing
from analysis.figures.page import FONT_SIZE, PAGE_WIDTH, finish, lines_inches, new_axes, wrap
from analysis.figures.shared import shared
from analysis.figures.style import GRID, INK, MUTED, VERDICT_COLOURS, VERDICT_HATCHES, Words
from analysis.stats.codes import EstimateName, Reason, Status, Verdict

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
    later, earlier = contrast.split("-", 1)
    if later == "post":
        return words.text("ladder: title change")
    return words.text("ladder: title {later} {earlier}", {"later": later, "earlier": earlier})


def _mark(ax: Axes, row: pd.Series, y: float) -> None:
    """Draw the verdict's mark; a rung without a verdict gets an outline."""
    verdict = None if pd.isna(row["verdict"]) else Verdict(str(row["verdict"]))
    ax.add_patch(
        Rectangle(
            (_COLUMNS[1], y - _MARK_HEIGHT / 2), _MARK_WIDTH, _MARK_HEIGHT, edgecolor=INK, linewidth=0.8,
            facecolor="none" if verdict is None else VERDICT_COLOURS[verdict],
            hatch=None if verdict is None else VERDICT_HATCHES[verdict],
            linestyle=":" if row["status"] == Status.NOT_ESTIMABLE else "-",
        )
    )  # fmt: skip


def _assumption(row: pd.Series, words: Words) -> str:
    rung, _, condition = str(row["subject"]).partition("|")
    if condition:
        spread = words.number(float(condition.removeprefix("sd=")), 1)
        return words.text("ladder: assume ordinary_spread {sd}", {"sd": spread})
    return words.text(f"ladder: assume {rung}")


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
