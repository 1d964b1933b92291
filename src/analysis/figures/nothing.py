"""A figure that there are no data for: it says why."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.page import PAGE_WIDTH, SMALL_SIZE, new_axes, wrap
from analysis.figures.style import MUTED, Words

# How Axes that hold nothing but a reason are marked.
_NOTHING = "nothing:"


def nothing(results: pd.DataFrame, words: Words, ax: Axes | None = None) -> Axes:
    """Return Axes that say why there is nothing to draw: the reasons of the results that are not estimable.

    :func:`nothing_drawn` recognises them.
    """
    ax = new_axes(ax, 0.8)
    ax.set_axis_off()
    reasons = dict.fromkeys(results["reason"].dropna().astype(str))
    analyses = dict.fromkeys(results["analysis"].astype(str)) if "analysis" in results else {}
    ax.set_gid(_NOTHING + "|".join((next(iter(analyses), ""), *reasons)))
    said = wrap("; ".join(words.reason(code) for code in reasons), 0.75 * PAGE_WIDTH, SMALL_SIZE)
    ax.text(0.0, 0.5, said, fontsize=SMALL_SIZE, color=MUTED, va="center")
    return ax


def nothing_drawn(ax: Axes) -> tuple[str, str] | None:
    """Return the analysis and the reason of Axes that :func:`nothing` made, None where something is drawn."""
    gid = ax.get_gid() or ""
    if not gid.startswith(_NOTHING):
        return None
    analysis, _, reason = gid.removeprefix(_NOTHING).partition("|")
    return analysis, reason
