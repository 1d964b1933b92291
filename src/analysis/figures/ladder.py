"""The ladder of assumptions: what is known with none, and what each further one adds."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.figures.style import (
    FONT_SIZE,
    GRID,
    INK,
    MUTED,
    VERDICT_COLOURS,
    VERDICT_HATCHES,
    Words,
    new_axes,
    note,
    nothing,
    title,
    wrap,
)
from analysis.stats.codes import EstimateName, Reason, Status, Verdict

_COLUMNS = (0.0, 0.40, 0.47)  # left edges: assumption, verdict mark, what follows
_ASSUMPTION_CHARACTERS, _FINDING_CHARACTERS = 50, 66
_ROW_INCHES = 0.62


def ladder(results: pd.DataFrame, *, contrast: str | None = None, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the rungs of one contrast from bottom (nothing assumed) to top, each with what it gives.

    ``results`` are rows of ``published.ladder``, in order. A rung shows a mark in the colour and hatch of its
    verdict, or an empty one where it gives no test, and its finding in words. Default: the first contrast.
    """
    contrast = contrast or _first_contrast(results)
    rows = results[results["contrast"] == contrast].reset_index(drop=True)
    if rows.empty or ((rows["subject"] == "printed").all() and (rows["status"] == Status.NOT_ESTIMABLE).all()):
        return nothing(results, words, ax)
    ax = new_axes(ax, 9.5, 1.4 + len(rows) * _ROW_INCHES)
    ax.set_axis_off()
    ax.set_xlim(-0.03, 1)  # the arrow stands left of the rungs
    ax.set_ylim(-0.5, len(rows) - 0.1)
    for y, row in rows.iterrows():
        position = float(y)  # type: ignore[arg-type]
        ax.plot([0, 1], [position - 0.5, position - 0.5], color=GRID, linewidth=0.8)
        ax.text(
            _COLUMNS[0], position, wrap(_assumption(row, words), _ASSUMPTION_CHARACTERS), va="center",
            fontsize=FONT_SIZE, color=INK,
        )  # fmt: skip
        _mark(ax, row, position)
        ax.text(
            _COLUMNS[2], position, wrap(_finding(row, words), _FINDING_CHARACTERS), va="center", fontsize=FONT_SIZE,
            color=MUTED if row["status"] == Status.NOT_ESTIMABLE else INK,
        )  # fmt: skip
    ax.annotate(
        "",
        (-0.012, len(rows) - 0.6),
        (-0.012, -0.4),
        arrowprops={"arrowstyle": "->", "color": MUTED},
        annotation_clip=False,
    )
    title(ax, _title(contrast, words))
    note(ax, words.text("ladder: note"))
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
            (_COLUMNS[1], y - 0.2), 0.045, 0.4, edgecolor=INK, linewidth=0.8,
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
