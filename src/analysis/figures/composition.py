"""Who came in which batch: normalised differences of roles and regencies between batches."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import (
    FONT_SIZE,
    GRID,
    INK,
    Words,
    batch_colours,
    batch_markers,
    new_axes,
    note,
    nothing,
    row_labels,
    sample_sentence,
    title,
)
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName

# Beyond a quarter of a standard deviation, adjusting by regression depends on its form: Imbens and Rubin (2015),
# Causal Inference for Statistics, Social, and Biomedical Sciences, section 14.2.
LARGE_DIFFERENCE = 0.25
_ROW_INCHES, _LABEL_CHARACTERS = 0.34, 60


def composition(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the normalised difference of each role and regency, a mark per pair of batches.

    ``results`` are rows of ``reaction.composition``. The grey band marks differences up to 0.25 either way.
    """
    shown = results[(results["estimate_name"] == EstimateName.SHARE_DIFFERENCE) & results["effect"].notna()]
    if shown.empty:
        return nothing(results, words, ax)
    subjects = list(dict.fromkeys(shown["subject"].astype(str)))
    contrasts = list(dict.fromkeys(shown["contrast"].astype(str)))
    colours, markers = batch_colours(contrasts), batch_markers(contrasts)
    ax = new_axes(ax, 9.0, 2.0 + len(subjects) * _ROW_INCHES)
    ax.axvspan(-LARGE_DIFFERENCE, LARGE_DIFFERENCE, color=GRID, alpha=0.5, zorder=0)
    ax.axvline(0, color=INK, linewidth=1)
    for contrast in contrasts:
        rows = shown[shown["contrast"] == contrast]
        later, earlier = contrast.split("-", 1)
        label = words.text("batch {later} against {earlier}", {"later": later, "earlier": earlier})
        places = [subjects.index(str(subject)) for subject in rows["subject"]]
        effects = rows["effect"].astype(float).to_numpy()
        ax.plot(effects, places, markers[contrast], color=colours[contrast], markersize=6, label=label)
    row_labels(ax, range(len(subjects)), [words.subject(one) for one in subjects], _LABEL_CHARACTERS)
    ax.set_ylim(len(subjects) - 0.4, -0.6)
    widest = max(1.0, 1.1 * float(shown["effect"].astype(float).abs().max()))
    ax.set_xlim(-widest, widest)
    ax.xaxis.set_major_formatter(TickNumbers(words, 2))
    ax.set_xlabel(words.text("composition: axis"), fontsize=FONT_SIZE)
    ax.legend(
        ncols=min(3, len(contrasts)), loc="lower right", bbox_to_anchor=(1, 1.0), frameon=False, fontsize=FONT_SIZE - 1
    )
    title(ax, words.text("composition: title"))
    caption = words.text("composition: note {limit}", {"limit": words.number(LARGE_DIFFERENCE, 2)})
    note(ax, f"{caption} {sample_sentence(shown, words)}")
    return ax
