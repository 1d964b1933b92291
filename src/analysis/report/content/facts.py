"""The facts that templates ask for: names, lists of contrasts and items, and which analyses a study has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.cleaning.problems.problem import Severity
from analysis.evaluation.bands import bands_between
from analysis.evaluation.data import StudyData
from analysis.evaluation.delivery.counts import has_attended
from analysis.evaluation.published.tables import rounding_rule
from analysis.report.claims.selection import estimable
from analysis.report.content.findings import Evidence, findings, pairs_are_published, recommendations
from analysis.report.content.people_tables import CLASS_TESTS, NAIVE_TEST
from analysis.report.content.references import references
from analysis.report.content.subjects import in_language, instrument_names, level_words, subject_in_words
from analysis.stats.codes import EstimateName, Reason, Status
from analysis.study.narrative import Narrative
from analysis.study.province import Source

# Analyses that a chapter stands or falls with: the chapter says why when all rows are not estimable.
BATCHES, CHANGE = "published.total", "published.change"


@dataclass(frozen=True, slots=True)
class Contrast:
    """A pair of batches: its name in the results ("7-5") and its parts."""

    name: str
    later: str
    earlier: str


def has(results: pd.DataFrame, analysis: str) -> bool:
    """Return whether an analysis has a result that is not "not estimable"."""
    return len(estimable(results, analysis)) > 0


def has_plans(results: pd.DataFrame) -> bool:
    """Return whether action plans are known, also where all shares are suppressed; the learning system is no plan."""
    return len(estimable(results, "behaviour", {"contrast": "done/plans"})) > 0


def contrasts(results: pd.DataFrame, *, estimable: bool = True) -> tuple[Contrast, ...]:
    """Return the contrasted pairs of batches, the widest first: those with a result, or those without."""
    rows = results[results["analysis"] == BATCHES]
    rows = rows[(rows["status"] != Status.NOT_ESTIMABLE) == estimable]
    names = dict.fromkeys(rows["contrast"].dropna().astype(str))
    return tuple(Contrast(name, *name.split("-", 1)) for name in names if "-" in name)


def study_facts(
    data: StudyData, results: pd.DataFrame, language: str, narrative: Narrative | None = None
) -> dict[str, Any]:
    """Return the facts of one study for the templates of a language; ``narrative`` is the office's own text."""
    province, training, instrument = data.province, data.training, data.instrument
    levels = level_words(instrument, language)
    names = instrument_names(instrument, language)
    facts: dict[str, Any] = {
        "study": province.study,
        "narrative": {} if narrative is None else {str(part): said for part, said in narrative.parts.items()},
        "names": names,
        "province": province.name.removeprefix("Provinsi "),
        "year": province.year,
        "title": in_language(training, "title", language),
        "title_is_printed": training.title_printed,
        "programme": in_language(training, "programme", language),
        "objective": in_language(training, "objective", language),
        "not_known": in_language(training, "not_known", language),
        "legal_basis": [(law.citation, in_language(law, "about", language)) for law in training.legal_basis],
        "roles": [in_language(role, "name", language) for role in training.roles],
        "class_size": training.guide.class_size,
        "people_per_village": training.guide.people_per_village,
        "alpha": data.settings.alpha,
        "batches": data.settings.batches_of(province),
        "sources": [(source.file, _described(source, language), source.url) for source in province.source],
        "items": list(instrument.item_ids),
        "aspects": [(names[aspect.id], len(instrument.items_of(aspect.id))) for aspect in instrument.aspects],
        "scale_words": sorted(levels.items(), reverse=True),
        "test_maximum": province.test_maximum,
        "aspect_notes": [
            (names[aspect.id], note) for aspect in instrument.aspects if (note := in_language(aspect, "note", language))
        ],
        "scale": (instrument.scale_low, instrument.scale_high),
        "contrasts": contrasts(results),
        "lost_contrasts": contrasts(results, estimable=False),
        "has_batches": has(results, BATCHES),
        "has_change": has(results, CHANGE),
        "has_means": has(results, "published.means"),
        "has_responses": has(results, "reaction.items"),
        "has_scores": has(results, "learning.change"),
        "has_followup": has_plans(results),
        "has_comparison": has(results, "learning.comparison"),
        "has_invited": "invited" in data.tables,
        "has_attendance": _has_attendance(data),
        "has_invited_number": province.invited_people is not None,
        "has_declared_sizes": all(batch.participants for batch in province.batch if not batch.comparison),
        "class_tests": [str(method) for method in CLASS_TESTS],
        "naive_test": str(NAIVE_TEST),
        "people_contrasts": _people_contrasts(results),
        "size_subject": _size_subject(results),
        "rule_subject": f"rule={rounding_rule(data)}",
    }
    return (
        facts
        | _batch_facts(results, names, language)
        | _change_facts(results)
        | _story(data, results)
        | {"bands": _bands(data, results, language)}
    )


def _described(source: Source, language: str) -> str | None:
    """Return a source's description in a language, else in the province's own words."""
    return source.translation("description", language) or source.description


def _has_attendance(data: StudyData) -> bool:
    participants = data.tables.get("participants")
    is_listed = participants is not None and bool(has_attended(participants).notna().any())
    return is_listed or "published_attendance" in data.tables


def _story(data: StudyData, results: pd.DataFrame) -> dict[str, Any]:
    """Return the findings of the summary, the recommendations and the works behind the methods."""
    evidence = Evidence(
        results=results,
        alpha=data.settings.alpha,
        file_errors=sum(count for severity, _, count in problem_counts(data.problems) if severity == Severity.ERROR),
        statements=len(data.province.statements),
        has_attendance=_has_attendance(data),
    )
    return {
        "findings": [str(finding) for finding in findings(evidence)],
        "recommendations": [
            (str(rule.advice), str(rule.addressee), rule.section) for rule in recommendations(evidence)
        ],
        "references": [work.full for work in references(results)],
    }


def _change_facts(results: pd.DataFrame) -> dict[str, Any]:
    """Return the groups with published scores, the whole training first, and whether its change has a test."""
    rows = results[(results["analysis"] == CHANGE) & (results["status"] != Status.NOT_ESTIMABLE)]
    pre = rows[rows["subject"].str.endswith("|pre")]["subject"].str.removesuffix("|pre")
    groups = sorted(pre, key=lambda group: group != "all")
    return {
        "change_groups": [str(group) for group in groups],
        "change_group": str(groups[0]) if groups else "",
        "pairs_published": pairs_are_published(results),
    }


def _people_contrasts(results: pd.DataFrame) -> tuple[Contrast, ...]:
    """Return the pairs of batches that single responses contrast, the widest first."""
    names = dict.fromkeys(results[results["analysis"] == "reaction.pairs"]["contrast"].dropna().astype(str))
    return tuple(Contrast(name, *name.split("-", 1)) for name in names if "-" in name)


def _size_subject(results: pd.DataFrame) -> str:
    """Return the subject of the rows about the batch size that is used, such as "n=96"."""
    rows = results[(results["analysis"] == "published.batch_size") & (results["subject"] == "batch")]
    sizes = rows["estimate"].dropna()
    return f"n={int(sizes.iloc[0])}" if len(sizes) else ""


def problem_counts(problems: pd.DataFrame) -> list[tuple[str, str, int]]:
    """Return (severity, rule, how often) of the problem list, most serious first."""
    if problems.empty:
        return []
    order = {"error": 0, "doubt": 1, "note": 2}
    counted = Counter(zip(problems["severity"].astype(str), problems["rule"].astype(str), strict=True))
    rows = [(severity, rule, count) for (severity, rule), count in counted.items()]
    return sorted(rows, key=lambda row: (order.get(row[0], len(order)), row[1]))


def _batch_facts(results: pd.DataFrame, names: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return the rows that sentences about batches single out: survivors, extremes, explained totals."""
    audit = results[results["analysis"] == "published.audit"]
    totals = audit[audit["contrast"] == "total"]
    explained = totals[totals["reason"] == Reason.EXPLAINED_BY_ROUNDING]["subject"]
    contradicted = totals[totals["reason"] == Reason.CONTRADICTED]["subject"]
    facts: dict[str, Any] = {
        "explained_totals": [subject_in_words(str(item), language, dict(names)) for item in explained],
        "contradicted_totals": [subject_in_words(str(item), language, dict(names)) for item in contradicted],
        "n_totals": len(totals),
        "strongest": {},
        "toughest": {},
    }
    pairs = results[(results["analysis"] == "published.pairs") & results["p_adjusted"].notna()]
    for contrast, rows in pairs.groupby("contrast", sort=False):
        facts["strongest"][str(contrast)] = str(rows["subject"].iloc[int(rows["p_adjusted"].argmin())])
    spread = results[
        (results["analysis"] == "published.breakdown")
        & (results["estimate_name"] == EstimateName.BREAKDOWN_ICC)
        & results["subject"].str.startswith("total|sd=")
    ]
    facts["spreads"] = [(str(name), float(name.partition("=")[2])) for name in dict.fromkeys(spread["subject"])]
    other = results[(results["analysis"] == "published.sensitivity") & results["subject"].str.startswith("total|n=")]
    facts["other_size"] = [(str(name), int(name.partition("=")[2])) for name in dict.fromkeys(other["subject"])]
    icc = results[
        (results["analysis"] == "published.breakdown")
        & (results["estimate_name"] == EstimateName.BREAKDOWN_ICC)
        & results["subject"].isin(pairs["subject"])
    ]
    for contrast, rows in icc.groupby("contrast", sort=False):
        facts["toughest"][str(contrast)] = str(rows["subject"].iloc[int(rows["estimate"].argmax())])
    return facts


def _bands(data: StudyData, results: pd.DataFrame, language: str) -> dict[str, str]:
    """Return, per batch, the rating category of the total mean in words; two where rounding leaves it open."""
    rows = results[(results["analysis"] == "published.means") & (results["subject"] == "total")]
    return {
        str(row["contrast"]): band_in_words(data, float(row["estimate_low"]), float(row["estimate_high"]), language)
        for row in rows.to_dict("records")
        if row["status"] != Status.NOT_ESTIMABLE
    }


def band_in_words(data: StudyData, low: float, high: float, language: str) -> str:
    """Return the rating category of a mean between two limits, both where the limits lie in two."""
    instrument = data.instrument
    labels = level_words(instrument, language)
    values = bands_between(
        low, high, instrument.scale_low, instrument.scale_high, edge_belongs_to=data.settings.band_edge_belongs_to
    )
    return "/".join(labels[value] for value in values)
