"""Two roots share one budget; results of people are held to a likeness within classes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.stats.error_budget import (
    clustered_p,
    design_effect,
    holds_with_clustering,
    levels_held_against,
    root_levels,
)

P = st.one_of(st.none(), st.floats(0, 1))


@pytest.mark.parametrize(
    ("learning", "reaction", "levels"),
    [
        (0.001, 0.04, (0.025, 0.05)),
        (0.04, 0.001, (0.05, 0.025)),
        (0.03, 0.04, (0.0, 0.0)),
        (0.03, None, (0.05, 0.0)),
        (0.02, 0.2, (0.025, 0.0)),
        (None, None, (0.0, 0.0)),
    ],
)
def test_holm_over_the_roots_that_have_data(learning, reaction, levels):
    assert tuple(root_levels({"learning": learning, "reaction": reaction}, 0.05).values()) == levels


@given(P, P)
def test_a_root_is_rejected_exactly_where_it_lies_below_the_level_that_it_is_held_against(first, second):
    p_values = {"a": first, "b": second}
    rejected, held = root_levels(p_values, 0.05), levels_held_against(p_values, 0.05)
    for name, p in p_values.items():
        assert held[name] > 0
        assert (rejected[name] > 0) is (p is not None and p < held[name])


def test_null_worlds_are_rejected_somewhere_no_oftener_than_the_level():
    p_values = np.random.default_rng(1).random((4_000, 2))
    anywhere = [any(root_levels({"a": a, "b": b}, 0.05).values()) for a, b in p_values]
    assert np.mean(anywhere) < stats.binom.ppf(0.999, 4_000, 0.05) / 4_000


@pytest.mark.parametrize(("icc", "rejected"), [(0.05, 0.22), (0.10, 0.33), (0.14, 0.40)])
def test_people_of_alike_classes_reject_too_often_and_held_to_their_likeness_they_do_not(icc, rejected):
    rng, size, worlds = np.random.default_rng(7), 32, 1_500
    naive, held = [], []
    for _ in range(worlds):
        effect = np.sqrt(icc) * rng.standard_normal((6, 1))
        values = effect + np.sqrt(1 - icc) * rng.standard_normal((6, size))
        test = stats.ttest_ind(values[:3].ravel(), values[3:].ravel(), equal_var=False)
        naive.append(test.pvalue < 0.05)
        kept = {"people": 6 * size, "class_size": size, "icc": icc, "level": 0.05, "groups": 2}
        held.append(holds_with_clustering(float(test.statistic), **kept))
    assert np.mean(naive) == pytest.approx(rejected, abs=0.05)
    assert np.mean(held) < stats.binom.ppf(0.999, worlds, 0.05) / worlds


def test_too_few_classes_decide_nothing():
    assert clustered_p(9.0, people=31, class_size=32, icc=0.14) is None
    assert not holds_with_clustering(9.0, people=31, class_size=32, icc=0.14, level=0.05)


def test_without_likeness_the_design_effect_is_one():
    assert design_effect(32, 0.0) == 1
    assert design_effect(32, 0.14) == pytest.approx(5.34)
    assert clustered_p(2.0, people=320, class_size=32, icc=0.0) == pytest.approx(2 * stats.t.sf(2.0, 9))
