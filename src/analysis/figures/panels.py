"""Pairs of batches side by side: Cliff's delta and odds ratios of every indicator with their intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.figures.intervals import interval_line
from analysis.figures.style import FONT_SIZE, INK, Words, new_axes, note, nothing, row_labels, sample_sentence, title
from analysis.stats.codes import EstimateName, Reason, SamplingUnit

_ROW_INCHES, _LABEL_CHARACTERS = 0.29, 68
_LABEL_INCHES, _PANEL_INCHES = 4.3, 2.2
# The pairs of more batches than this do not fit side by side.
_MOST_BATCHES = 4
_CELL_INCHES = 0.95
_ODDS_TICKS = (0.01, 0.1, 1.0, 10.0, 100.0)
# Wider limits end at the edge of the panel.
_ODDS_LIMITS = (0.005, 200.0)


def effect_panels(results: pd.DataFrame, *, words: Words, contrasts: Sequence[str] | None = None) -> list[Axes]:
    """Draw Cliff's delta of each indicator with its class-jackknife interval, the contrasts side by side.

    ``results`` are rows of ``reaction.pairs``; those with an interval are drawn, hollow where the comparison of all
    batches did not survive its adjustment. With more than four batches there is one grid of numbers, hatched where
    the interval includes 0.
    """
    shown = _with_interval(results, EstimateName.CLIFFS_DELTA)
    if shown.empty:
        return [nothing(results, words)]
    chosen = list(contrasts or dict.fromkeys(shown["contrast"].astype(str)))
    if _are_many(chosen):
        ax = _grid(shown, chosen, words, shown["estimate"].astype(float), 0.0)
        title(ax, words.text("effects: title"))
        note(ax, f"{words.text('effects: grid note')} {sample_sentence(shown, words)}")
        return [ax]
    weak = results[results["reason"] == Reason.OMNIBUS_NOT_SIGNIFICANT]
    hollow = set(zip(weak["subject"].astype(str), weak["contrast"].astype(str), strict=True))
    panels = _panels(shown, chosen, words, _delta_axis, hollow)
    title(panels[0], words.text("effects: title"))
    note(panels[0], f"{words.text('effects: note')} {sample_sentence(shown, words)}")
    return panels


def odds_ratios(results: pd.DataFrame, *, words: Words, contrasts: Sequence[str] | None = None) -> list[Axes]:
    """Draw the odds ratio of each indicator with its class-jackknife interval on a logarithmic axis.

    ``results`` are rows of ``reaction.model``. Limits beyond 0.005 and 200 end at the edge of the panel. With more
    than four batches there is one grid of numbers, hatched where the interval includes 1.
    """
    shown = _with_interval(results, EstimateName.ODDS_RATIO)
    if shown.empty:
        return [nothing(results, words)]
    chosen = list(contrasts or dict.fromkeys(shown["contrast"].astype(str)))
    if _are_many(chosen):
        ax = _grid(shown, chosen, words, shown["estimate"].astype(float).map(math.log10) / 2, 1.0)
        title(ax, words.text("odds: title"))
        note(ax, f"{words.text('odds: grid note')} {sample_sentence(shown, words)}")
        return [ax]
    panels = _panels(shown, chosen, words, _odds_axis, set())
    title(panels[0], words.text("odds: title"))
    note(panels[0], f"{words.text('odds: note')} {sample_sentence(shown, words)}")
    return panels


def _with_interval(results: pd.DataFrame, name: EstimateName) -> pd.DataFrame:
    """Return the rows of a quantity that have limits with the class as unit."""
    is_wanted = (results["estimate_name"] == name) & (results["sampling_unit"] == SamplingUnit.CLASS)
    return results[is_wanted & results["estimate_low"].notna() & results["estimate_high"].notna()]


def _panels(
    shown: pd.DataFrame,
    contrasts: Sequence[str],
    words: Words,
    scale: Callable[[Axes, Words], None],
    hollow: set[tuple[str, str]],
) -> list[Axes]:
    """Draw one panel of intervals for each contrast; pairs of subject and contrast in ``hollow`` get hollow marks."""
    subjects = list(dict.fromkeys(shown["subject"].astype(str)))
    size = (_LABEL_INCHES + _PANEL_INCHES * len(contrasts), 1.8 + len(subjects) * _ROW_INCHES)
    with sns.axes_style("white"):
        _, panels = plt.subplots(1, len(contrasts), figsize=size, sharey=True, layout="constrained", squeeze=False)
    for ax, contrast in zip(panels[0], contrasts, strict=True):
        new_axes(ax, 0, 0)
        for row in shown[shown["contrast"] == contrast].to_dict("records"):
            values = (float(row["estimate"]), float(row["estimate_low"]), float(row["estimate_high"]))
            key = (str(row["subject"]), contrast)
            interval_line(ax, subjects.index(key[0]), *values, is_hollow=key in hollow)
        scale(ax, words)
        ax.set_title(_contrast(contrast, words), fontsize=FONT_SIZE)
    row_labels(panels[0][0], range(len(subjects)), [words.subject(one) for one in subjects], _LABEL_CHARACTERS)
    panels[0][0].set_ylim(len(subjects) - 0.4, -0.6)
    return list(panels[0])


def _are_many(contrasts: Sequence[str]) -> bool:
    return len({batch for contrast in contrasts for batch in contrast.split("-", 1)}) > _MOST_BATCHES


def _contrast(contrast: str, words: Words) -> str:
    later, earlier = contrast.split("-", 1)
    return words.text("batch {later} against {earlier}", {"later": later, "earlier": earlier})


def _delta_axis(ax: Axes, words: Words) -> None:
    ticks = (-1, -0.5, 0, 0.5, 1)
    ax.axvline(0, color=INK, linewidth=1)
    ax.set_xlim(-1, 1)
    ax.set_xticks(ticks, [words.number(tick, 1) for tick in ticks])
    ax.set_xlabel(words.text("effects: axis"), fontsize=FONT_SIZE)


def _odds_axis(ax: Axes, words: Words) -> None:
    ax.set_xscale("log")
    ax.axvline(1, color=INK, linewidth=1)
    ax.set_xlim(*_ODDS_LIMITS)
    ax.set_xticks(_ODDS_TICKS, [words.number(tick, max(0, round(-np.log10(tick)))) for tick in _ODDS_TICKS])
    ax.minorticks_off()
    ax.set_xlabel(words.text("odds: axis"), fontsize=FONT_SIZE)


def _grid(shown: pd.DataFrame, contrasts: Sequence[str], words: Words, shade: pd.Series, null: float) -> Axes:
    """Draw estimates as numbers on colours (``shade`` from -1 to 1), a row per indicator and a column per contrast.

    Hatched where the interval includes ``null``.
    """
    subjects = list(dict.fromkeys(shown["subject"].astype(str)))
    is_open = (shown["estimate_low"] <= null) & (shown["estimate_high"] >= null)
    cells = pd.DataFrame(
        {"estimate": shown["estimate"].astype(float), "shade": shade, "is_open": is_open.astype(float)}
    ).set_index([shown["subject"].astype(str), shown["contrast"].astype(str)])
    cells = cells.reindex(pd.MultiIndex.from_product([subjects, contrasts]))
    estimate, colour, hatch = (
        cells[name].to_numpy(dtype=float).reshape(len(subjects), len(contrasts)) for name in cells.columns
    )
    ax = new_axes(None, _LABEL_INCHES + _CELL_INCHES * len(contrasts), 2.2 + len(subjects) * _ROW_INCHES)
    labels = np.array([["" if np.isnan(value) else words.number(value, 2) for value in row] for row in estimate])
    sns.heatmap(
        colour, annot=labels, fmt="", cmap="vlag", vmin=-1, vmax=1, cbar=False, linewidths=0.5, ax=ax,
        annot_kws={"fontsize": FONT_SIZE - 2},
    )  # fmt: skip
    for row, column in np.argwhere(hatch == 1):
        ax.add_patch(Rectangle((column, row), 1, 1, fill=False, hatch="///", edgecolor="#9a9a9a", linewidth=0))
    ax.set_xticks(
        np.arange(len(contrasts)) + 0.5,
        [_contrast(one, words) for one in contrasts],
        rotation=30,
        ha="right",
        fontsize=FONT_SIZE - 1,
    )
    row_labels(
        ax, [place + 0.5 for place in range(len(subjects))], [words.subject(one) for one in subjects], _LABEL_CHARACTERS
    )
    ax.tick_params(axis="y", labelrotation=0)
    return ax
