"""Drawn parameters: the same for a seed and province, others for another, and written without a lost digit."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from analysis.simulation.defaults import draw_parameters
from analysis.simulation.parameters import Size


def numbers(value):
    if isinstance(value, tuple):
        return [one for part in value for one in numbers(part)]
    return [value]


@pytest.mark.parametrize("province", [1, 2])
def test_a_seed_and_a_province_have_one_draw(province):
    size = Size(villages=40, batches=(3, 4))
    drawn = draw_parameters(size, 7, province)
    assert drawn == draw_parameters(size, 7, province)
    assert drawn != draw_parameters(size, 8, province)
    assert drawn != draw_parameters(size, 7, province + 1)
    assert all(round(one, 3) == one for one in numbers(astuple(drawn)) if isinstance(one, float))


def test_even_provinces_lose_weak_starters_and_odd_ones_anybody():
    slopes = [draw_parameters(Size(), 1, province).learning.dropout_slope for province in (1, 2, 3, 4)]
    assert slopes[0] == slopes[2] == 0
    assert slopes[1] == slopes[3] < 0


def test_a_form_of_other_aspects_has_its_own_items():
    reaction = draw_parameters(Size(), 1, aspect_sizes=(2, 3)).reaction
    assert reaction.aspect_of_item == (0, 0, 1, 1, 1)
