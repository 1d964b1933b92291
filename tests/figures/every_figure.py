"""Every kind of figure, drawn from studies that have something to show in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from analysis import figures
from analysis.evaluation import behaviour, delivery, learning, national, published, reaction
from analysis.evaluation.bands import band_edges
from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome
from analysis.figures.style import Words
from analysis.report.content.nation import SHARES
from analysis.report.content.subjects import level_words
from analysis.study.province import Batch

Drawn = Axes | list[Axes]
Drawers = dict[str, Callable[[Words], Drawn]]
ALPHA = 0.05
# As long as headings of groups become.
GROUP = "Pelatihan Penguatan Kerjasama Desa, 2024 (DATA SIMULASI / SIMULATED DATA)"


def of_averages(lampung: StudyData, gorontalo: StudyData) -> Drawers:
    """Return the figures of published averages."""
    instrument = lampung.instrument
    by_aspect = {aspect.id: tuple(item.id for item in instrument.items_of(aspect.id)) for aspect in instrument.aspects}
    edges = band_edges(instrument.scale_low, instrument.scale_high)
    means, size, pairs = (
        question(lampung).results for question in (published.means, published.batch_size, published.pairs)
    )
    ladder, breakdown = published.ladder(lampung).results, published.breakdown(lampung).results
    change, grid = published.change(gorontalo).results, published.change_sensitivity(gorontalo).results
    change_ladder = published.ladder(gorontalo).results
    provinces, names = _nation(gorontalo)
    return {
        "indicators": lambda words: figures.indicators(means, items_by_aspect=by_aspect, band_edges=edges, words=words),
        "batch_size": lambda words: figures.batch_size(size, words=words),
        "p_ranges": lambda words: figures.p_ranges(pairs, alpha=ALPHA, words=words),
        "ladder": lambda words: figures.ladder(ladder, words=words),
        "ladder of change": lambda words: figures.ladder(change_ladder, contrast="post-pre", words=words),
        "spread_sensitivity": lambda words: figures.spread_sensitivity(breakdown, words=words),
        "change_bounds": lambda words: figures.change_bounds(change, alpha=ALPHA, words=words),
        "change_sensitivity": lambda words: figures.change_sensitivity(grid, class_size=32, words=words),
        "province_forest": lambda words: figures.province_forest(
            {GROUP: provinces}, names=names, alpha=ALPHA, words=words
        ),
    }


def with_batches(lampung: StudyData, batches: Sequence[str]) -> StudyData:
    """Return a study whose batches repeat the printed means of Lampung's three, without totals."""
    means = lampung.tables["published_means"]
    printed = [means[means["batch"] == name] for name in ("5", "6", "7")]
    repeated = [printed[place % 3].assign(batch=name) for place, name in enumerate(batches)]
    province = lampung.province.model_copy(update={"batch": tuple(Batch(id=name) for name in batches)})
    return replace(lampung, province=province, tables={"published_means": pd.concat(repeated, ignore_index=True)})


def of_people(study: StudyData) -> Drawers:
    """Return the figures of single responses, scores, attendance and plans."""
    return of_responses(study) | _of_learners(study)


def of_responses(study: StudyData) -> Drawers:
    """Return the figures of single responses."""
    items = reaction.items(study)
    pairs, model, mix = (question(study).results for question in (reaction.pairs, reaction.model, reaction.composition))

    def bars(words: Words) -> Drawn:
        return figures.diverging_bars(
            items.detail("counts"),
            level_labels=dict(sorted(level_words(study.instrument, _language(words)).items())),
            items=study.instrument.item_ids,
            words=words,
            results=items.results,
        )

    return {
        "diverging_bars": bars,
        "clustered_p": lambda words: figures.clustered_p(
            items.detail("p_values"), results=items.results, alpha=ALPHA, words=words
        ),
        "effect_panels": lambda words: figures.effect_panels(pairs, words=words),
        "odds_ratios": lambda words: figures.odds_ratios(model, words=words),
        "composition": lambda words: figures.composition(mix, words=words),
    }


def _of_learners(study: StudyData) -> Drawers:
    change, gain = learning.change(study), learning.gain(study)
    matching, groups, others = (
        question(study).results for question in (learning.matching, learning.subgroups, learning.alternatives)
    )
    given, done = delivery.delivery(study).results, behaviour.behaviour(study).results
    thresholds = {"attended/registered": 0.9}
    return {
        "change_distribution": lambda words: _changes(change, words),
        "individual_gains": lambda words: figures.individual_gains(
            gain.detail("individual_gain"), results=gain.results, words=words
        ),
        "attrition": lambda words: figures.attrition(matching, words=words),
        "subgroup_forest": lambda words: figures.subgroup_forest(groups, words=words),
        "tipping_point": lambda words: figures.tipping_point(others, words=words),
        "batch_shares": lambda words: figures.batch_shares(given, thresholds=thresholds, words=words),
        "followup_shares": lambda words: figures.followup_shares(done, words=words),
    }


def _changes(change: Outcome, words: Words) -> Drawn:
    return figures.change_distribution(change.detail("change_counts"), results=change.results, words=words)


def _language(words: Words) -> str:
    return "id" if words.text("effects: axis") == "Delta Cliff" else "en"


def _nation(gorontalo: StudyData) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """Return the rows and names of six provinces that differ in their posttest mean."""
    studies = []
    for name, post in zip("abcdef", ("55", "70", "75", "79", "80", "83"), strict=True):
        scores = gorontalo.tables["published_scores"].assign(mean_printed=["63", post])
        province = gorontalo.province.model_copy(update={"study": name, "name": f"Provinsi {name.upper()}"})
        studies.append(replace(gorontalo, province=province, tables={**gorontalo.tables, "published_scores": scores}))
    provinces = national.provinces(studies).results
    rows = pd.concat([provinces[provinces["contrast"] == SHARES], national.synthesis(studies).results])
    return rows, {study.province.study: study.province.name for study in studies}
