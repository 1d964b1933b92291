"""Figures of a report are drawn for what there is."""

from __future__ import annotations

import pytest

from analysis.report.content.pictures import FIGURES, report_figures


@pytest.mark.parametrize("variant", [("lampung", "two batches"), ("gorontalo", "pairs are published")], ids=" ".join)
def test_figures_are_drawn_for_what_there_is(variants, variant, tmp_path):
    drawn = report_figures(*variants[variant], "id", tmp_path)
    assert drawn
    assert set(drawn) < set(FIGURES)
