"""Conditions of a verdict: plain phrases, joined and taken apart without loss."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.stats import assumptions
from analysis.stats.assumptions import SEPARATOR, Assumption, join

PHRASES = st.sampled_from(
    ["", *Assumption, assumptions.per_batch(96), assumptions.spread(0.8), assumptions.classes(3, 32)]
)


@given(st.lists(PHRASES))
def test_joined_conditions_fall_apart_into_themselves(phrases):
    kept = [phrase for phrase in phrases if phrase]
    assert (join(*phrases).split(SEPARATOR) if kept else []) == kept


def test_equal_sizes_are_one_condition():
    assert assumptions.sizes((96, 96)) == assumptions.per_batch(96) == "n = 96 in each batch"
    assert assumptions.sizes((96, 90)) == "n = 96, 90 by batch"


def test_numbers_stand_in_a_phrase_without_needless_digits():
    said = (assumptions.spread(0.80), assumptions.correlation(0.5), assumptions.rescaled(20.0, 100.0))
    assert said == ("SD = 0.8", "r = 0.5", "pretest rescaled from 20 to 100 points")
