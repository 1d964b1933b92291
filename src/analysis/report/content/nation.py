"""What the national report says: its groups of provinces (one training, one year), and words for both."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.evaluation.findings import Finding
from analysis.evaluation.findings.nation import group_subject
from analysis.evaluation.headlines import LEARNING
from analysis.evaluation.national import PROVINCES, SHARE, SYNTHESIS
from analysis.report.claims.selection import chosen, estimable
from analysis.report.content.advice import Recommendation, recommendations
from analysis.report.content.references import references
from analysis.report.content.subjects import capitalised, in_language, subject_in_words
from analysis.stats.codes import Status
from analysis.study.training import load_training
from analysis.words.catalogue import catalogue

SHARES = f"{LEARNING}|{SHARE}"
# Groups that the summary tells of; a bullet more says that nothing shows a cause.
MOST_GROUPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalFacts:
    """The facts of the nation for the templates of a language.

    ``scales`` and ``decimals`` give, by province, the highest score of its test where known, and how many decimals its
    change is told with.
    """

    groups: tuple[Group, ...]
    told: tuple[Group, ...]
    names: Mapping[str, str]
    scales: Mapping[str, float]
    decimals: Mapping[str, int]
    has_change: bool
    has_pooled: bool
    recommendations: tuple[Recommendation, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The provinces of one training and year; ``key`` chooses their result rows.

    ``changed`` are the provinces with a change from pre to post, from the lowest to the highest; ``pooled`` tells
    whether they are enough for a mean over provinces.
    """

    key: dict[str, str]
    title: str
    year: int
    simulated: bool
    provinces: tuple[str, ...]
    changed: tuple[str, ...]
    pooled: bool
    finding: Finding | None

    @property
    def without_change(self) -> tuple[str, ...]:
        """Return the provinces without scores."""
        return tuple(name for name in self.provinces if name not in self.changed)

    def rows_of(self, results: pd.DataFrame) -> pd.DataFrame:
        """Return the result rows of this group."""
        return chosen(results, self.key)


def groups_of(results: pd.DataFrame, language: str, findings: Sequence[Finding] = ()) -> list[Group]:
    """Return the groups of a nation's results, real provinces before simulated ones."""
    keys = results[["training", "year", "simulated"]].drop_duplicates().to_dict("records")
    ordered = sorted(keys, key=lambda key: (bool(key["simulated"]), str(key["training"]), int(key["year"])))
    by_subject = {str(finding.subject): finding for finding in findings}
    return [
        _group({str(name): str(value) for name, value in key.items()}, results, language, by_subject) for key in ordered
    ]


def _group(key: dict[str, str], results: pd.DataFrame, language: str, findings: Mapping[str, Finding]) -> Group:
    rows = chosen(results, key)
    own = rows[rows["analysis"] == PROVINCES]
    shares = own[(own["contrast"] == SHARES) & own["estimate"].notna()].sort_values("estimate", kind="stable")
    return Group(
        key=key,
        title=training_title(key["training"], language),
        year=int(key["year"]),
        simulated=key["simulated"] == str(True),
        provinces=tuple(dict.fromkeys(own["subject"].astype(str))),
        changed=tuple(shares["subject"].astype(str)),
        pooled=len(estimable(rows, SYNTHESIS)) > 0,
        finding=findings.get(str(group_subject(key["training"], int(key["year"]), key["simulated"] == str(True)))),
    )


def training_title(training: str, language: str) -> str:
    """Return the title of a training in a language."""
    return in_language(load_training(training), "title", language) or training


def group_label(group: Group, language: str) -> str:
    """Return training and year of a group, with the mark where it is simulated."""
    mark = f" ({catalogue(language).text('simulated mark')})" if group.simulated else ""
    return f"{group.title}, {group.year}{mark}"


def national_facts(results: pd.DataFrame, language: str, findings: Sequence[Finding]) -> NationalFacts:
    """Return the facts of the nation for the templates of a language."""
    groups = tuple(groups_of(results, language, findings))
    return NationalFacts(
        groups=groups,
        told=groups[:MOST_GROUPS],
        names=province_names(groups, language),
        scales=_scales(results),
        decimals=_decimals(results),
        has_change=any(group.changed for group in groups),
        has_pooled=any(group.pooled for group in groups),
        recommendations=recommendations(findings),
        references=tuple(work.full for work in references(results)),
    )


def _changes(results: pd.DataFrame, contrast: str) -> pd.DataFrame:
    rows = results[(results["analysis"] == PROVINCES) & (results["contrast"] == contrast)]
    return rows[rows["estimate"].notna()].drop_duplicates("subject").set_index("subject")


def _scales(results: pd.DataFrame) -> dict[str, float]:
    """Return the highest score of each province's test: its change in points over its change as a share of it."""
    points, shares = _changes(results, LEARNING), _changes(results, SHARES)
    found = {}
    for study in shares.index:
        for column in ("estimate", "estimate_low", "estimate_high"):
            share = shares.loc[study, column]
            if study in points.index and not pd.isna(share) and abs(float(share)) > 1e-9:
                found[str(study)] = round(float(points.loc[study, column]) / float(share), 6)
                break
    return found


def _decimals(results: pd.DataFrame) -> dict[str, int]:
    """Return how many decimals the change of each province is told with: as many as its source prints."""
    found = {}
    for study, row in _changes(results, LEARNING).iterrows():
        half = (float(row["estimate_high"]) - float(row["estimate_low"])) / 2
        is_printed = row["status"] == Status.BOUNDED and half > 0
        found[str(study)] = min(2, max(0, round(-math.log10(half)))) if is_printed else 1
    return found


def province_names(groups: Sequence[Group], language: str) -> dict[str, str]:
    """Return the names of all provinces by study."""
    return {study: _name(study, language) for group in groups for study in group.provinces}


def _name(study: str, language: str) -> str:
    """Return a province's folder name as a name: its words with capitals."""
    words = subject_in_words(study, language).replace("-", " ")
    return " ".join(capitalised(word) for word in words.split())
