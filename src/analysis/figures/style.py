"""Colours, marks and sizes shared by all figures; the same level has the same look everywhere.

Colours are from the palette of Okabe & Ito (safe for colour-blind readers) or one blue scale whose steps
differ in lightness, so that figures stay readable in grey.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Protocol

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.errors import ParameterError
from analysis.stats.codes import Verdict

INK, MUTED, GRID = "#222222", "#666666", "#d9d9d9"
PRE_COLOUR, POST_COLOUR = "#E69F00", "#0072B2"
ACCENT = "#D55E00"

# A verdict has a colour of its own lightness and a hatch: "undetermined" is a finding, not a pale "no".
VERDICT_COLOURS: Mapping[Verdict, str] = {
    Verdict.ALWAYS: "#0072B2",
    Verdict.UNDETERMINED: "#F0E442",
    Verdict.NEVER: "#999999",
}
VERDICT_HATCHES: Mapping[Verdict, str] = {
    Verdict.ALWAYS: "",
    Verdict.UNDETERMINED: "////",
    Verdict.NEVER: "..",
}

_BATCH_SCALE = ("#8fbfe0", "#3d86bd", "#0b3c6f")
_MARKERS = ("o", "s", "D", "^", "v", "P", "X", "<", ">")

FONT_SIZE = 9
# How Axes that hold nothing but a reason are marked.
_NOTHING = "nothing:"
# One inch of figure width holds about this many characters of a label at the usual font size.
CHARACTERS_PER_INCH = 13


class Words(Protocol):
    """The language of a figure: messages by key, numbers and p-values as text."""

    def text(self, key: str, parts: Mapping[str, str] | None = None, /) -> str:
        """Return a message of the figures' catalogue with its ``{parts}`` filled in."""
        ...

    def subject(self, subject: str, /) -> str:
        """Return an item, aspect or other subject of a result row in words."""
        ...

    def reason(self, code: str, /) -> str:
        """Return the reason code of a result that is not estimable in words."""
        ...

    def number(self, value: float, decimals: int, /) -> str:
        """Return a number with this many decimals."""
        ...

    def p_value(self, value: float, /) -> str:
        """Return a p-value such as "p = 0.020" or "p < 0.001"."""
        ...


def batch_colours(batches: list[str]) -> dict[str, str]:
    """Return a colour per batch, from light to dark in the order given."""
    if len(batches) <= len(_BATCH_SCALE):
        chosen = _BATCH_SCALE[-len(batches) :] if len(batches) < len(_BATCH_SCALE) else _BATCH_SCALE
        return dict(zip(batches, chosen, strict=True))
    palette = sns.color_palette("blend:" + ",".join(_BATCH_SCALE), len(batches)).as_hex()
    return dict(zip(batches, palette, strict=True))


def batch_markers(batches: list[str]) -> dict[str, str]:
    """Return a marker per batch, so that colour is never the only difference."""
    return {batch: _MARKERS[position % len(_MARKERS)] for position, batch in enumerate(batches)}


def new_axes(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the given Axes, or one on a new figure of this size in inches, with the house style applied."""
    if ax is None:
        with sns.axes_style("white"):
            _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    ax.tick_params(labelsize=FONT_SIZE, colors=INK)
    ax.grid(axis="x", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    sns.despine(ax=ax, left=True)
    return ax


def _figure(ax: Axes) -> Figure:
    """Return the figure that Axes belong to, also where they lie in a part of it."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ParameterError("the Axes belong to no figure: make them with plt.subplots()")
    return figure


def title(ax: Axes, text: str) -> None:
    """Write a figure's title above everything else, flush left, wrapped to the figure's width."""
    figure = _figure(ax)
    wrapped = textwrap.fill(text, int(figure.get_size_inches()[0] * CHARACTERS_PER_INCH * 0.82))
    figure.suptitle(wrapped, x=0.01, ha="left", fontsize=FONT_SIZE + 2, color=INK)


def note(ax: Axes, text: str) -> None:
    """Write what a reader must know below the figure: n, test, conditions."""
    figure = _figure(ax)
    wrapped = textwrap.fill(text, int(figure.get_size_inches()[0] * CHARACTERS_PER_INCH * 1.25))
    figure.supxlabel(wrapped, x=0.01, ha="left", fontsize=FONT_SIZE - 1, color=MUTED)


def sample_sentence(rows: pd.DataFrame, words: Words) -> str:
    """Return the n and the clusters of the result rows that a figure draws, as a range where they differ."""
    n = _range(rows["n"], words)
    if rows["clusters"].notna().any():
        return words.text("sample: {n} {clusters}", {"n": n, "clusters": _range(rows["clusters"], words)})
    return words.text("sample: {n}", {"n": n})


def _range(values: pd.Series, words: Words) -> str:
    low, high = float(values.min()), float(values.max())
    shown = words.number(low, 0)
    return shown if low == high else f"{shown}\N{EN DASH}{words.number(high, 0)}"


def wrap(text: str, characters: int) -> str:
    """Return a label broken into lines of at most this many characters."""
    return textwrap.fill(text, characters)


def row_labels(ax: Axes, positions: Sequence[float], labels: Sequence[str], characters: int) -> None:
    """Label the rows of a figure, long labels on two lines."""
    ax.set_yticks(
        list(positions),
        [wrap(label, characters) for label in labels],
        fontsize=FONT_SIZE - 1,
    )
    for label in ax.get_yticklabels():
        label.set_linespacing(0.9)


def nothing(results: pd.DataFrame, words: Words, ax: Axes | None = None) -> Axes:
    """Return Axes that say why there is nothing to draw: the reasons of the results that are not estimable.

    :func:`nothing_drawn` recognises them.
    """
    ax = new_axes(ax, 9.5, 1.2)
    ax.set_axis_off()
    reasons = dict.fromkeys(results["reason"].dropna().astype(str))
    analyses = dict.fromkeys(results["analysis"].astype(str)) if "analysis" in results else {}
    ax.set_gid(_NOTHING + "|".join((next(iter(analyses), ""), *reasons)))
    ax.text(0.0, 0.5, "; ".join(words.reason(code) for code in reasons), fontsize=FONT_SIZE, color=MUTED, va="center")
    return ax


def nothing_drawn(ax: Axes) -> tuple[str, str] | None:
    """Return the analysis and the reason of Axes that :func:`nothing` made, None where something is drawn."""
    gid = ax.get_gid() or ""
    if not gid.startswith(_NOTHING):
        return None
    analysis, _, reason = gid.removeprefix(_NOTHING).partition("|")
    return analysis, reason
