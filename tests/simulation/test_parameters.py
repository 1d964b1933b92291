"""What may be planted: shares are shares, and every batch has its own effect."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.errors import ParameterError
from analysis.simulation.defaults import draw_parameters
from analysis.simulation.parameters import PEOPLE_PER_VILLAGE, Delivery, Learning, Reaction, Size


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Size(villages=9), "3 batches of whole classes need at least 17"),
        (lambda: Size(batches=(1, 1)), "a batch stands twice"),
        (lambda: Learning(gain=(1.0,), correlation=1.0), "-0.95 to 0.95 is allowed"),
        (lambda: Learning(gain=(1.0,), pre_sd=0.0), "above 0"),
        (lambda: Delivery(done_log_odds=(0.0,), visited_share=1.1), "visited_share = 1.1"),
        (lambda: Reaction(item_mean=(0.0,), batch_shift=((0.0, 0.0),), aspect_of_item=(0,)), "item_mean has 1 items"),
        (
            lambda: Reaction(item_mean=(0.0,), batch_shift=((0.0,),), aspect_of_item=(0,), cuts=(0, 0, 1, 2)),
            "must ascend",
        ),
        (
            lambda: Reaction(item_mean=(0.0,), batch_shift=((0.0,),), aspect_of_item=(0,), person_share=0.9),
            "the sum of",
        ),
    ],
)
def test_what_cannot_be_planted_is_refused_with_what_is_allowed(make, message):
    with pytest.raises(ParameterError, match=message):
        make()


def test_sizes_follow_from_villages():
    size = Size(villages=20, batches=(1, 2), villages_per_class=8)
    assert (size.classes, size.people) == (3, 20 * PEOPLE_PER_VILLAGE)


def test_effects_are_one_for_each_batch():
    planted = draw_parameters(Size(), 1)
    for part in ({"learning": replace(planted.learning, gain=(1.0,))}, {"size": Size(batches=(1, 2))}):
        with pytest.raises(ParameterError, match="Give one per batch"):
            replace(planted, **part)
