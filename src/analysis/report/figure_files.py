"""Figures of a report as files: drawn once per language, with the hash of the data that they show."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.report.claims import content_hash
from analysis.report.figure_words import figure_words
from analysis.report.selection import selected
from analysis.report.writer import Figure
from analysis.study.instrument import Instrument
from analysis.study.settings import Settings

_DOTS_PER_INCH = 180
_DRAWN = ("estimated", "bounded")


def data_hash(rows: pd.DataFrame) -> str:
    """Return the SHA-256 of the result rows that a figure shows."""
    return content_hash({str(place): content_hash(row) for place, (_, row) in enumerate(rows.iterrows())})


def draw_figures(
    results: pd.DataFrame, instrument: Instrument, settings: Settings, language: str, folder: Path
) -> dict[str, Figure]:
    """Draw every figure that the results allow into ``folder`` and return them by name."""
    import matplotlib

    matplotlib.use("Agg")
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {}
    for name, (analysis, draw) in _figures(instrument, settings, language).items():
        rows = selected(results, {"analysis": analysis})
        rows = rows[rows["contrast"].notna() | rows["status"].isin(_DRAWN)]
        if rows["status"].isin(_DRAWN).any():
            drawn[name] = _save(name, rows, draw, folder)
    return drawn


def _figures(
    instrument: Instrument, settings: Settings, language: str
) -> Mapping[str, tuple[str, Callable[[pd.DataFrame], Any]]]:
    from analysis import figures
    from analysis.evaluation.bands import band_edges

    words = figure_words(language, instrument)
    by_aspect: dict[str, Sequence[str]] = {
        aspect.id: tuple(item.id for item in instrument.items_of(aspect.id)) for aspect in instrument.aspects
    }
    edges = band_edges(instrument.scale_low, instrument.scale_high)
    return {
        "indicators": (
            "published.means",
            lambda rows: figures.indicators(rows, items_by_aspect=by_aspect, band_edges=edges, words=words),
        ),
        "batch_size": ("published.batch_size", lambda rows: figures.batch_size(rows, words=words)),
        "p_ranges": (
            "published.pairs",
            lambda rows: figures.p_ranges(rows, alpha=settings.alpha, words=words)[0],
        ),
        "ladder": ("published.ladder", lambda rows: figures.ladder(rows, words=words)),
        "change": (
            "published.change",
            lambda rows: figures.change_bounds(rows, alpha=settings.alpha, words=words),
        ),
    }


def _save(name: str, rows: pd.DataFrame, draw: Callable[[pd.DataFrame], Any], folder: Path) -> Figure:
    """Draw one figure and write it whole; equal data give equal bytes."""
    import matplotlib.pyplot as plt

    picture = draw(rows).get_figure(root=True)
    path = folder / f"{name}.png"
    scratch = folder / f".{name}.{os.getpid()}.part"
    try:
        picture.savefig(scratch, format="png", dpi=_DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
        os.replace(scratch, path)
    finally:
        plt.close(picture)
        scratch.unlink(missing_ok=True)
    return Figure(name=name, path=path, data_hash=data_hash(rows))
