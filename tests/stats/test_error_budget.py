"""The error budget: Holm over the roots, what descends, and the familywise error without any effect."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ParameterError
from analysis.stats.error_budget import levels_held_against, root_levels
from analysis.stats.multiplicity import holm

P = st.one_of(st.none(), st.floats(0, 1))


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


@given(P, P)
def test_a_root_is_rejected_exactly_where_it_lies_below_the_level_that_it_is_held_against(first, second):
    p_values = {"a": first, "b": second}
    rejected, held = root_levels(p_values, 0.05), levels_held_against(p_values, 0.05)
    for name, p in p_values.items():
        assert held[name] > 0
        assert (rejected[name] > 0) is (p is not None and p < held[name])


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
