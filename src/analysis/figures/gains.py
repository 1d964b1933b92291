"""The gain of each person as a share of what was possible, in the bands of Hake."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container

from analysis.figures.nothing import nothing
from analysis.figures.page import finish, new_axes
from analysis.figures.style import GRID, INK, MUTED, Words, diverging_colour, sample_sentence
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName
from analysis.stats.gain import HIGH_GAIN, MEDIUM_GAIN, GainBand

BAND_COLOURS = {
    GainBand.NEGATIVE: diverging_colour(-0.75),
    GainBand.LOW: "#8fbfe0",
    GainBand.MEDIUM: "#3d86bd",
    GainBand.HIGH: "#0b3c6f",
}
_EDGES = {
    GainBand.NEGATIVE: (-np.inf, 0.0),
    GainBand.LOW: (0.0, MEDIUM_GAIN),
    GainBand.MEDIUM: (MEDIUM_GAIN, HIGH_GAIN),
    GainBand.HIGH: (HIGH_GAIN, np.inf),
}
# Gains below this are drawn together: one point lost near the maximum is already a gain of -1.
_LOWEST_DRAWN = -1.0
_BIN = 0.1


def individual_gains(
    individual_gain: pd.DataFrame, *, results: pd.DataFrame, words: Words, ax: Axes | None = None
) -> Axes:
    """Draw how many people reached which share of their possible gain, a colour per band with its people.

    ``individual_gain`` has a column of that name, N-gains of individuals; ``results`` are rows of ``learning.gain``,
    whose band counts and mean are printed. Gains below -1 stand in the first bar.
    """
    if individual_gain.empty:
        return nothing(results, words, ax)
    ax = new_axes(ax, 2.6)
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    values = np.clip(individual_gain["individual_gain"].to_numpy(dtype=float), _LOWEST_DRAWN, None)
    # Whole tenths, so that a gain of 0.3 is never pushed below its band by the binary form of the edge.
    tenths = np.floor(values / _BIN + 1e-9).astype(int)
    handles: list[Artist | Container] = []
    for band, (low, high) in _EDGES.items():
        chosen = tenths[(values >= low) & (values < high)]
        places, people = np.unique(chosen, return_counts=True)
        label = words.text(
            "gain: {band} {people}", {"band": _band(band, words), "people": _count(results, band, words)}
        )
        bars = ax.bar((places + 0.5) * _BIN, people, width=0.9 * _BIN, color=BAND_COLOURS[band], label=label)
        handles.append(bars)
    for edge in (0.0, MEDIUM_GAIN, HIGH_GAIN):
        ax.axvline(edge, color=MUTED, linewidth=0.8, linestyle=":")
    means = results[results["estimate_name"] == EstimateName.N_GAIN_OF_MEANS]
    shown = means[means["estimate"].notna()]
    if len(shown):
        handles.append(
            ax.axvline(float(shown["estimate"].iloc[0]), color=INK, linewidth=1.4, label=words.text("gain: of means"))
        )
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
    ax.yaxis.set_major_formatter(TickNumbers(words, 0))
    finish(
        [ax], title=words.text("gain: title"), note=_note(shown, words), x_label=words.text("gain: axis"),
        y_label=words.text("paired: people"), handles=handles,
    )  # fmt: skip
    return ax


def _note(means: pd.DataFrame, words: Words) -> str:
    edges = {"medium": MEDIUM_GAIN, "high": HIGH_GAIN}
    parts = {name: words.number(edge, 1) for name, edge in edges.items()} | {"lowest": words.number(_LOWEST_DRAWN, 0)}
    text = words.text("gain: note {medium} {high} {lowest}", parts)
    return f"{text} {sample_sentence(means, words)}" if len(means) else text


def _band(band: GainBand, words: Words) -> str:
    return words.subject(f"band={band}")


def _count(results: pd.DataFrame, band: GainBand, words: Words) -> str:
    rows = results[(results["subject"] == f"band={band}") & (results["estimate_name"] == EstimateName.COUNT)]
    known = rows["estimate"].dropna()
    return words.number(float(known.iloc[0]), 0) if len(known) else words.text("suppressed")
