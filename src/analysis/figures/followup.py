"""Action plans carried out: the share of each kind, regency and batch, with its interval."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.intervals import Interval, draw_intervals, draw_points
from analysis.figures.nothing import nothing
from analysis.figures.page import WIDE_LABELS, finish, label_rows, lay_rows, new_axes
from analysis.figures.shared import shared
from analysis.figures.style import Words, group_label
from analysis.figures.ticks import TickNumbers

DONE = "done/plans"
_ROW_INCHES = 0.24


@shared
def followup_shares(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the share of plans that were carried out, a row per group; suppressed groups are named, not drawn.

    ``results`` are rows of ``behaviour``. Shares of plans that were all counted have no interval.
    """
    shown = results[results["contrast"] == DONE]
    if not shown["estimate"].notna().any():
        return nothing(results[results["reason"].notna()], words, ax)
    records = shown.to_dict("records")
    rows = lay_rows([_label(row, words) for row in records], room=WIDE_LABELS, least=_ROW_INCHES)
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
