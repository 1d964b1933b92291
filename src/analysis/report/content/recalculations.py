"""What the workbook computes again with live formulas, so that a reader of Excel sees the number come out."""

from __future__ import annotations

import pandas as pd

from analysis.report.catalogue import catalogue
from analysis.report.tables import Cell, result_cell
from analysis.report.workbook import Recalculation
from analysis.stats.codes import EstimateName, Status


def recalculations(results: pd.DataFrame, language: str) -> list[Recalculation]:
    """Return the recalculations that the results allow: N-gain of the means, worst-case t of the change."""
    usable = results[results["status"] != Status.NOT_ESTIMABLE]
    made = [_gain(usable, language), _largest_t(usable, language)]
    return [one for one in made if one is not None]


def _one(results: pd.DataFrame, analysis: str, subject: str, name: EstimateName) -> pd.Series | None:
    rows = results[
        (results["analysis"] == analysis) & (results["subject"] == subject) & (results["estimate_name"] == name)
    ]
    return rows.iloc[0] if len(rows) == 1 else None


def _label(key: str, language: str) -> str:
    return catalogue(language).text(key, "recalculation")


def _gain(results: pd.DataFrame, language: str) -> Recalculation | None:
    pre = _one(results, "published.change", "all|pre", EstimateName.MEAN)
    post = _one(results, "published.change", "all|post", EstimateName.MEAN)
    gain = _one(results, "published.change", "all|gain", EstimateName.N_GAIN)
    if pre is None or post is None or gain is None:
        return None
    maximum = float(pre["estimate"]) + (float(post["estimate"]) - float(pre["estimate"])) / float(gain["estimate"])
    return Recalculation(
        title=_label("gain", language),
        inputs={
            "pre": (_label("pre", language), result_cell(pre, ["estimate"], "decimal1")),
            "post": (_label("post", language), result_cell(post, ["estimate"], "decimal1")),
            "maximum": (_label("maximum", language), Cell(value=round(maximum, 6), format="decimal1")),
        },
        formula="=({post}-{pre})/({maximum}-{pre})",
        result=result_cell(gain, ["estimate"], "decimal2"),
    )


def _largest_t(results: pd.DataFrame, language: str) -> Recalculation | None:
    """Return the worst-case t of the change from its largest standard deviation."""
    test = _one(results, "published.change", "all", EstimateName.MEAN_CHANGE)
    if test is None or pd.isna(test["statistic"]) or float(test["statistic"]) <= 0:
        return None
    spread = float(test["estimate_low"]) * float(test["n"]) ** 0.5 / float(test["statistic"])
    return Recalculation(
        title=_label("worst t", language),
        inputs={
            "change": (_label("smallest change", language), result_cell(test, ["estimate_low"], "decimal1")),
            "spread": (_label("largest sd", language), Cell(value=spread, format="decimal3")),
            "n": (_label("pairs", language), result_cell(test, ["n"], "count")),
        },
        formula="={change}/({spread}/SQRT({n}))",
        result=result_cell(test, ["statistic"], "decimal2"),
    )
