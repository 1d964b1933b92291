"""What the national report says: its groups of provinces (one training, one year), advice, and words for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from analysis.evaluation.headlines import LEARNING
from analysis.evaluation.national import PARTICIPATION, PROVINCES, SHARE, SYNTHESIS
from analysis.report.claims.selection import chosen, estimable
from analysis.report.content.findings import Addressee
from analysis.report.content.references import references
from analysis.report.content.subjects import capitalised, in_language, subject_in_words
from analysis.stats.codes import Status
from analysis.study.training import load_training
from analysis.words.catalogue import catalogue

SHARES = f"{LEARNING}|{SHARE}"
# Groups that the summary tells of; a bullet more says that nothing shows a cause.
MOST_GROUPS = 6


class NationalAdvice(StrEnum):
    """What the national report can recommend; all of it is about what is missing."""

    REPORT_SCORES = "report_scores"
    REPORT_ATTENDANCE = "report_attendance"
    MORE_PROVINCES = "more_provinces"
    PLAN_COMPARISON = "plan_comparison"


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

    @property
    def without_change(self) -> tuple[str, ...]:
        """Return the provinces without scores."""
        return tuple(name for name in self.provinces if name not in self.changed)

    def rows_of(self, results: pd.DataFrame) -> pd.DataFrame:
        """Return the result rows of this group."""
        return chosen(results, self.key)


def groups_of(results: pd.DataFrame, language: str) -> list[Group]:
    """Return the groups of a nation's results, real provinces before simulated ones."""
    keys = results[["training", "year", "simulated"]].drop_duplicates().to_dict("records")
    ordered = sorted(keys, key=lambda key: (bool(key["simulated"]), str(key["training"]), int(key["year"])))
    return [_group({str(name): str(value) for name, value in key.items()}, results, language) for key in ordered]


def _group(key: dict[str, str], results: pd.DataFrame, language: str) -> Group:
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
    )


def training_title(training: str, language: str) -> str:
    """Return the title of a training in a language."""
    return in_language(load_training(training), "title", language) or training


def group_label(group: Group, language: str) -> str:
    """Return training and year of a group, with the mark where it is simulated."""
    mark = f" ({catalogue(language).text('simulated mark')})" if group.simulated else ""
    return f"{group.title}, {group.year}{mark}"


def national_facts(results: pd.DataFrame, language: str) -> dict[str, Any]:
    """Return the facts of the nation for the templates of a language."""
    groups = groups_of(results, language)
    has_shares = any(group.changed for group in groups)
    return {
        "groups": groups,
        "told": groups[:MOST_GROUPS],
        "names": province_names(groups, language),
        "has_change": has_shares,
        "has_pooled": any(group.pooled for group in groups),
        "recommendations": [(str(advice), str(addressee), section) for advice, addressee, section in _advice(results)],
        "references": [work.full for work in references(results)],
    }


def province_names(groups: Sequence[Group], language: str) -> dict[str, str]:
    """Return the names of all provinces by study."""
    return {study: _name(study, language) for group in groups for study in group.provinces}


def _name(study: str, language: str) -> str:
    """Return a province's folder name as a name: its words with capitals."""
    words = subject_in_words(study, language).replace("-", " ")
    return " ".join(capitalised(word) for word in words.split())


def _advice(results: pd.DataFrame) -> list[tuple[NationalAdvice, Addressee, str]]:
    """Return what is recommended, to whom, and the section that shows what is missing."""
    real = results[~results["simulated"].astype(bool)] if len(results) else results
    real = real if len(real) else results  # a run of simulated provinces alone is told like a real one
    missing = real[real["status"] == Status.NOT_ESTIMABLE]
    given = [
        (NationalAdvice.REPORT_SCORES, Addressee.PROVINCE, "perubahan", PROVINCES, None),
        (NationalAdvice.REPORT_ATTENDANCE, Addressee.PROVINCE, "cakupan", PARTICIPATION, "attended"),
        (NationalAdvice.MORE_PROVINCES, Addressee.DIRECTORATE, "sintesis", SYNTHESIS, None),
    ]
    fired = [
        (advice, addressee, section)
        for advice, addressee, section, analysis, subject in given
        if ((missing["analysis"] == analysis) & ((missing["subject"] == subject) if subject else True)).any()
    ]
    return [*fired, (NationalAdvice.PLAN_COMPARISON, Addressee.DIRECTORATE, "desain")]
