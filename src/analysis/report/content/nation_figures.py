"""The figure of the national report: provinces side by side."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import matplotlib as mpl
import pandas as pd

from analysis import figures
from analysis.evaluation.national import PROVINCES, SYNTHESIS
from analysis.report.content.nation import SHARES, group_label, groups_of, province_names
from analysis.report.content.pictures import data_hash, written_figure
from analysis.report.figure_words import figure_words
from analysis.report.writer import Figure
from analysis.study.instrument import load_instrument

FOREST = "national_forest"


def _rows(results: pd.DataFrame) -> pd.DataFrame:
    own = results[(results["analysis"] == PROVINCES) & (results["contrast"] == SHARES)]
    return pd.concat([own, results[results["analysis"] == SYNTHESIS]])


def national_figure_hashes(results: pd.DataFrame) -> dict[str, str]:
    """Return, by name, the hash of what each figure of the nation shows, without drawing it."""
    has_changes = bool(((results["analysis"] == PROVINCES) & results["estimate"].notna()).any())
    return {FOREST: data_hash(_rows(results))} if has_changes else {}


def national_figures(results: pd.DataFrame, language: str, folder: Path, alpha: float) -> dict[str, Figure]:
    """Draw the figures of the nation into ``folder``; return them by name, none without a change."""
    if not national_figure_hashes(results):
        return {}
    mpl.use("Agg")
    groups = groups_of(results, language)
    names = province_names(groups, language)
    panels = {group_label(group, language): _rows(group.rows_of(results)) for group in groups}
    words = figure_words(language, load_instrument())
    drawing = partial(figures.province_forest, panels, names=names, alpha=alpha, words=words)
    return {FOREST: written_figure(FOREST, drawing, _rows(results), folder / f"{FOREST}.png", language)}
