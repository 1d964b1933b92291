"""The error budget: Holm over the roots, what descends, and the familywise error without any effect."""

import numpy as np
import pytest

from analysis.errors import ParameterError
from analysis.stats.error_budget import DESCENDS, level_of, root_levels
from analysis.stats.multiplicity import holm


@pytest.mark.parametrize(
    ("learning", "reaction", "levels"),
    [
        (0.001, 0.001, (0.025, 0.05)),
        (0.024, 0.049, (0.025, 0.05)),
        (0.03, 0.04, (0.0, 0.0)),  # neither passes half of the level
        (0.2, 0.01, (0.0, 0.025)),
        (0.01, 0.2, (0.025, 0.0)),
        (None, 0.04, (0.0, 0.05)),  # a root without data is not counted
        (None, None, (0.0, 0.0)),
        (0.025, None, (0.05, 0.0)),
    ],
)
def test_levels_are_holms_over_the_roots_that_have_data(learning, reaction, levels):
    found = root_levels({"learning": learning, "reaction": reaction}, 0.05)
    assert (found["learning"], found["reaction"]) == levels


@pytest.mark.parametrize("seed", range(5))
def test_a_root_receives_a_level_exactly_where_holm_rejects_it(seed):
    for p in np.random.default_rng(seed).beta(0.3, 3, size=(100, 2)):
        levels = root_levels({"learning": p[0], "reaction": p[1]}, 0.05)
        assert [level > 0 for level in levels.values()] == list(holm(list(p)) < 0.05)


def test_what_descends_from_no_root_is_exploratory():
    levels = root_levels({"learning": 0.001, "reaction": 0.9}, 0.05)
    assert level_of("learning.subgroups", levels) == 0.025
    assert level_of("reaction.items", levels) == 0
    assert level_of("learning.comparison", levels) == 0
    assert set(DESCENDS.values()) == set(levels)


def test_without_any_effect_few_worlds_carry_a_headline():
    """Two roots and six tests below each, all null: held at the level apart, one world in ten has a headline."""
    p = np.random.default_rng(4).uniform(size=(4000, 2, 7))
    apart = (p[:, :, 0] < 0.05).any(axis=1).mean()
    errors = 0
    for learning, reaction in p:
        levels = root_levels({"learning": learning[0], "reaction": reaction[0]}, 0.05)
        errors += any(levels.values())
        for root, own in (("learning", learning), ("reaction", reaction)):
            if levels[root] == 0:
                assert not (own[1:] < levels[root]).any()  # nothing below a root that was not rejected
    assert apart > 0.08
    assert errors / 4000 < 0.061  # .05 and three and a half binomial standard errors


@pytest.mark.parametrize(("p", "alpha"), [(1.2, 0.05), (-0.1, 0.05), (0.5, 0.0)])
def test_impossible_numbers_are_refused(p, alpha):
    with pytest.raises(ParameterError, match="between 0 and 1"):
        root_levels({"learning": p}, alpha)
