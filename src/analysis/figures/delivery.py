"""Delivery by batch against the guide, and action plans carried out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.evaluation.subject import part_values
from analysis.figures.drawing import nothing, shared
from analysis.figures.intervals import Interval, draw_intervals, draw_points
from analysis.figures.page import NARROW_LABELS, WIDE_LABELS, TickNumbers, finish, label_rows, lay_rows, new_axes
from analysis.figures.style import INK, Words, batch_colours, batch_markers, group_label

_SHARES = ("attended/registered", "completed/attended", "both_tests/attended", "forms/attended", "plans/attended")
# Inches; the marks of a row's batches stand a little below each other, since equal shares would hide them.
_ROW_INCHES, _SPREAD = 0.34, 0.16


@shared
def batch_shares(
    results: pd.DataFrame, *, thresholds: Mapping[str, float | None], words: Words, ax: Axes | None = None
) -> Axes:
    """Draw the shares of each batch, a row per share, a mark per batch; a bar marks the guide's threshold.

    ``results`` are rows of ``delivery``; ``thresholds`` gives a share between 0 and 1 for some of the rows.
    """
    rows = results[results["contrast"].isin(_SHARES) & results["estimate"].notna()]
    rows = rows.assign(batch=part_values(rows["subject"], "batch"))
    rows = rows[rows["batch"].notna()]
    if rows.empty:
        return nothing(results[results["reason"].notna()], words, ax)
    batches = list(dict.fromkeys(rows["batch"]))
    colours, markers = batch_colours(batches), batch_markers(batches)
    lines = lay_rows([words.text(f"share {share}") for share in _SHARES], room=NARROW_LABELS, least=_ROW_INCHES)
    ax = new_axes(ax, lines.inches)
    for y, share in zip(lines.places, _SHARES, strict=True):
        for batch, shift in zip(
            batches, np.linspace(-0.5, 0.5, len(batches)) * _SPREAD * (len(batches) > 1), strict=True
        ):
            found = rows[(rows["batch"] == batch) & (rows["contrast"] == share)]["estimate"]
            if len(found):
                ax.plot(100 * float(found.iloc[0]), y + shift, markers[batch], color=colours[batch], markersize=5)
        threshold = thresholds.get(share)
        if threshold is not None:
            ax.plot([100 * threshold] * 2, [y - 0.4 * _ROW_INCHES, y + 0.4 * _ROW_INCHES], color=INK, linewidth=2)
    for batch in batches:
        ax.plot([], [], markers[batch], color=colours[batch], label=words.text("batch {batch}", {"batch": batch}))
    label_rows(ax, lines)
    ax.set_xlim(0, 103)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    handles, _ = ax.get_legend_handles_labels()
    finish([ax], title=words.text("shares: title"), note=words.text("shares: note"), handles=handles)
    return ax


DONE = "done/plans"
_PLAN_ROW_INCHES = 0.24


@shared
def followup_shares(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the share of plans that were carried out, a row per group; suppressed groups are named, not drawn.

    ``results`` are rows of ``behaviour``. Shares of plans that were all counted have no interval.
    """
    shown = results[results["contrast"] == DONE]
    if not shown["estimate"].notna().any():
        return nothing(results[results["reason"].notna()], words, ax)
    records = shown.to_dict("records")
    rows = lay_rows([_label(row, words) for row in records], room=WIDE_LABELS, least=_PLAN_ROW_INCHES)
    ax = new_axes(ax, rows.inches)
    known = [(y, row) for y, row in zip(rows.places, records, strict=True) if not pd.isna(row["estimate"])]
    with_interval = [(y, row) for y, row in known if not pd.isna(row["estimate_low"])]
    draw_intervals(ax, [Interval(y, *_percent(row)) for y, row in with_interval])
    counted = [(y, row) for y, row in known if pd.isna(row["estimate_low"])]
    draw_points(ax, [100 * float(row["estimate"]) for _, row in counted], [y for y, _ in counted])
    label_rows(ax, rows)
    ax.set_xlim(0, 100)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    finish(
        [ax], title=words.text("followup: title"), note=words.text("followup: note"),
        x_label=words.text("followup: axis"),
    )  # fmt: skip
    return ax


def _percent(row: Mapping[Hashable, Any]) -> tuple[float, float, float]:
    """Return a share and its limits in percent."""
    estimate, low, high = (100 * float(row[name]) for name in ("estimate", "estimate_low", "estimate_high"))
    return estimate, low, high


def _label(row: Mapping[Hashable, Any], words: Words) -> str:
    name = words.subject(str(row["subject"]))
    if pd.isna(row["estimate"]) or pd.isna(row["clusters"]):
        return group_label(name, None if pd.isna(row["estimate"]) else float(row["n"]), words)
    parts = {"group": name, "n": words.number(float(row["n"]), 0), "clusters": words.number(float(row["clusters"]), 0)}
    return words.text("followup: {group} {n} {clusters}", parts)
