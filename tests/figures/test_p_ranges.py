"""Bars from the smallest to the largest p, with the hatch of their verdict."""

from __future__ import annotations

import numpy as np

from analysis import figures
from analysis.evaluation import published
from analysis.figures.style import VERDICT_HATCHES
from analysis.stats.codes import Verdict


def test_bars_run_from_the_smallest_to_the_largest_p_with_the_hatch_of_their_verdict(lampung, words):
    results = published.pairs(lampung).results
    panels = figures.p_ranges(results, alpha=0.05, words=words)
    assert len(panels) == 3
    for ax, contrast in zip(panels, ("7-5", "7-6", "6-5"), strict=True):
        rows = results[results["contrast"] == contrast]
        assert len(ax.patches) == 22
        bars = sorted(ax.patches, key=lambda bar: bar.get_y())
        right = [bar.get_x() + bar.get_width() for bar in bars]
        np.testing.assert_allclose(right, rows["p_high"])
        hatches = [bar.get_hatch() or "" for bar in bars]
        assert hatches == [VERDICT_HATCHES[Verdict(code)] for code in rows["verdict"]]
