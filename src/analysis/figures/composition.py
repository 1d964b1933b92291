"""Who came in which batch: normalised differences of roles and regencies between batches."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.grid import contrast_in_words
from analysis.figures.nothing import nothing
from analysis.figures.page import WIDE_LABELS, finish, label_rows, lay_rows, new_axes
from analysis.figures.style import GRID, INK, Words, batch_markers, contrast_colours, sample_sentence
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName

# Beyond a quarter of a standard deviation, adjusting by regression depends on its form: Imbens and Rubin (2015),
# Causal Inference for Statistics, Social, and Biomedical Sciences, section 14.2.
LARGE_DIFFERENCE = 0.25
_ROW_INCHES = 0.25


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
    rows = lay_rows([words.subject(one) for one in subjects], room=WIDE_LABELS, least=_ROW_INCHES)
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
