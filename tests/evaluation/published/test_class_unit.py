"""The class as unit: nothing is significant for every distribution, and breakdown belongs here."""

import pytest

from analysis.evaluation import published


def test_with_classes_as_units_nothing_is_significant_for_every_distribution(lampung):
    results = published.class_unit(lampung).results
    assert len(results) == 87
    assert not (results["verdict"] == "always").any()
    assert (results[results["contrast"] == "7-5"]["verdict"] == "undetermined").all()
    assert (results["clusters"] == 6).all()


def test_breakdown_belongs_to_the_class_as_unit(lampung):
    results = published.pairs(lampung).results
    widest = results[results["contrast"] == "7-5"]["breakdown_design_effect"]
    assert widest.min() == pytest.approx(0.67, abs=5e-3)
    assert widest.max() == pytest.approx(1.18, abs=5e-3)
    assert (widest < 1).sum() == 16
