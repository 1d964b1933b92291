"""Pre and post scores of the same people, or a refusal that says what remains possible."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import PairingError
from analysis.stats.matching import match_ids, pair_scores, renumbered

IDS = st.sets(st.integers(0, 30))


@given(IDS, IDS)
def test_everyone_stands_in_one_of_three_lists(pre, post):
    if not pre & post:
        with pytest.raises(PairingError, match="no form can be linked"):
            match_ids(sorted(pre), sorted(post))
        return
    found = match_ids(sorted(pre, reverse=True), sorted(post))
    assert set(found.both) == pre & post
    assert set(found.pre_only) == pre - post
    assert set(found.post_only) == post - pre


@given(st.lists(st.sampled_from("abc"), min_size=1))
def test_clusters_are_numbered_by_first_appearance_whatever_they_are_called(labels):
    renamed = [{"a": "z", "b": "y", "c": "x"}[label] for label in labels]
    assert renumbered(labels).tolist() == renumbered(renamed).tolist()
    assert renumbered(labels)[0] == 0


def test_people_without_a_test_leave_and_are_counted():
    pairs = pair_scores([1, 2, np.nan, np.nan], [3, np.nan, 4, np.nan], classes=["b", "a", "a", "a"])
    assert (pairs.n, pairs.n_missing, pairs.change.tolist()) == (1, 2, [2])
    assert pairs.classes.tolist() == [0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pair_scores([1, 2], [3]), "2 pretest and 1 posttest scores"),
        (lambda: pair_scores([1], [3], classes=[None]), "1 complete pairs have no class"),
        (lambda: pair_scores([1, 2], [3, 4], villages=["v"]), "1 village labels for 2 people"),
        (lambda: match_ids([1, 1], [1]), "1 repeated participant ids in the pretest"),
        (lambda: match_ids([1], [1, None]), "1 of 2 posttest forms have no participant id"),
    ],
)
def test_what_cannot_be_paired_is_refused_with_its_numbers(call, message):
    with pytest.raises(PairingError, match=message):
        call()


def test_a_choice_of_pairs_numbers_its_clusters_anew():
    pairs = pair_scores([1, 2, 3], [2, 3, 4], classes=["a", "b", "c"], villages=["x", "y", "y"])
    chosen = pairs.only(np.array([False, True, True]))
    assert (chosen.classes.tolist(), chosen.villages.tolist(), chosen.n) == ([0, 1], [0, 0], 2)
