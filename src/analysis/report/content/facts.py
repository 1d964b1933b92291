"""The facts that templates ask for: the study's own words, which analyses it has, and what sentences single out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.evaluation.bands import bands_between
from analysis.evaluation.data import StudyData
from analysis.evaluation.findings import Finding
from analysis.evaluation.findings.evidence import known_of
from analysis.evaluation.published.tables import rounding_rule
from analysis.evaluation.subject import Contrast, Subject, part_values, subjects
from analysis.report.claims.guard import Guard
from analysis.report.claims.selection import estimable
from analysis.report.content.advice import Recommendation, recommendations, summary_topics
from analysis.report.content.people_tables import CLASS_TESTS, NAIVE_TEST
from analysis.report.content.references import references
from analysis.report.content.subjects import in_language, instrument_names, level_words, subject_in_words
from analysis.stats.assumptions import Assumption
from analysis.stats.codes import EstimateName, Reason, Status
from analysis.stats.published.rounding import parse_printed
from analysis.study.narrative import Narrative, Passage
from analysis.study.province import Source

# Analyses that a chapter stands or falls with: the chapter says why when all rows are not estimable.
BATCHES, CHANGE, SCORES = "published.total", "published.change", "learning.change"
ASPECTS = "reaction.aspects"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is evaluated, in the words of the study and of its training's definition."""

    study: str
    province: str
    year: int
    title: str
    title_is_printed: bool
    programme: str
    objective: str
    not_known: str | None
    legal_basis: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    class_size: int | None
    people_per_village: int | None
    sources: tuple[tuple[str, str | None, str | None], ...]
    batches: tuple[str, ...]
    alpha: float
    test_maximum: float | None
    smallest_change: float | None
    class_correlation: float
    usual_class_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The questionnaire: items and aspects (with how many items), its scale and the words of its levels."""

    item_ids: tuple[str, ...]
    aspects: tuple[tuple[str, int], ...]
    aspect_notes: tuple[tuple[str, str], ...]
    scale: tuple[int, int]
    scale_words: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Has:
    """Which data and analyses a study has."""

    batches: bool
    change: bool
    means: bool
    responses: bool
    scores: bool
    pairs: bool
    followup: bool
    comparison: bool
    invited: bool
    attendance: bool
    invited_number: bool
    declared_sizes: bool
    pairs_published: bool
    classes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Averages:
    """What sentences about printed averages single out.

    ``strongest`` and ``toughest`` name, by contrast, the indicator with the smallest adjusted p and the one that bears
    the largest likeness within classes; ``spreads`` and ``other_sizes`` are subjects with the value that they carry,
    ``usual_subjects`` the indicators at the largest usual spread; ``score_decimals`` counts the printed decimals of
    test scores by group.
    """

    contrasts: tuple[Contrast, ...]
    lost_contrasts: tuple[Contrast, ...]
    strongest: Mapping[str, str]
    toughest: Mapping[str, str]
    spreads: tuple[tuple[str, float], ...]
    usual_subjects: tuple[str, ...]
    other_sizes: tuple[tuple[str, int], ...]
    explained_totals: tuple[str, ...]
    contradicted_totals: tuple[str, ...]
    totals: int
    size_subject: str
    rule_subject: str
    bands: Mapping[str, str]
    change_groups: tuple[str, ...]
    score_decimals: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFacts:
    """All facts of one study for the templates of a language."""

    about: About
    form: Form
    has: Has
    averages: Averages
    people_contrasts: tuple[Contrast, ...]
    batch_subjects: tuple[str, ...]
    class_tests: tuple[str, ...]
    naive_test: str
    narrative: Mapping[str, Sequence[Passage]]
    summary: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    references: tuple[str, ...]


def has(results: pd.DataFrame, analysis: str) -> bool:
    """Return whether an analysis has a result that is not "not estimable"."""
    return len(estimable(results, analysis)) > 0


def has_plans(results: pd.DataFrame) -> bool:
    """Return whether action plans are known, also where all shares are suppressed; the learning system is no plan."""
    return len(estimable(results, "behaviour", {"contrast": "done/plans"})) > 0


def contrasts(results: pd.DataFrame, analysis: str, *, are_estimable: bool = True) -> tuple[Contrast, ...]:
    """Return the contrasted pairs of batches, the widest first: those with a result, or those without."""
    rows = results[(results["analysis"] == analysis) & (results["estimate_name"] == EstimateName.MEAN_DIFFERENCE)]
    return _pairs(rows[(rows["status"] != Status.NOT_ESTIMABLE) == are_estimable])


def _pairs(rows: pd.DataFrame) -> tuple[Contrast, ...]:
    read = (Contrast.read(str(name)) for name in dict.fromkeys(rows["contrast"].dropna()))
    return tuple(pair for pair in read if pair is not None)


def study_facts(
    data: StudyData,
    results: pd.DataFrame,
    language: str,
    findings: Sequence[Finding],
    narrative: Narrative | None = None,
    guard: Guard | None = None,
) -> StudyFacts:
    """Return the facts of one study for the templates of a language; ``narrative`` is the office's own text.

    ``guard`` notes each group of facts that fails, and whoever asks for it fails too; without one the first error is
    raised.
    """
    made = (guard or Guard(language, is_strict=True)).basis
    return StudyFacts(
        about=made("facts.about", lambda: _about(data, language)),
        form=made("facts.form", lambda: _form(data, language)),
        has=made("facts.has", lambda: _has(data, results)),
        averages=made("facts.averages", lambda: _averages(data, results, language)),
        people_contrasts=made("facts.people_contrasts", lambda: _people_contrasts(results)),
        batch_subjects=tuple(str(Subject.of(("batch", name))) for name in data.settings.batches_of(data.province)),
        class_tests=tuple(str(method) for method in CLASS_TESTS),
        naive_test=str(NAIVE_TEST),
        narrative=made("facts.narrative", lambda: {} if narrative is None else _said(narrative)),
        summary=made("facts.summary", lambda: summary_topics(findings)),
        recommendations=made("facts.recommendations", lambda: recommendations(findings)),
        references=made("facts.references", lambda: tuple(work.full for work in references(results))),
    )


def _people_contrasts(results: pd.DataFrame) -> tuple[Contrast, ...]:
    of_people = (results["analysis"] == ASPECTS) & (results["estimate_name"] == EstimateName.MEAN_DIFFERENCE)
    return _pairs(results[of_people])


def _said(narrative: Narrative) -> dict[str, Sequence[Passage]]:
    return {str(part): said for part, said in narrative.parts.items()}


def _about(data: StudyData, language: str) -> About:
    province, training = data.province, data.training
    maximum, known = province.test_maximum, known_of(data)
    return About(
        study=province.study,
        province=province.name.removeprefix("Provinsi "),
        year=province.year,
        title=in_language(training, "title", language) or training.id,
        title_is_printed=training.title_printed,
        programme=in_language(training, "programme", language) or "",
        objective=in_language(training, "objective", language) or "",
        not_known=in_language(training, "not_known", language),
        legal_basis=tuple((law.citation, in_language(law, "about", language) or "") for law in training.legal_basis),
        roles=tuple(in_language(role, "name", language) or role.id for role in training.roles),
        class_size=training.guide.class_size,
        people_per_village=training.guide.people_per_village,
        sources=tuple((source.file, _described(source, language), source.url) for source in province.source),
        batches=data.settings.batches_of(province),
        alpha=data.settings.alpha,
        test_maximum=maximum,
        smallest_change=None if maximum is None else data.settings.equivalence_test_share * maximum,
        class_correlation=known.class_correlation,
        usual_class_size=known.class_size,
    )


def _described(source: Source, language: str) -> str | None:
    """Return a source's description in a language, else in the province's own words."""
    return source.translation("description", language) or source.description


def _form(data: StudyData, language: str) -> Form:
    instrument, names = data.instrument, instrument_names(data.instrument, language)
    noted = ((names[aspect.id], in_language(aspect, "note", language)) for aspect in instrument.aspects)
    return Form(
        item_ids=tuple(instrument.item_ids),
        aspects=tuple((names[aspect.id], len(instrument.items_of(aspect.id))) for aspect in instrument.aspects),
        aspect_notes=tuple((name, note) for name, note in noted if note),
        scale=(instrument.scale_low, instrument.scale_high),
        scale_words=tuple(sorted(level_words(instrument, language).items(), reverse=True)),
    )


def _has(data: StudyData, results: pd.DataFrame) -> Has:
    known = known_of(data)
    changed = results[results["analysis"] == SCORES]
    return Has(
        batches=has(results, BATCHES),
        change=has(results, CHANGE),
        means=has(results, "published.means"),
        responses=has(results, "reaction.items") or has(results, "reaction.aspects"),
        scores=has(results, "learning.matching"),
        pairs=bool((changed["estimate_name"] == EstimateName.MEAN_PRE).any()),
        followup=has_plans(results),
        comparison=known.has_comparison,
        invited="invited" in data.tables,
        attendance=known.has_attendance,
        invited_number=data.province.invited_people is not None,
        declared_sizes=all(batch.participants for batch in data.province.batch if not batch.comparison),
        pairs_published=pairs_are_published(results),
        classes=not (results["reason"] == Reason.CLASS_NOT_RECORDED).any(),
    )


def pairs_are_published(results: pd.DataFrame) -> bool:
    """Return whether the number of people with both tests is published, not taken from attendance."""
    tested = results[(results["analysis"] == CHANGE) & (results["estimate_name"] == EstimateName.MEAN_CHANGE)]
    stated = tested["assumes"].dropna().astype(str)
    return len(stated) > 0 and not stated.str.contains(Assumption.PAIRS_ARE_ATTENDED, regex=False).any()


def _averages(data: StudyData, results: pd.DataFrame, language: str) -> Averages:
    names = instrument_names(data.instrument, language)
    audit = results[(results["analysis"] == "published.audit") & (results["contrast"] == "total")]
    pairs = results[(results["analysis"] == "published.pairs") & results["p_adjusted"].notna()]
    breakdown = results[
        (results["analysis"] == "published.breakdown") & (results["estimate_name"] == EstimateName.BREAKDOWN_ICC)
    ]
    of_items = breakdown[breakdown["subject"].isin(pairs["subject"])]
    heads = [str(subject.head) for subject in subjects(breakdown["subject"])]
    is_item = pd.Series(heads, index=breakdown.index, dtype="string").isin(list(data.instrument.item_ids))
    of_usual = breakdown[is_item & part_values(breakdown["subject"], "sd").notna()]
    sensitivity = results[results["analysis"] == "published.sensitivity"]
    return Averages(
        contrasts=contrasts(results, BATCHES),
        lost_contrasts=contrasts(results, BATCHES, are_estimable=False),
        strongest=_extreme(pairs, "p_adjusted", largest=False),
        toughest=_extreme(of_items, "estimate", largest=True),
        spreads=tuple((subject, float(value)) for subject, value in _narrowed(breakdown, "sd")),
        usual_subjects=_at_largest(of_usual["subject"], "sd"),
        other_sizes=tuple((subject, int(value)) for subject, value in _narrowed(sensitivity, "n")),
        explained_totals=_named(audit, Reason.EXPLAINED_BY_ROUNDING, language, names),
        contradicted_totals=_named(audit, Reason.CONTRADICTED, language, names),
        totals=len(audit),
        size_subject=_size_subject(results),
        rule_subject=str(Subject.of(("rule", str(rounding_rule(data))))),
        bands=_bands(data, results, language),
        change_groups=_change_groups(results),
        score_decimals=score_decimals(data),
    )


def _extreme(rows: pd.DataFrame, column: str, *, largest: bool) -> dict[str, str]:
    """Return, by contrast, the subject with the smallest or largest value of a column."""
    found = {}
    for contrast, own in rows.dropna(subset=[column]).groupby("contrast", sort=False):
        place = own[column].argmax() if largest else own[column].argmin()
        found[str(contrast)] = str(own["subject"].iloc[int(place)])
    return found


def _narrowed(rows: pd.DataFrame, part: str) -> list[tuple[str, str]]:
    """Return the subjects about the total that carry this part, each once, with its value."""
    values = part_values(rows["subject"], part)
    found = {
        str(subject): str(value)
        for subject, value in zip(rows["subject"], values, strict=True)
        if not pd.isna(value) and str(Subject.parse(str(subject)).head) == "total"
    }
    return list(found.items())


def _at_largest(column: pd.Series, part: str) -> tuple[str, ...]:
    """Return the subjects that carry the largest value of a part, each once."""
    values = part_values(column, part).astype(float)
    return tuple(dict.fromkeys(column[values == values.max()].astype(str)))


def _named(audit: pd.DataFrame, reason: Reason, language: str, names: Mapping[str, str]) -> tuple[str, ...]:
    rows = audit[audit["reason"] == reason]
    return tuple(subject_in_words(str(item), language, dict(names)) for item in rows["subject"])


def _size_subject(results: pd.DataFrame) -> str:
    """Return the subject of the rows about the batch size that is used, such as "n=96"."""
    rows = results[(results["analysis"] == "published.batch_size") & (results["subject"] == "batch")]
    sizes = rows["estimate"].dropna()
    return str(Subject.of(("n", int(sizes.iloc[0])))) if len(sizes) else ""


def _change_groups(results: pd.DataFrame) -> tuple[str, ...]:
    """Return the groups with published scores, the whole training first."""
    rows = results[(results["analysis"] == CHANGE) & (results["status"] != Status.NOT_ESTIMABLE)]
    groups = [str(subject.head) for subject in subjects(rows["subject"]) if subject.detail == "pre"]
    return tuple(sorted(groups, key=lambda group: group != "all"))


def score_decimals(data: StudyData) -> dict[str, int]:
    """Return how many decimals the source prints of the scores of each group: it is quoted with as many."""
    printed = data.tables.get("published_scores")
    if printed is None:
        return {}
    decimals: dict[str, int] = {}
    for group, text in zip(printed["group"].astype(str), printed["mean_printed"].astype(str), strict=True):
        decimals[group] = max(decimals.get(group, 0), min(2, parse_printed(text).decimals))
    return decimals


def problem_counts(problems: pd.DataFrame) -> list[tuple[str, str, int]]:
    """Return (severity, rule, how often) of the problem list, most serious first."""
    if problems.empty:
        return []
    order = {"error": 0, "doubt": 1, "note": 2}
    counted = Counter(zip(problems["severity"].astype(str), problems["rule"].astype(str), strict=True))
    rows = [(severity, rule, count) for (severity, rule), count in counted.items()]
    return sorted(rows, key=lambda row: (order.get(row[0], len(order)), row[1]))


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
