"""Conditions: one writer, one parser."""

from __future__ import annotations

import pytest

from analysis.stats import assumptions
from analysis.stats.assumptions import Assumption, Condition, Phrase, parse

WRITTEN = {
    assumptions.per_batch(96): Phrase.PER_BATCH,
    assumptions.sizes((96, 97, 90)): Phrase.BY_BATCH,
    assumptions.scale(1, 5): Phrase.SCALE,
    assumptions.rounded("half_up"): Phrase.ROUNDED,
    assumptions.classes((3, 3), (96, 96)): Phrase.CLASSES,
    assumptions.classes((4, 3), (130, 96)): Phrase.CLASSES_BY_BATCH,
    assumptions.detected(0.8, 0.0125): Phrase.DETECTED,
    assumptions.simultaneous(66): Phrase.SIMULTANEOUS,
    assumptions.pairs(1956): Phrase.PAIRS,
    assumptions.spread(0.75): Phrase.SPREAD,
    assumptions.correlation(-0.5): Phrase.CORRELATION,
    assumptions.margin(5.0): Phrase.MARGIN,
    assumptions.reliability(0.8): Phrase.RELIABILITY,
    assumptions.retest_correlation(0.7): Phrase.RETEST_CORRELATION,
    assumptions.rescaled(20.0, 100.0): Phrase.RESCALED,
}


@pytest.mark.parametrize(("text", "phrase"), WRITTEN.items())
def test_what_is_written_is_read_as_its_phrase_with_its_numbers(text, phrase):
    condition = Condition.parse(text)
    assert condition.phrase == phrase
    assert condition.values
    assert str(condition) == text


@pytest.mark.parametrize("assumption", list(Assumption))
def test_conditions_without_numbers_are_phrases_of_their_own(assumption):
    assert Condition.parse(assumption) == Condition(str(assumption))


def test_a_field_falls_into_its_conditions_and_is_edited_by_them():
    field = assumptions.join(Assumption.PEOPLE_INDEPENDENT, assumptions.pairs(40))
    assert [str(one) for one in parse(field)] == [Assumption.PEOPLE_INDEPENDENT, "n = 40 pairs"]
    assert parse(None) == ()
    assert assumptions.without(field, Assumption.PEOPLE_INDEPENDENT) == "n = 40 pairs"
    exchanged = assumptions.exchanged(field, Assumption.PEOPLE_INDEPENDENT, Assumption.CLASSES_AGREE)
    assert exchanged == "all people of a class change alike; n = 40 pairs"
