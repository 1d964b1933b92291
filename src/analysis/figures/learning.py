"""Scores of people: their changes, gains, who took which test, what those without a pair could undo."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container
from matplotlib.patches import Patch

from analysis.evaluation.subject import subjects
from analysis.figures.drawing import nothing, shared
from analysis.figures.intervals import Interval, draw_intervals
from analysis.figures.page import NARROW_LABELS, SMALL_SIZE, TickNumbers, finish, label_rows, lay_rows, new_axes
from analysis.figures.style import (
    ACCENT,
    GRID,
    INK,
    MUTED,
    POST_COLOUR,
    PRE_COLOUR,
    Words,
    diverging_colour,
    group_label,
    sample_sentence,
)
from analysis.stats.codes import EstimateName
from analysis.stats.gain import HIGH_GAIN, MEDIUM_GAIN, GainBand

_INTERVALS = (("class", ACCENT, 3.0), ("person", MUTED, 1.5))


def change_distribution(
    change_counts: pd.DataFrame, *, results: pd.DataFrame, words: Words, ax: Axes | None = None
) -> Axes:
    """Draw how many people changed by how many points, the mean change and its intervals above.

    ``change_counts`` has columns ``change`` (points) and ``people``; ``results`` are rows of ``learning.change``:
    the interval with classes as units is drawn thick, the one that ignores classes thin.
    """
    if change_counts.empty:
        return nothing(results, words, ax)
    ax = new_axes(ax, 2.8)
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    width = 0.9 * float(change_counts["change"].diff().min()) if len(change_counts) > 1 else 0.9
    ax.bar(change_counts["change"], change_counts["people"], width=width, color=POST_COLOUR, alpha=0.75)
    top = float(change_counts["people"].max())
    means = results[(results["estimate_name"] == "mean_change") & (results["subject"] == "all")]
    for step, (unit, colour, thickness) in enumerate(_INTERVALS, start=1):
        rows = means[(means["sampling_unit"] == unit) & means["estimate_low"].notna()]
        if rows.empty:
            continue
        row, y = rows.iloc[0], top * (1.0 + 0.12 * step)
        interval = Interval(y, float(row["estimate"]), float(row["estimate_low"]), float(row["estimate_high"]))
        draw_intervals(ax, [interval], colour=colour, line_width=thickness)
        ax.annotate(
            words.text(f"paired: {unit} interval"), (float(row["estimate_high"]), y), xytext=(6, 0),
            textcoords="offset points", fontsize=SMALL_SIZE, va="center", color=INK,
        )  # fmt: skip
    ax.axvline(0, color=INK, linewidth=1)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0))
    ax.yaxis.set_major_formatter(TickNumbers(words, 0))
    by_class = means[(means["sampling_unit"] == "class") & means["estimate_low"].notna()].head(1)
    sample = f" {sample_sentence(by_class, words)}" if len(by_class) else ""
    finish(
        [ax], title=words.text("paired: title"), note=words.text("paired: note") + sample,
        x_label=words.text("paired: axis"), y_label=words.text("paired: people"),
    )  # fmt: skip
    return ax


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


@shared
def tipping_point(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the mean change of everybody against the mean change of those whose change is not known.

    ``results`` are rows of ``learning.alternatives``. The band holds what those people's own scores and the maximum
    of the test allow; marks stand where the mean change of all, and where its interval, would reach zero.
    """
    rows = results[results["subject"] == "attrition"]
    zeros = rows[(rows["estimate_name"] == EstimateName.TIPPING_POINT_ESTIMATE_ZERO) & rows["estimate"].notna()]
    if zeros.empty:
        return nothing(rows if len(rows) else results, words, ax)
    zero = zeros.iloc[0]
    known, missing, at_zero = int(zero["n"]), int(zero["n_missing"]), float(zero["estimate"])
    observed = -missing * at_zero / known
    possible = _limits(rows, EstimateName.POSSIBLE_CHANGE_OF_MISSING)
    ends = (at_zero, observed, 0.0, *(possible or ()))
    margin = 0.08 * (max(ends) - min(ends) or 1.0)
    low, high = min(ends) - margin, max(ends) + margin
    ax = new_axes(ax, 2.6)
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    if possible:
        ax.axvspan(*possible, color=POST_COLOUR, alpha=0.15, label=words.text("tipping: possible"))
    combined = [(known * observed + missing * end) / (known + missing) for end in (low, high)]
    ax.plot([low, high], combined, color=POST_COLOUR, linewidth=1.8, label=words.text("tipping: line"))
    ax.plot(observed, observed, "o", color=INK, markersize=6, label=words.text("tipping: alike"))
    ax.plot(at_zero, 0, "D", color=ACCENT, markersize=7, label=words.text("tipping: zero"))
    ax.axhline(0, color=INK, linewidth=1)
    ax.set_xlim(low, high)
    ax.xaxis.set_major_formatter(TickNumbers(words, 1))
    ax.yaxis.set_major_formatter(TickNumbers(words, 1))
    parts = {"known": words.number(known, 0), "missing": words.number(missing, 0)}
    handles, _ = ax.get_legend_handles_labels()
    finish(
        [ax], title=words.text("tipping: title"), note=words.text("tipping: note {known} {missing}", parts),
        x_label=words.text("tipping: axis of missing"), y_label=words.text("tipping: axis of all"), handles=handles,
    )  # fmt: skip
    return ax


def _limits(rows: pd.DataFrame, name: EstimateName) -> tuple[float, float] | None:
    found = rows[(rows["estimate_name"] == name) & rows["estimate_low"].notna()]
    return (float(found["estimate_low"].iloc[0]), float(found["estimate_high"].iloc[0])) if len(found) else None


# Colour and hatch of each part; those of one group of people add up to the bar.
PARTS = {
    "both": (POST_COLOUR, ""),
    "pre_only": (PRE_COLOUR, "//"),
    "post_only": ("#56B4E9", ".."),
    "no_test": (MUTED, "xx"),
}
_DIMENSIONS = ("batch", "role")
_ROW_INCHES, _BAR_INCHES = 0.25, 0.17


@shared
def attrition(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the shares of people with both tests, one of them, or none; suppressed groups are named, not drawn.

    ``results`` are rows of ``learning.matching``. Registered people without any test appear in the first bar only,
    which counts everybody.
    """
    counts = results[(results["estimate_name"] == EstimateName.COUNT)].set_index("subject")["estimate"]
    if not counts.notna().any():
        return nothing(results, words, ax)
    groups = ["", *_groups(counts)]
    people_of = {group: {part: _people(counts, group, part) for part in PARTS} for group in groups}
    totals = {group: sum(filter(None, people.values())) for group, people in people_of.items()}
    labels = [group_label(words.subject(group or "all"), total or None, words) for group, total in totals.items()]
    rows = lay_rows(labels, room=NARROW_LABELS, least=_ROW_INCHES)
    ax = new_axes(ax, rows.inches)
    for y, (group, people) in zip(rows.places, people_of.items(), strict=True):
        total, left = totals[group], 0.0
        for part, (colour, hatch) in PARTS.items():
            if total and people[part]:
                width = 100 * float(people[part] or 0) / total
                ax.barh(y, width, left=left, height=_BAR_INCHES, color=colour, hatch=hatch, edgecolor="white")
                left += width
    keys = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=words.subject(part))
        for part, (colour, hatch) in PARTS.items()
    ]
    label_rows(ax, rows)
    ax.set_xlim(0, 100)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    finish([ax], title=words.text("attrition: title"), note=words.text("attrition: note"), handles=keys)
    return ax


def _groups(counts: pd.Series) -> list[str]:
    """Return batches and roles as the subjects name them ("batch=5")."""
    named = [subject.head for subject in subjects(counts.index) if subject.detail == "both"]
    return [str(group) for dimension in _DIMENSIONS for group in named if group.name == dimension]


def _people(counts: pd.Series, group: str, part: str) -> float | None:
    subject = f"{group}|{part}" if group else part
    found = counts.get(subject)
    return None if found is None or pd.isna(found) else float(found)
