"""Reactions of people: answers by batch, pairs of batches, who came, what ignoring classes would have claimed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.figures.drawing import nothing, shared
from analysis.figures.intervals import Interval, draw_intervals
from analysis.figures.p_ranges import Cell, are_many, contrast_in_words, grid
from analysis.figures.page import (
    FONT_SIZE,
    NARROW_LABELS,
    SMALL_SIZE,
    WIDE_LABELS,
    TickNumbers,
    finish,
    label_rows,
    lay_rows,
    new_axes,
    new_panels,
    panel_inches,
    text_inches,
    ticks_inward,
    wrap,
)
from analysis.figures.style import (
    ACCENT,
    GRID,
    INK,
    MUTED,
    POST_COLOUR,
    Words,
    batch_markers,
    contrast_colours,
    diverging_colour,
    level_colours,
    sample_sentence,
    subjects_in_order,
)
from analysis.stats.codes import EstimateName, Reason, SamplingUnit

# Inches from bar to bar, of a bar, and between indicators.
_PITCH, _BAR, _BETWEEN_ITEMS = 0.112, 0.095, 0.035


def diverging_bars(
    counts: pd.DataFrame,
    *,
    level_labels: Mapping[int, str],
    items: Sequence[str],
    words: Words,
    results: pd.DataFrame,
    ax: Axes | None = None,
) -> Axes:
    """Draw the shares of all levels around the middle of the scale, one bar per indicator and batch, best on top.

    Parameters
    ----------
    counts
        Columns ``item``, ``batch``, ``level``, ``share``, ``n``, a row for every level also where nobody chose it.
    level_labels
        The words of each level, lowest first.
    items
        The indicators to draw; :func:`best_first` sorts them.
    results
        The rows the counts belong to: their reasons are shown where there is nothing to draw.
    """
    if counts.empty or not counts["n"].any():
        return nothing(results, words, ax)
    counts = counts[counts["n"] > 0]  # what nobody answered has no shares
    levels = sorted(level_labels)
    shares = counts.pivot_table(index=["item", "batch"], columns="level", values="share", observed=True)
    shares = shares.reindex(columns=levels).fillna(0.0)
    sizes = counts.drop_duplicates(["item", "batch"]).set_index(["item", "batch"])["n"]
    batches = list(dict.fromkeys(counts["batch"].astype(str)))
    ordered = best_first(counts, items, levels)
    rows = lay_rows(
        [words.subject(item) for item in ordered], room=NARROW_LABELS, least=len(batches) * _PITCH + _BETWEEN_ITEMS
    )
    ax = new_axes(ax, rows.inches)
    bars = [
        ((item, batch), middle + (place - (len(batches) - 1) / 2) * _PITCH)
        for item, middle in zip(ordered, rows.places, strict=True)
        for place, batch in enumerate(batches)
        if (item, batch) in shares.index
    ]
    colours = level_colours(levels)
    _bars(ax, [y for _, y in bars], shares.loc[[key for key, _ in bars]].to_numpy(), list(colours.values()))
    labels = [
        words.text("batch and n {batch} {n}", {"batch": key[1], "n": words.number(float(sizes[key]), 0)})
        for key, _ in bars
    ]
    for label, (_, y) in zip(labels, bars, strict=True):
        ax.text(
            1.01, y, label, transform=ax.get_yaxis_transform(), fontsize=SMALL_SIZE, va="center_baseline", color=INK
        )
    label_rows(ax, rows)
    ax.set_xlim(-1, 1)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1])
    ax.xaxis.set_major_formatter(lambda value, _: words.number(abs(100 * value), 0) + "%")
    ax.axvline(0, color=INK, linewidth=0.8)
    handles = [
        Patch(facecolor=colours[level], edgecolor=INK, linewidth=0.4, label=level_labels[level]) for level in levels
    ]
    finish(
        [ax], title=words.text("responses: title"),
        note=f"{words.text('responses: note')} {words.text('order: best first')}", handles=handles,
        right=max(text_inches(label, SMALL_SIZE) for label in labels) + 0.12,
    )  # fmt: skip
    return ax


def best_first(counts: pd.DataFrame, items: Sequence[str], levels: Sequence[int]) -> list[str]:
    """Return the items that have answers by the share of answers above the middle of the scale, largest first.

    The answers of all batches count together; items of the same share stand by their mean, then as in ``items``.
    """
    answers = counts.assign(answers=counts["share"] * counts["n"], item=counts["item"].astype(str))
    by_level = answers.pivot_table(index="item", columns="level", values="answers", aggfunc="sum").reindex(
        columns=list(levels), fill_value=0.0
    )
    shares = by_level.div(by_level.sum(axis=1), axis=0)
    above = [level for level in levels if level > (min(levels) + max(levels)) / 2]
    # Rounded, so that equal shares are equal whatever their last bit.
    keys = pd.DataFrame({"above": shares[above].sum(axis=1), "mean": shares @ np.asarray(levels)}).round(9)
    known = keys.loc[[item for item in items if item in keys.index]]
    return [str(item) for item in known.sort_values(["above", "mean"], ascending=False, kind="stable").index]


def _bars(ax: Axes, places: Sequence[float], shares: np.ndarray, colours: Sequence[str]) -> None:
    """Draw bars (rows of ``shares``): levels below the middle to the left, above it to the right, a middle one half."""
    levels = shares.shape[1]
    below = shares[:, : levels // 2].sum(axis=1) + (shares[:, levels // 2] / 2 if levels % 2 else 0.0)
    starts = np.cumsum(shares, axis=1) - shares - below[:, None]
    for level, colour in enumerate(colours):
        ax.barh(
            places, shares[:, level], left=starts[:, level], height=_BAR, color=colour, edgecolor="white", linewidth=0.3
        )


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


# Beyond a quarter of a standard deviation, adjusting by regression depends on its form: Imbens and Rubin (2015),
# Causal Inference for Statistics, Social, and Biomedical Sciences, section 14.2.
LARGE_DIFFERENCE = 0.25
_MIX_ROW_INCHES = 0.25


def composition(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the normalised difference of each role and regency, a mark per pair of batches.

    ``results`` are rows of ``reaction.composition``. The grey band marks differences up to 0.25 either way.
    """
    shown = results[(results["estimate_name"] == EstimateName.SHARE_DIFFERENCE) & results["effect"].notna()]
    if shown.empty:
        return nothing(results, words, ax)
    subjects = list(dict.fromkeys(shown["subject"].astype(str)))
    contrasts = list(dict.fromkeys(shown["contrast"].astype(str)))
    colours, markers = contrast_colours(contrasts), batch_markers(contrasts)
    rows = lay_rows([words.subject(one) for one in subjects], room=WIDE_LABELS, least=_MIX_ROW_INCHES)
    place_of = dict(zip(subjects, rows.places, strict=True))
    ax = new_axes(ax, rows.inches)
    ax.axvspan(-LARGE_DIFFERENCE, LARGE_DIFFERENCE, color=GRID, alpha=0.5, zorder=0)
    ax.axvline(0, color=INK, linewidth=1)
    for contrast in contrasts:
        found = shown[shown["contrast"] == contrast]
        label = contrast_in_words(contrast, words)
        places = [place_of[str(subject)] for subject in found["subject"]]
        effects = found["effect"].astype(float).to_numpy()
        ax.plot(effects, places, markers[contrast], color=colours[contrast], markersize=5, label=label)
    label_rows(ax, rows)
    widest = max(1.0, 1.1 * float(shown["effect"].astype(float).abs().max()))
    ax.set_xlim(-widest, widest)
    ax.xaxis.set_major_formatter(TickNumbers(words, 2))
    caption = words.text("composition: note {limit}", {"limit": words.number(LARGE_DIFFERENCE, 2)})
    handles, _ = ax.get_legend_handles_labels()
    finish(
        [ax], title=words.text("composition: title"), note=f"{caption} {sample_sentence(shown, words)}",
        x_label=words.text("composition: axis"), handles=handles,
    )  # fmt: skip
    return ax


SMALLEST_DRAWN_P = 1e-4
# Unit, marker, colour and inches from the middle of its row: equal p-values stay apart.
_UNITS = (("person", "o", MUTED, -0.07), ("village", "^", POST_COLOUR, 0.0), ("class", "D", ACCENT, 0.07))
_P_ROW_INCHES = 0.25


def clustered_p(
    p_values: pd.DataFrame, *, results: pd.DataFrame, alpha: float, words: Words, ax: Axes | None = None
) -> Axes:
    """Draw the omnibus p-value of each indicator under three units; the class is the unit of inference.

    ``p_values`` has columns ``item``, ``sampling_unit`` and ``p_value``.
    """
    if p_values.empty or not p_values["p_value"].notna().any():
        return nothing(results, words, ax)
    items = list(dict.fromkeys(p_values["item"].astype(str)))
    rows = lay_rows([words.subject(item) for item in items], room=WIDE_LABELS, least=_P_ROW_INCHES)
    ax = new_axes(ax, rows.inches)
    for unit, marker, colour, shift in _UNITS:
        found = p_values[p_values["sampling_unit"] == unit].set_index("item")["p_value"]
        values = [max(float(found[item]), SMALLEST_DRAWN_P) if item in found.index else np.nan for item in items]
        places = [place + shift for place in rows.places]
        ax.plot(values, places, marker, color=colour, markersize=4, label=words.text(f"unit {unit}"))
    _mark_adjusted(ax, p_values, dict(zip(items, rows.places, strict=True)), words)
    ax.axvline(alpha, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    ax.set_xscale("log")
    ax.set_xlim(SMALLEST_DRAWN_P / 1.5, 1.3)
    ticks = [SMALLEST_DRAWN_P, 1e-3, 1e-2, alpha, 1.0]
    labels = [words.number(tick, max(0, -int(np.floor(np.log10(tick))))) for tick in ticks]
    ax.set_xticks(ticks, [f"≤ {labels[0]}", *labels[1:]])
    ax.minorticks_off()
    label_rows(ax, rows)
    tested = results[(results["contrast"] == "all") & results["p_value"].notna()]
    by_class = tested[tested["sampling_unit"] == "class"]
    drawn = tested if by_class.empty else by_class
    note = f"{words.text('clustered p: note')} {words.text('order: form')} {sample_sentence(drawn, words)}"
    handles, _ = ax.get_legend_handles_labels()
    finish([ax], title=words.text("clustered p: title"), note=note, x_label=words.text("p-value"), handles=handles)
    return ax


def _mark_adjusted(ax: Axes, p_values: pd.DataFrame, places_of: Mapping[str, float], words: Words) -> None:
    """Draw the class's p after adjustment over the indicators: what the conclusion rests on."""
    rows = p_values[(p_values["sampling_unit"] == "class") & p_values["p_adjusted"].notna()]
    if rows.empty:
        return
    values = [max(float(value), SMALLEST_DRAWN_P) for value in rows["p_adjusted"]]
    places = [places_of[str(item)] + _UNITS[-1][3] for item in rows["item"]]
    label = words.text("unit class adjusted")
    # Larger than the filled mark and below it: where both p-values are equal it stays visible as a ring.
    ax.plot(values, places, "D", color=ACCENT, markerfacecolor="white", markersize=6.5, label=label, zorder=1.5)
