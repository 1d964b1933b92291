"""The figures of a report: drawn from results, written as PNG files with the hash of what they show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis import figures
from analysis.errors import ParameterError
from analysis.evaluation.bands import band_edges
from analysis.evaluation.data import StudyData
from analysis.evaluation.published.change import CONTRAST
from analysis.figures.raster import png_bytes, raster
from analysis.figures.style import Words
from analysis.report.content.facts import has
from analysis.report.figure_words import figure_words
from analysis.report.pictures import pixel_hash
from analysis.report.writer import Figure
from analysis.report.writing import sha256, write_whole

# Figures are as wide as the page's text, so these are dots per inch of paper.
_DPI, _COMPRESSION = 220, 3
Drawer = Callable[[StudyData, pd.DataFrame, Words], Axes]


def _indicators(data: StudyData, rows: pd.DataFrame, words: Words) -> Axes:
    instrument = data.instrument
    by_aspect = {aspect.id: tuple(item.id for item in instrument.items_of(aspect.id)) for aspect in instrument.aspects}
    edges = band_edges(instrument.scale_low, instrument.scale_high)
    return figures.indicators(rows, items_by_aspect=by_aspect, band_edges=edges, words=words)


def _sensitivity(data: StudyData, rows: pd.DataFrame, words: Words) -> Axes:
    return figures.change_sensitivity(rows, class_size=data.training.guide.class_size, words=words)


def _ladder(data: StudyData, rows: pd.DataFrame, words: Words) -> Axes:
    between_batches = rows[rows["contrast"] != CONTRAST]
    return figures.ladder(between_batches, words=words)


def _batch_shares(data: StudyData, rows: pd.DataFrame, words: Words) -> Axes:
    guide = data.training.guide
    thresholds = {
        "attended/registered": guide.attendance_share_minimum,
        "forms/attended": guide.forms_returned_share_minimum,
    }
    return figures.batch_shares(rows, thresholds=thresholds, words=words)


# Name of a figure: the analysis that it draws, and how.
FIGURES: dict[str, tuple[str, Drawer]] = {
    "indicators": ("published.means", _indicators),
    "batch_size": ("published.batch_size", lambda data, rows, words: figures.batch_size(rows, words=words)),
    "p_ranges": (
        "published.pairs",
        lambda data, rows, words: figures.p_ranges(rows, alpha=data.settings.alpha, words=words)[0],
    ),
    "ladder": ("published.ladder", _ladder),
    "effects": ("reaction.pairs", lambda data, rows, words: figures.effect_panels(rows, words=words)[0]),
    "spread": ("published.breakdown", lambda data, rows, words: figures.spread_sensitivity(rows, words=words)),
    "change_bounds": (
        "published.change",
        lambda data, rows, words: figures.change_bounds(rows, alpha=data.settings.alpha, words=words),
    ),
    "change_ladder": (
        "published.change_ladder",
        lambda data, rows, words: figures.ladder(rows, contrast=CONTRAST, words=words),
    ),
    "sensitivity_surface": ("published.sensitivity", _sensitivity),
    "attrition": ("learning.matching", lambda data, rows, words: figures.attrition(rows, words=words)),
    "subgroup_forest": ("learning.subgroups", lambda data, rows, words: figures.subgroup_forest(rows, words=words)),
    "tipping_point": ("learning.alternatives", lambda data, rows, words: figures.tipping_point(rows, words=words)),
    "batch_shares": ("delivery", _batch_shares),
    "followup_shares": ("behaviour", lambda data, rows, words: figures.followup_shares(rows, words=words)),
}
# Figures that need an analysis beside the one they draw.
_NEEDS = {"ladder": "published.total", "change_ladder": "published.change", "sensitivity_surface": "published.change"}


def report_figures(data: StudyData, results: pd.DataFrame, language: str, folder: Path) -> dict[str, Figure]:
    """Draw every figure that the study has results for into ``folder``; return them by name."""
    mpl.use("Agg")
    words = figure_words(language, data.instrument)
    made = {}
    for name, rows in _rows_of_figures(results).items():
        path = folder / f"{name}.png"
        _, draw = FIGURES[name]
        made[name] = written_figure(name, draw(data, rows, words), rows, path, language)
    return made


def figure_hashes(results: pd.DataFrame) -> dict[str, str]:
    """Return, by name, the hash of what each figure of a study shows, without drawing it."""
    return {name: data_hash(rows) for name, rows in _rows_of_figures(results).items()}


def _rows_of_figures(results: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the result rows of each figure that the study has results for."""
    return {
        name: results[results["analysis"] == analysis]
        for name, (analysis, _) in FIGURES.items()
        if has(results, analysis) and has(results, _NEEDS.get(name, analysis))
    }


def data_hash(rows: pd.DataFrame) -> str:
    """Return the SHA-256 of the result rows that a figure shows, numbers at twelve significant digits."""
    return sha256(rows.to_csv(index=False, float_format="%.12g", lineterminator="\n").encode())


def written_figure(name: str, ax: Axes, rows: pd.DataFrame, path: Path, language: str) -> Figure:
    """Write the figure of these Axes as PNG, close it, and return it as one of the report that shows these rows."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ParameterError(f"the Axes of {name} belong to no figure: make them with plt.subplots()")
    picture = raster(figure, _DPI)
    plt.close(figure)
    write_whole(path, png_bytes(picture, dpi=_DPI, compression=_COMPRESSION), language)
    return Figure(name=name, path=path, pixel_hash=pixel_hash(picture), data_hash=data_hash(rows))
