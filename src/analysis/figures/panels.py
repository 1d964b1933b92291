"""Pairs of batches side by side: Cliff's delta and odds ratios of every indicator with their intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.grid import Cell, are_many, contrast_in_words, grid
from analysis.figures.intervals import Interval, draw_intervals
from analysis.figures.nothing import nothing
from analysis.figures.page import (
    FONT_SIZE,
    NARROW_LABELS,
    finish,
    label_rows,
    lay_rows,
    new_panels,
    panel_inches,
    ticks_inward,
    wrap,
)
from analysis.figures.shared import shared
from analysis.figures.style import INK, Words, diverging_colour, sample_sentence, subjects_in_order
from analysis.stats.codes import EstimateName, Reason, SamplingUnit

_ROW_INCHES = 0.23
# Inches that the label of a tick needs beside the next.
_DELTA_LABEL, _ODDS_LABEL = 0.26, 0.25
_DELTA_TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
_ODDS_TICKS = (0.01, 0.1, 1.0, 10.0, 100.0)
# Wider limits end at the edge of the panel.
_ODDS_LIMITS = (0.005, 200.0)
Scale = Callable[[Axes, Words, int], None]


@shared
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
    subjects = subjects_in_order(results, shown)
    if are_many(chosen):
        return [_number_grid(shown, subjects, chosen, words, "effects", lambda delta: delta, null=0.0)]
    weak = results[results["reason"] == Reason.OMNIBUS_NOT_SIGNIFICANT]
    hollow = set(zip(weak["subject"].astype(str), weak["contrast"].astype(str), strict=True))
    return _panels(shown, subjects, chosen, words, "effects", _delta_axis, hollow)


def odds_ratios(results: pd.DataFrame, *, words: Words, contrasts: Sequence[str] | None = None) -> list[Axes]:
    """Draw the odds ratio of each indicator with its class-jackknife interval on a logarithmic axis.

    ``results`` are rows of ``reaction.model``. Limits beyond 0.005 and 200 end at the edge of the panel. With more
    than four batches there is one grid of numbers, hatched where the interval includes 1.
    """
    shown = _with_interval(results, EstimateName.ODDS_RATIO)
    if shown.empty:
        return [nothing(results, words)]
    chosen = list(contrasts or dict.fromkeys(shown["contrast"].astype(str)))
    subjects = subjects_in_order(results, shown)
    if are_many(chosen):
        return [_number_grid(shown, subjects, chosen, words, "odds", lambda odds: math.log10(odds) / 2, null=1.0)]
    return _panels(shown, subjects, chosen, words, "odds", _odds_axis, set())


def _with_interval(results: pd.DataFrame, name: EstimateName) -> pd.DataFrame:
    """Return the rows of a quantity that have limits with the class as unit."""
    is_wanted = (results["estimate_name"] == name) & (results["sampling_unit"] == SamplingUnit.CLASS)
    return results[is_wanted & results["estimate_low"].notna() & results["estimate_high"].notna()]


def _panels(
    shown: pd.DataFrame,
    subjects: Sequence[str],
    contrasts: Sequence[str],
    words: Words,
    kind: str,
    scale: Scale,
    hollow: set[tuple[str, str]],
) -> list[Axes]:
    """Draw one panel of intervals for each contrast; pairs of subject and contrast in ``hollow`` get hollow marks."""
    rows = lay_rows([words.subject(one) for one in subjects], room=NARROW_LABELS, least=_ROW_INCHES)
    places = dict(zip(subjects, rows.places, strict=True))
    panels = new_panels(len(contrasts), rows.inches)
    room = panel_inches(len(contrasts), NARROW_LABELS)
    for ax, contrast in zip(panels, contrasts, strict=True):
        drawn = [
            Interval(
                places[str(row["subject"])], float(row["estimate"]), float(row["estimate_low"]),
                float(row["estimate_high"]), (str(row["subject"]), contrast) in hollow,
            )
            for row in shown[shown["contrast"] == contrast].to_dict("records")
        ]  # fmt: skip
        draw_intervals(ax, drawn)
        scale(ax, words, len(contrasts))
        ticks_inward(ax)
        heading = wrap(contrast_in_words(contrast, words), room, FONT_SIZE)
        ax.set_title(heading, fontsize=FONT_SIZE, color=INK, y=1.0)
    label_rows(panels[0], rows)
    note = f"{words.text(f'{kind}: note')} {words.text('order: form')} {sample_sentence(shown, words)}"
    finish(panels, title=words.text(f"{kind}: title"), note=note, x_label=words.text(f"{kind}: axis"))
    return panels


def _delta_axis(ax: Axes, words: Words, panels: int) -> None:
    labelled = _fitting(_DELTA_TICKS, _DELTA_LABEL, panels)
    ax.axvline(0, color=INK, linewidth=1)
    ax.set_xlim(-1, 1)
    labels = [words.number(tick, 1 if tick % 1 else 0) if tick in labelled else "" for tick in _DELTA_TICKS]
    ax.set_xticks(_DELTA_TICKS, labels)


def _odds_axis(ax: Axes, words: Words, panels: int) -> None:
    labelled = _fitting(_ODDS_TICKS, _ODDS_LABEL, panels)
    ax.set_xscale("log")
    ax.axvline(1, color=INK, linewidth=1)
    ax.set_xlim(*_ODDS_LIMITS)
    labels = [words.number(tick, max(0, round(-np.log10(tick)))) if tick in labelled else "" for tick in _ODDS_TICKS]
    ax.set_xticks(_ODDS_TICKS, labels)
    ax.minorticks_off()


def _fitting(ticks: Sequence[float], label_inches: float, panels: int) -> Sequence[float]:
    """Return the ticks whose labels stand beside each other in one of so many panels: all, each second, or fewer."""
    room = panel_inches(panels, NARROW_LABELS)
    choices = (ticks, ticks[::2], ticks[2::2])
    return next((chosen for chosen in choices if len(chosen) * label_inches < room), choices[-1])


def _number_grid(
    shown: pd.DataFrame,
    subjects: Sequence[str],
    contrasts: Sequence[str],
    words: Words,
    kind: str,
    shade: Callable[[float], float],
    null: float,
) -> Axes:
    """Draw estimates as numbers on colours (``shade`` from -1 to 1), hatched where the interval includes ``null``."""
    cells = {
        (str(row["subject"]), str(row["contrast"])): Cell(
            text=words.number(float(row["estimate"]), 2),
            colour=diverging_colour(shade(float(row["estimate"]))),
            hatch="///" if row["estimate_low"] <= null <= row["estimate_high"] else "",
        )
        for row in shown.to_dict("records")
    }
    ax, below = grid(cells, subjects, contrasts, words)
    note = f"{words.text(f'{kind}: grid note')} {words.text('order: form')} {sample_sentence(shown, words)}"
    finish([ax], title=words.text(f"{kind}: title"), note=note, below=below)
    return ax
