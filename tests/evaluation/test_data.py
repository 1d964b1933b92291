import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.evaluation.data import guarded, hidden_groups, split_comparison, without_hidden
from analysis.stats.codes import Reason, Status, Unit
from analysis.stats.shares import count
from tests.evaluation.learners import province


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 40), min_size=1, max_size=8), st.integers(3, 8))
def test_no_small_group_is_shown_and_what_is_hidden_together_is_never_small(sizes, minimum):
    hidden = hidden_groups(sizes, minimum)
    assert all(size == 0 or size >= minimum for group, size in sizes.items() if group not in hidden)
    together = sum(sizes[group] for group in hidden)
    everything = all(group in hidden for group, size in sizes.items() if size > 0)
    assert not hidden or together >= minimum or everything


def test_a_lone_small_group_takes_the_next_smallest_with_it():
    assert hidden_groups({"a": 4, "b": 30, "c": 20}, 5) == {
        "a": Reason.SMALL_CELL,
        "c": Reason.COMPLEMENTARY_SUPPRESSION,
    }
    assert list(hidden_groups({"a": 4, "b": 3, "c": 20}, 5)) == ["a", "b"]


def test_a_suppressed_row_keeps_its_name_and_none_of_its_numbers():
    row = guarded([count(4, Unit.PEOPLE)], 4, 5)[0]
    assert (row.status, row.estimate, row.n) == (Status.SUPPRESSED, None, None)
    assert guarded([count(5, Unit.PEOPLE)], 5, 5)[0].estimate == 5


def test_hidden_numbers_of_a_table_are_blank():
    frame = pd.DataFrame({"group": ["a", "b"], "people": [4, 9]})
    shown = without_hidden(frame, ["people"], frame["group"] == "a")
    assert shown["people"].isna().tolist() == [True, False]
    assert frame["people"].tolist() == [4, 9]


def test_forms_that_name_nobody_are_divided_by_their_batch():
    scores = pd.DataFrame({"participant_id": [None] * 4, "pre_points": [3.0, 4.0, 5.0, 6.0], "batch": list("5577")})
    trained, _ = split_comparison({"scores": scores}, province(compared=("7",)))
    assert trained["scores"]["pre_points"].tolist() == [3, 4]
