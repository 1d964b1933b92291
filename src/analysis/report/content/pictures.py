"""The figures of a report: drawn from results, written as PNG files with the hash of what they show."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from PIL import Image

from analysis import figures
from analysis.evaluation.bands import band_edges
from analysis.evaluation.data import StudyData
from analysis.evaluation.published.change import CONTRAST
from analysis.figures.page import Drawing
from analysis.figures.style import Words
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.writer import Figure
from analysis.report.content.album import printed_once
from analysis.report.content.facts import has
from analysis.report.content.subjects import figure_words
from analysis.report.documents.writing import sha256, write_whole


def pixel_hash(picture: Path | IO[bytes] | Image.Image) -> str:
    """Return the SHA-256 of a picture's size and pixels (red, green, blue), the same in every file format."""
    image = picture if isinstance(picture, Image.Image) else Image.open(picture)
    pixels = image.convert("RGB")
    return hashlib.sha256(f"{pixels.width}x{pixels.height}".encode() + pixels.tobytes()).hexdigest()


Drawer = Callable[[StudyData, pd.DataFrame, Words], Drawing]


def _indicators(data: StudyData, rows: pd.DataFrame, words: Words) -> Drawing:
    instrument = data.instrument
    by_aspect = {aspect.id: tuple(item.id for item in instrument.items_of(aspect.id)) for aspect in instrument.aspects}
    edges = band_edges(instrument.scale_low, instrument.scale_high)
    return partial(figures.indicators, rows, items_by_aspect=by_aspect, band_edges=edges, words=words)


def _sensitivity(data: StudyData, rows: pd.DataFrame, words: Words) -> Drawing:
    changes = rows[rows["contrast"] == CONTRAST]
    return partial(figures.change_sensitivity, changes, class_size=data.training.guide.class_size, words=words)


def _batch_shares(data: StudyData, rows: pd.DataFrame, words: Words) -> Drawing:
    guide = data.training.guide
    thresholds = {
        "attended/registered": guide.attendance_share_minimum,
        "forms/attended": guide.forms_returned_share_minimum,
    }
    return partial(figures.batch_shares, rows, thresholds=thresholds, words=words)


def _from_rows(draw: Callable[..., Axes] | Callable[..., list[Axes]]) -> Drawer:
    """Return how to draw a figure that needs nothing but its rows and words."""
    return lambda _, rows, words: partial(draw, rows, words=words)


def _at_level(draw: Callable[..., Axes] | Callable[..., list[Axes]]) -> Drawer:
    """Return how to draw a figure that marks the significance level too."""
    return lambda data, rows, words: partial(draw, rows, alpha=data.settings.alpha, words=words)


# Name of a figure: the analysis that it draws, and how.
FIGURES: dict[str, tuple[str, Drawer]] = {
    "indicators": ("published.means", _indicators),
    "batch_size": ("published.batch_size", _from_rows(figures.batch_size)),
    "p_ranges": ("published.pairs", _at_level(figures.p_ranges)),
    "ladder": ("published.ladder", _from_rows(figures.ladder)),
    "effects": ("reaction.pairs", _from_rows(figures.effect_panels)),
    "spread": ("published.breakdown", _from_rows(figures.spread_sensitivity)),
    "change_bounds": ("published.change", _at_level(figures.change_bounds)),
    "change_ladder": ("published.change_ladder", _from_rows(figures.ladder)),
    "sensitivity_surface": ("published.sensitivity", _sensitivity),
    "attrition": ("learning.matching", _from_rows(figures.attrition)),
    "subgroup_forest": ("learning.subgroups", _from_rows(figures.subgroup_forest)),
    "tipping_point": ("learning.alternatives", _from_rows(figures.tipping_point)),
    "batch_shares": ("delivery", _batch_shares),
    "followup_shares": ("behaviour", _from_rows(figures.followup_shares)),
}
# Figures that need an analysis beside the one they draw.
_NEEDS = {"ladder": "published.total", "change_ladder": "published.change", "sensitivity_surface": "published.change"}


def report_figures(
    data: StudyData, results: pd.DataFrame, language: str, folder: Path, guard: Guard | None = None
) -> dict[str, Figure]:
    """Draw every figure that the study has results for into ``folder``; return them by name.

    ``guard`` leaves out those that fail, and notes them; without one the first error is raised.
    """
    mpl.use("Agg")
    guard = guard or Guard(language, is_strict=True)
    words = figure_words(language, data.instrument)
    made = {}
    for name, rows in rows_of_figures(results).items():
        path = folder / f"{name}.png"
        _, draw = FIGURES[name]
        drawing = partial(draw, data, rows, words)
        drawn = guard.attempt(Part.FIGURE, name, partial(_drawn, name, drawing, rows, path, language), None)
        if drawn is None:
            path.unlink(missing_ok=True)  # one of an earlier run would pass for this one
        else:
            made[name] = drawn
    return made


def _drawn(name: str, drawing: Callable[[], Drawing], rows: pd.DataFrame, path: Path, language: str) -> Figure:
    return written_figure(name, drawing(), rows, path, language)


def figure_hashes(results: pd.DataFrame) -> dict[str, str]:
    """Return, by name, the hash of what each figure of a study shows, without drawing it."""
    return {name: data_hash(rows) for name, rows in rows_of_figures(results).items()}


def rows_of_figures(results: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the result rows of each figure that the study has results for."""
    return {
        name: results[results["analysis"] == analysis]
        for name, (analysis, _) in FIGURES.items()
        if has(results, analysis) and has(results, _NEEDS.get(name, analysis))
    }


def data_hash(rows: pd.DataFrame) -> str:
    """Return the SHA-256 of the result rows that a figure shows, numbers at twelve significant digits."""
    return sha256(rows.to_csv(index=False, float_format="%.12g", lineterminator="\n").encode())


def written_figure(name: str, drawing: Drawing, rows: pd.DataFrame, path: Path, language: str) -> Figure:
    """Write a figure as PNG and return it as one of the report that shows these rows."""
    content = printed_once(drawing)
    write_whole(path, content, language)
    return Figure(name=name, path=path, pixel_hash=pixel_hash(io.BytesIO(content)), data_hash=data_hash(rows))
