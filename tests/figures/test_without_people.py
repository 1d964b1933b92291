"""Every figure of people says why where there are none."""

from __future__ import annotations

from analysis import figures
from analysis.evaluation import learning, reaction
from analysis.report.content.subjects import level_words
from figures.drawn_texts import texts


def test_without_people_each_figure_says_why(lampung, words):
    items, change = reaction.items(lampung), learning.change(lampung)
    labels = level_words(lampung.instrument, "en")
    drawn = [
        figures.diverging_bars(
            items.detail("counts"), level_labels=labels, items=[], words=words, results=items.results
        ),
        figures.effect_panels(reaction.pairs(lampung).results, words=words)[0],
        figures.clustered_p(items.detail("p_values"), results=items.results, alpha=0.05, words=words),
        figures.change_distribution(change.detail("change_counts"), results=change.results, words=words),
        figures.subgroup_forest(learning.subgroups(lampung).results, words=words),
    ]
    for ax in drawn:
        assert len(texts(ax).strip()) > 10
        assert not ax.patches
