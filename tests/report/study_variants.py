"""Studies that lack one thing or another: what a province may publish, keep or never ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.study.province import Published
from analysis.study.settings import Settings


def _with_tables(data: StudyData, **tables: pd.DataFrame | None) -> StudyData:
    kept = {name: table for name, table in {**data.tables, **tables}.items() if table is not None}
    return replace(data, tables=kept)


def _published(data: StudyData, **values: object) -> StudyData:
    return replace(data, province=data.province.model_copy(update={"published": Published(**values)}))


def _batches(data: StudyData, *kept: str) -> StudyData:
    """Keep these batches alone."""
    means = data.tables["published_means"]
    chosen = _with_tables(data, published_means=means[means["batch"].isin([*kept, "total"])])
    batch = tuple(batch for batch in data.province.batch if batch.id in kept)
    return replace(chosen, province=data.province.model_copy(update={"batch": batch}))


def _declared(data: StudyData) -> StudyData:
    batch = tuple(
        batch.model_copy(update={"participants": size})
        for batch, size in zip(data.province.batch, (90, 96, 102), strict=True)
    )
    return replace(data, province=data.province.model_copy(update={"batch": batch}))


def _no_class_size(data: StudyData) -> StudyData:
    guide = data.training.guide.model_copy(update={"class_size": None, "people_per_village": None})
    return replace(data, training=data.training.model_copy(update={"guide": guide}))


def _scores(data: StudyData, pre: str, post: str, group: str = "all", pairs: int | None = None) -> StudyData:
    scores = data.tables["published_scores"].assign(
        mean_printed=[pre, post],
        group=group,
        n=pd.array([pairs, pairs], dtype="Int64"),
        n_is="unknown" if pairs is None else "pairs",
    )
    return _with_tables(data, published_scores=scores)


# What the study lacks or has, made from the shipped averages.
OF_LAMPUNG: dict[str, Callable[[StudyData], StudyData]] = {
    "no table at all": lambda data: replace(data, tables={}),
    "no number invited, no totals": lambda data: _published(
        _with_tables(
            data,
            invited=None,
            published_means=data.tables["published_means"][data.tables["published_means"]["batch"] != "total"],
        )
    ),
    "one batch": lambda data: _batches(data, "5"),
    "two batches": lambda data: _batches(data, "5", "7"),
    "batches in reverse": lambda data: replace(data, settings=Settings(batches=("7", "6", "5"))),
    "no class size": _no_class_size,
    "declared sizes": _declared,
    "nobody invited is known": lambda data: _published(_with_tables(data, invited=None)),
}
OF_GORONTALO: dict[str, Callable[[StudyData], StudyData]] = {
    "no attendance": lambda data: _with_tables(data, published_attendance=None),
    "scores alone": lambda data: _published(_with_tables(_scores(data, "63", "79"), published_attendance=None)),
    "attendance alone": lambda data: _with_tables(data, published_scores=None),
    "scores fall": lambda data: _scores(data, "79", "63"),
    "scores stay": lambda data: _scores(data, "63", "63"),
    "scores of one batch": lambda data: _scores(data, "63", "79", group="1", pairs=40),
    "pairs are published": lambda data: _scores(data, "63", "79", pairs=1500),
    "few pairs": lambda data: _scores(data, "63", "65", pairs=20),
    "no class size": _no_class_size,
}
