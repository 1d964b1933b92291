"""Every indicator is drawn once per batch."""

from __future__ import annotations

from analysis import figures
from analysis.evaluation import published
from analysis.evaluation.bands import band_edges


def test_every_indicator_is_drawn_once_per_batch(lampung, items_by_aspect, words):
    ax = figures.indicators(
        published.means(lampung).results, items_by_aspect=items_by_aspect, band_edges=band_edges(1, 5), words=words
    )
    points = [line.get_ydata() for line in ax.lines if line.get_marker() != "None"]
    assert [len(places) for places in points] == [22] * 3
    assert len(ax.get_yticklabels()) == 22 + len(items_by_aspect)
    assert ax.get_xlim() == (3.4, 5.0)
